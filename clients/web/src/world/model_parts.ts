// model_parts: a model out of a node of a glTF file. What belongs to it is told by the names of the
// nodes: tree, tree.low, tree.solid, tree.seat.0, tree.light.0, tree.sound.0.

import {
  type BufferGeometry,
  type Material,
  type Matrix4,
  Mesh,
  type MeshStandardMaterial,
  type Object3D,
} from 'three';
import type { Model, ModelLight, SolidPart, SurfaceParts } from './model.ts';
import { CLEAR_ALPHA, GLOW_MOST, isSurfaceKind, type SurfaceKind } from './surface.ts';
import { SurfaceBuilder } from './surface_builder.ts';
import { GROUND_KINDS, type GroundKind, type SoundKind } from './world_features.ts';

const SOUNDS: readonly string[] = ['water', 'leaves', 'chimes', 'portal'] satisfies SoundKind[];
const GLOW_DEFAULT = 4;

/** The name as the file has it: three.js takes the dots out of its own copy. */
const nameOf = (node: Object3D): string =>
  typeof node.userData['name'] === 'string' ? node.userData['name'] : node.name;

function meshesOf(node: Object3D): Mesh[] {
  const meshes: Mesh[] = [];
  node.traverse((object) => {
    if (object instanceof Mesh) meshes.push(object);
  });
  return meshes;
}

const materialOf = (mesh: Mesh): MeshStandardMaterial =>
  (Array.isArray(mesh.material) ? mesh.material[0] : mesh.material) as MeshStandardMaterial;

/** Of a known surface kind, its colours in its vertices. */
function isOurs(mesh: Mesh): boolean {
  const material = materialOf(mesh);
  return (
    isSurfaceKind(material.name) && !material.map && Boolean(mesh.geometry.getAttribute('color'))
  );
}

/** From a node's space to the file's, which is that of its models: they all stand at its origin. */
const inFile = (node: Object3D): Matrix4 => node.matrixWorld.clone();

function strengthOf(material: Material): number {
  const told: unknown = material.userData['emissiveStrength'];
  return typeof told === 'number' ? told : GLOW_DEFAULT;
}

function appendMesh(builder: SurfaceBuilder, mesh: Mesh, kind: SurfaceKind, matrix: Matrix4): void {
  const color = mesh.geometry.getAttribute('color');
  const times = kind === 'glow' ? strengthOf(materialOf(mesh)) / GLOW_MOST : 1;
  const hasAlpha = color.itemSize === 4;
  builder.append(mesh.geometry as BufferGeometry, matrix, (i, out) => {
    out.r = color.getX(i) * times;
    out.g = color.getY(i) * times;
    out.b = color.getZ(i) * times;
    const alpha = hasAlpha ? color.getW(i) : 1;
    out.a = kind === 'clear' && alpha > 0.99 ? CLEAR_ALPHA : alpha;
  });
}

function surfacePartsOf(node: Object3D | undefined): SurfaceParts {
  const builders = new Map<SurfaceKind, SurfaceBuilder>();
  for (const mesh of node ? meshesOf(node) : []) {
    const kind = materialOf(mesh).name;
    if (!isSurfaceKind(kind)) continue;
    const builder = builders.get(kind) ?? new SurfaceBuilder();
    builders.set(kind, builder);
    appendMesh(builder, mesh, kind, inFile(mesh));
  }
  return new Map([...builders].map(([kind, builder]) => [kind, builder.finish()]));
}

const groundOf = (name: string): GroundKind =>
  (GROUND_KINDS as readonly string[]).includes(name) ? (name as GroundKind) : 'stone';

function solidsOf(node: Object3D | undefined): SolidPart[] {
  return (node ? meshesOf(node) : []).map((mesh) => ({
    ground: groundOf(materialOf(mesh).name),
    geometry: mesh.geometry as BufferGeometry,
    matrix: inFile(mesh),
  }));
}

function lightOf(node: Object3D): ModelLight {
  const { color, intensity, range } = node.userData as Record<string, unknown>;
  return {
    matrix: inFile(node),
    color: typeof color === 'string' ? color : '#ffc27a',
    intensity: typeof intensity === 'number' ? intensity : 12,
    range: typeof range === 'number' ? range : 9,
  };
}

/** The nodes of a file by name, the first of each: found once for all models in it. */
const namedNodes = new WeakMap<Object3D, ReadonlyMap<string, Object3D>>();

function nodesOf(scene: Object3D): ReadonlyMap<string, Object3D> {
  const found = namedNodes.get(scene);
  if (found) return found;
  const nodes = new Map<string, Object3D>();
  scene.updateMatrixWorld(true);
  scene.traverse((node) => {
    const own = nameOf(node);
    if (!nodes.has(own)) nodes.set(own, node);
  });
  namedNodes.set(scene, nodes);
  return nodes;
}

/** `name`: of the node, or '' for the whole file; null when the file has no such node. */
export function modelOf(scene: Object3D, name: string): Model | null {
  const nodes = nodesOf(scene);
  if (name === '') return foreignModel(scene);
  const root = nodes.get(name);
  if (!root) return null;
  const meshes = meshesOf(root);
  if (meshes.length > 0 && !meshes.every(isOurs)) return foreignModel(root);
  const full = surfacePartsOf(root);
  const low = nodes.get(`${name}.low`);
  const beginning = (part: string) =>
    [...nodes].filter(([own]) => own.startsWith(`${name}.${part}.`)).map(([, node]) => node);
  return {
    full,
    low: low ? surfacePartsOf(low) : full,
    solids: solidsOf(nodes.get(`${name}.solid`)),
    seats: beginning('seat').map((node) => inFile(node)),
    lights: beginning('light').map((node) => lightOf(node)),
    sounds: beginning('sound').flatMap((node) => {
      const kind: unknown = node.userData['sound'];
      return typeof kind === 'string' && SOUNDS.includes(kind)
        ? [{ kind: kind as SoundKind, matrix: inFile(node) }]
        : [];
    }),
    foreign: null,
  };
}

/** Somebody else's: all that is drawn is also what one bumps into. */
function foreignModel(node: Object3D): Model {
  const parts: SurfaceParts = new Map();
  return {
    full: parts,
    low: parts,
    solids: solidsOf(node).map((part) => ({ ...part, ground: 'stone' })),
    seats: [],
    lights: [],
    sounds: [],
    foreign: node,
  };
}
