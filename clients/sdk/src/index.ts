export type { ClientEvents } from './client_events.ts';
export type { CloseReason, ConnectionState } from './connection_state.ts';
export type { Counters } from './counters.ts';
export { type EnterOptions, enter } from './enter.ts';
export { ENTITY_FLAG } from './entity_flag.ts';
export { type Environment, hostEnvironment } from './environment.ts';
export { ERROR_CODES, type ErrorCode, type ServerErrorCode } from './error_code.ts';
export type { FluxClient } from './flux_client.ts';
export { FluxError } from './flux_error.ts';
export { type EntityId, entityId, type LookCode, lookCode, NOBODY } from './ids.ts';
export type { MoveState } from './move_state.ts';
export type { DirtyRows, PictureView } from './picture_view.ts';
export { EMOTES, type EmoteName, isEmoteName, POSE, type Pose, type PoseName } from './pose.ts';
export type { Profile } from './profile.ts';
export { backoffPolicy, type ReconnectPolicy } from './reconnect_policy.ts';
export {
  createServerApi,
  type GuestRequest,
  type GuestTicket,
  type ServerApi,
  type WorldSummary,
} from './server_api.ts';
export type * from './server_event.ts';
export { WireModule } from './wire_module.ts';
export type * from './world_document.ts';
