// surface_builder: gathers triangles of one surface kind into one geometry of the layout that all
// batches share: position in metres, normal and colour in sixteen bits.

import {
  BufferAttribute,
  BufferGeometry,
  type InterleavedBufferAttribute,
  Matrix3,
  type Matrix4,
  Vector3,
} from 'three';

type Attribute = BufferAttribute | InterleavedBufferAttribute;

const UNIT_16 = 32767;
const FULL_16 = 65535;

/** Colour of vertex i, 0 to 1 each, written to `out`. */
export type ColorAt = (i: number, out: { r: number; g: number; b: number; a: number }) => void;

interface Appended {
  readonly form: BufferGeometry;
  readonly matrix: Matrix4;
  readonly colorAt: ColorAt;
}

const verticesOf = ({ form }: Appended): number => form.getAttribute('position').count;
const cornersOf = ({ form }: Appended): number =>
  Math.floor((form.index ?? form.getAttribute('position')).count / 3) * 3;
const sumOf = (all: readonly Appended[], count: (one: Appended) => number): number =>
  all.reduce((sum, one) => sum + count(one), 0);

export class SurfaceBuilder {
  private readonly appended: Appended[] = [];

  get isEmpty(): boolean {
    return this.appended.every((one) => cornersOf(one) === 0);
  }

  /** What is given is kept and read by finish(). */
  append(form: BufferGeometry, matrix: Matrix4, colorAt: ColorAt): void {
    this.appended.push({ form, matrix, colorAt });
  }

  finish(): BufferGeometry {
    const vertices = sumOf(this.appended, verticesOf);
    const position = new Float32Array(vertices * 3);
    const normal = new Int16Array(vertices * 4);
    const color = new Uint16Array(vertices * 4);
    const index = new Uint32Array(sumOf(this.appended, cornersOf));
    let [base, corner] = [0, 0];
    for (const one of this.appended) {
      writePlaces(one, position, normal, base);
      writeColors(one, color, base);
      writeCorners(one, index, corner, base);
      base += verticesOf(one);
      corner += cornersOf(one);
    }
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(position, 3));
    geometry.setAttribute('normal', new BufferAttribute(normal, 4, true));
    geometry.setAttribute('color', new BufferAttribute(color, 4, true));
    geometry.setIndex(new BufferAttribute(index, 1));
    geometry.computeBoundingSphere();
    return geometry;
  }
}

function writePlaces(
  { form, matrix }: Appended,
  places: Float32Array,
  normals: Int16Array,
  base: number,
): void {
  const position: Attribute = form.getAttribute('position');
  const normal: Attribute | undefined = form.getAttribute('normal');
  const turn = new Matrix3().getNormalMatrix(matrix);
  const point = new Vector3();
  for (let i = 0, at = base * 3, turned = base * 4; i < position.count; i++, turned += 4) {
    point.fromBufferAttribute(position, i).applyMatrix4(matrix);
    places[at++] = point.x;
    places[at++] = point.y;
    places[at++] = point.z;
    if (normal) point.fromBufferAttribute(normal, i).applyMatrix3(turn).normalize();
    else point.set(0, 1, 0);
    normals[turned] = point.x * UNIT_16;
    normals[turned + 1] = point.y * UNIT_16;
    normals[turned + 2] = point.z * UNIT_16;
  }
}

function writeColors({ form, colorAt }: Appended, colors: Uint16Array, base: number): void {
  const rgba = { r: 1, g: 1, b: 1, a: 1 };
  const { count } = form.getAttribute('position');
  for (let i = 0, at = base * 4; i < count; i++) {
    colorAt(i, rgba);
    colors[at++] = sixteen(rgba.r);
    colors[at++] = sixteen(rgba.g);
    colors[at++] = sixteen(rgba.b);
    colors[at++] = sixteen(rgba.a);
  }
}

function writeCorners(one: Appended, index: Uint32Array, first: number, base: number): void {
  const { form, matrix } = one;
  // A mirroring matrix turns triangles inside out.
  const [second, third] = matrix.determinant() < 0 ? [2, 1] : [1, 2];
  const corners = cornersOf(one);
  const at = (i: number) => base + (form.index ? form.index.getX(i) : i);
  for (let i = 0; i < corners; i += 3) {
    index[first + i] = at(i);
    index[first + i + 1] = at(i + second);
    index[first + i + 2] = at(i + third);
  }
}

const sixteen = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) * FULL_16);
