// sunlight: the sun, whose one shadow map covers the ground before our eyes. It moves in whole texels,
// so that shadow edges do not crawl, and is drawn anew only when something in it can have moved.

import type { WorldEnvironment } from '@flux/sdk';
import { Color, DirectionalLight, Vector3 } from 'three';
import type { QualityPlan } from './quality.ts';
import { SHADOW_LAYER } from './shadow_casters.ts';
import { sunDirection } from './sky_gradient.ts';

const DISTANCE = 90;
/** Of the reach: how far before us the middle of the map is. */
const AHEAD = 0.45;
/** With nobody about, our own breathing is all that moves. */
const QUIET_EVERY = 4;
/** Metres: a smaller step of the map's middle is none. */
const STILL = 0.01;

export interface ShadowView {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Where the camera looks, over the ground. */
  readonly lookX: number;
  readonly lookZ: number;
  /** Whether anybody else is drawn. */
  readonly isCrowded: boolean;
}

export class Sunlight {
  readonly light: DirectionalLight;
  private readonly towards: Vector3;
  private readonly right: Vector3;
  private readonly up: Vector3;
  private readonly middle = new Vector3(Number.POSITIVE_INFINITY, 0, 0);
  private readonly at = new Vector3();
  private reach = 0;
  private texel = 0.05;
  private every = 1;
  private frames = 0;

  constructor(sun: WorldEnvironment['sun']) {
    this.light = new DirectionalLight(new Color(sun.color), sun.intensity);
    this.towards = sunDirection(sun);
    this.right = new Vector3(0, 1, 0).cross(this.towards).normalize();
    this.up = this.towards.clone().cross(this.right).normalize();
  }

  setQuality(plan: QualityPlan): void {
    const { shadow } = this.light;
    this.light.castShadow = plan.shadowMap > 0 && this.towards.y > 0.05;
    if (!this.light.castShadow) return;
    this.every = plan.shadowEvery;
    this.reach = plan.shadowReach;
    shadow.autoUpdate = false;
    shadow.mapSize.set(plan.shadowMap, plan.shadowMap);
    shadow.map?.dispose();
    shadow.map = null;
    const { camera } = shadow;
    camera.left = camera.bottom = -plan.shadowReach;
    camera.right = camera.top = plan.shadowReach;
    camera.near = 1;
    camera.far = DISTANCE * 2;
    camera.layers.enable(SHADOW_LAYER);
    camera.updateProjectionMatrix();
    shadow.normalBias = 0.05;
    shadow.bias = -0.0006;
    shadow.radius = 1.6;
    this.texel = (plan.shadowReach * 2) / plan.shadowMap;
    this.refresh();
  }

  /** The next frame draws the map, whatever moved. */
  refresh(): void {
    this.light.shadow.needsUpdate = true;
    this.middle.setX(Number.POSITIVE_INFINITY);
  }

  /** Once a frame. */
  follow(view: ShadowView): void {
    const { at, middle, light } = this;
    const ahead = this.reach * AHEAD;
    at.set(view.x + view.lookX * ahead, view.y, view.z + view.lookZ * ahead);
    this.snap(this.right);
    this.snap(this.up);
    const hasMoved = at.distanceToSquared(middle) > STILL * STILL;
    const every = hasMoved || view.isCrowded ? this.every : QUIET_EVERY;
    if (this.frames++ % every !== 0 && Number.isFinite(middle.x)) return;
    middle.copy(at);
    light.shadow.needsUpdate = true;
    light.target.position.copy(at);
    light.target.updateMatrixWorld();
    light.position.copy(at).addScaledVector(this.towards, DISTANCE);
    light.updateMatrixWorld();
  }

  /** To a whole texel along an axis of the map. */
  private snap(axis: Vector3): void {
    const along = this.at.dot(axis);
    this.at.addScaledVector(axis, Math.round(along / this.texel) * this.texel - along);
  }
}
