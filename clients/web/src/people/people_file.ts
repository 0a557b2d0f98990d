// people_file: reads people.glb: the skin's joints, the parts of every level of detail, the figures.
// Positions come quantised; with the inverse bind matrices they are metres again.

import { type BufferAttribute, type InterleavedBufferAttribute, Matrix4, Vector3 } from 'three';
import type { GLTF } from 'three/addons/loaders/GLTFLoader.js';
import {
  type BodyParts,
  gatherParts,
  isSlot,
  LODS,
  type Lod,
  type PartShape,
  type PartSource,
} from './body_parts.ts';
import { BONE, BONE_NAMES, BONES, type RestJoints } from './bones.ts';
import type { Figure } from './figure.ts';
import type { CastMember } from './people_art.ts';

/** An accessor as the loader gives it. */
export type Values = BufferAttribute | InterleavedBufferAttribute;

/** The parts of a glTF document that are read here. */
export interface Document {
  readonly nodes?: readonly DocumentNode[];
  readonly meshes?: readonly {
    readonly primitives: readonly {
      readonly attributes: Readonly<Record<string, number>>;
      readonly indices?: number;
    }[];
    readonly extras?: unknown;
  }[];
  readonly skins?: readonly {
    readonly joints: readonly number[];
    readonly inverseBindMatrices?: number;
  }[];
  readonly scenes?: readonly { readonly extras?: unknown }[];
  readonly asset?: { readonly extras?: unknown };
}

interface DocumentNode {
  readonly name?: string;
  readonly mesh?: number;
  readonly skin?: number;
  readonly children?: readonly number[];
  readonly extras?: unknown;
}

export const documentOf = (file: GLTF): Document => file.parser.json as Document;

export function accessor(file: GLTF, index: number | undefined): Promise<Values> {
  if (index === undefined) throw new Error('people: an accessor is missing.');
  return file.parser.getDependency('accessor', index) as Promise<Values>;
}

/** What whole numbers stand for 1 in an accessor that says it is normalised. */
const ONE = new Map<string, number>([
  ['Int8Array', 127],
  ['Uint8Array', 255],
  ['Int16Array', 32767],
  ['Uint16Array', 65535],
]);

/** `size` numbers an element, as floats. */
export function numbers(values: Values, size: number): Float32Array {
  const isMixed = 'data' in values;
  const array = isMixed ? values.data.array : values.array;
  const stride = isMixed ? values.data.stride : values.itemSize;
  const offset = isMixed ? values.offset : 0;
  const unit = values.normalized ? 1 / (ONE.get(array.constructor.name) ?? 1) : 1;
  const out = new Float32Array(values.count * size);
  for (let i = 0; i < values.count; i++) {
    const from = offset + i * stride;
    for (let k = 0; k < size; k++) out[i * size + k] = (array[from + k] ?? 0) * unit;
  }
  return out;
}

/** Lets the page go on in between: nothing that loads may hold it up. */
export function breath(): Promise<void> {
  return new Promise((done) => setTimeout(done));
}

function skinOf(file: GLTF) {
  const { skins, nodes } = documentOf(file);
  const skin = skins?.[0];
  if (!skin || !nodes) throw new Error('people.glb has no skin.');
  const names = skin.joints.map((joint) => nodes[joint]?.name ?? '');
  if (names.join() !== BONE_NAMES.join()) {
    throw new Error(`people.glb has other bones: ${names.join(', ')}.`);
  }
  return skin;
}

/** Where the joints are in the rest pose, from the bones' nodes. */
export async function readRest(file: GLTF): Promise<RestJoints> {
  const skin = skinOf(file);
  const rest = new Float32Array(BONES * 3);
  file.scene.updateMatrixWorld(true);
  await Promise.all(
    skin.joints.map(async (joint, bone) => {
      const node = await file.parser.getDependency('node', joint);
      rest.set(new Vector3().setFromMatrixPosition(node.matrixWorld).toArray(), bone * 3);
    }),
  );
  return rest;
}

/** From the numbers in the file to metres. */
async function unitOf(file: GLTF, rest: RestJoints): Promise<Matrix4> {
  const { inverseBindMatrices } = skinOf(file);
  if (inverseBindMatrices === undefined) return new Matrix4();
  const inverse = await accessor(file, inverseBindMatrices);
  const first = Array.from({ length: 16 }, (_, k) => inverse.getComponent(BONE.hips, k));
  const [x = 0, y = 0, z = 0] = rest.subarray(BONE.hips * 3, BONE.hips * 3 + 3);
  return new Matrix4().makeTranslation(x, y, z).multiply(new Matrix4().fromArray(first));
}

