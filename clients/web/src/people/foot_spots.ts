// foot_spots: a soft dark spot under everybody with a body who casts no real shadow.

import {
  type InstancedBufferAttribute,
  InstancedBufferGeometry,
  Mesh,
  PlaneGeometry,
  ShaderMaterial,
} from 'three';
import { instances, touch } from './instances.ts';
import { SPOT_FRAGMENT, SPOT_VERTEX_END } from './spot_shader.ts';

const VERTEX = /* glsl */ `
attribute vec3 feet;
varying vec2 vSpot;
varying float vFade;
void main() {
  vec3 foot = feet;
  ${SPOT_VERTEX_END}
}
`;

export class FootSpots {
  readonly mesh: Mesh<InstancedBufferGeometry, ShaderMaterial>;
  private feet = new Float32Array(0);
  private attribute: InstancedBufferAttribute | null = null;
  private count = 0;

  constructor() {
    const material = new ShaderMaterial({
      vertexShader: VERTEX,
      fragmentShader: SPOT_FRAGMENT,
      transparent: true,
      depthWrite: false,
    });
    this.mesh = new Mesh(new InstancedBufferGeometry(), material);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 1;
    this.mesh.visible = false;
  }

  setCapacity(capacity: number): void {
    if (this.feet.length >= capacity * 3) return;
    this.mesh.geometry.dispose();
    const spot = new PlaneGeometry(1, 1);
    const geometry = new InstancedBufferGeometry();
    geometry.setAttribute('position', spot.getAttribute('position'));
    geometry.setIndex(spot.getIndex());
    this.feet = new Float32Array(capacity * 3);
    this.attribute = instances(this.feet, 3);
    geometry.setAttribute('feet', this.attribute);
    this.mesh.geometry = geometry;
  }

  begin(): void {
    this.count = 0;
  }

  add(x: number, y: number, z: number): void {
    const at = this.count * 3;
    if (at >= this.feet.length) return;
    this.feet[at] = x;
    this.feet[at + 1] = y;
    this.feet[at + 2] = z;
    this.count++;
  }

  send(): void {
    this.mesh.visible = this.count > 0;
    this.mesh.geometry.instanceCount = this.count;
    if (this.count > 0 && this.attribute) touch(this.attribute, 0, this.count);
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}
