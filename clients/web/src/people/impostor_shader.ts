// impostor_shader: people far away: a figure's body and a head from the atlas on a quad that turns to the
// eye about the upright, coloured by role, lit as a rounded thing would be.

import { POSE } from '@flux/sdk';
import { RESTING_LOWER } from './figure.ts';
import { DIRECTIONS } from './impostors.ts';
import { ROLE_COLOUR } from './people_shader.ts';
import { SPOT_VERTEX_END } from './spot_shader.ts';

const MOVED = /* glsl */ `
attribute vec4 from;
attribute vec4 to;
attribute vec2 time;
attribute uint veil;
uniform float ticks;
vec4 placed() {
  return mix(from, to, clamp((ticks - time.x) / max(time.y - time.x, 0.001), 0.0, 1.0));
}
`;

const HIDDEN = /* glsl */ `
  if (veil == 255u) {
    gl_Position = vec4(0.0, 0.0, -2.0, 1.0);
    return;
  }
`;

export const SPOT_VERTEX = /* glsl */ `
${MOVED}
varying vec2 vSpot;
varying float vFade;
void main() {
  ${HIDDEN}
  vec3 foot = placed().xyz;
  ${SPOT_VERTEX_END}
}
`;

/** Steps a second, walking and running. */
export const IMPOSTOR_VERTEX = /* glsl */ `
${MOVED}
attribute uint looks;
attribute uint pose;
uniform float tickSeconds;
uniform vec4 cells; // a body's and a head's, wide and high, in texels
uniform vec3 metres; // a texel, below a body's foot, above a head's joint
uniform vec3 necks[16]; // heights of the head's joint: standing, and in both steps
uniform vec4 figures[32]; // legs, torso, girth, head; and more
varying vec2 vAt; // metres aside and up
flat varying vec4 vOrigin; // of the body's cell and the head's, in texels
flat varying vec2 vNeck; // height of the head's joint, and the head's size
flat varying int vLook;
flat varying float vFade;
varying vec3 vViewPosition;
flat varying vec3 vAcross;
#include <fog_pars_vertex>

void main() {
  ${HIDDEN}
  vec4 at = placed();
  vec2 away = cameraPosition.xz - at.xz;
  away /= max(length(away), 0.001);
  // Yaw 0 looks along -z, a quarter turn along -x: the angle from there to the eye picks the picture.
  float seenFrom = atan(-away.x, -away.y) / 6.28318531 - at.w;
  int direction = int(floor(fract(seenFrom) * ${DIRECTIONS}.0 + 0.5)) % ${DIRECTIONS};
  int frame = 0;
  if (pose == ${POSE.walk}u || pose == ${POSE.run}u) {
    float steps = (pose == ${POSE.run}u ? 3.4 : 2.0) * ticks * tickSeconds + float(looks % 97u) * 0.13;
    int beat = int(mod(steps * 2.0, 4.0));
    frame = beat == 0 ? 1 : beat == 2 ? 2 : 0;
  }
  int who = int(looks & 15u);
  vec4 figure = figures[who * 2];
  vNeck = vec2(necks[who][frame], figure.w);
  vOrigin = cells * vec4(direction * 3 + frame, who, direction, 0)
    + vec4(0.0, 0.0, cells.x * ${DIRECTIONS * 3}.0, cells.y * float((looks >> 12) & 15u));
  float top = vNeck.x + metres.z * vNeck.y;
  float wide = max(cells.x, cells.z * vNeck.y) * metres.x;
  vAt = vec2(position.x * wide, mix(-metres.y, top, position.y + 0.5));
  vLook = int(looks);
  vFade = veil == 0u ? 1.0 : veil < 128u ? -float(veil) / 127.0 : max(0.004, float(veil - 128u) / 126.0);
  vec3 across = vec3(away.y, 0.0, -away.x);
  vAcross = (viewMatrix * vec4(across, 0.0)).xyz;
  float low = pose == ${POSE.rest}u ? ${RESTING_LOWER} * figure.x : 0.0;
  vec3 here = at.xyz + across * vAt.x + vec3(0.0, vAt.y - low, 0.0);
  vec4 mvPosition = viewMatrix * vec4(here, 1.0);
  vViewPosition = -mvPosition.xyz;
  gl_Position = projectionMatrix * mvPosition;
  #include <fog_vertex>
}
`;

