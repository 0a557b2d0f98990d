// scenery: the world without its people: sky, ground, light, and everything that stands in it. What is
// near is there from the first frame; the rest is built a little each frame, so that no frame is long.

import type { WorldDocument, WorldEnvironment } from '@flux/sdk';
import {
  BatchedMesh,
  Color,
  Fog,
  Frustum,
  type Group,
  HemisphereLight,
  type IUniform,
  type Material,
  Matrix4,
  Mesh,
  type PerspectiveCamera,
  Scene,
  Texture,
  Vector3,
} from 'three';
import { groundDisc } from './ground.ts';
import { Lamps, lampsOf } from './lamps.ts';
import type { SceneLanguage } from './lettering.ts';
import type { Placement } from './model.ts';
import { type PathMask, pathMask } from './path_mask.ts';
import { portalMembrane } from './portal_ring.ts';
import type { QualityPlan } from './quality.ts';
import { ShadowCasters } from './shadow_casters.ts';
import { Signs } from './signs.ts';
import { skyDome } from './sky.ts';
import { Sunlight } from './sunlight.ts';
import { type BatchClass, SurfaceBatches } from './surface_batches.ts';
import {
  disposeUniforms,
  SurfaceMaterials,
  type Uniforms,
  worldUniforms,
} from './surface_material.ts';
import type { Unfolded } from './unfold.ts';
import type { WorldModels } from './world_models.ts';

/** Metres around where we arrive: what stands there is drawn in the first frame. */
const FIRST_REACH = 80;
/** Milliseconds of a frame that go into building what comes later. */
const BUILD_MS = 3;
/** The first frames are for walking. */
const BUILD_AFTER_FRAMES = 8;
const LAMPS_EVERY_FRAMES = 20;
/** Metres. */
const LAMPS_AHEAD = 7;
/** How much of the sun's light on the ground comes back from it. */
const BOUNCED = 0.6;

/** One set of things, drawn and casting shadows. */
interface Stand {
  readonly batches: SurfaceBatches;
  readonly casters: ShadowCasters | null;
}

export interface SceneryOptions {
  readonly world: WorldDocument;
  readonly unfolded: Unfolded;
  readonly models: WorldModels;
  /** The document's own forms. */
  readonly forms: readonly Placement[];
  readonly plan: QualityPlan;
  readonly language: SceneLanguage;
  /** Where we arrive. */
  readonly from: { readonly x: number; readonly z: number };
}

export class Scenery {
  readonly scene = new Scene();
  readonly sunlight: Sunlight;
  readonly signs: Signs;
  /** What the world's own motion runs on: water, leaves, portals, clouds. */
  readonly seconds: IUniform<number> = { value: 0 };
  /** Metres from the eye to whom it follows: leaves between make way. */
  readonly clearing: IUniform<number> = { value: 0 };
  /** To be set before anything is built. */
  Batch: BatchClass = BatchedMesh;
  private readonly uniforms: Uniforms;
  private readonly materials: SurfaceMaterials;
  private readonly mask: PathMask;
  private readonly sky: Mesh;
  private readonly ground: Mesh;
  private readonly portals: readonly Mesh[];
  private readonly lamps: Lamps;
  private plan: QualityPlan;
  private readonly near: readonly Placement[];
  private far: readonly Placement[];
  private stands: Stand[] = [];
  private readonly foreign: Group[] = [];
  private work: Generator<void> | null = null;
  private readonly frustum = new Frustum();
  private readonly seen = new Matrix4();
  private readonly eye = new Vector3();
  private readonly ahead = new Vector3();
  private frames = 0;

  constructor(options: SceneryOptions) {
    const { world, unfolded, models, forms, plan, from } = options;
    const { environment, portals = [] } = world;
    this.plan = plan;
    const all = [...forms, ...models.placements];
    const isNear = ({ matrix }: Placement) =>
      Math.hypot(matrix.elements[12] - from.x, matrix.elements[14] - from.z) < FIRST_REACH;
    this.near = all.filter(isNear);
    this.far = all.filter((placement) => !isNear(placement));
    this.uniforms = worldUniforms(environment, this.seconds, this.clearing);
    this.materials = new SurfaceMaterials(this.uniforms, environment.preset);
    this.mask = pathMask(this.near);
    this.sky = skyDome(environment, this.uniforms);
    this.ground = groundDisc(environment.ground, this.uniforms, this.mask);
    this.portals = portals.map((one) => portalMembrane(one, environment.preset, this.seconds));
    this.signs = new Signs(world, unfolded);
    const lamps = [...lampsOf(unfolded), ...models.lamps];
    this.lamps = new Lamps(lamps, portals, environment.preset, plan.pointLights);
    this.sunlight = new Sunlight(environment.sun);
    this.sunlight.setQuality(plan);
    this.foreign.push(models.foreign);
    this.fill(world, models);
    this.work = inOrder(this.building([this.near]), this.building([this.far]));
    this.setLanguage(options.language);
  }

  private fill({ environment }: WorldDocument, models: WorldModels): void {
    const { fog, hemisphere, sun } = environment;
    const { scene, sunlight } = this;
    scene.fog = new Fog(fog.color, fog.near, fog.far);
    scene.add(
      new HemisphereLight(hemisphere.sky, hemisphere.ground, hemisphere.intensity),
      bounce(sun, hemisphere.ground),
      sunlight.light,
      this.sky,
      this.ground,
      models.foreign,
      this.signs.group,
      this.lamps.group,
      ...this.portals,
    );
    scene.matrixWorldAutoUpdate = true;
  }

