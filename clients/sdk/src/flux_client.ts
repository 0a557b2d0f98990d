import type { ClientEvents } from './client_events.ts';
import type { ConnectionState } from './connection_state.ts';
import type { Counters } from './counters.ts';
import type { EntityId, LookCode } from './ids.ts';
import type { MoveState } from './move_state.ts';
import type { PictureView } from './picture_view.ts';
import type { EmoteName } from './pose.ts';
import type { Profile } from './profile.ts';
import type { ChatScope, WelcomeEvent } from './server_event.ts';

/**
 * One person's presence in one instance of one world, kept through lost connections.
 * Made by connect(). All calls are safe in any state: what cannot be sent now is dropped and the call
 * says so by returning false.
 */
export interface FluxClient {
  readonly state: ConnectionState;
  /** The last welcome; null until the first. */
  readonly welcome: WelcomeEvent | null;
  /** Who we are; NOBODY until the first welcome. */
  readonly self: EntityId;
  readonly picture: PictureView;
  readonly counters: Counters;
  /** Round trip in milliseconds, median of the last few; NaN until measured. */
  readonly pingMs: number;
  /** How unevenly frames arrive, in milliseconds. */
  readonly jitterMs: number;
  /** People in the instance, as the server said last. */
  readonly people: number;

  /** A smooth estimate of the server's tick, fractional: what rows are drawn at. */
  now(): number;

  on<Name extends keyof ClientEvents>(
    name: Name,
    listener: (event: ClientEvents[Name]) => void,
  ): () => void;

  /** Call it every frame: it is sent only when it differs, at most 20 times a second, the last always. */
  sendMove(move: MoveState): void;
  say(text: string, scope: ChatScope): boolean;
  /** The notice only: the scene shows the pose by sendMove(). */
  emote(name: EmoteName): boolean;
  setProfile(change: { readonly name?: string; readonly look?: LookCode }): boolean;

  /**
   * What is known of somebody. Undefined: not yet, and it has been asked for; `profiles` tells when it
   * comes. Asking every frame costs nothing.
   */
  profile(id: EntityId): Profile | undefined;

  /** While reconnecting: try at once. */
  retryNow(): void;
  /** Cuts the connection as a lost network would: for tests and for the curious. */
  drop(): void;
  /** Goes for good: others see it at once. */
  leave(): void;
}
