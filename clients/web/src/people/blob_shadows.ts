// blob_shadows: a soft dark spot under everybody who has no real shadow. Shares the instances of the
// dolls it belongs to.

import {
  type InstancedBufferAttribute,
  InstancedBufferGeometry,
  Mesh,
  PlaneGeometry,
  ShaderMaterial,
} from 'three';
import type { DollUniforms } from './doll_material.ts';

const PLACE = {
  near: /* glsl */ `
attribute vec3 feet;
bool isGone() { return false; }
vec3 foot() { return feet; }
`,
  far: /* glsl */ `
attribute vec4 from;
attribute vec4 to;
attribute vec2 time;
attribute uint hidden;
uniform float ticks;
bool isGone() { return hidden != 0u; }
vec3 foot() {
  return mix(from, to, clamp((ticks - time.x) / max(time.y - time.x, 0.001), 0.0, 1.0)).xyz;
}
`,
} as const;

type SpotSource = keyof typeof PLACE;

const vertex = (source: SpotSource) => /* glsl */ `
${PLACE[source]}
varying vec2 vSpot;
varying float vFade;
void main() {
  if (isGone()) {
    gl_Position = vec4(0.0, 0.0, -2.0, 1.0);
    return;
  }
  vSpot = position.xy * 2.0;
  vec3 at = foot() + vec3(position.x, 0.035, -position.y) * 0.82;
  vec4 seen = viewMatrix * vec4(at, 1.0);
  vFade = clamp(1.2 + seen.z / 90.0, 0.0, 1.0);
  gl_Position = projectionMatrix * seen;
  gl_Position.z -= 0.0006 * gl_Position.w;
}
`;

const FRAGMENT = /* glsl */ `
varying vec2 vSpot;
varying float vFade;
void main() {
  float dark = smoothstep(1.0, 0.2, length(vSpot)) * 0.34 * vFade;
  gl_FragColor = vec4(0.105, 0.056, 0.18, dark);
}
`;

export function blobShadows(
  source: SpotSource,
  attributes: readonly (readonly [string, InstancedBufferAttribute])[],
  uniforms: DollUniforms,
): Mesh<InstancedBufferGeometry, ShaderMaterial> {
  const spot = new PlaneGeometry(1, 1);
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute('position', spot.getAttribute('position'));
  geometry.setIndex(spot.getIndex());
  for (const [name, attribute] of attributes) geometry.setAttribute(name, attribute);
  const material = new ShaderMaterial({
    vertexShader: vertex(source),
    fragmentShader: FRAGMENT,
    uniforms: { ticks: uniforms.ticks },
    transparent: true,
    depthWrite: false,
  });
  const mesh = new Mesh(geometry, material);
  mesh.frustumCulled = false;
  mesh.renderOrder = 1;
  return mesh;
}
