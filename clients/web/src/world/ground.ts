// ground: the level ground to the horizon: grass of uneven colour, worn to a path where it meets paving.

import type { WorldEnvironment } from '@flux/sdk';
import { CircleGeometry, Color, Mesh, MeshLambertMaterial } from 'three';
import { PATH_BOX, type PathMask } from './path_mask.ts';
import type { Uniforms } from './surface_material.ts';
import { BAKED_SHADE } from './surface_shader.ts';

const RADIUS = 1600;
/** What grass is worn to, and how much of it is seen at most. */
const PATH = new Color('#d9c39a');

const GRASS = /* glsl */ `
uniform float seconds;
uniform sampler2D pathMask;
uniform vec3 pathColor;
varying vec2 vGround;
float speckHash(vec2 p) { return fract(sin(dot(p, vec2(41.3, 289.1))) * 43758.5453); }
float speck(vec2 p) {
  vec2 i = floor(p);
  vec2 f = fract(p);
  f = f * f * (3.0 - 2.0 * f);
  return mix(mix(speckHash(i), speckHash(i + vec2(1, 0)), f.x), mix(speckHash(i + vec2(0, 1)), speckHash(i + vec2(1, 1)), f.x), f.y);
}
vec3 grass(vec3 own, vec2 at) {
  float away = length(at - cameraPosition.xz);
  float meadow = speck(at * 0.045) * 0.6 + speck(at * 0.13 + 9.0) * 0.4;
  float tufts = speck(at * 0.9) * 0.6 + speck(at * 2.3) * 0.4;
  // Blades lie in short strokes; from afar they melt together.
  vec2 stroke = vec2(at.x * 9.0 + at.y * 2.0, at.y * 4.0);
  float blades = (speck(stroke) - 0.5) * (1.0 - smoothstep(6.0, 22.0, away));
  vec3 color = own * mix(vec3(0.68, 0.85, 0.80), vec3(1.20, 1.09, 0.80), smoothstep(0.15, 0.85, meadow));
  color *= 0.94 + 0.12 * tufts * (1.0 - smoothstep(20.0, 70.0, away)) + 0.10 * blades;
  vec2 where = at / ${(PATH_BOX * 2).toFixed(1)} + 0.5;
  float inside = step(0.0, where.x) * step(where.x, 1.0) * step(0.0, where.y) * step(where.y, 1.0);
  float worn = texture2D(pathMask, where).r * inside;
  worn = smoothstep(0.05, 0.45, worn + 0.2 * (tufts - 0.5) * step(0.01, worn));
  return mix(color, pathColor * (0.93 + 0.1 * tufts + 0.05 * blades), worn * 0.85);
}
`;

export function groundDisc(
  ground: WorldEnvironment['ground'],
  uniforms: Uniforms,
  mask: PathMask,
): Mesh {
  const material = new MeshLambertMaterial({
    color: ground.color,
    polygonOffset: true,
    polygonOffsetFactor: 1,
    polygonOffsetUnits: 4,
  });
  material.onBeforeCompile = (shader) => {
    const own = { pathMask: { value: mask.texture }, pathColor: { value: PATH } };
    Object.assign(shader.uniforms, uniforms, own);
    shader.vertexShader = shader.vertexShader
      .replace('void main() {', 'varying vec2 vGround;\nvoid main() {')
      .replace(
        '#include <fog_vertex>',
        '#include <fog_vertex>\nvGround = (modelMatrix * vec4(transformed, 1.0)).xz;',
      );
    shader.fragmentShader = shader.fragmentShader
      .replace('void main() {', `${BAKED_SHADE}\n${GRASS}\nvoid main() {`)
      .replace(
        '#include <color_fragment>',
        'diffuseColor.rgb = grass(diffuseColor.rgb, vGround) * bakedShade(vec3(vGround.x, 0.0, vGround.y));',
      );
  };
  material.customProgramCacheKey = () => 'ground';
  const disc = new Mesh(new CircleGeometry(RADIUS, 64), material);
  disc.rotation.x = -Math.PI / 2;
  disc.receiveShadow = true;
  return disc;
}
