// instances: per-instance numbers that change from frame to frame.

import { DynamicDrawUsage, InstancedBufferAttribute, IntType, type TypedArray } from 'three';

/** Integers when `whole` says so. */
export function instances(
  array: TypedArray,
  size: number,
  whole = false,
): InstancedBufferAttribute {
  const attribute = new InstancedBufferAttribute(array, size);
  attribute.setUsage(DynamicDrawUsage);
  if (whole) attribute.gpuType = IntType;
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
