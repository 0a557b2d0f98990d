// controls: everything a hand can hold (keys, mouse, fingers, the shell's stick, a gamepad) as one set
// of wishes. Knows no scene.

import type { ShellPadAction } from '../app/scene_contract.ts';
import { PAD_DEFAULT, type PadAction, type PadMapping } from '../settings/settings.ts';
import { GamepadInput } from './gamepad.ts';
import { KeyboardInput } from './keyboard_input.ts';
import { PointerInput } from './pointer_input.ts';

export interface ControlEvents {
  /** Pixels of a drag. */
  readonly onLook: (dx: number, dy: number) => void;
  /** Radians to the left and up: the stick that looks. */
  readonly onTurn: (left: number, up: number) => void;
  readonly onZoom: (amount: number) => void;
  readonly onToggleView: () => void;
  readonly onSit: () => void;
  /** A click or tap that was not a drag: pixels from the canvas's corner. */
  readonly onTap: (x: number, y: number, isSecond: boolean) => void;
  readonly onPadAction: (action: ShellPadAction) => void;
}

/** A press of a button on the screen has no end that we hear of: it is a full jump. */
const PRESSED_JUMP_SECONDS = 0.5;

export class Controls {
  readonly pointer: PointerInput;
  private readonly keyboard: KeyboardInput;
  private readonly pad: GamepadInput;
  private readonly events: ControlEvents;
  private jumpAsked = false;
  private pressedJump = 0;
  private stick = { x: 0, y: 0, run: false };

  constructor(
    canvas: HTMLCanvasElement,
    events: ControlEvents,
    mapping: () => PadMapping = () => PAD_DEFAULT,
  ) {
    this.events = events;
    this.pointer = new PointerInput(canvas, events);
    this.keyboard = new KeyboardInput({
      onJump: () => this.askJump(),
      onToggleView: events.onToggleView,
      onSit: events.onSit,
    });
    this.pad = new GamepadInput(
      { onPress: (action) => this.pressed(action), onTurn: events.onTurn },
      mapping,
    );
  }

  /** Once a frame, before anything is asked. */
  poll(delta: number): void {
    this.pad.poll(delta);
    this.pressedJump = Math.max(0, this.pressedJump - delta);
  }

  /** Right and forward, at most 1 long together: how fast is part of the wish. */
  get direction(): { x: number; y: number } {
    const { direction } = this.keyboard;
    const x = direction.x + this.stick.x + this.pad.walk.x;
    const y = direction.y + this.stick.y + this.pad.walk.y;
    const length = Math.max(1, Math.hypot(x, y));
    return { x: x / length, y: y / length };
  }

  get isRunning(): boolean {
    return this.stick.run || this.keyboard.isRunning || this.pad.isRunning;
  }

  get holdsJump(): boolean {
    return this.keyboard.holdsJump || this.pad.isHeld('jump') || this.pressedJump > 0;
  }

  /** Up or down, for a camera that floats: -1 to 1. */
  get rise(): number {
    const pad = (this.pad.isHeld('jump') ? 1 : 0) - (this.pad.isHeld('sit') ? 1 : 0);
    return Math.max(-1, Math.min(1, this.keyboard.rise + pad));
  }

  /** True once for each press. */
  takeJump(): boolean {
    const asked = this.jumpAsked;
    this.jumpAsked = false;
    return asked;
  }

  jump(): void {
    this.askJump();
    this.pressedJump = PRESSED_JUMP_SECONDS;
  }

  setStick(x: number, y: number, run: boolean): void {
    this.stick = { x, y, run };
  }

  setKeyboard(active: boolean): void {
    this.keyboard.setActive(active);
  }

  dispose(): void {
    this.keyboard.dispose();
    this.pointer.dispose();
    this.pad.dispose();
  }

  private askJump(): void {
    this.jumpAsked = true;
  }

  private pressed(action: PadAction): void {
    switch (action) {
      case 'jump':
        this.askJump();
        break;
      case 'sit':
        this.events.onSit();
        break;
      case 'view':
        this.events.onToggleView();
        break;
      case 'run':
        break; // Held, not pressed: see isRunning.
      default:
        this.events.onPadAction(action);
    }
  }
}
