// sunlight: the sun, whose one shadow map follows us over the ground in whole texels, so that shadow
// edges do not crawl.

import type { WorldEnvironment } from '@flux/sdk';
import { Color, DirectionalLight, Vector3 } from 'three';
import type { QualityPlan } from './quality.ts';
import { sunDirection } from './sky.ts';

const DISTANCE = 70;

export class Sunlight {
  readonly light: DirectionalLight;
  private readonly towards: Vector3;
  private readonly right: Vector3;
  private readonly up: Vector3;
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
    shadow.autoUpdate = false;
    shadow.mapSize.set(plan.shadowMap, plan.shadowMap);
    shadow.map?.dispose();
    shadow.map = null;
    const { camera } = shadow;
    camera.left = camera.bottom = -plan.shadowReach;
    camera.right = camera.top = plan.shadowReach;
    camera.near = 1;
    camera.far = DISTANCE * 2;
    camera.updateProjectionMatrix();
    shadow.normalBias = 0.03;
    shadow.bias = -0.0004;
    shadow.intensity = 0.86;
    this.texel = (plan.shadowReach * 2) / plan.shadowMap;
  }

  /** Once a frame. */
  follow(x: number, y: number, z: number): void {
    if (this.frames++ % this.every === 0) this.light.shadow.needsUpdate = true;
    const at = new Vector3(x, y, z);
    const snap = (axis: Vector3) =>
      Math.round(at.dot(axis) / this.texel) * this.texel - at.dot(axis);
    at.addScaledVector(this.right, snap(this.right)).addScaledVector(this.up, snap(this.up));
    this.light.target.position.copy(at);
    this.light.target.updateMatrixWorld();
    this.light.position.copy(at).addScaledVector(this.towards, DISTANCE);
  }
}
