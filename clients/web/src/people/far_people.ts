// far_people: everybody who is not near, drawn straight from the picture's arrays: what a frame changed
// goes to the GPU as it is, and the shader does the rest.

import type { PictureView } from '@flux/sdk';
import { type BufferGeometry, type InstancedBufferGeometry, type Material, Mesh } from 'three';
import { blobShadows } from './blob_shadows.ts';
import { farDoll } from './doll/far_doll.ts';
import { dollGeometry, instances, touch } from './doll_geometry.ts';
import { type DollUniforms, dollMaterial } from './doll_material.ts';

export class FarPeople {
  readonly mesh: Mesh<BufferGeometry, Material>;
  readonly spots: ReturnType<typeof blobShadows>;
  /** One byte a row: not 0 hides it. Write, then call showHidden(). */
  readonly hidden: Uint8Array;
  private readonly geometry: InstancedBufferGeometry;
  private readonly picture: PictureView;
  private readonly rows: ReturnType<typeof instances>[] = [];

  constructor(picture: PictureView, uniforms: DollUniforms) {
    this.picture = picture;
    this.hidden = new Uint8Array(picture.capacity);
    this.geometry = dollGeometry(farDoll());
    this.addRows('from', instances(picture.from, 4));
    this.addRows('to', instances(picture.to, 4));
    this.addRows('time', instances(picture.time, 2));
    this.addRows('looks', instances(picture.look, 1, true));
    this.addRows('pose', instances(picture.pose, 1, true));
    this.geometry.setAttribute('hidden', instances(this.hidden, 1, true));
    this.mesh = new Mesh<BufferGeometry, Material>(this.geometry, dollMaterial('far', uniforms));
    this.mesh.frustumCulled = false;
    this.mesh.receiveShadow = true;
    const shared = ['from', 'to', 'time', 'hidden'].map(
      (name) => [name, this.geometry.getAttribute(name) as ReturnType<typeof instances>] as const,
    );
    this.spots = blobShadows('far', shared, uniforms);
  }

  private addRows(name: string, attribute: ReturnType<typeof instances>): void {
    this.geometry.setAttribute(name, attribute);
    this.rows.push(attribute);
  }

  /** Takes over what the last frames changed. */
  update(): void {
    const dirty = this.picture.takeDirty();
    if (dirty) {
      const last = Math.min(dirty.last, this.picture.count);
      if (dirty.first < last) for (const rows of this.rows) touch(rows, dirty.first, last);
    }
    this.geometry.instanceCount = this.picture.count;
    this.spots.geometry.instanceCount = this.picture.count;
    this.mesh.visible = this.spots.visible = this.picture.count > 0;
  }

  showHidden(): void {
    const hidden = this.geometry.getAttribute('hidden') as ReturnType<typeof instances>;
    if (this.picture.count > 0) touch(hidden, 0, this.picture.count);
  }

  dispose(): void {
    this.geometry.dispose();
    this.spots.geometry.dispose();
    this.spots.material.dispose();
    this.mesh.material.dispose();
  }
}
