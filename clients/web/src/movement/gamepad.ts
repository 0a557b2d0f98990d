// gamepad: a standard gamepad as what it asks for: two sticks with a dead zone and a curve, and buttons
// that do what the person has chosen (https://w3c.github.io/gamepad/#remapping). Read once a frame, and
// only while one is there.

import { PAD_DEFAULT, type PadAction, type PadMapping } from '../settings/settings.ts';

export interface GamepadEvents {
  /** A button that does something has gone down. */
  readonly onPress: (action: PadAction) => void;
  /** Radians to the left and up. */
  readonly onTurn: (left: number, up: number) => void;
}

const DEAD_ZONE = 0.16;
const FULL_FROM = 0.95;
const TURN_SPEED = { side: 2.9, up: 1.9 } as const; // radians a second at full tilt
const ACTIONS = Object.keys(PAD_DEFAULT) as readonly PadAction[];
/** Emulated ones may come without an event: looked for this often. */
const SEEK_FRAMES = 45;
/** A shorter press of the running button lasts until the stick rests; a longer one as long as it is held. */
const TAP_SECONDS = 0.3;
/** Triggers are buttons that are half pressed most of the time. */
const PRESSED_FROM = 0.4;

interface Tilt {
  x: number;
  y: number;
}

export class GamepadInput {
  /** The left stick: right and forward, as long as it is tilted: 0 to 1. */
  readonly walk: Tilt = { x: 0, y: 0 };
  private readonly tilt: Tilt = { x: 0, y: 0 };
  private readonly events: GamepadEvents;
  private readonly mapping: () => PadMapping;
  private readonly down = new Set<PadAction>();
  private readonly stop = new AbortController();
  private isThere = true;
  private frames = 0;
  private runsOn = false;
  private runHeld = 0;

  constructor(events: GamepadEvents, mapping: () => PadMapping) {
    this.events = events;
    this.mapping = mapping;
    const options = { signal: this.stop.signal };
    window.addEventListener('gamepadconnected', () => this.seek(), options);
    window.addEventListener('gamepaddisconnected', () => this.seek(), options);
  }

  get isRunning(): boolean {
    return this.runsOn || this.down.has('run');
  }

  isHeld(action: PadAction): boolean {
    return this.down.has(action);
  }

  /** Once a frame. */
  poll(delta: number): void {
    if (!this.isThere && ++this.frames % SEEK_FRAMES !== 0) return;
    const pad = firstPad();
    this.isThere = pad !== null;
    if (!pad) {
      this.release();
      return;
    }
    this.readButtons(pad, delta);
    this.readSticks(pad, delta);
  }

  dispose(): void {
    this.stop.abort();
  }

  private seek(): void {
    this.isThere = true;
  }

  private release(): void {
    this.walk.x = this.walk.y = 0;
    this.down.clear();
    this.runsOn = false;
  }

  private readButtons(pad: Gamepad, delta: number): void {
    const mapping = this.mapping();
    for (const action of ACTIONS) {
      const button = pad.buttons[mapping[action]];
      const isDown = button !== undefined && (button.pressed || button.value > PRESSED_FROM);
      if (isDown === this.down.has(action)) continue;
      if (isDown) {
        this.down.add(action);
        this.events.onPress(action);
        continue;
      }
      this.down.delete(action);
      if (action === 'run') this.runsOn = this.runHeld < TAP_SECONDS && !this.runsOn;
    }
    this.runHeld = this.down.has('run') ? this.runHeld + delta : 0;
  }

  private readSticks(pad: Gamepad, delta: number): void {
    const [leftX = 0, leftY = 0, rightX = 0, rightY = 0] = pad.axes;
    curved(leftX, -leftY, 1, this.walk);
    if (this.walk.x === 0 && this.walk.y === 0) this.runsOn = false;
    curved(rightX, -rightY, 1.8, this.tilt);
    const { x, y } = this.tilt;
    if (x === 0 && y === 0) return;
    this.events.onTurn(-x * TURN_SPEED.side * delta, y * TURN_SPEED.up * delta);
  }
}

/** Without its dead middle, round, and finer near it by a power. */
function curved(x: number, y: number, power: number, out: Tilt): void {
  const length = Math.hypot(x, y);
  const share = Math.min(1, Math.max(0, (length - DEAD_ZONE) / (FULL_FROM - DEAD_ZONE)));
  const scale = length > 0 ? share ** power / length : 0;
  out.x = x * scale || 0;
  out.y = y * scale || 0;
}

/** The first that is connected, a standard one before others. Some pages may not ask. */
function firstPad(): Gamepad | null {
  let pads: readonly (Gamepad | null)[];
  try {
    pads = navigator.getGamepads?.() ?? [];
  } catch {
    return null;
  }
  let found: Gamepad | null = null;
  for (const pad of pads) {
    if (!pad?.connected) continue;
    if (pad.mapping === 'standard') return pad;
    found ??= pad;
  }
  return found;
}
