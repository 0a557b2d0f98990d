// surface_batches: everything that stands in the world, one draw call for each kind of surface. What is
// out of sight is left out, what is far is drawn from fewer triangles; that is decided once for each
// thing, not for each of its surfaces, and told to the batches only when it changes.

import {
  BatchedMesh,
  Box3,
  type BufferGeometry,
  type Frustum,
  Group,
  type Material,
  type Matrix4,
  type Mesh,
  Sphere,
  type Vector3,
  Vector4,
} from 'three';
import type { Model, Placement, SurfaceParts } from './model.ts';
import type { SurfaceKind } from './surface.ts';

const HIDDEN = 0;
const LOW = 1;
const FULL = 2;
type Shown = typeof HIDDEN | typeof LOW | typeof FULL;

/** Metres: a thing of this radius is drawn in full as far as the plan's reach. */
const USUAL_RADIUS = 2.4;
/** What is this many times its radius away is a pixel or two. */
const SPECK = 300;
/** Things change at a little more than the distance at which they change back. */
const HYSTERESIS = 1.12;
const INSTANCES_A_STEP = 60;
/** Metres: paving is no higher than this, and wider than that. */
const FLAT = 0.4;
const WIDE = 8;

/** What draws all things of a surface: three.js's own class, or baked_batch's. */
export interface Batch extends Mesh {
  addGeometry(geometry: BufferGeometry): number;
  /** `other`: what else it may be drawn as; -1 if nothing. */
  addInstance(geometry: number, other: number): number;
  setMatrixAt(instance: number, matrix: Matrix4): unknown;
  setColorAt(instance: number, color: Vector4): unknown;
  setVisibleAt(instance: number, isVisible: boolean): unknown;
  getGeometryIdAt(instance: number): number;
  setGeometryIdAt(instance: number, geometry: number): unknown;
  /** When all instances are here. Step by step. */
  bake?(): Generator<void>;
  dispose(): unknown;
}

export type BatchClass = new (
  instances: number,
  vertices: number,
  indices: number,
  material: Material,
) => Batch;

/** A thing's place in one batch. -1: it has no such surface at that distance. */
interface Slot {
  readonly batch: Batch;
  readonly instance: number;
  readonly full: number;
  readonly low: number;
}

interface Sizes {
  vertices: number;
  indices: number;
  instances: number;
}

/** 'both': near things in full, far ones light. */
export type BatchDetail = 'both' | 'low';

export class SurfaceBatches {
  readonly group = new Group();
  private readonly placements: readonly Placement[];
  private readonly detail: BatchDetail;
  private readonly materialOf: (kind: SurfaceKind) => Material;
  private readonly Batch: BatchClass;
  private readonly batches = new Map<SurfaceKind, Batch>();
  /** In each batch, the ids of the geometries it knows. */
  private readonly ids = new Map<BufferGeometry, number>();
  private readonly slots: Slot[][] = [];
  /** x, y, z, radius of each thing. */
  private readonly spheres: Float32Array;
  private readonly shown: Uint8Array;
  private readonly sphere = new Sphere();

  constructor(
    placements: readonly Placement[],
    detail: BatchDetail,
    materialOf: (kind: SurfaceKind) => Material,
    Batch: BatchClass,
  ) {
    this.placements = placements;
    this.detail = detail;
    this.materialOf = materialOf;
    this.Batch = Batch;
    this.spheres = new Float32Array(placements.length * 4);
    this.shown = new Uint8Array(placements.length).fill(FULL);
  }

  /** Builds step by step, each a few milliseconds; then `group` can be shown. */
  *build(): Generator<void> {
    this.makeBatches();
    for (const model of new Set(this.placements.map((placement) => placement.model))) {
      this.addGeometries(model);
      yield;
    }
    for (let i = 0; i < this.placements.length; i++) {
      const placement = this.placements[i];
      if (placement) this.addInstances(i, placement);
      if (i % INSTANCES_A_STEP === INSTANCES_A_STEP - 1) yield;
    }
    for (const batch of this.batches.values()) {
      if (batch.bake) yield* batch.bake();
      this.group.add(batch);
    }
  }

  private partsOf(model: Model): SurfaceParts[] {
    return this.detail === 'both' ? [model.full, model.low] : [lightOf(model)];
  }

  private makeBatches(): void {
    const sizes = new Map<SurfaceKind, Sizes>();
    const sizeOf = (kind: SurfaceKind) => {
      const size = sizes.get(kind) ?? { vertices: 0, indices: 0, instances: 0 };
      sizes.set(kind, size);
      return size;
    };
    const counted = new Set<BufferGeometry>();
    for (const { model } of this.placements) {
      const parts = this.partsOf(model);
      for (const kind of new Set(parts.flatMap((part) => [...part.keys()])))
        sizeOf(kind).instances++;
      for (const [kind, geometry] of parts.flatMap((part) => [...part])) {
        if (counted.has(geometry)) continue;
        counted.add(geometry);
        sizeOf(kind).vertices += geometry.getAttribute('position').count;
        sizeOf(kind).indices += geometry.index?.count ?? 0;
      }
    }
    for (const [kind, size] of sizes) this.batches.set(kind, this.batchOf(kind, size));
  }

