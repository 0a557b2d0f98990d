// controls: keys, mouse and touch, as what they ask for. Listens on the canvas and the window until
// disposed; knows no scene.

export interface ControlEvents {
  readonly onLook: (dx: number, dy: number) => void;
  readonly onZoom: (amount: number) => void;
  readonly onToggleView: () => void;
  readonly onSit: () => void;
  /** A click or tap that was not a drag: pixels from the canvas's corner. */
  readonly onTap: (x: number, y: number) => void;
}

const TAP_PIXELS = 6;
const TAP_MS = 350;
const WHEEL_ZOOM = 0.0011;
const PINCH_ZOOM = 0.006;

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

interface Drag {
  x: number;
  y: number;
  startX: number;
  startY: number;
  startMs: number;
}

export class Controls {
  isKeyboardActive = true;
  private readonly down = new Set<string>();
  private readonly drags = new Map<number, Drag>();
  private jumpAsked = false;
  private stick = { x: 0, y: 0, run: false };
  private readonly canvas: HTMLCanvasElement;
  private readonly events: ControlEvents;
  private readonly stop = new AbortController();

  constructor(canvas: HTMLCanvasElement, events: ControlEvents) {
    this.canvas = canvas;
    this.events = events;
    const options = { signal: this.stop.signal };
    window.addEventListener('keydown', (event) => this.keyDown(event), options);
    window.addEventListener('keyup', (event) => this.down.delete(event.code), options);
    window.addEventListener('blur', () => this.release(), options);
    canvas.addEventListener('pointerdown', (event) => this.pointerDown(event), options);
    canvas.addEventListener('pointermove', (event) => this.pointerMove(event), options);
    canvas.addEventListener('pointerup', (event) => this.pointerUp(event), options);
    canvas.addEventListener(
      'pointercancel',
      (event) => this.drags.delete(event.pointerId),
      options,
    );
    canvas.addEventListener('contextmenu', (event) => event.preventDefault(), options);
    canvas.addEventListener('wheel', (event) => this.wheel(event), { ...options, passive: false });
    canvas.addEventListener('dblclick', () => void this.lockPointer(), options);
    canvas.style.touchAction = 'none';
  }

  /** Right and forward, each -1 to 1, at most 1 long; the same object until the next call. */
  get direction(): { x: number; y: number } {
    let [x, y] = [this.stick.x, this.stick.y];
    for (const key of this.down) {
      const [right, forward] = MOVE_KEYS[key] ?? [0, 0];
      x += right;
      y += forward;
    }
    const length = Math.max(1, Math.hypot(x, y));
    return { x: x / length, y: y / length };
  }

  get isRunning(): boolean {
    return this.stick.run || this.down.has('ShiftLeft') || this.down.has('ShiftRight');
  }

  /** True once for each press. */
  takeJump(): boolean {
    const asked = this.jumpAsked;
    this.jumpAsked = false;
    return asked;
  }

  jump(): void {
    this.jumpAsked = true;
  }

  setStick(x: number, y: number, run: boolean): void {
    this.stick = { x, y, run };
  }

  setKeyboard(active: boolean): void {
    this.isKeyboardActive = active;
    if (!active) this.release();
  }

  release(): void {
    this.down.clear();
  }

  dispose(): void {
    this.stop.abort();
    if (document.pointerLockElement === this.canvas) document.exitPointerLock();
  }

  private keyDown(event: KeyboardEvent): void {
    if (
      !this.isKeyboardActive ||
      isTyping(event.target) ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey
    )
      return;
    if (event.code in MOVE_KEYS || event.code === 'Space') {
      // A focused button keeps its space bar; the page does not scroll.
      if (event.code === 'Space' && isPressable(event.target)) return;
      event.preventDefault();
    }
    if (!event.repeat) {
      if (event.code === 'Space') this.jumpAsked = true;
      if (event.code === 'KeyV') this.events.onToggleView();
      if (event.code === 'KeyX') this.events.onSit();
    }
    this.down.add(event.code);
  }

  private pointerDown(event: PointerEvent): void {
    this.canvas.setPointerCapture?.(event.pointerId);
    this.canvas.focus({ preventScroll: true });
    const { offsetX: x, offsetY: y } = event;
    this.drags.set(event.pointerId, { x, y, startX: x, startY: y, startMs: event.timeStamp });
  }

  private pointerMove(event: PointerEvent): void {
    if (document.pointerLockElement === this.canvas) {
      this.events.onLook(event.movementX, event.movementY);
      return;
    }
    const drag = this.drags.get(event.pointerId);
    if (!drag) return;
    const [dx, dy] = [event.offsetX - drag.x, event.offsetY - drag.y];
    if (this.drags.size === 2) this.pinch(event.pointerId, drag, dx, dy);
    else this.events.onLook(dx, dy);
    drag.x = event.offsetX;
    drag.y = event.offsetY;
  }

  private pinch(id: number, drag: Drag, dx: number, dy: number): void {
    const other = [...this.drags].find(([key]) => key !== id)?.[1];
    if (!other) return;
    const before = Math.hypot(drag.x - other.x, drag.y - other.y);
    const after = Math.hypot(drag.x + dx - other.x, drag.y + dy - other.y);
    this.events.onZoom((before - after) * PINCH_ZOOM);
  }

  private pointerUp(event: PointerEvent): void {
    const drag = this.drags.get(event.pointerId);
    this.drags.delete(event.pointerId);
    if (!drag || event.timeStamp - drag.startMs > TAP_MS) return;
    if (Math.hypot(event.offsetX - drag.startX, event.offsetY - drag.startY) > TAP_PIXELS) return;
    this.events.onTap(event.offsetX, event.offsetY);
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 30 : 1;
    this.events.onZoom(Math.max(-0.5, Math.min(0.5, event.deltaY * lines * WHEEL_ZOOM)));
  }

  /** A double click keeps the mouse until Escape: some browsers refuse, and then nothing happens. */
  private async lockPointer(): Promise<void> {
    try {
      await this.canvas.requestPointerLock?.();
    } catch {
      // The person goes on dragging.
    }
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
