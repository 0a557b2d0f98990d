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

export class SurfaceBuilder {
  private readonly position: number[] = [];
  private readonly normal: number[] = [];
  private readonly color: number[] = [];
  private readonly index: number[] = [];
  private readonly rgba = { r: 1, g: 1, b: 1, a: 1 };

  get isEmpty(): boolean {
    return this.index.length === 0;
  }

  append(form: BufferGeometry, matrix: Matrix4, colorAt: ColorAt): void {
    const base = this.position.length / 3;
    this.appendPlaces(form.getAttribute('position'), form.getAttribute('normal'), matrix);
    const { count } = form.getAttribute('position');
    for (let i = 0; i < count; i++) {
      colorAt(i, this.rgba);
      const { r, g, b, a } = this.rgba;
      this.color.push(sixteen(r), sixteen(g), sixteen(b), sixteen(a));
    }
    // A mirroring matrix turns triangles inside out.
    const [second, third] = matrix.determinant() < 0 ? [2, 1] : [1, 2];
    const corners = form.index ? form.index.count : count;
    const at = (i: number) => base + (form.index ? form.index.getX(i) : i);
    for (let i = 0; i + 2 < corners; i += 3) this.index.push(at(i), at(i + second), at(i + third));
  }

  private appendPlaces(position: Attribute, normal: Attribute | undefined, matrix: Matrix4): void {
    const turn = new Matrix3().getNormalMatrix(matrix);
    const point = new Vector3();
    for (let i = 0; i < position.count; i++) {
      point.fromBufferAttribute(position, i).applyMatrix4(matrix);
      this.position.push(point.x, point.y, point.z);
      if (normal) point.fromBufferAttribute(normal, i).applyMatrix3(turn).normalize();
      else point.set(0, 1, 0);
      this.normal.push(point.x * UNIT_16, point.y * UNIT_16, point.z * UNIT_16, 0);
    }
  }

  finish(): BufferGeometry {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(new Float32Array(this.position), 3));
    geometry.setAttribute('normal', new BufferAttribute(new Int16Array(this.normal), 4, true));
    geometry.setAttribute('color', new BufferAttribute(new Uint16Array(this.color), 4, true));
    geometry.setIndex(new BufferAttribute(new Uint32Array(this.index), 1));
    geometry.computeBoundingSphere();
    return geometry;
  }
}

const sixteen = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) * FULL_16);
