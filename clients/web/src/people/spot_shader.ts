// spot_shader: what the soft dark spots under people's feet have in common, near and far.

/** After `foot` is known, in the world. */
export const SPOT_VERTEX_END = /* glsl */ `
  vSpot = position.xy * 2.0;
  vec3 at = foot + vec3(position.x, 0.035, -position.y) * 0.82;
  vec4 seen = viewMatrix * vec4(at, 1.0);
  vFade = clamp(1.2 + seen.z / 90.0, 0.0, 1.0);
  gl_Position = projectionMatrix * seen;
  gl_Position.z -= 0.0006 * gl_Position.w;
`;

export const SPOT_FRAGMENT = /* glsl */ `
varying vec2 vSpot;
varying float vFade;
void main() {
  float dark = smoothstep(1.0, 0.2, length(vSpot)) * 0.34 * vFade;
  gl_FragColor = vec4(0.105, 0.056, 0.18, dark);
}
`;
