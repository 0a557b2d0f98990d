// portal_ring: the membrane of a portal: a spiral of warm to blue that turns inwards, and the test of
// having walked through it.

import type { WorldPortal } from '@flux/sdk';
import { CircleGeometry, DoubleSide, type IUniform, Mesh, ShaderMaterial } from 'three';

const VERTEX = /* glsl */ `
varying vec2 vAt;
void main() {
  vAt = position.xy;
  vec4 mvPosition = modelViewMatrix * vec4(position, 1.0);
  gl_Position = projectionMatrix * mvPosition;
}
`;

// butter > coral > lilac > blue, and milk at the rim.
const FRAGMENT = /* glsl */ `
varying vec2 vAt;
uniform float seconds;
vec3 ramp(float r) {
  vec3 butter = vec3(0.965, 0.694, 0.254);
  vec3 coral = vec3(0.913, 0.227, 0.156);
  vec3 lilac = vec3(0.451, 0.328, 0.723);
  vec3 blue = vec3(0.095, 0.165, 0.52);
  vec3 c = mix(butter, coral, smoothstep(0.08, 0.36, r));
  c = mix(c, lilac, smoothstep(0.34, 0.66, r));
  return mix(c, blue, smoothstep(0.66, 0.98, r));
}
void main() {
  float r = length(vAt);
  float a = atan(vAt.y, vAt.x);
  float swirl = 0.13 * sin(3.0 * a + 8.5 * r - seconds * 1.4) + 0.05 * sin(5.0 * a - 12.0 * r + seconds * 0.9);
  vec3 color = ramp(clamp(r + swirl * smoothstep(0.0, 0.25, r), 0.0, 1.0)) * 1.25;
  float spark = pow(max(0.0, sin(3.0 * a + 8.5 * r - seconds * 1.4)), 14.0) * smoothstep(0.15, 0.5, r);
  color += spark * vec3(0.35, 0.25, 0.2);
  color += vec3(1.0, 0.85, 0.6) * exp(-r * 6.0) * 0.5;
  float rim = smoothstep(0.93, 0.99, r);
  color = mix(color, vec3(1.0, 0.9, 0.76) * 1.1, rim * 0.7);
  gl_FragColor = vec4(color, 1.0);
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
}
`;

/** A warm sheet of light before the stone. */
export function portalMembrane(portal: WorldPortal, seconds: IUniform<number>): Mesh {
  const material = new ShaderMaterial({
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    uniforms: { seconds },
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
