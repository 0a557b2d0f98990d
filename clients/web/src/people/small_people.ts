// small_people: people too far for bones of their own and near enough for a body: the smallest bodies,
// each in a pose of the table, mixed with another where one thing follows on another. All are one draw
// call; a frame costs three texels a person.

import { EMOTES, POSE } from '@flux/sdk';
import {
  type BufferGeometry,
  DataTexture,
  FloatType,
  type Material,
  Mesh,
  NearestFilter,
  RGBAFormat,
} from 'three';
import type { ClipName, Clips } from './clips.ts';
import { runShare } from './gait.ts';
import type { Motion } from './motion.ts';
import type { PeopleArt } from './people_art.ts';
import { type PeopleUniforms, peopleMaterial } from './people_material.ts';
import { Places } from './places.ts';
import { PoseTable } from './pose_table.ts';
import { WornDolls } from './worn_dolls.ts';

const TEXELS = 3;
const TURN = Math.PI * 2;
const WALKS = 0.25; // metres a second
const FADE_SECONDS = 0.25;

export const CLIP_BY_POSE: ReadonlyMap<number, ClipName> = new Map<number, ClipName>([
  [POSE.jump, 'jump'],
  [POSE.fall, 'fall'],
  [POSE.land, 'land'],
  [POSE.sit, 'sit'],
  [POSE.rest, 'rest'],
  ...EMOTES.map((name) => [POSE[name], name] as const),
]);

/** Somebody's place, and what they were doing before. */
export interface SmallHold {
  readonly place: number;
  look: number;
  clip: ClipName;
  row: number;
  before: number;
  /** Seconds since they did something else. */
  since: number;
}

export class SmallPeople {
  readonly mesh: Mesh<BufferGeometry, Material>;
  readonly table: PoseTable;
  private readonly dolls: WornDolls;
  private readonly places: Places;
  private readonly texels: Float32Array;
  private readonly texture: DataTexture;
  private readonly clips: Clips;

  constructor(art: PeopleArt, uniforms: PeopleUniforms, capacity: number) {
    this.clips = art.clips;
    this.dolls = new WornDolls(art.lods.crowd, capacity);
    this.places = new Places(capacity);
    this.table = new PoseTable(art.clips, art.rest);
    this.texels = new Float32Array(capacity * TEXELS * 4);
    this.texture = new DataTexture(this.texels, TEXELS, capacity, RGBAFormat, FloatType);
    this.texture.minFilter = this.texture.magFilter = NearestFilter;
    uniforms.places.value = this.texture;
    uniforms.poses.value = this.table.texture;
    const told = { placeVertices: this.dolls.vertices, firstRow: 0 };
    this.mesh = new Mesh(this.dolls.geometry, peopleMaterial('baked', uniforms, told));
    this.mesh.frustumCulled = false;
    this.mesh.receiveShadow = true;
  }

  /** Null when all places are taken. */
  take(look: number): SmallHold | null {
    const place = this.places.take();
    if (place < 0) return null;
    const hold = { place, look, clip: 'idle' as ClipName, row: 0, before: 0, since: Infinity };
    this.dress(hold, look);
    return hold;
  }

  dress(hold: SmallHold, look: number): void {
    hold.look = look;
    this.dolls.dress(hold.place, look);
  }

  leave(hold: SmallHold): void {
    this.dolls.clear(hold.place);
    this.places.free(hold.place);
  }

  /** `seed` keeps them from breathing in step. */
  write(hold: SmallHold, motion: Motion, seed: number, fade: number, delta: number): void {
    const at = hold.place * TEXELS * 4;
    const { texels } = this;
    texels[at] = motion.x;
    texels[at + 1] = motion.y;
    texels[at + 2] = motion.z;
    texels[at + 3] = motion.yaw * TURN + Math.PI;
    this.act(hold, motion, seed, delta, at + 4);
    texels[at + 7] = fade;
    texels[at + 8] = hold.look & 0xffff;
    texels[at + 9] = hold.look >>> 16;
  }

  /** Writes the row of the pose, of the one to be mixed in, and its share. */
  private act(hold: SmallHold, motion: Motion, seed: number, delta: number, at: number): void {
    const clip = this.clipOf(motion);
    if (clip !== hold.clip) {
      hold.clip = clip;
      hold.before = hold.row;
      hold.since = 0;
    }
    hold.since += delta;
    const isWalk = clip === 'walk';
    hold.row = this.table.rowAt(clip, this.shareOf(clip, motion, seed));
    this.texels[at] = hold.row;
    if (hold.since < FADE_SECONDS) {
      this.texels[at + 1] = hold.before;
      this.texels[at + 2] = 1 - hold.since / FADE_SECONDS;
    } else {
      const running = isWalk ? runShare(motion.gait, motion.speed / motion.legs) : 0;
      this.texels[at + 1] = this.table.rowAt('run', motion.phase / TURN);
      this.texels[at + 2] = running;
    }
  }

  private clipOf(motion: Motion): ClipName {
    const clip = CLIP_BY_POSE.get(motion.pose);
    const isMoving = motion.speed > WALKS;
    if (clip && (!isMoving || motion.pose < POSE.wave)) return clip;
    return isMoving ? 'walk' : 'idle';
  }

  private shareOf(name: ClipName, motion: Motion, seed: number): number {
    if (name === 'walk') return motion.phase / TURN;
    const clip = this.clips[name];
    const seconds = name === 'idle' ? motion.poseSeconds + seed * 7 : motion.poseSeconds;
    return clip.loop ? (seconds / clip.seconds) % 1 : Math.min(1, seconds / clip.seconds);
  }

  send(): void {
    const end = this.places.end;
    this.dolls.show();
    this.mesh.visible = end > 0;
    if (end > 0) this.texture.needsUpdate = true;
  }

  get triangles(): number {
    let sum = 0;
    for (let place = 0; place < this.dolls.places; place++) sum += this.dolls.trianglesOf(place);
    return sum;
  }

  dispose(): void {
    this.dolls.dispose();
    this.mesh.material.dispose();
    this.texture.dispose();
    this.table.dispose();
  }
}