  private batchOf(kind: SurfaceKind, { instances, vertices, indices }: Sizes): Batch {
    const batch = new this.Batch(instances, vertices, indices, this.materialOf(kind));
    batch.name = kind;
    if (batch instanceof BatchedMesh) batch.perObjectFrustumCulled = batch.sortObjects = false;
    batch.frustumCulled = false;
    batch.matrixAutoUpdate = false;
    batch.receiveShadow = kind !== 'glow' && kind !== 'clear';
    batch.renderOrder = kind === 'clear' ? 2 : 0;
    return batch;
  }

  private addGeometries(model: Model): void {
    for (const [kind, geometry] of this.partsOf(model).flatMap((part) => [...part])) {
      if (this.ids.has(geometry)) continue;
      const id = this.batches.get(kind)?.addGeometry(geometry);
      if (id !== undefined) this.ids.set(geometry, id);
    }
  }

  private addInstances(index: number, { model, matrix, tint, shade }: Placement): void {
    const slots: Slot[] = [];
    const own = new Vector4(tint.r, tint.g, tint.b, shade);
    const parts = this.partsOf(model);
    for (const kind of new Set(parts.flatMap((part) => [...part.keys()]))) {
      const batch = this.batches.get(kind);
      if (!batch) continue;
      const low = this.idOf((this.detail === 'both' ? model.low : lightOf(model)).get(kind));
      const full = this.detail === 'both' ? this.idOf(model.full.get(kind)) : low;
      const instance = batch.addInstance(Math.max(full, low), Math.min(full, low));
      batch.setMatrixAt(instance, matrix);
      batch.setColorAt(instance, own);
      slots.push({ batch, instance, full, low });
    }
    this.slots[index] = slots;
    const { center, radius } = sphereOf(parts, matrix);
    this.spheres.set([center.x, center.y, center.z, radius], index * 4);
    this.apply(index, this.detail === 'both' ? FULL : LOW);
  }

  private idOf(geometry: BufferGeometry | undefined): number {
    return geometry ? (this.ids.get(geometry) ?? -1) : -1;
  }

  /** Once a frame: `reach` is how far, in metres, things of usual size are drawn in full. */
  cull(frustum: Frustum, eye: Vector3, reach: number): void {
    const { spheres, sphere, shown } = this;
    for (let i = 0; i < shown.length; i++) {
      const at = i * 4;
      sphere.center.set(spheres[at] ?? 0, spheres[at + 1] ?? 0, spheres[at + 2] ?? 0);
      sphere.radius = spheres[at + 3] ?? 0;
      const before = shown[i] as Shown;
      const now = frustum.intersectsSphere(sphere) ? this.level(eye, reach, before) : HIDDEN;
      if (now !== before) this.apply(i, now);
    }
  }

  /** What `this.sphere` is drawn as. */
  private level(eye: Vector3, reach: number, before: Shown): Shown {
    const { center, radius } = this.sphere;
    const distance = Math.max(0, eye.distanceTo(center) - radius);
    if (distance > radius * SPECK) return HIDDEN;
    if (this.detail === 'low') return LOW;
    const size = Math.min(5, Math.max(0.3, radius / USUAL_RADIUS));
    const limit = reach * size * (before === FULL ? HYSTERESIS : 1);
    return distance < limit ? FULL : LOW;
  }

  private apply(index: number, now: Shown): void {
    this.shown[index] = now;
    for (const { batch, instance, full, low } of this.slots[index] ?? []) {
      const id = now === FULL ? full : low;
      const isVisible = now !== HIDDEN && id >= 0;
      batch.setVisibleAt(instance, isVisible);
      if (isVisible && batch.getGeometryIdAt(instance) !== id) batch.setGeometryIdAt(instance, id);
    }
  }

  dispose(): void {
    for (const batch of this.batches.values()) batch.dispose();
    this.group.clear();
  }
}

/** What one walks on is always near: it is drawn in full on weak machines too. */
function lightOf(model: Model): SurfaceParts {
  const { min, max } = boxOf([model.low]);
  const isPaving = max.y - min.y < FLAT && Math.min(max.x - min.x, max.z - min.z) > WIDE;
  return isPaving ? model.full : model.low;
}

function boxOf(parts: readonly SurfaceParts[]): Box3 {
  const box = new Box3();
  for (const geometry of parts.flatMap((part) => [...part.values()])) {
    if (!geometry.boundingBox) geometry.computeBoundingBox();
    if (geometry.boundingBox) box.union(geometry.boundingBox);
  }
  return box;
}

/** About all that is drawn of a thing, in the world. */
function sphereOf(parts: readonly SurfaceParts[], matrix: Matrix4): Sphere {
  return boxOf(parts).getBoundingSphere(new Sphere()).applyMatrix4(matrix);
}
