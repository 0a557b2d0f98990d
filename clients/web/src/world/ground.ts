// ground: the level ground to the horizon, with a little unevenness in its colour so that it is not a
// painted floor.

import type { WorldEnvironment } from '@flux/sdk';
import { CircleGeometry, Mesh, MeshLambertMaterial } from 'three';

const RADIUS = 1600;

const SPECKLE = /* glsl */ `
float speckleHash(vec2 p) { return fract(sin(dot(p, vec2(41.3, 289.1))) * 43758.5453); }
float speckle(vec2 p) {
  vec2 i = floor(p);
  vec2 f = fract(p);
  f = f * f * (3.0 - 2.0 * f);
  return mix(mix(speckleHash(i), speckleHash(i + vec2(1, 0)), f.x), mix(speckleHash(i + vec2(0, 1)), speckleHash(i + vec2(1, 1)), f.x), f.y);
}
`;

export function groundDisc(ground: WorldEnvironment['ground']): Mesh {
  const material = new MeshLambertMaterial({
    color: ground.color,
    polygonOffset: true,
    polygonOffsetFactor: 1,
    polygonOffsetUnits: 4,
  });
  material.onBeforeCompile = (shader) => {
    shader.vertexShader = shader.vertexShader
      .replace('void main() {', 'varying vec2 vGround;\nvoid main() {')
      .replace(
        '#include <fog_vertex>',
        '#include <fog_vertex>\nvGround = (modelMatrix * vec4(transformed, 1.0)).xz;',
      );
    shader.fragmentShader = shader.fragmentShader
      .replace('void main() {', `varying vec2 vGround;\n${SPECKLE}\nvoid main() {`)
      .replace(
        '#include <color_fragment>',
        /* glsl */ `
        float patches = speckle(vGround * 0.11) * 0.6 + speckle(vGround * 0.47) * 0.4;
        float blades = speckle(vGround * 5.0);
        diffuseColor.rgb *= 0.9 + 0.16 * patches + 0.05 * (blades - 0.5);`,
      );
  };
  material.customProgramCacheKey = () => 'ground';
  const disc = new Mesh(new CircleGeometry(RADIUS, 64), material);
  disc.rotation.x = -Math.PI / 2;
  disc.receiveShadow = true;
  return disc;
}
