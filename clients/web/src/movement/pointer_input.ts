// pointer_input: mouse and fingers on the canvas: a drag looks, two fingers or the wheel zoom, and a
// short touch without a drag is a tap.

export interface PointerEvents {
  readonly onLook: (dx: number, dy: number) => void;
  readonly onZoom: (amount: number) => void;
  /** Pixels from the canvas's corner; `isSecond`: soon after another in the same place. */
  readonly onTap: (x: number, y: number, isSecond: boolean) => void;
}

const TAP_PIXELS = { mouse: 6, touch: 12 } as const;
const TAP_MS = 350;
const SECOND_TAP_MS = 400;
const SECOND_TAP_PIXELS = 24;
const WHEEL_ZOOM = 0.0011;
const WHEEL_LINE_PIXELS = 30;

interface Drag {
  x: number;
  y: number;
  /** The farthest it has been from where it began. */
  strayed: number;
  /** Null once it can no longer be a tap. */
  start: { x: number; y: number; ms: number } | null;
}

export class PointerInput {
  private readonly canvas: HTMLCanvasElement;
  private readonly events: PointerEvents;
  private readonly drags = new Map<number, Drag>();
  private readonly stop = new AbortController();
  private lastTap = { x: 0, y: 0, ms: Number.NEGATIVE_INFINITY };

  constructor(canvas: HTMLCanvasElement, events: PointerEvents) {
    this.canvas = canvas;
    this.events = events;
    const options = { signal: this.stop.signal };
    const forget = (event: PointerEvent) => this.drags.delete(event.pointerId);
    canvas.addEventListener('pointerdown', (event) => this.down(event), options);
    canvas.addEventListener('pointermove', (event) => this.move(event), options);
    canvas.addEventListener('pointerup', (event) => this.up(event), options);
    canvas.addEventListener('pointercancel', forget, options);
    canvas.addEventListener('lostpointercapture', forget, options);
    canvas.addEventListener('contextmenu', (event) => event.preventDefault(), options);
    canvas.addEventListener('wheel', (event) => this.wheel(event), { ...options, passive: false });
    canvas.style.touchAction = 'none';
  }

  private get isLocked(): boolean {
    return document.pointerLockElement === this.canvas;
  }

  /** Keeps the mouse until Escape: some browsers refuse, and then one goes on dragging. */
  async lock(): Promise<void> {
    try {
      await this.canvas.requestPointerLock?.();
    } catch {
      // Nothing is lost: see above.
    }
  }

  dispose(): void {
    this.stop.abort();
    if (this.isLocked) document.exitPointerLock();
  }

  private down(event: PointerEvent): void {
    this.canvas.setPointerCapture?.(event.pointerId);
    this.canvas.focus({ preventScroll: true });
    const { offsetX: x, offsetY: y } = event;
    const isTap = event.button === 0 && this.drags.size === 0;
    const start = isTap ? { x, y, ms: event.timeStamp } : null;
    // A second finger makes it a pinch, whatever it began as.
    for (const drag of this.drags.values()) drag.start = null;
    this.drags.set(event.pointerId, { x, y, strayed: 0, start });
  }

  private move(event: PointerEvent): void {
    if (this.isLocked) {
      this.events.onLook(event.movementX, event.movementY);
      return;
    }
    const drag = this.drags.get(event.pointerId);
    if (!drag) return;
    const [dx, dy] = [event.offsetX - drag.x, event.offsetY - drag.y];
    if (this.drags.size >= 2) this.pinch(event.pointerId, drag, dx, dy);
    else this.events.onLook(dx, dy);
    drag.x = event.offsetX;
    drag.y = event.offsetY;
    const { start } = drag;
    if (start)
      drag.strayed = Math.max(drag.strayed, Math.hypot(drag.x - start.x, drag.y - start.y));
  }

  /** What is between the fingers stays between them: twice as far apart is half as far away. */
  private pinch(id: number, drag: Drag, dx: number, dy: number): void {
    const other = [...this.drags].find(([key]) => key !== id)?.[1];
    if (!other) return;
    const before = Math.max(8, Math.hypot(drag.x - other.x, drag.y - other.y));
    const after = Math.max(8, Math.hypot(drag.x + dx - other.x, drag.y + dy - other.y));
    this.events.onZoom(Math.log(before / after));
  }

  private up(event: PointerEvent): void {
    const drag = this.drags.get(event.pointerId);
    this.drags.delete(event.pointerId);
    const start = drag?.start;
    if (!drag || !start || event.timeStamp - start.ms > TAP_MS) return;
    if (drag.strayed > TAP_PIXELS[event.pointerType === 'touch' ? 'touch' : 'mouse']) return;
    const x = this.isLocked ? this.canvas.clientWidth / 2 : event.offsetX;
    const y = this.isLocked ? this.canvas.clientHeight / 2 : event.offsetY;
    const { lastTap } = this;
    const isSecond =
      event.timeStamp - lastTap.ms < SECOND_TAP_MS &&
      Math.hypot(x - lastTap.x, y - lastTap.y) < SECOND_TAP_PIXELS;
    this.lastTap = { x, y, ms: isSecond ? Number.NEGATIVE_INFINITY : event.timeStamp };
    this.events.onTap(x, y, isSecond);
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? WHEEL_LINE_PIXELS : 1;
    this.events.onZoom(Math.max(-0.5, Math.min(0.5, event.deltaY * lines * WHEEL_ZOOM)));
  }
}
