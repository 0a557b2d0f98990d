// keyboard_input: the keys that move us. Typing in a field, or with the shell's dialogs open, is not
// moving.

export interface KeyboardEvents {
  readonly onJump: () => void;
  readonly onToggleView: () => void;
  readonly onSit: () => void;
}

const MOVE_KEYS: Readonly<Record<string, readonly [number, number]>> = {
  KeyW: [0, 1],
  ArrowUp: [0, 1],
  KeyS: [0, -1],
  ArrowDown: [0, -1],
  KeyA: [-1, 0],
  ArrowLeft: [-1, 0],
  KeyD: [1, 0],
  ArrowRight: [1, 0],
};

/** For a camera that floats. */
const RISE_KEYS = ['Space', 'KeyE', 'PageUp'] as const;
const SINK_KEYS = ['KeyQ', 'PageDown'] as const;

export class KeyboardInput {
  private isActive = true;
  private readonly down = new Set<string>();
  private readonly events: KeyboardEvents;
  private readonly stop = new AbortController();

  constructor(events: KeyboardEvents) {
    this.events = events;
    const options = { signal: this.stop.signal };
    window.addEventListener('keydown', (event) => this.keyDown(event), options);
    window.addEventListener('keyup', (event) => this.down.delete(event.code), options);
    window.addEventListener('blur', () => this.down.clear(), options);
  }

  /** Right and forward: -1, 0 or 1. */
  get direction(): { x: number; y: number } {
    let [x, y] = [0, 0];
    for (const key of this.down) {
      const [right, forward] = MOVE_KEYS[key] ?? [0, 0];
      x += right;
      y += forward;
    }
    // Two keys for one direction are not twice as much of it.
    return { x: Math.sign(x), y: Math.sign(y) };
  }

  get isRunning(): boolean {
    return this.down.has('ShiftLeft') || this.down.has('ShiftRight');
  }

  get holdsJump(): boolean {
    return this.down.has('Space');
  }

  /** -1 down, 1 up. */
  get rise(): number {
    const is = (keys: readonly string[]) => (keys.some((key) => this.down.has(key)) ? 1 : 0);
    return is(RISE_KEYS) - is(SINK_KEYS);
  }

  setActive(active: boolean): void {
    this.isActive = active;
    if (!active) this.down.clear();
  }

  dispose(): void {
    this.stop.abort();
  }

  private keyDown(event: KeyboardEvent): void {
    if (!this.isActive || isTyping(event.target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.code in MOVE_KEYS || event.code === 'Space') {
      // A focused button keeps its space bar; the page does not scroll.
      if (event.code === 'Space' && isPressable(event.target)) return;
      event.preventDefault();
    }
    if (!event.repeat) {
      if (event.code === 'Space') this.events.onJump();
      if (event.code === 'KeyV') this.events.onToggleView();
      if (event.code === 'KeyX') this.events.onSit();
    }
    this.down.add(event.code);
  }
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select, [role="textbox"]'))
  );
}

function isPressable(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.matches('button, a[href], summary, [role="button"]')
  );
}
