// models: glTF files that a document names. Their loader is fetched only when there are any; a model
// that cannot be had is left out, and the world stands without it.

import { type BufferGeometry, Group, type Matrix4, Mesh, type Object3D } from 'three';
import type { ColliderModel } from './colliders.ts';
import type { Unfolded } from './unfold.ts';
import { piecesAt } from './unfold.ts';

interface Wanted {
  readonly url: string;
  readonly matrix: Matrix4;
  readonly isSolid: boolean;
  readonly castShadow: boolean;
}

function wantedOf(world: Unfolded): Wanted[] {
  const pieces = [
    ...world.pieces,
    ...world.copies.flatMap(({ pieces: own, places }) =>
      places.flatMap((place) => piecesAt(own, place)),
    ),
  ];
  return pieces.flatMap(({ shape, matrix }) =>
    shape.kind === 'model'
      ? [
          {
            url: shape.url,
            matrix,
            isSolid: shape.collider !== 'none',
            castShadow: shape.castShadow ?? true,
          },
        ]
      : [],
  );
}

export interface LoadedModels {
  readonly group: Group;
  readonly colliders: readonly ColliderModel[];
  /** URLs that could not be loaded. */
  readonly missing: readonly string[];
}

export async function loadModels(
  world: Unfolded,
  onProgress?: (loaded: number, total: number) => void,
): Promise<LoadedModels> {
  const wanted = wantedOf(world);
  const group = new Group();
  const colliders: ColliderModel[] = [];
  const missing = new Set<string>();
  if (wanted.length === 0) return { group, colliders, missing: [] };
  const { GLTFLoader } = await import('three/addons/loaders/GLTFLoader.js');
  const loader = new GLTFLoader();
  const urls = [...new Set(wanted.map(({ url }) => url))];
  let loaded = 0;
  const scenes = new Map<string, Object3D>();
  await Promise.all(
    urls.map(async (url) => {
      try {
        scenes.set(url, (await loader.loadAsync(url.startsWith('/') ? url : `/${url}`)).scene);
      } catch {
        missing.add(url);
      }
      onProgress?.(++loaded, urls.length);
    }),
  );
  for (const want of wanted) {
    const scene = scenes.get(want.url);
    if (scene) place(scene.clone(true), want, group, colliders);
  }
  return { group, colliders, missing: [...missing] };
}

function place(model: Object3D, want: Wanted, group: Group, colliders: ColliderModel[]): void {
  model.applyMatrix4(want.matrix);
  model.updateMatrixWorld(true);
  model.traverse((object) => {
    if (!(object instanceof Mesh)) return;
    object.castShadow = want.castShadow;
    object.receiveShadow = true;
    if (want.isSolid)
      colliders.push({ geometry: object.geometry as BufferGeometry, matrix: object.matrixWorld });
  });
  group.add(model);
}
