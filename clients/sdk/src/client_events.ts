import type { ConnectionState } from './connection_state.ts';
import type {
  ChatEvent,
  CorrectEvent,
  DrainEvent,
  EmoteEvent,
  PresenceEvent,
  ProfilesEvent,
  RefusedEvent,
  WelcomeEvent,
} from './server_event.ts';

/** Everything a FluxClient tells: client.on('chat', (chat) => …). */
export interface ClientEvents {
  /** The connection's state changed. */
  readonly state: ConnectionState;
  /** In, for the first time or again after an outage. The picture starts anew. */
  readonly welcome: WelcomeEvent;
  /** The profile cache learned or forgot somebody. */
  readonly profiles: ProfilesEvent;
  readonly chat: ChatEvent;
  readonly emote: EmoteEvent;
  readonly presence: PresenceEvent;
  readonly correct: CorrectEvent;
  readonly drain: DrainEvent;
  /** Something we sent was refused. */
  readonly refused: RefusedEvent;
  /** A frame was taken into the picture. Twenty times a second: do not put this into React. */
  readonly frame: { readonly tick: number };
}
