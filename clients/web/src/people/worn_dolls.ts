// worn_dolls: a few people in one geometry, each in a place of its own that holds only what they wear.
// What a look leaves in the wardrobe is not there, so it costs no vertex; all of them are one draw call.
// A place is written when somebody takes it or changes clothes, not in between.

import { BufferAttribute, BufferGeometry, DynamicDrawUsage, IntType, type TypedArray } from 'three';
import { type BodyParts, mostWorn, wornParts } from './body_parts.ts';

export class WornDolls {
  readonly geometry = new BufferGeometry();
  /** Vertices of a place. */
  readonly vertices: number;
  /** Places that may be taken. */
  readonly places: number;
  private readonly body: BodyParts;
  private readonly position: Float32Array;
  private readonly normal: Int8Array;
  private readonly shade: Uint8Array;
  private readonly joints: Uint8Array;
  private readonly weights: Uint8Array;
  private readonly index: Uint32Array;
  /** The corners of each place's triangles. */
  private readonly corners: Uint32Array[];
  private isIndexNew = false;
  /** Corners of all triangles. */
  private count = 0;

  constructor(body: BodyParts, places: number) {
    this.body = body;
    this.places = places;
    this.vertices = mostWorn(body, (part) => part.vertices);
    const indices = mostWorn(body, (part) => part.indices);
    const count = places * this.vertices;
    this.corners = Array.from({ length: places }, () => new Uint32Array(0));
    this.position = this.keep('position', new Float32Array(count * 3), 3);
    this.normal = this.keep('normal', new Int8Array(count * 4), 4, true);
    this.shade = this.keep('shade', new Uint8Array(count * 4), 4, true);
    this.weights = this.keep('weights', new Uint8Array(count * 4), 4, true);
    this.joints = this.keep('joints', new Uint8Array(count * 4), 4);
    (this.geometry.getAttribute('joints') as BufferAttribute).gpuType = IntType;
    this.index = new Uint32Array(places * indices);
    const index = new BufferAttribute(this.index, 1);
    index.setUsage(DynamicDrawUsage);
    this.geometry.setIndex(index);
    this.show();
  }

  private keep<T extends TypedArray>(name: string, array: T, size: number, isShare = false): T {
    const attribute = new BufferAttribute(array, size, isShare);
    attribute.setUsage(DynamicDrawUsage);
    this.geometry.setAttribute(name, attribute);
    return array;
  }

  /** Draws whoever is there. The corners of all lie one behind the other, without gaps. */
  show(): void {
    if (this.isIndexNew) this.gatherCorners();
    this.geometry.setDrawRange(0, this.count);
  }

  private gatherCorners(): void {
    this.isIndexNew = false;
    this.count = 0;
    for (const corners of this.corners) {
      this.index.set(corners, this.count);
      this.count += corners.length;
    }
    const index = this.geometry.getIndex();
    if (index && this.count > 0) send(index, 0, this.count);
  }

  /** Draws nothing, and asks the graphics card nothing either. */
  hide(): void {
    this.geometry.setDrawRange(1, -1);
  }

  /** Triangles that a place's person has. */
  trianglesOf(place: number): number {
    return (this.corners[place]?.length ?? 0) / 3;
  }

  dress(place: number, look: number): void {
    const { body } = this;
    const first = place * this.vertices;
    let vertex = first;
    const parts = wornParts(body, look);
    const corners = new Uint32Array(parts.reduce((sum, part) => sum + part.indices, 0));
    let index = 0;
    for (const part of parts) {
      const [from, to] = [part.firstVertex, part.firstVertex + part.vertices];
      this.position.set(body.position.subarray(from * 3, to * 3), vertex * 3);
      this.normal.set(body.normal.subarray(from * 4, to * 4), vertex * 4);
      this.shade.set(body.shade.subarray(from * 4, to * 4), vertex * 4);
      this.joints.set(body.joints.subarray(from * 4, to * 4), vertex * 4);
      this.weights.set(body.weights.subarray(from * 4, to * 4), vertex * 4);
      for (let i = 0; i < part.indices; i++) {
        corners[index++] = (body.index[part.firstIndex + i] ?? 0) + vertex;
      }
      vertex += part.vertices;
    }
    for (const name of ['position', 'normal', 'shade', 'weights', 'joints']) {
      send(this.geometry.getAttribute(name) as BufferAttribute, first, vertex - first);
    }
    this.corners[place] = corners;
    this.isIndexNew = true;
  }

  /** Nobody is there any more. */
  clear(place: number): void {
    this.corners[place] = new Uint32Array(0);
    this.isIndexNew = true;
  }

  dispose(): void {
    this.geometry.dispose();
  }
}

function send(attribute: BufferAttribute, first: number, count: number): void {
  attribute.addUpdateRange(first * attribute.itemSize, count * attribute.itemSize);
  attribute.needsUpdate = true;
}
