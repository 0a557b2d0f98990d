// worn_dolls: a few dolls in one geometry, each in a place of its own that holds only what it wears. What
// a look leaves in the wardrobe is not there, so it costs no vertex; all of them are one draw call. A
// place is written when somebody takes it or changes clothes, not in between.

import { BufferAttribute, BufferGeometry, DynamicDrawUsage, IntType } from 'three';
import { SLOT, type Slot } from './doll/measure.ts';
import type { PileArrays, PilePart } from './doll/pile.ts';

const SHIFT: Readonly<Record<Slot, number>> = {
  [SLOT.always]: 0,
  [SLOT.figure]: 0,
  [SLOT.head]: 12,
  [SLOT.accessory]: 24,
};

/** Whether a look shows the part. */
export function isWorn({ slot, mask }: PilePart, look: number): boolean {
  return slot === SLOT.always || ((mask >>> ((look >>> SHIFT[slot]) & 15)) & 1) === 1;
}

/** The most that any look needs of `of`. */
function mostOf(parts: readonly PilePart[], of: (part: PilePart) => number): number {
  const most = (slot: Slot): number => {
    const sums = Array.from({ length: 16 }, (_, choice) =>
      parts
        .filter((part) => part.slot === slot && isWorn(part, choice << SHIFT[slot]))
        .reduce((sum, part) => sum + of(part), 0),
    );
    return Math.max(...sums);
  };
  return most(SLOT.always) + most(SLOT.figure) + most(SLOT.head) + most(SLOT.accessory);
}

export class WornDolls {
  readonly geometry = new BufferGeometry();
  /** Vertices of a place. */
  readonly vertices: number;
  private readonly indices: number;
  private readonly doll: PileArrays;
  private readonly position: Float32Array;
  private readonly normal: Float32Array;
  private readonly shade: Uint8Array;
  private readonly mark: Uint32Array;
  private readonly looks: Uint32Array;
  private readonly index: Uint32Array;

  constructor(doll: PileArrays, places: number) {
    this.doll = doll;
    this.vertices = mostOf(doll.parts, (part) => part.vertices);
    this.indices = mostOf(doll.parts, (part) => part.indices);
    const count = places * this.vertices;
    this.position = new Float32Array(count * 3);
    this.normal = new Float32Array(count * 3);
    this.shade = new Uint8Array(count * 4);
    this.mark = new Uint32Array(count);
    this.looks = new Uint32Array(count);
    this.index = new Uint32Array(places * this.indices);
    this.keep('position', new BufferAttribute(this.position, 3));
    this.keep('normal', new BufferAttribute(this.normal, 3));
    this.keep('shade', new BufferAttribute(this.shade, 4, true));
    this.keep('mark', new BufferAttribute(this.mark, 1)).gpuType = IntType;
    this.keep('looks', new BufferAttribute(this.looks, 1)).gpuType = IntType;
    const index = new BufferAttribute(this.index, 1);
    index.setUsage(DynamicDrawUsage);
    this.geometry.setIndex(index);
    this.show(0);
  }

  private keep(name: string, attribute: BufferAttribute): BufferAttribute {
    attribute.setUsage(DynamicDrawUsage);
    this.geometry.setAttribute(name, attribute);
    return attribute;
  }

  /** Draws the first `places`. */
  show(places: number): void {
    this.geometry.setDrawRange(0, places * this.indices);
  }

  dress(place: number, look: number): void {
    const { doll } = this;
    const first = place * this.vertices;
    let vertex = first;
    let index = place * this.indices;
    const end = index + this.indices;
    for (const part of doll.parts) {
      if (!isWorn(part, look)) continue;
      const [from, to] = [part.firstVertex, part.firstVertex + part.vertices];
      this.position.set(doll.position.subarray(from * 3, to * 3), vertex * 3);
      this.normal.set(doll.normal.subarray(from * 3, to * 3), vertex * 3);
      this.shade.set(doll.shade.subarray(from * 4, to * 4), vertex * 4);
      this.mark.set(doll.mark.subarray(from, to), vertex);
      const moved = vertex - from;
      for (let i = 0; i < part.indices; i++) {
        this.index[index++] = (doll.index[part.firstIndex + i] ?? 0) + moved;
      }
      vertex += part.vertices;
    }
    this.looks.fill(look, first, vertex);
    this.index.fill(first, index, end);
    for (const name of ['position', 'normal', 'shade', 'mark', 'looks']) {
      send(this.geometry.getAttribute(name) as BufferAttribute, first, vertex - first);
    }
    this.sendIndex(place);
  }

  /** Nobody is there: its triangles have no extent. */
  clear(place: number): void {
    const from = place * this.indices;
    this.index.fill(place * this.vertices, from, from + this.indices);
    this.sendIndex(place);
  }

  private sendIndex(place: number): void {
    const index = this.geometry.getIndex();
    if (index) send(index, place * this.indices, this.indices);
  }

  dispose(): void {
    this.geometry.dispose();
  }
}

function send(attribute: BufferAttribute, first: number, count: number): void {
  attribute.addUpdateRange(first * attribute.itemSize, count * attribute.itemSize);
  attribute.needsUpdate = true;
}
