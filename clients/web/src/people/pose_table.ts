// pose_table: the clips as frames of matrices in a half-float texture, for people who are far enough that
// all may share them. It is filled a few milliseconds at a time, so that no frame waits for it.

import {
  ClampToEdgeWrapping,
  DataTexture,
  DataUtils,
  HalfFloatType,
  NearestFilter,
  RGBAFormat,
} from 'three';
import { BodyPose } from './body_pose.ts';
import { BoneRows, type FaceState } from './bone_rows.ts';
import { BONES, type RestJoints } from './bones.ts';
import { CLIP_NAMES, type Clip, type ClipName, type Clips, frameAt, samplePose } from './clips.ts';
import { type FigureShape, figureShape } from './figure.ts';

/** Frames a second; nobody sees the steps between them from forty metres. */
const RATE = 20;
const ROW_FLOATS = BONES * 12;
const MIDDLE = { name: 'middle', legs: 1, torso: 1, girth: 1, head: 1, arms: 1 };
/** Half a turn from where yaw 0 looks: along +z, as models do. */
const ALONG_Z = { x: 0, y: 0, z: 0, yaw: -0.5 };
const FACE: FaceState = { mouth: 0, lids: 1, eyeX: 0, eyeY: 0 };

export class PoseTable {
  readonly texture: DataTexture;
  private readonly clips: Clips;
  private readonly first = new Map<ClipName, number>();
  private readonly frames = new Map<ClipName, number>();
  private readonly halves: Uint16Array;
  private readonly body: BoneRows;
  private readonly shape: FigureShape;
  private readonly pose = new BodyPose();
  private readonly rows: number;
  private filled = 0;

  constructor(clips: Clips, rest: RestJoints) {
    this.clips = clips;
    let rows = 0;
    for (const name of CLIP_NAMES) {
      const frames = Math.max(2, Math.ceil(clips[name].seconds * RATE));
      this.first.set(name, rows);
      this.frames.set(name, frames);
      rows += frames;
    }
    this.rows = rows;
    this.halves = new Uint16Array(rows * ROW_FLOATS);
    this.texture = new DataTexture(this.halves, BONES * 3, rows, RGBAFormat, HalfFloatType);
    this.texture.minFilter = this.texture.magFilter = NearestFilter;
    this.texture.wrapS = this.texture.wrapT = ClampToEdgeWrapping;
    this.body = new BoneRows(1, rest);
    this.shape = figureShape(MIDDLE, rest);
  }

  get isReady(): boolean {
    return this.filled === this.rows;
  }

  /** Goes on filling for about so many milliseconds. True once it has just become ready. */
  fill(milliseconds: number): boolean {
    if (this.isReady) return false;
    const until = performance.now() + milliseconds;
    do this.fillRow(this.filled++);
    while (!this.isReady && performance.now() < until);
    if (this.isReady) this.texture.needsUpdate = true;
    return this.isReady;
  }

  private fillRow(row: number): void {
    const clip = this.clipOf(row);
    const frames = this.frames.get(clip.name) ?? 1;
    const share = (row - (this.first.get(clip.name) ?? 0)) / (clip.loop ? frames : frames - 1);
    samplePose(clip, frameAt(clip, Math.min(0.9999, share) * clip.seconds), this.pose);
    this.body.write(0, this.pose, this.shape, ALONG_Z, FACE);
    const from = this.body.row(0);
    const at = row * ROW_FLOATS;
    for (let i = 0; i < ROW_FLOATS; i++) this.halves[at + i] = DataUtils.toHalfFloat(from[i] ?? 0);
  }

  private clipOf(row: number): Clip {
    let found: ClipName = 'idle';
    for (const name of CLIP_NAMES) if ((this.first.get(name) ?? 0) <= row) found = name;
    return this.clips[found];
  }

  /** The row of a clip `share` of the way through it, 0 to 1. */
  rowAt(name: ClipName, share: number): number {
    const frames = this.frames.get(name) ?? 1;
    const at = Math.min(frames - 1, Math.max(0, Math.floor(share * frames)));
    return (this.first.get(name) ?? 0) + at;
  }

  dispose(): void {
    this.texture.dispose();
    this.body.dispose();
  }
}
