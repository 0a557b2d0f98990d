// portal_ring: the membrane of a portal: a spiral of warm to blue that turns inwards, and the test of
// having walked through it.

import type { WorldEnvironment, WorldPortal } from '@flux/sdk';
import { CircleGeometry, DoubleSide, type IUniform, Mesh, ShaderMaterial } from 'three';

const VERTEX = /* glsl */ `
varying vec2 vAt;
varying vec3 vEye;
void main() {
  vAt = position.xy;
  vec4 mvPosition = modelViewMatrix * vec4(position, 1.0);
  // Towards the eye, in the disc's own space: what shows depth slides with it.
  vEye = normalize((inverse(modelViewMatrix) * vec4(0.0, 0.0, 0.0, 1.0)).xyz - position);
  gl_Position = projectionMatrix * mvPosition;
}
`;

// From butter in the middle over coral and lilac to blue, turning inwards in three arms.
const FRAGMENT = /* glsl */ `
varying vec2 vAt;
varying vec3 vEye;
uniform float seconds;
uniform float power;

vec3 ramp(float r) {
  vec3 butter = vec3(1.0, 0.76, 0.36);
  vec3 coral = vec3(0.92, 0.27, 0.20);
  vec3 lilac = vec3(0.50, 0.34, 0.76);
  vec3 blue = vec3(0.10, 0.20, 0.62);
  vec3 c = mix(butter, coral, smoothstep(0.04, 0.40, r));
  c = mix(c, lilac, smoothstep(0.36, 0.68, r));
  return mix(c, blue, smoothstep(0.66, 1.0, r));
}

/** One layer of the spiral: x how far along the ramp, y how bright its arms are. */
vec2 spiral(vec2 p, float speed, float wind) {
  float r = length(p);
  float a = atan(p.y, p.x);
  float sway = 0.25 * sin(a * 2.0 - seconds * 0.35) + 0.18 * sin(r * 5.0 + seconds * 0.5);
  float arms = sin(3.0 * a + wind * r - seconds * speed + sway);
  return vec2(r + 0.15 * arms * smoothstep(0.0, 0.3, r) * (1.0 - 0.4 * r), arms);
}

void main() {
  float r = length(vAt);
  vec2 slide = vEye.xy * 0.16;
  vec2 front = spiral(vAt, 1.25, 8.5);
  vec2 deep = spiral(vAt * 1.12 + slide, 0.8, 6.0);
  vec3 color = mix(ramp(clamp(deep.x, 0.0, 1.0)), ramp(clamp(front.x, 0.0, 1.0)), 0.6);
  // Crests of the arms catch light.
  color += vec3(0.30, 0.17, 0.16) * pow(max(front.y, 0.0), 6.0) * smoothstep(0.1, 0.45, r) * (1.0 - smoothstep(0.75, 1.0, r));
  color += vec3(0.16, 0.12, 0.24) * pow(max(deep.y, 0.0), 3.0) * smoothstep(0.2, 0.6, r);
  // Motes that drift inwards with the arms.
  float a = atan(vAt.y, vAt.x) + 3.2 * r - seconds * 0.25;
  vec2 grid = vec2(a * 7.0 / 3.14159, r * 9.0 + seconds * 0.5);
  vec2 cell = floor(grid);
  float name = fract(sin(dot(vec2(mod(cell.x, 14.0), cell.y), vec2(127.1, 311.7))) * 43758.5453);
  float mote = smoothstep(0.22, 0.0, length(fract(grid) - 0.5)) * step(0.72, name);
  color += vec3(1.0, 0.86, 0.62) * mote * (0.45 + 0.4 * sin(seconds * 2.0 + name * 40.0)) * smoothstep(0.12, 0.4, r) * (1.0 - r);
  // The heart, breathing slowly, and a bright seam along the stone.
  color += vec3(1.0, 0.80, 0.46) * exp(-r * 5.0) * (0.30 + 0.05 * sin(seconds * 1.1));
  color = mix(color, vec3(0.72, 0.62, 1.0), smoothstep(0.90, 0.985, r) * 0.55);
  gl_FragColor = vec4(color * power, 1.0);
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
}
`;

const POWER: Readonly<Record<WorldEnvironment['preset'], number>> = {
  day: 1.05,
  dusk: 1.12,
  night: 1.15,
};

/** A sheet of light in the stone ring. */
export function portalMembrane(
  portal: WorldPortal,
  preset: WorldEnvironment['preset'],
  seconds: IUniform<number>,
): Mesh {
  const material = new ShaderMaterial({
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    uniforms: { seconds, power: { value: POWER[preset] } },
    side: DoubleSide,
    fog: false,
  });
  const disc = new Mesh(new CircleGeometry(1, 64), material);
  disc.position.set(...portal.position);
  disc.rotation.y = ((portal.yaw ?? 0) * Math.PI) / 180;
  disc.scale.set(portal.size[0] / 2, portal.size[1] / 2, 1);
  return disc;
}

const DEPTH = 0.45; // metres before and behind the disc

/** Whether a body at x, y, z (its feet) stands in the portal. */
export function isInPortal(portal: WorldPortal, x: number, y: number, z: number): boolean {
  const yaw = ((portal.yaw ?? 0) * Math.PI) / 180;
  const [dx, dz] = [x - portal.position[0], z - portal.position[2]];
  const across = dx * Math.cos(yaw) - dz * Math.sin(yaw);
  const through = dx * Math.sin(yaw) + dz * Math.cos(yaw);
  if (Math.abs(through) > DEPTH || Math.abs(across) > portal.size[0] / 2 - 0.2) return false;
  const foot = portal.position[1] - portal.size[1] / 2;
  return y + 1.2 > foot && y < portal.position[1] + portal.size[1] / 2;
}
