// doll_stage: the doll on a canvas, drawn while it is seen. It knows no page, so that it can stand in a
// worker as well as beside one.

import { NeutralToneMapping, WebGLRenderer } from 'three';
import { Doll } from './doll.ts';
import { loadPeopleArt } from './people_art.ts';

export interface DollSize {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Of the device's pixels to those. */
  readonly ratio: number;
}

/** What changed since it was last told. */
export interface DollNews {
  readonly look?: number;
  readonly size?: DollSize;
  readonly isSeen?: boolean;
  /** Where the pointer is, of the canvas's width and height, from about where the face is. */
  readonly pointer?: { readonly x: number; readonly y: number };
}

export interface DollStart {
  readonly look: number;
  readonly size: DollSize;
  readonly isStill: boolean;
}

/** A frame that costs more than this is followed by a rest: whoever else draws comes first. */
const DEAR_MS = 14;
const REST_SHARE = 5;
const MOST_SECONDS = 0.5;

export class DollStage {
  private readonly renderer: WebGLRenderer;
  private readonly doll: Doll;
  private aspect = 1;
  private before = 0;
  private restsUntil = 0;

  private constructor(renderer: WebGLRenderer, doll: Doll, size: DollSize) {
    this.renderer = renderer;
    this.doll = doll;
    this.fit(size);
  }

  /** Settles when all is ready to be drawn; shaders compile beside where the browser can. */
  static async open(canvas: HTMLCanvasElement | OffscreenCanvas, start: DollStart) {
    const art = await loadPeopleArt();
    const renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true });
    renderer.debug.checkShaderErrors = import.meta.env.DEV;
    renderer.toneMapping = NeutralToneMapping;
    const stage = new DollStage(renderer, new Doll(art, start.look, start.isStill), start.size);
    stage.doll.frame(stage.aspect);
    await renderer.compileAsync(stage.doll.scene, stage.doll.camera);
    return stage;
  }

  take({ look, size, pointer, isSeen }: DollNews): void {
    if (look !== undefined) this.doll.wear(look);
    if (size) this.fit(size);
    if (pointer) this.doll.watch(pointer.x, pointer.y);
    if (isSeen === undefined) return;
    this.before = performance.now();
    this.renderer.setAnimationLoop(isSeen ? (now) => this.draw(now) : null);
  }

  private fit({ width, height, ratio }: DollSize): void {
    if (width === 0 || height === 0) return;
    this.renderer.setPixelRatio(Math.min(2, ratio));
    this.renderer.setSize(width, height, false);
    this.aspect = width / height;
  }

  private draw(now: number): void {
    if (now < this.restsUntil) return;
    const delta = Math.min(MOST_SECONDS, Math.max(0, (now - this.before) / 1000));
    this.before = now;
    this.doll.update(delta);
    this.doll.frame(this.aspect);
    this.renderer.render(this.doll.scene, this.doll.camera);
    const cost = performance.now() - now;
    if (cost > DEAR_MS) this.restsUntil = now + cost * REST_SHARE;
  }

  dispose(): void {
    this.renderer.setAnimationLoop(null);
    this.doll.dispose();
    this.renderer.dispose();
  }
}
