import type { ChatScope, ConnectionState, Counters, EmoteName } from '@flux/sdk';
import type { EyeState, SceneStats } from '../app/scene_contract.ts';

export interface DebugPerson {
  readonly id: number;
  /** '' until it is known: reading asks for it. */
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Turns. */
  readonly yaw: number;
  readonly pose: number;
  /** Code of the look; 0 until it is known. */
  readonly look: number;
}

declare global {
  interface Window {
    flux?: FluxDebug;
  }
}

/** window.flux: for the curious, for tests and for scripts. Documented in clients/web/README.md. */
export interface FluxDebug {
  /** 'entry', 'gone', or the connection's state. */
  readonly state: 'entry' | 'gone' | ConnectionState['kind'];
  /** True when the world is drawn. */
  readonly ready: boolean;
  readonly self: DebugPerson | null;
  /** Where the camera is and looks. */
  readonly eye: EyeState | null;
  peers(): readonly DebugPerson[];
  readonly counters: (Counters & { readonly pingMs: number; readonly jitterMs: number }) | null;
  readonly scene: SceneStats | null;
  say(text: string, scope?: ChatScope): boolean;
  emote(name: EmoteName): boolean;
  walkTo(x: number, z: number): Promise<void>;
  /** Walks after somebody; null: no more. False: there is nobody to do it yet. */
  follow(id: number | null): boolean;
  /** Whom we follow, by the scene's own account. */
  readonly following: number | null;
  /** Sits down, or stands up. */
  sit(): void;
  /** Whether a seat is within reach. */
  readonly seatNear: boolean;
  /** Our hand is up: set it, and it goes up or down. */
  hand: boolean;
  /** The camera floats: set it, and it begins or ends. */
  photoMode: boolean;
  /** Turns the camera as a drag of so many pixels does. */
  look(dx: number, dy: number): void;
  readonly connection: {
    /** As a lost network would. */
    drop(): void;
    retryNow(): void;
    leave(): void;
  };
}
