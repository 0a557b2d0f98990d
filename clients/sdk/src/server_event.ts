import type { ServerErrorCode } from './error_code.ts';
import type { EntityId } from './ids.ts';
import type { EmoteName } from './pose.ts';
import type { Profile } from './profile.ts';

export type ChatScope = 'near' | 'all';

/** A place as events carry it, turned into metres and turns. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly yaw: number;
}

export interface WelcomeEvent {
  readonly kind: 'welcome';
  readonly you: EntityId;
  readonly instance: number;
  readonly world: string;
  readonly tick: number;
  readonly tickMs: number;
  readonly place: Place;
  /** Metres a second. */
  readonly speedMax: number;
  /** Metres. */
  readonly earshot: number;
  /** True when we are the same entity as before; false when a new one stands for us. */
  readonly resumed: boolean;
  readonly token: string;
  readonly people: number;
}

export interface ProfilesEvent {
  readonly kind: 'profiles';
  readonly profiles: readonly Profile[];
  readonly gone: readonly EntityId[];
}

export interface ChatEvent {
  readonly kind: 'chat';
  readonly id: EntityId;
  readonly name: string;
  readonly scope: ChatScope;
  readonly text: string;
  /** Unix milliseconds. */
  readonly at: number;
}

export interface EmoteEvent {
  readonly kind: 'emote';
  readonly id: EntityId;
  readonly emote: EmoteName;
}

export interface PresenceEvent {
  readonly kind: 'presence';
  /** In the instance. */
  readonly people: number;
}

export interface PongEvent {
  readonly kind: 'pong';
  readonly n: number;
  readonly tick: number;
}

/** A move was refused, or the server moved us: go on from this place. */
export interface CorrectEvent {
  readonly kind: 'correct';
  readonly sequence: number;
  readonly place: Place;
}

export interface TokenEvent {
  readonly kind: 'token';
  readonly token: string;
}

export interface RefusedEvent {
  readonly kind: 'error';
  readonly code: ServerErrorCode;
  readonly message: string;
  readonly about: string | undefined;
}

export interface DrainEvent {
  readonly kind: 'drain';
  readonly reconnectMs: number;
}

/** The text messages of docs/protocol.md section 5.1. */
export type ServerEvent =
  | WelcomeEvent
  | ProfilesEvent
  | ChatEvent
  | EmoteEvent
  | PresenceEvent
  | PongEvent
  | CorrectEvent
  | TokenEvent
  | RefusedEvent
  | DrainEvent;
