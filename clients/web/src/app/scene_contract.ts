// What the shell and the 3D part know of each other: these types and nothing else. The shell paints
// first and loads src/world/scene.ts, src/people/preview.ts and src/people/look.ts behind it.

import type {
  EmoteName,
  EntityId,
  FluxClient,
  LookCode,
  WorldDocument,
  WorldPortal,
} from '@flux/sdk';
import type { SettingsStore } from '../settings/settings.ts';

/** src/world/scene.ts exports `mountScene: MountScene`. Fails with a FluxError or an Error to be shown. */
export type MountScene = (options: SceneOptions) => Promise<SceneHandle>;

/** src/world/scene.ts exports `prepareScene: PrepareScene`: fetches and reads what mountScene will need. */
export type PrepareScene = (world: WorldDocument) => void;

export interface SceneOptions {
  /** Fills its parent by CSS; the scene watches its size and sets the drawing buffer. Focusable. */
  readonly canvas: HTMLCanvasElement;
  /** Above the canvas, of the same size, pointer-events none: names and bubbles go in here. */
  readonly labels: HTMLElement;
  /** Already online: client.welcome says where we stand. Watch `welcome` and `correct` for being moved. */
  readonly client: FluxClient;
  readonly world: WorldDocument;
  readonly look: LookCode;
  readonly settings: SettingsStore;
  /** After each drawn frame. */
  readonly onFrame?: () => void;
  /** The person clicked or tapped somebody. */
  readonly onPick?: (id: EntityId) => void;
  /** We walked into a portal; told once for each time we enter its disc. */
  readonly onPortal?: (portal: WorldPortal) => void;
  /** Somewhere to sit has come within reach, or is no longer. Told when it changes. */
  readonly onSeat?: (isNear: boolean) => void;
  /** We now follow this person, or, on null, nobody any more (steered away, they left, asked to). */
  readonly onFollow?: (id: EntityId | null) => void;
  /** A button of a gamepad that is the shell's was pressed; those that move us are the scene's. */
  readonly onPadAction?: (action: ShellPadAction) => void;
  /** The GPU's context was lost and could not be had back. */
  readonly onLost?: (message: string) => void;
}

/** Gamepad actions that open something of the shell's. */
export type ShellPadAction = 'chat' | 'emotes' | 'people' | 'menu' | 'photo';

export interface SceneHandle {
  /** Where our own body is shown: metres; yaw in turns as in MoveState. */
  self(): SelfState;
  /** Where the camera is and looks: metres, turns, radians upwards. */
  eye(): EyeState;
  /** Walks there as a person would, around nothing: settles when there, rejects when stuck or interrupted. */
  walkTo(x: number, z: number): Promise<void>;
  /** Turns the camera towards somebody and marks them for a few seconds. */
  find(id: EntityId): void;
  /** Shows our own emote until we move or it ends. The shell sends the event. */
  playEmote(name: EmoteName): void;
  setBubble(id: EntityId, text: string): void;
  setProfileName(id: EntityId, name: string): void;
  /** -1 to 1 each: x right, y forward; for as long as it is not set back to 0, 0. */
  setTouch(stick: TouchStick): void;
  /** Turns the camera: pixels of a drag. */
  look(dx: number, dy: number): void;
  jump(): void;
  /** Sits down on the nearest seat within reach, or where we stand when there is none; again: stands up. */
  toggleSitting(): void;
  /** Between our own eyes and behind us. */
  toggleView(): void;
  /** Walks after somebody at a polite distance until we steer; null: no more. */
  follow(id: EntityId | null): void;
  /** Shows our hand up to everybody, over whatever else we do, until lowered. */
  setHand(isRaised: boolean): void;
  /** Camera away from the body: it floats where look() and the stick take it, names and markers are gone. */
  setPhotoMode(on: boolean): void;
  /** The picture as it is now, in PNG, without labels; at most 1920 wide. */
  takePhoto(): Promise<Blob>;
  /** Plays the little sound of an event, if sound is on. */
  playCue(cue: SoundCue): void;
  /** False: the shell has the keyboard (typing, a dialog), keys do not move us. True at first. */
  setKeyboard(active: boolean): void;
  /** The page is hidden or covered: stop drawing; the connection stays. */
  setPaused(paused: boolean): void;
  stats(): SceneStats;
  dispose(): void;
}

export type SoundCue = 'chat' | 'join' | 'press' | 'photo' | 'portal';

export interface EyeState {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly yaw: number;
  readonly pitch: number;
}

export interface SelfState {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly yaw: number;
  readonly pose: number;
}

export interface TouchStick {
  readonly x: number;
  readonly y: number;
  readonly run: boolean;
}

export interface SceneStats {
  readonly fps: number;
  /** Main-thread time of a frame, milliseconds, median of the last second. */
  readonly frameMs: number;
  /** People drawn in the last frame. */
  readonly drawn: number;
  /** Of them, in full: ourselves and the nearest. */
  readonly near: number;
  readonly drawCalls: number;
  readonly triangles: number;
}

// src/people/look.ts (small, no three.js: the entry screen imports it at once) exports:
//   LOOK_FIELDS: readonly LookField[]      the eight fields, in the order of the code's bits
//   encodeLook(choices): LookCode          choices[i] is 0 to 15 for LOOK_FIELDS[i]
//   decodeLook(look): number[]             eight numbers, each below its field's `choices`
//   randomLook(random?): LookCode          random is Math.random by default

export type LookFieldName =
  | 'figure'
  | 'skin'
  | 'hairColour'
  | 'head'
  | 'topColour'
  | 'bottomColour'
  | 'accessory'
  | 'accentColour';

export interface LookField {
  readonly name: LookFieldName;
  /** How many different ones there are: 1 to 16; a larger number in a code wraps round. */
  readonly choices: number;
  /** '#rrggbb' of each choice, for the fields that are colours; absent for shapes. */
  readonly swatches?: readonly string[];
}
