// baked_batch: what BatchedMesh is to surface_batches, for graphics cards without WEBGL_multi_draw, where
// that one takes a draw call for each thing. Every thing's vertices are in the world and have its own
// colours; what is in sight is one list of triangles, and written anew when that changes.

import {
  BufferAttribute,
  BufferGeometry,
  Color,
  DynamicDrawUsage,
  type Material,
  Matrix4,
  Mesh,
  type Vector4,
} from 'three';
import type { SurfaceKind } from './surface.ts';
import { SurfaceBuilder } from './surface_builder.ts';

const VERTICES_A_STEP = 1500;

interface Instance {
  readonly matrix: Matrix4;
  readonly tint: Color;
  shade: number;
  /** The geometries it may be drawn as: where their corners are in `corners`. */
  readonly ranges: Map<number, { start: number; end: number }>;
  shown: number;
  isVisible: boolean;
}

export class BakedBatch extends Mesh<BufferGeometry, Material> {
  private readonly geometries: BufferGeometry[] = [];
  private readonly instances: Instance[] = [];
  /** Of all things in all their forms. */
  private corners = new Uint32Array();
  private isStale = true;

  /** What all has to fit into is known when all is here. */
  constructor(_instances: number, _vertices: number, _indices: number, material: Material) {
    super(new BufferGeometry(), material);
  }

  addGeometry(geometry: BufferGeometry): number {
    return this.geometries.push(geometry) - 1;
  }

  addInstance(...geometries: number[]): number {
    const [shown = -1] = geometries;
    const forms = geometries.filter((id) => id >= 0);
    const ranges = new Map(forms.map((id) => [id, { start: 0, end: 0 }]));
    const [matrix, tint] = [new Matrix4(), new Color()];
    return this.instances.push({ matrix, tint, shade: 1, ranges, shown, isVisible: true }) - 1;
  }

  setMatrixAt(instance: number, matrix: Matrix4): void {
    this.at(instance).matrix.copy(matrix);
  }

  /** rgb the tint, w the shade. */
  setColorAt(instance: number, { x, y, z, w }: Vector4): void {
    this.at(instance).tint.setRGB(x, y, z);
    this.at(instance).shade = w;
  }

  setVisibleAt(instance: number, isVisible: boolean): void {
    const one = this.at(instance);
    if (one.isVisible !== isVisible) this.isStale = true;
    one.isVisible = isVisible;
  }

  getGeometryIdAt(instance: number): number {
    return this.at(instance).shown;
  }

  setGeometryIdAt(instance: number, geometry: number): void {
    this.at(instance).shown = geometry;
    this.isStale = true;
  }

  private at(instance: number): Instance {
    const found = this.instances[instance];
    if (!found) throw new Error(`There is no instance ${instance}.`);
    return found;
  }

  /** When all instances are here; before that nothing is drawn. Step by step. */
  *bake(): Generator<void> {
    const builder = new SurfaceBuilder();
    let [end, vertices, most] = [0, 0, 0];
    for (const one of this.instances) {
      let largest = 0;
      for (const [id, range] of one.ranges) {
        const form = this.geometries[id];
        if (!form) continue;
        append(builder, form, this.name as SurfaceKind, one);
        const count = form.index?.count ?? 0;
        Object.assign(range, { start: end, end: end + count });
        end += count;
        largest = Math.max(largest, count);
        vertices += form.getAttribute('position').count;
      }
      most += largest;
      if (vertices < VERTICES_A_STEP) continue;
      vertices = 0;
      yield;
    }
    const { attributes, index } = builder.finish();
    Object.assign(this.geometry.attributes, attributes);
    this.corners = index?.array as Uint32Array<ArrayBuffer>;
    const shown = new BufferAttribute(new Uint32Array(most), 1);
    this.geometry.setIndex(shown.setUsage(DynamicDrawUsage));
  }

  override readonly onBeforeRender = (): void => {
    const { index } = this.geometry;
    if (!this.isStale || !index) return;
    this.isStale = false;
    let count = 0;
    for (const { isVisible, shown, ranges } of this.instances) {
      const range = isVisible ? ranges.get(shown) : undefined;
      if (!range) continue;
      (index.array as Uint32Array).set(this.corners.subarray(range.start, range.end), count);
      count += range.end - range.start;
    }
    index.clearUpdateRanges();
    index.addUpdateRange(0, count);
    index.needsUpdate = true;
    this.geometry.setDrawRange(0, count);
  };

  override dispose(): void {
    super.dispose();
    this.geometry.dispose();
  }
}

/** In the world, in the colours that surface_shader gives what has a tint and a shade. */
function append(
  builder: SurfaceBuilder,
  form: BufferGeometry,
  kind: SurfaceKind,
  { matrix, tint, shade }: Instance,
): void {
  const color = form.getAttribute('color');
  const [red, green, blue] = shades(kind, shade);
  const canBeTinted = kind === 'solid' || kind === 'gloss';
  builder.append(form, matrix, (i, out) => {
    out.a = color.getW(i);
    const isTinted = canBeTinted && out.a < 0.01;
    out.r = color.getX(i) * red * (isTinted ? tint.r : 1);
    out.g = color.getY(i) * green * (isTinted ? tint.g : 1);
    out.b = color.getZ(i) * blue * (isTinted ? tint.b : 1);
  });
}

/** What a shade does to red, green and blue: lighter leaves are yellower. */
function shades(kind: SurfaceKind, shade: number): [number, number, number] {
  switch (kind) {
    case 'solid':
    case 'gloss':
    case 'cloth':
      return [shade, shade, shade];
    case 'foliage':
      return [shade * shade, shade, shade * (2 - shade)];
    default:
      return [1, 1, 1];
  }
}