export interface Bodies {
  readonly lods: Record<Lod, BodyParts>;
  readonly figures: readonly Figure[];
  readonly heads: readonly string[];
  readonly accessories: readonly string[];
  readonly cast: readonly CastMember[];
  readonly headTops: readonly number[];
}

export async function readBodies(file: GLTF, rest: RestJoints): Promise<Bodies> {
  const unit = await unitOf(file, rest);
  const lods = {} as Record<Lod, BodyParts>;
  let small: readonly PartSource[] = [];
  for (const lod of LODS) {
    await breath();
    small = await readParts(file, lod, unit);
    lods[lod] = gatherParts(small);
  }
  return { lods, headTops: headTops(small, rest), ...readNames(file) };
}

interface Extras {
  readonly lod?: unknown;
  readonly parts?: unknown;
}

interface PartExtras {
  readonly name?: unknown;
  readonly slot?: unknown;
  readonly choices?: unknown;
  readonly hides?: unknown;
}

/** One mesh holds all parts of a level; the alpha of a vertex's colour is its part's number. */
async function readParts(file: GLTF, lod: Lod, unit: Matrix4): Promise<PartSource[]> {
  const { nodes = [], meshes } = documentOf(file);
  const node = nodes.find((one) => one.mesh !== undefined && (one.extras as Extras)?.lod === lod);
  const extras = (node?.extras ?? {}) as Extras;
  const primitive = meshes?.[node?.mesh ?? -1]?.primitives[0];
  if (!primitive || !Array.isArray(extras.parts)) {
    throw new Error(`people.glb has no parts for "${lod}".`);
  }
  const shape = await readShape(file, primitive, unit, extras.parts.length);
  const shapes = split(shape, extras.parts.length);
  return (extras.parts as PartExtras[]).map((part, number) => {
    const name = String(part.name ?? number);
    if (!isSlot(part.slot)) throw new Error(`people.glb: "${lod}/${name}" has no slot.`);
    return {
      ...(shapes[number] as PartShape),
      name,
      slot: part.slot,
      choices: Array.isArray(part.choices) ? part.choices.map(Number) : [],
      hides: Array.isArray(part.hides) ? part.hides.map(String) : [],
    };
  });
}

interface WholeShape extends PartShape {
  /** Of the part each vertex belongs to. */
  readonly number: Uint8Array;
}

async function readShape(
  file: GLTF,
  primitive: { readonly attributes: Readonly<Record<string, number>>; readonly indices?: number },
  unit: Matrix4,
  parts: number,
): Promise<WholeShape> {
  const of = (name: string) => accessor(file, primitive.attributes[name]);
  const [position, normal, color, role, joints, weights, index] = await Promise.all([
    of('POSITION'),
    of('NORMAL'),
    of('COLOR_0'),
    of('_ROLE'),
    of('JOINTS_0'),
    of('WEIGHTS_0'),
    accessor(file, primitive.indices),
  ]);
  const colors = numbers(color, 4);
  const shades = new Float32Array(color.count * 3);
  const number = new Uint8Array(color.count);
  let most = 0;
  for (let i = 0; i < color.count; i++) {
    for (let k = 0; k < 3; k++) shades[i * 3 + k] = colors[i * 4 + k] ?? 1;
    number[i] = Math.round((colors[i * 4 + 3] ?? 0) * 255);
    most = Math.max(most, number[i] ?? 0);
  }
  if (most >= parts) {
    throw new Error('people.glb: a vertex belongs to a part that is not listed.');
  }
  return {
    position: inMetres(position, unit),
    normal: numbers(normal, 3),
    color: shades,
    number,
    role: Uint8Array.from(numbers(role, 1)),
    joints: Uint8Array.from(numbers(joints, 4)),
    weights: whole(numbers(weights, 4)),
    index: Uint32Array.from(numbers(index, 1)),
  };
}

/** Rows in the order of their part, and where each part's begin; the last entry is the end. */
function ordered(partOf: Uint8Array, parts: number): { order: Uint32Array; starts: Uint32Array } {
  const starts = new Uint32Array(parts + 1);
  for (const part of partOf) starts[part + 1] = (starts[part + 1] ?? 0) + 1;
  for (let part = 0; part < parts; part++)
    starts[part + 1] = (starts[part + 1] ?? 0) + (starts[part] ?? 0);
  const next = starts.slice();
  const order = new Uint32Array(partOf.length);
  partOf.forEach((part, row) => {
    const place = next[part] ?? 0;
    order[place] = row;
    next[part] = place + 1;
  });
  return { order, starts };
}

