// surface_material: one three.js material for each kind of surface; colours and glow are in the
// vertices, so that a whole district is a few draw calls.

import {
  Color,
  DoubleSide,
  type IUniform,
  type Material,
  MeshLambertMaterial,
  MeshPhongMaterial,
} from 'three';
import type { SurfaceKind } from './surface.ts';

export interface WorldClock {
  readonly seconds: IUniform<number>;
}

const SWAY = /* glsl */ `
#include <begin_vertex>
vec4 swayAt = modelMatrix * vec4(transformed, 1.0);
#ifdef USE_INSTANCING
swayAt = modelMatrix * instanceMatrix * vec4(transformed, 1.0);
#endif
float sway = sin(seconds * 1.3 + swayAt.x * 0.6 + swayAt.z * 0.5) + 0.5 * sin(seconds * 2.9 + swayAt.x * 2.1 + swayAt.y * 1.7);
transformed.x += sway * 0.012 * clamp(swayAt.y * 0.4, 0.0, 1.6);
transformed.z += sway * 0.008 * clamp(swayAt.y * 0.4, 0.0, 1.6);
`;

const RIPPLES = /* glsl */ `
float wave(vec2 p, float t) {
  return sin(p.x * 2.3 + t * 1.1 + 1.2 * sin(p.y * 1.7 - t * 0.7)) * sin(p.y * 2.9 - t * 0.9 + 1.4 * sin(p.x * 1.3 + t * 0.5));
}
`;

/** Light of its own comes from the vertices. */
function withGlow(material: Material, clock: WorldClock, kind: SurfaceKind): void {
  material.onBeforeCompile = (shader) => {
    shader.uniforms['seconds'] = clock.seconds;
    shader.vertexShader = shader.vertexShader
      .replace(
        'void main() {',
        'attribute vec3 glow;\nvarying vec3 vGlow;\nvarying vec3 vWorld;\nuniform float seconds;\nvoid main() {\nvGlow = glow;',
      )
      .replace('#include <begin_vertex>', kind === 'foliage' ? SWAY : '#include <begin_vertex>')
      .replace(
        '#include <fog_vertex>',
        '#include <fog_vertex>\nvWorld = (modelMatrix * vec4(transformed, 1.0)).xyz;',
      );
    shader.fragmentShader = shader.fragmentShader
      .replace(
        'void main() {',
        `varying vec3 vGlow;\nvarying vec3 vWorld;\nuniform float seconds;\n${RIPPLES}\nvoid main() {`,
      )
      .replace(
        '#include <emissivemap_fragment>',
        '#include <emissivemap_fragment>\ntotalEmissiveRadiance += vGlow;',
      );
    if (kind === 'water') {
      shader.fragmentShader = shader.fragmentShader.replace(
        '#include <color_fragment>',
        /* glsl */ `#include <color_fragment>
        float w = wave(vWorld.xz, seconds);
        float w2 = wave(vWorld.zx * 1.9 + 3.0, seconds * 1.3);
        float glint = smoothstep(0.72, 0.98, w * 0.6 + w2 * 0.55);
        diffuseColor.rgb = mix(diffuseColor.rgb, diffuseColor.rgb * 1.22 + 0.03, 0.5 + 0.5 * w);
        diffuseColor.rgb += glint * vec3(0.35, 0.38, 0.36);`,
      );
    }
  };
  material.customProgramCacheKey = () => `world-${kind}`;
}

export function surfaceMaterial(kind: SurfaceKind, clock: WorldClock): Material {
  const material = plain(kind);
  withGlow(material, clock, kind);
  return material;
}

function plain(kind: SurfaceKind): Material {
  switch (kind) {
    case 'solid':
      return new MeshLambertMaterial({ vertexColors: true });
    case 'foliage':
      return new MeshLambertMaterial({ vertexColors: true, side: DoubleSide });
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
        shininess: 60,
        specular: new Color('#6b6b66'),
      });
    case 'water':
      return new MeshPhongMaterial({
        vertexColors: true,
        shininess: 120,
        specular: new Color('#c9d8d6'),
      });
  }
}
