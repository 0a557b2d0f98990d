// world_models: the glTF models of a document: loads their files and says what stands where. What one
// needs in order to walk comes first; what is only looked at from afar comes after.

import { Color, Group, Matrix4, type Mesh, Vector3 } from 'three';
import type { Model, Placement } from './model.ts';
import { shadeAt } from './model.ts';
import { fetchModelFiles } from './model_files.ts';
import { modelOf } from './model_parts.ts';
import { inSlices } from './slices.ts';
import { piecesAt, type Unfolded, type WorldShape } from './unfold.ts';
import type { GroundKind, LampPlace, Seat, SoundSource } from './world_features.ts';

/** What one bumps into, in the world. */
export interface PlacedSolid {
  readonly geometry: Mesh['geometry'];
  readonly matrix: Matrix4;
  readonly ground: GroundKind;
}

export interface WorldModels {
  readonly placements: readonly Placement[];
  readonly solids: readonly PlacedSolid[];
  readonly seats: readonly Seat[];
  readonly lamps: readonly LampPlace[];
  readonly sounds: readonly SoundSource[];
  /** Models made by others, in place. */
  readonly foreign: Group;
}

export interface ModelWish {
  readonly file: string;
  /** Of the node; '' for the whole file. */
  readonly name: string;
  readonly matrix: Matrix4;
  readonly tint: Color;
  readonly isSolid: boolean;
  readonly castShadow: boolean;
}

type ModelShape = Extract<WorldShape, { kind: 'model' }>;

function wishOf(shape: ModelShape, matrix: Matrix4): ModelWish {
  const [file = '', name = ''] = shape.url.split('#');
  return {
    file,
    name,
    matrix,
    tint: new Color(shape.tint ?? '#ffffff'),
    isSolid: shape.collider !== 'none',
    castShadow: shape.castShadow ?? true,
  };
}

/** Those to load first, and those that nobody bumps into, which may come when one is already walking. */
export function modelWishes(world: Unfolded): { first: ModelWish[]; later: ModelWish[] } {
  const pieces = [
    ...world.pieces,
    ...world.copies.flatMap(({ pieces: own, places }) =>
      places.flatMap((place) => piecesAt(own, place)),
    ),
  ];
  const wishes = pieces.flatMap(({ shape, matrix }) =>
    shape.kind === 'model' ? [wishOf(shape, matrix)] : [],
  );
  const needed = new Set(wishes.filter(({ isSolid }) => isSolid).map(({ file }) => file));
  return {
    first: wishes.filter(({ file }) => needed.has(file)),
    later: wishes.filter(({ file }) => !needed.has(file)),
  };
}

/** `scenes`: what fetchModelFiles gave. What is missing is left out. Model by model. */
export function* placeModels(
  wishes: readonly ModelWish[],
  scenes: ReadonlyMap<string, Group>,
): Generator<void, WorldModels> {
  const found = {
    placements: [] as Placement[],
    solids: [] as PlacedSolid[],
    seats: [] as Seat[],
    lamps: [] as LampPlace[],
    sounds: [] as SoundSource[],
    foreign: new Group(),
  };
  const models = new Map<string, Model | null>();
  for (const wish of wishes) {
    const scene = scenes.get(wish.file);
    if (!scene) continue;
    const key = `${wish.file}#${wish.name}`;
    if (!models.has(key)) {
      models.set(key, told(modelOf(scene, wish.name), key));
      yield;
    }
    const model = models.get(key);
    if (model) place(model, wish, found);
  }
  return found;
}

function told(model: Model | null, key: string): Model | null {
  // biome-ignore lint/suspicious/noConsole: the world stands without it, and its operator should know.
  if (!model) console.warn(`The model ${key} is missing.`);
  return model;
}

function place(
  model: Model,
  wish: ModelWish,
  found: {
    placements: Placement[];
    solids: PlacedSolid[];
    seats: Seat[];
    lamps: LampPlace[];
    sounds: SoundSource[];
    foreign: Group;
  },
): void {
  const { matrix, tint, castShadow } = wish;
  const inWorld = (own: Matrix4) => new Matrix4().multiplyMatrices(matrix, own);
  if (model.foreign) found.foreign.add(foreignAt(model, matrix, castShadow));
  else found.placements.push({ model, matrix, tint, shade: shadeAt(matrix), castShadow });
  if (wish.isSolid)
    for (const part of model.solids) found.solids.push({ ...part, matrix: inWorld(part.matrix) });
  for (const seat of model.seats) found.seats.push(seatAt(inWorld(seat)));
  for (const { matrix: own, color, intensity, range } of model.lights)
    found.lamps.push({ ...pointOf(inWorld(own)), color, intensity, range });
  for (const { kind, matrix: own } of model.sounds)
    found.sounds.push({ kind, ...pointOf(inWorld(own)) });
}

function pointOf(matrix: Matrix4): { x: number; y: number; z: number } {
  const [x, y, z] = matrix.elements.slice(12, 15) as [number, number, number];
  return { x, y, z };
}

/** A seat looks along its +z; a yaw of 0 is along -z. */
function seatAt(matrix: Matrix4): Seat {
  const ahead = new Vector3(0, 0, 1).transformDirection(matrix);
  return { ...pointOf(matrix), yaw: Math.atan2(-ahead.x, -ahead.z) / (Math.PI * 2) };
}

function foreignAt(model: Model, matrix: Matrix4, castShadow: boolean): Group {
  const group = new Group();
  const copy = model.foreign?.clone(true);
  if (!copy) return group;
  model.foreign?.matrixWorld.decompose(copy.position, copy.quaternion, copy.scale);
  copy.traverse((object) => {
    object.castShadow = castShadow;
    object.receiveShadow = true;
  });
  group.applyMatrix4(matrix);
  group.add(copy);
  group.updateMatrixWorld(true);
  return group;
}

export async function loadModels(wishes: readonly ModelWish[]): Promise<WorldModels> {
  const files = [...new Set(wishes.map(({ file }) => file))];
  return inSlices(placeModels(wishes, await fetchModelFiles(files)));
}
