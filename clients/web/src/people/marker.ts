// marker: a bobbing arrow over somebody who is looked for.

import { ConeGeometry, Mesh, MeshBasicMaterial } from 'three';

const SECONDS = 6;

export class Marker {
  readonly mesh = new Mesh(
    new ConeGeometry(0.22, 0.42, 5).rotateX(Math.PI),
    new MeshBasicMaterial({ color: '#f5836e', depthTest: false, transparent: true }),
  );
  id = 0;
  private left = 0;

  constructor() {
    this.mesh.visible = false;
    this.mesh.renderOrder = 5;
  }

  show(id: number): void {
    this.id = id;
    this.left = SECONDS;
  }

  /** `top`: of the head of the one who is marked; null when they are not known any more. */
  update(
    place: { readonly x: number; readonly y: number; readonly z: number } | null,
    delta: number,
  ): void {
    this.left = Math.max(0, this.left - delta);
    this.mesh.visible = this.left > 0 && place !== null;
    if (!place) return;
    this.mesh.position.set(place.x, place.y + 0.55 + 0.1 * Math.sin(this.left * 6), place.z);
    this.mesh.rotation.y = this.left * 2;
    this.mesh.scale.setScalar(Math.min(1, this.left * 2));
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}