  /** Models that came later: looked at only. */
  addLater(models: WorldModels): void {
    this.far = [...this.far, ...models.placements];
    this.foreign.push(models.foreign);
    this.scene.add(models.foreign);
    this.queue(this.building([models.placements]));
  }

  /** Before the first frame: what is near. What is far is built between frames. */
  *buildNear(): Generator<void> {
    while (this.work && this.stands.length === 0) {
      if (this.work.next().done) this.work = null;
      yield;
    }
  }

  /** Builds sets of things; they are shown when they are whole. */
  private *building(
    sets: readonly (readonly Placement[])[],
    replaced: Stand[] = [],
  ): Generator<void> {
    const made: Stand[] = [];
    for (const placements of sets) {
      if (placements.length === 0) continue;
      const { plan } = this;
      const detail = plan.detail === 'fine' ? 'both' : 'low';
      const batches = new SurfaceBatches(placements, detail, this.materials.of, this.Batch);
      yield* batches.build();
      const casters = plan.shadowMap > 0 ? new ShadowCasters(placements) : null;
      if (casters) yield* casters.build();
      made.push({ batches, casters });
    }
    for (const stand of replaced) this.drop(stand);
    for (const stand of made) this.show(stand);
    this.sunlight.refresh();
  }

  private show(stand: Stand): void {
    this.stands.push(stand);
    this.scene.add(stand.batches.group);
    if (stand.casters) this.scene.add(stand.casters.group);
  }

  private drop(stand: Stand): void {
    this.stands = this.stands.filter((one) => one !== stand);
    this.scene.remove(stand.batches.group);
    if (stand.casters) this.scene.remove(stand.casters.group);
    stand.batches.dispose();
    stand.casters?.dispose();
  }

  private queue(next: Generator<void>): void {
    const before = this.work;
    this.work = before ? inOrder(before, next) : next;
  }

  /** Of what is written on signs. */
  setLanguage(language: SceneLanguage): void {
    this.queue(this.signs.writing(language));
  }

  setQuality(plan: QualityPlan): void {
    const isSame =
      plan.detail === this.plan.detail && plan.shadowMap > 0 === this.plan.shadowMap > 0;
    this.plan = plan;
    this.sunlight.setQuality(plan);
    this.lamps.setLimit(plan.pointLights);
    if (isSame) return;
    // What is shown stays until the other is whole.
    for (const _ of this.work ?? []);
    this.work = this.building([this.near, this.far], [...this.stands]);
  }

  /** Once a frame, with the camera where it will draw from. */
  update(camera: PerspectiveCamera, seconds: number, delta: number): void {
    this.seconds.value += seconds;
    this.buildOn();
    camera.getWorldPosition(this.eye);
    this.seen.multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
    this.frustum.setFromProjectionMatrix(this.seen);
    for (const { batches } of this.stands)
      batches.cull(this.frustum, this.eye, this.plan.fullReach);
    if (this.frames++ % LAMPS_EVERY_FRAMES === 0) this.settleLamps(camera);
    this.lamps.update(delta);
  }

  /** Lamps before us are worth more than those behind. */
  private settleLamps(camera: PerspectiveCamera): void {
    const ahead = camera.getWorldDirection(this.ahead).multiplyScalar(LAMPS_AHEAD);
    this.lamps.settle(this.eye.x + ahead.x, this.eye.z + ahead.z);
  }

  private buildOn(): void {
    if (this.frames < BUILD_AFTER_FRAMES) return;
    const until = performance.now() + BUILD_MS;
    while (this.work && performance.now() < until) if (this.work.next().done) this.work = null;
  }

  /** Height of the picture in its own pixels, and the camera's vertical angle in degrees. */
  setView(pixels: number, fieldOfView: number): void {
    this.lamps.setView(pixels, fieldOfView);
  }

  dispose(): void {
    this.work = null;
    for (const stand of [...this.stands]) this.drop(stand);
    this.materials.dispose();
    this.signs.dispose();
    this.lamps.dispose();
    this.sunlight.light.dispose();
    this.mask.texture.dispose();
    disposeUniforms(this.uniforms);
    for (const mesh of [this.sky, this.ground, ...this.portals]) {
      mesh.geometry.dispose();
      (mesh.material as Material).dispose();
    }
    for (const group of this.foreign) disposeForeign(group);
  }
}

/** Materials of others hold pictures of their own. */
function disposeForeign(group: Group): void {
  group.traverse((object) => {
    if (!(object instanceof Mesh)) return;
    object.geometry.dispose();
    for (const material of [object.material].flat() as Material[]) {
      for (const value of Object.values(material)) if (value instanceof Texture) value.dispose();
      material.dispose();
    }
  });
}

/** Sunlight that the ground throws back warms what faces it or stands upright. */
function bounce(sun: WorldEnvironment['sun'], ground: string): HemisphereLight {
  const high = Math.max(0, Math.sin((sun.elevation * Math.PI) / 180));
  const warm = new Color(sun.color).multiply(new Color(ground));
  return new HemisphereLight('#000000', warm, sun.intensity * high * BOUNCED);
}

function* inOrder(...all: Generator<void>[]): Generator<void> {
  for (const one of all) yield* one;
}
