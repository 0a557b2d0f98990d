// graphics: the renderer on its canvas, and the frames it draws: one for each of the screen's, none while
// paused or while the graphics card has taken its context away.

import { NeutralToneMapping, PCFShadowMap, WebGLRenderer } from 'three';

/** A lost context that is not given back within this time is lost for good. */
const RESTORE_MS = 6000;
const GONE = 'The graphics card took its picture away and did not give it back.';

export interface GraphicsOptions {
  readonly canvas: HTMLCanvasElement;
  readonly antialias: boolean;
  readonly exposure: number;
  /** Seconds since the last frame; 0 for the first, and the first after a pause. */
  readonly onFrame: (delta: number) => void;
  /** The context is back: what was drawn into textures of the card has to be drawn again. */
  readonly onRestored: () => void;
  readonly onLost: (message: string) => void;
}

export class Graphics {
  readonly renderer: WebGLRenderer;
  private readonly options: GraphicsOptions;
  private readonly ended = new AbortController();
  private readonly watcher: ResizeObserver;
  private isPaused = false;
  private isLost = false;
  private isResized = true;
  private ratio = 1;
  private frame = 0;
  private last = 0;
  private timer = 0;

  /** Throws when there is no WebGL 2. */
  constructor(options: GraphicsOptions) {
    this.options = options;
    const { canvas } = options;
    this.renderer = new WebGLRenderer({
      canvas,
      antialias: options.antialias,
      powerPreference: 'high-performance',
      stencil: false,
    });
    // Asking whether shaders are good waits for each to be compiled; ours are, and browser tests would tell.
    this.renderer.debug.checkShaderErrors = import.meta.env.DEV;
    // The canvas may have been another world's before this one.
    this.renderer.resetState();
    this.renderer.toneMapping = NeutralToneMapping;
    this.renderer.toneMappingExposure = options.exposure;
    this.renderer.shadowMap.enabled = true;
    this.renderer.shadowMap.type = PCFShadowMap;
    // Counted over the shadow map and the picture together.
    this.renderer.info.autoReset = false;
    this.watcher = new ResizeObserver(() => {
      this.isResized = true;
    });
    this.watcher.observe(canvas);
    this.watchContext();
  }

  /** Of the canvas, in CSS pixels. */
  get width(): number {
    return Math.max(1, this.options.canvas.clientWidth);
  }

  get height(): number {
    return Math.max(1, this.options.canvas.clientHeight);
  }

  /** Of the picture, in its own pixels. */
  get pictureHeight(): number {
    return this.height * this.ratio;
  }

  get canDraw(): boolean {
    return !this.isLost;
  }

  /** Device pixels to a CSS pixel. */
  setPixelRatio(ratio: number): void {
    if (ratio === this.ratio) return;
    this.ratio = ratio;
    this.isResized = true;
  }

  /** True when the picture's size has changed: just before drawing, since it clears the canvas. */
  takeResize(): boolean {
    if (!this.isResized) return false;
    this.isResized = false;
    this.renderer.setPixelRatio(this.ratio);
    this.renderer.setSize(this.width, this.height, false);
    return true;
  }

  start(): void {
    if (this.isPaused || this.isLost || this.frame !== 0) return;
    this.last = 0;
    this.frame = requestAnimationFrame(this.run);
  }

  private stop(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
  }

  setPaused(paused: boolean): void {
    this.isPaused = paused;
    if (paused) this.stop();
    else this.start();
  }

  private readonly run = (now: number): void => {
    this.frame = requestAnimationFrame(this.run);
    const delta = this.last === 0 ? 0 : (now - this.last) / 1000;
    this.last = now;
    this.options.onFrame(delta);
  };

  private watchContext(): void {
    const { canvas, onRestored, onLost } = this.options;
    const { signal } = this.ended;
    // three.js asks for the context back; after it came, it makes anew what was on the card.
    const lost = () => {
      this.isLost = true;
      this.stop();
      this.timer = window.setTimeout(() => onLost(GONE), RESTORE_MS);
    };
    const restored = () => {
      window.clearTimeout(this.timer);
      this.isLost = false;
      this.isResized = true;
      onRestored();
      this.start();
    };
    canvas.addEventListener('webglcontextlost', lost, { signal });
    canvas.addEventListener('webglcontextrestored', restored, { signal });
  }

  dispose(): void {
    this.stop();
    window.clearTimeout(this.timer);
    this.ended.abort();
    this.watcher.disconnect();
    this.renderer.dispose();
  }
}