function taken<T extends Float32Array | Uint8Array>(
  values: T,
  size: number,
  order: Uint32Array,
): T {
  const out = values.slice() as T;
  order.forEach((row, place) => {
    for (let k = 0; k < size; k++) out[place * size + k] = values[row * size + k] ?? 0;
  });
  return out;
}

/** The vertices and triangles of each part, by number. */
function split(shape: WholeShape, parts: number): PartShape[] {
  const { order, starts } = ordered(shape.number, parts);
  const placeOf = new Uint32Array(order.length);
  order.forEach((row, place) => {
    placeOf[row] = place;
  });
  const corners = shape.index;
  const partOfTriangle = Uint8Array.from(
    { length: corners.length / 3 },
    (_, i) => shape.number[corners[i * 3] ?? 0] ?? 0,
  );
  const triangles = ordered(partOfTriangle, parts);
  const position = taken(shape.position, 3, order);
  const normal = taken(shape.normal, 3, order);
  const color = taken(shape.color, 3, order);
  const role = taken(shape.role, 1, order);
  const joints = taken(shape.joints, 4, order);
  const weights = taken(shape.weights, 4, order);
  return Array.from({ length: parts }, (_, part) => {
    const [from = 0, to = 0] = starts.subarray(part, part + 2);
    const [first = 0, last = 0] = triangles.starts.subarray(part, part + 2);
    const index = new Uint32Array((last - first) * 3);
    for (let i = 0; i < index.length; i++) {
      const triangle = triangles.order[first + Math.floor(i / 3)] ?? 0;
      index[i] = (placeOf[corners[triangle * 3 + (i % 3)] ?? 0] ?? 0) - from;
    }
    return {
      position: position.subarray(from * 3, to * 3),
      normal: normal.subarray(from * 3, to * 3),
      color: color.subarray(from * 3, to * 3),
      role: role.subarray(from, to),
      joints: joints.subarray(from * 4, to * 4),
      weights: weights.subarray(from * 4, to * 4),
      index,
    };
  });
}

function inMetres(values: Values, unit: Matrix4): Float32Array {
  const out = numbers(values, 3);
  const point = new Vector3();
  for (let at = 0; at < out.length; at += 3) {
    point.fromArray(out, at).applyMatrix4(unit).toArray(out, at);
  }
  return out;
}

/** Weights that sum to 1. */
function whole(weights: Float32Array): Float32Array {
  for (let at = 0; at < weights.length; at += 4) {
    let total = 0;
    for (let k = 0; k < 4; k++) total += weights[at + k] ?? 0;
    for (let k = 0; k < 4; k++) weights[at + k] = (weights[at + k] ?? 0) / (total || 1);
  }
  return weights;
}

const HEADS = 16;

/** How high above the head's joint each choice of head reaches, by the smallest bodies. */
function headTops(small: readonly PartSource[], rest: RestJoints): number[] {
  const joint = rest[BONE.head * 3 + 1] ?? 0;
  const topOf = (part: PartShape) => {
    let top = 0;
    for (let at = 1; at < part.position.length; at += 3)
      top = Math.max(top, part.position[at] ?? 0);
    return top;
  };
  const always = Math.max(
    joint,
    ...small.filter((part) => part.slot === 'always').map((part) => topOf(part)),
  );
  return Array.from({ length: HEADS }, (_, choice) => {
    const worn = small.filter((part) => part.slot === 'head' && part.choices.includes(choice));
    return Math.max(always, ...worn.map((part) => topOf(part))) - joint;
  });
}

function readNames(file: GLTF): Omit<Bodies, 'lods' | 'headTops'> {
  const { asset, scenes, nodes } = documentOf(file);
  const roots = [asset?.extras, scenes?.[0]?.extras, ...(nodes ?? []).map((node) => node.extras)];
  const root = roots.find((extras): extras is Partial<Bodies> => hasFigures(extras));
  const { figures = [], heads = [], accessories = [], cast = [] } = root ?? {};
  if (figures.length !== 16) throw new Error('people.glb does not name sixteen figures.');
  return { figures, heads, accessories, cast };
}

function hasFigures(extras: unknown): boolean {
  return typeof extras === 'object' && extras !== null && 'figures' in extras;
}
