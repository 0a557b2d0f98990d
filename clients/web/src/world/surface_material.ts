// surface_material: one three.js material for each kind of surface; colours are in the vertices, so that
// a whole place is a few draw calls.

import type { WorldEnvironment } from '@flux/sdk';
import {
  Color,
  DataTexture,
  DoubleSide,
  type IUniform,
  LinearFilter,
  type Material,
  MeshBasicMaterial,
  MeshLambertMaterial,
  MeshPhongMaterial,
  NoColorSpace,
  type Texture,
  TextureLoader,
  Vector4,
  type WebGLProgramParametersWithUniforms,
} from 'three';
import { artUrl } from '../app/art_url.ts';
import { SKY_GRADIENT, skyUniforms } from './sky_gradient.ts';
import type { SurfaceKind } from './surface.ts';
import {
  BAKED_SHADE,
  CLEARING,
  LIES_LOW,
  LIGHT_THROUGH,
  PANES,
  RIPPLES,
  SHINE,
  vertexPieces,
  WATER,
} from './surface_shader.ts';

/** How strongly lamps are seen to shine. */
const LAMP_POWER: Readonly<Record<WorldEnvironment['preset'], number>> = {
  day: 0.36,
  dusk: 0.85,
  night: 1,
};

export type Uniforms = Record<string, IUniform>;

/**
 * Shared by all materials of a world: time, sky, baked shade; `clearing`: metres from the eye to whom it
 * follows.
 */
export function worldUniforms(
  environment: WorldEnvironment,
  seconds: IUniform<number>,
  clearing: IUniform<number>,
): Uniforms {
  const open = new DataTexture(new Uint8Array([255, 0, 0, 255]), 1, 1);
  open.needsUpdate = true;
  const shadePicture: IUniform<Texture> = { value: open };
  const shadeBox: IUniform<Vector4> = { value: new Vector4(0, 0, 0, 0) };
  const { shade } = environment;
  if (shade) {
    const [x, z] = shade.least;
    // Until the picture is here, and if it never comes, everything is in full light.
    new TextureLoader().load(artUrl(shade.url), (map) => {
      shadePicture.value = shadeMap(map);
      shadeBox.value.set(x, z, 1 / (shade.most[0] - x), 1 / (shade.most[1] - z));
    });
  }
  return { ...skyUniforms(environment), seconds, clearing, shadePicture, shadeBox };
}

function shadeMap(map: Texture): Texture {
  map.colorSpace = NoColorSpace;
  map.flipY = false;
  map.generateMipmaps = false;
  map.minFilter = LinearFilter;
  return map;
}

export function disposeUniforms(uniforms: Uniforms): void {
  (uniforms['shadePicture']?.value as Texture | undefined)?.dispose();
}

/** Writes our pieces into three.js's shader. */
function patch(shader: WebGLProgramParametersWithUniforms, kind: SurfaceKind): void {
  const { head, color, project } = vertexPieces(kind);
  shader.vertexShader = shader.vertexShader
    .replace('void main() {', `${head}\nvoid main() {`)
    .replace('#include <color_vertex>', color)
    // three.js reads basic materials' normals only for pictures of the surroundings.
    .replace('#if defined ( USE_ENVMAP ) || defined ( USE_SKINNING )', '#if 1')
    .replace('#include <project_vertex>', project);
  const lit = kind !== 'glow';
  const pieces = [
    'uniform float seconds;\nvarying vec3 vWorld;\nvarying float vSky;',
    lit ? BAKED_SHADE : '',
    kind === 'water' ? SKY_GRADIENT + RIPPLES : '',
    'uniform float lampPower;\nuniform float clearing;',
  ];
  shader.fragmentShader = shader.fragmentShader.replace(
    'void main() {',
    `${pieces.join('\n')}\nvoid main() {`,
  );
  patchLook(shader, kind);
}

function patchLook(shader: WebGLProgramParametersWithUniforms, kind: SurfaceKind): void {
  const put = (at: string, piece: string) => {
    shader.fragmentShader = shader.fragmentShader.replace(at, piece);
  };
  if (kind === 'solid' || kind === 'gloss')
    put('#include <color_fragment>', `#include <color_fragment>\n${PANES}${LIES_LOW}`);
  if (kind === 'glow') put('#include <color_fragment>', `#include <color_fragment>\n${SHINE}`);
  if (kind === 'foliage' || kind === 'cloth') {
    const through = kind === 'foliage' ? '0.30' : '0.42';
    put(
      '#include <lights_fragment_end>',
      `#include <lights_fragment_end>\n${LIGHT_THROUGH.replace('THROUGH', through)}`,
    );
  }
  // Leaves wear the normals of their crown, whichever side one sees.
  if (kind === 'foliage') {
    put('#include <color_fragment>', `#include <color_fragment>\n${CLEARING}`);
    put(
      '#include <normal_fragment_begin>',
      'vec3 normal = normalize(vNormal);\nvec3 nonPerturbedNormal = normal;\nfloat faceDirection = 1.0;',
    );
  }
  if (kind === 'water') put('#include <opaque_fragment>', `${WATER}\n#include <opaque_fragment>`);
}

/** Makes materials as they are asked for. */
export class SurfaceMaterials {
  private readonly materials = new Map<SurfaceKind, Material>();
  private readonly uniforms: Uniforms;

  constructor(uniforms: Uniforms, preset: WorldEnvironment['preset']) {
    this.uniforms = { ...uniforms, lampPower: { value: LAMP_POWER[preset] } };
  }

  readonly of = (kind: SurfaceKind): Material => {
    const known = this.materials.get(kind);
    if (known) return known;
    const material = plain(kind);
    material.onBeforeCompile = (shader) => {
      Object.assign(shader.uniforms, this.uniforms);
      patch(shader, kind);
    };
    material.customProgramCacheKey = () => `world-${kind}`;
    this.materials.set(kind, material);
    return material;
  };

  dispose(): void {
    for (const material of this.materials.values()) material.dispose();
  }
}

function plain(kind: SurfaceKind): Material {
  switch (kind) {
    case 'solid':
      return new MeshLambertMaterial({ vertexColors: true });
    case 'foliage':
    case 'cloth':
      return new MeshLambertMaterial({ vertexColors: true, side: DoubleSide });
    case 'glow':
      return new MeshBasicMaterial({ vertexColors: true });
    case 'water':
      return new MeshLambertMaterial({ vertexColors: true });
    case 'gloss':
      return new MeshPhongMaterial({
        vertexColors: true,
        shininess: 70,
        specular: new Color('#8a8275'),
      });
    case 'clear':
      return new MeshPhongMaterial({
        vertexColors: true,
        transparent: true,
        depthWrite: false,
        side: DoubleSide,
        shininess: 60,
        specular: new Color('#6b6b66'),
      });
  }
}
