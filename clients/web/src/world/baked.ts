// baked: forms with their colour in the vertices, gathered by the shader that draws them.

import { BufferAttribute, BufferGeometry, Matrix3, type Matrix4, Vector3 } from 'three';
import { type EyeDetail, type FormShape, formOf, isForm } from './forms.ts';
import type { Surface, SurfaceKind } from './surface.ts';
import type { Piece } from './unfold.ts';

/** One mesh to be. */
export interface BatchKey {
  readonly kind: SurfaceKind;
  readonly castShadow: boolean;
}

export interface Batch extends BatchKey {
  readonly geometry: BufferGeometry;
}

/** Tall things are darker and cooler at the foot, as light is there. */
const FOOT_SHADE = [0.8, 0.77, 0.84] as const;
const FOOT_HEIGHT = 2.2;
const FOOT_FROM = 0.9;

interface Growing extends BatchKey {
  readonly position: number[];
  readonly normal: number[];
  readonly color: number[];
  readonly glow: number[];
  readonly index: number[];
}

/** Per-piece shade, so that stones and trees of one material are not all alike. */
function variety(matrix: Matrix4): number {
  const [x, z] = [matrix.elements[12], matrix.elements[14]];
  const wave = Math.sin(x * 12.9898 + z * 78.233) * 43758.5453;
  return 1 + (wave - Math.floor(wave) - 0.5) * 0.05;
}

/** Forms already made: a world repeats a few of them many times. */
export class FormStore {
  private readonly forms = new Map<string, BufferGeometry>();
  private readonly detail: EyeDetail;

  constructor(detail: EyeDetail) {
    this.detail = detail;
  }

  take(shape: FormShape, isLeafy: boolean): BufferGeometry {
    const own = { ...shape, id: 0, position: 0, rotation: 0, material: 0, collider: 0, isLeafy };
    const key = JSON.stringify(own);
    const known = this.forms.get(key);
    if (known) return known;
    const form = formOf(shape, this.detail, isLeafy);
    form.computeBoundingBox();
    this.forms.set(key, form);
    return form;
  }
}

export class Batches {
  private readonly forms: FormStore;
  private readonly growing = new Map<string, Growing>();

  constructor(forms: FormStore) {
    this.forms = forms;
  }

  add(piece: Piece): void {
    const { shape, surface, matrix } = piece;
    if (!isForm(shape)) return;
    const castShadow = shape.castShadow ?? (shape.kind !== 'plane' && shape.kind !== 'disc');
    const isCasting = castShadow && surface.kind !== 'water' && surface.kind !== 'clear';
    const form = this.forms.take(shape, surface.kind === 'foliage');
    this.append(this.batch(surface.kind, isCasting), form, matrix, surface);
  }

  finish(): Batch[] {
    return [...this.growing.values()].map(({ kind, castShadow, ...arrays }) => {
      const geometry = new BufferGeometry();
      geometry.setAttribute('position', new BufferAttribute(new Float32Array(arrays.position), 3));
      geometry.setAttribute('normal', new BufferAttribute(new Float32Array(arrays.normal), 3));
      geometry.setAttribute('color', new BufferAttribute(new Float32Array(arrays.color), 4));
      geometry.setAttribute('glow', new BufferAttribute(new Float32Array(arrays.glow), 3));
      geometry.setIndex(arrays.index);
      geometry.computeBoundingSphere();
      return { kind, castShadow, geometry };
    });
  }

  private batch(kind: SurfaceKind, castShadow: boolean): Growing {
    const key = `${kind} ${castShadow}`;
    const known = this.growing.get(key);
    if (known) return known;
    const fresh: Growing = {
      kind,
      castShadow,
      position: [],
      normal: [],
      color: [],
      glow: [],
      index: [],
    };
    this.growing.set(key, fresh);
    return fresh;
  }

  private append(batch: Growing, form: BufferGeometry, matrix: Matrix4, surface: Surface): void {
    const position = form.getAttribute('position');
    const normal = form.getAttribute('normal');
    const box = form.boundingBox;
    const [low, high] = [box?.min.y ?? 0, box?.max.y ?? 1];
    const turn = new Matrix3().getNormalMatrix(matrix);
    const shade = variety(matrix);
    const base = batch.position.length / 3;
    const point = new Vector3();
    const direction = new Vector3();
    for (let i = 0; i < position.count; i++) {
      const height = position.getY(i) - low;
      point.fromBufferAttribute(position, i).applyMatrix4(matrix);
      direction.fromBufferAttribute(normal, i).applyMatrix3(turn).normalize();
      batch.position.push(point.x, point.y, point.z);
      batch.normal.push(direction.x, direction.y, direction.z);
      this.pushColor(batch, surface, high > low ? height / (high - low) : 1, high - low, shade);
      const glow = surface.glow;
      batch.glow.push(glow?.r ?? 0, glow?.g ?? 0, glow?.b ?? 0);
    }
    if (form.index)
      for (let i = 0; i < form.index.count; i++) batch.index.push(base + form.index.getX(i));
    else for (let i = 0; i < position.count; i++) batch.index.push(base + i);
  }

  private pushColor(
    batch: Growing,
    surface: Surface,
    up: number,
    extent: number,
    shade: number,
  ): void {
    const { color, colorTop } = surface;
    const top = colorTop ?? color;
    const t = surface.kind === 'foliage' ? up * up * (3 - 2 * up) : up;
    const isTall = !colorTop && !surface.glow && extent > FOOT_FROM;
    const foot = isTall ? Math.max(0, 1 - (up * extent) / FOOT_HEIGHT) : 0;
    const mixed = (a: number, b: number, k: 0 | 1 | 2) =>
      (a + (b - a) * t) * shade * (1 - foot * (1 - FOOT_SHADE[k]));
    batch.color.push(
      mixed(color.r, top.r, 0),
      mixed(color.g, top.g, 1),
      mixed(color.b, top.b, 2),
      surface.opacity,
    );
  }
}