export const IMPOSTOR_FRAGMENT = /* glsl */ `
uniform sampler2D atlas;
uniform vec4 cells;
uniform vec3 metres;
varying vec2 vAt;
flat varying vec4 vOrigin;
flat varying vec2 vNeck;
flat varying int vLook;
flat varying float vFade;
varying vec3 vViewPosition;
flat varying vec3 vAcross;
${ROLE_COLOUR}
#include <common>
#include <fog_pars_fragment>
#include <lights_pars_begin>

// Nothing beyond the cell.
vec4 texelOf(vec2 origin, vec2 size, vec2 at) {
  if (at != clamp(at, vec2(0.0), size - 0.01)) return vec4(0.0);
  return texelFetch(atlas, ivec2(origin + at), 0);
}

vec3 colourOf(vec4 texel) {
  return roleColour(uint(texel.g * 255.0 / 16.0 + 0.5), uint(vLook), vec3(texel.r));
}

void main() {
  if (vFade < 1.0) {
    float grain = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
    if (vFade > 0.0 ? grain >= vFade : grain < -vFade) discard;
  }
  // Roles cannot be blended: four texels about the pixel are coloured each for itself.
  vec2 spread = clamp(fwidth(vAt) / metres.x * 0.25, vec2(0.25), vec2(1.5));
  vec2 body = vec2(vAt.x, -vAt.y - metres.y) / metres.x + vec2(cells.x * 0.5, cells.y);
  vec2 head = (vec2(vAt.x, vNeck.x - vAt.y) / vNeck.y + vec2(0.0, metres.z)) / metres.x
    + vec2(cells.z * 0.5, 0.0);
  vec3 sum = vec3(0.0);
  float cover = 0.0;
  float up = 0.0;
  for (int i = 0; i < 4; i++) {
    vec2 off = vec2(float(i & 1) * 2.0 - 1.0, float(i >> 1) * 2.0 - 1.0) * spread;
    vec4 texel = texelOf(vOrigin.zw, cells.zw, head + off);
    sum += colourOf(texel) * texel.a;
    up += (texel.b * 2.0 - 1.0) * texel.a;
    cover += texel.a;
    float left = 1.0 - texel.a;
    if (left < 0.01) continue;
    // Where the head is not, the body.
    texel = texelOf(vOrigin.xy, cells.xy, body + off);
    left *= texel.a;
    sum += colourOf(texel) * left;
    up += (texel.b * 2.0 - 1.0) * left;
    cover += left;
  }
  if (cover < 1.6) discard;
  vec3 colour = sum / cover;
  up /= cover;
  vec3 upright = normalize((viewMatrix * vec4(0.0, 1.0, 0.0, 0.0)).xyz);
  vec3 towards = normalize(cross(vAcross, upright));
  float side = vAt.x * 1.2;
  vec3 normal = normalize(upright * up + vAcross * side * (1.0 - abs(up)) + towards * (1.0 - abs(up)) * 0.8);
  vec3 light = ambientLightColor;
  #if NUM_HEMI_LIGHTS > 0
  for (int i = 0; i < NUM_HEMI_LIGHTS; i++) light += getHemisphereLightIrradiance(hemisphereLights[i], normal);
  #endif
  #if NUM_DIR_LIGHTS > 0
  for (int i = 0; i < NUM_DIR_LIGHTS; i++) {
    light += directionalLights[i].color * saturate(dot(normal, directionalLights[i].direction) * 0.85 + 0.15);
  }
  #endif
  gl_FragColor = vec4(colour * light * RECIPROCAL_PI, 1.0);
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
  #include <fog_fragment>
}
`;
