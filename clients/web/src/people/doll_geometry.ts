// doll_geometry: a doll's arrays and the arrays of its instances as one three.js geometry.

import {
  BufferAttribute,
  DynamicDrawUsage,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  IntType,
  type TypedArray,
} from 'three';
import type { PileArrays } from './doll/pile.ts';

export function dollGeometry(arrays: PileArrays): InstancedBufferGeometry {
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(arrays.position, 3));
  geometry.setAttribute('normal', new BufferAttribute(arrays.normal, 3));
  geometry.setAttribute('shade', new BufferAttribute(arrays.shade, 4, true));
  geometry.setAttribute('mark', integers(new BufferAttribute(arrays.mark, 1)));
  geometry.setIndex(new BufferAttribute(arrays.index, 1));
  geometry.instanceCount = 0;
  return geometry;
}

/** Per-instance numbers that change; integers when the array's elements are and `whole` says so. */
export function instances(
  array: TypedArray,
  size: number,
  whole = false,
): InstancedBufferAttribute {
  const attribute = new InstancedBufferAttribute(array, size);
  attribute.setUsage(DynamicDrawUsage);
  return whole ? integers(attribute) : attribute;
}

function integers<T extends BufferAttribute>(attribute: T): T {
  attribute.gpuType = IntType;
  return attribute;
}

const RANGES_MAX = 32;

/** Marks rows [first, last) to be sent to the GPU with the next drawing. */
export function touch(attribute: InstancedBufferAttribute, first: number, last: number): void {
  if (attribute.updateRanges.length >= RANGES_MAX) {
    // Not drawn for a while: send all of it once rather than keep a long list.
    attribute.clearUpdateRanges();
    attribute.addUpdateRange(0, attribute.array.length);
  } else {
    attribute.addUpdateRange(first * attribute.itemSize, (last - first) * attribute.itemSize);
  }
  attribute.needsUpdate = true;
}
