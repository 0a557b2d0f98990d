// people_shader: the vertex code of people: how a vertex is bent and placed, and what it is coloured by;
// and the pixel code: which light skin, hair, cloth and eyes give back.
//
// People near by have a row of bones each, written every frame. Those further off share a table of poses
// baked from the clips, and stand where their row of the places' texture says.

import { ROLE } from './body_parts.ts';
import { BONE, BONES, GROUP } from './bones.ts';

export type PeopleSource = 'boned' | 'baked';

const VERTEX = /* glsl */ `
attribute vec4 shade; // rgb and the role
attribute vec4 weights;
attribute uvec4 joints;
uniform int placeVertices;
`;

const BONED = /* glsl */ `
uniform sampler2D bones;
uniform int firstRow;

void place(inout vec3 p, inout vec3 n, out uint look, out float fade) {
  int row = firstRow + gl_VertexID / placeVertices;
  vec4 who = texelFetch(bones, ivec2(${BONES * 3}, row), 0);
  look = uint(who.x) | (uint(who.y) << 16);
  fade = who.z;
  vec4 r0 = vec4(0.0);
  vec4 r1 = vec4(0.0);
  vec4 r2 = vec4(0.0);
  for (int i = 0; i < 4; i++) {
    float weight = weights[i];
    if (weight == 0.0) continue;
    int at = int(joints[i]) * 3;
    r0 += weight * texelFetch(bones, ivec2(at, row), 0);
    r1 += weight * texelFetch(bones, ivec2(at + 1, row), 0);
    r2 += weight * texelFetch(bones, ivec2(at + 2, row), 0);
  }
  vec4 rest = vec4(p, 1.0);
  p = vec3(dot(r0, rest), dot(r1, rest), dot(r2, rest));
  n = normalize(vec3(dot(r0.xyz, n), dot(r1.xyz, n), dot(r2.xyz, n)) + vec3(0.0, 1e-6, 0.0));
}
`;

// The table holds the middle figure. Another figure's joints lie on the same ways from joint to joint,
// stretched: legs and trunk from the hips, an arm from its shoulder, a head from its neck.
const BAKED = /* glsl */ `
uniform sampler2D places;
uniform highp sampler2D poses;
uniform vec4 restJoints[${BONES}]; // and the group
uniform vec4 figures[32]; // legs, torso, girth, head; arms, what they hold

vec3 at3(int row, int bone, vec4 v) {
  int at = bone * 3;
  return vec3(
    dot(texelFetch(poses, ivec2(at, row), 0), v),
    dot(texelFetch(poses, ivec2(at + 1, row), 0), v),
    dot(texelFetch(poses, ivec2(at + 2, row), 0), v));
}

vec3 jointAt(int row, int bone) { return at3(row, bone, vec4(restJoints[bone].xyz, 1.0)); }

void bend(int row, uint who, vec3 p, vec3 n, out vec3 bentP, out vec3 bentN) {
  vec4 figure = figures[int(who) * 2];
  float arms = figures[int(who) * 2 + 1].x;
  float held = figures[int(who) * 2 + 1].y;
  vec3 trunk = vec3(figure.z, figure.y, figure.z);
  vec3 hips = jointAt(row, ${BONE.hips});
  vec3 seat = hips * vec3(figure.x);
  bentP = vec3(0.0);
  bentN = vec3(0.0);
  for (int i = 0; i < 4; i++) {
    float weight = weights[i];
    if (weight == 0.0) continue;
    int bone = int(joints[i]);
    vec4 rest = restJoints[bone];
    int group = int(rest.w);
    vec3 joint = jointAt(row, bone);
    vec3 scale = trunk;
    vec3 now;
    if (group == ${GROUP.leg} || group == ${GROUP.foot}) {
      float thick = mix(1.0, figure.z, 0.5);
      scale = group == ${GROUP.leg} ? vec3(thick, figure.x, thick) : vec3(mix(1.0, figure.x, 0.6), figure.x, figure.x);
      now = seat + (joint - hips) * figure.x;
      now.x += rest.x * (mix(1.0, figure.z, 0.8) - figure.x);
    } else if (group == ${GROUP.head}) {
      vec3 neck = jointAt(row, ${BONE.head});
      scale = vec3(figure.w);
      now = seat + (neck - hips) * figure.y + (joint - neck) * figure.w;
    } else if (group == ${GROUP.armLeft} || group == ${GROUP.armRight} || group == ${GROUP.held}) {
      vec3 shoulder = jointAt(row, group == ${GROUP.armRight} ? ${BONE.rightUpperArm} : ${BONE.leftUpperArm});
      float thick = mix(1.0, figure.z, 0.35);
      scale = group == ${GROUP.held} ? vec3(held) : vec3(arms, thick, thick);
      now = seat + (shoulder - hips) * trunk + (joint - shoulder) * arms;
    } else {
      now = seat + (joint - hips) * trunk;
    }
    bentP += weight * (now + at3(row, bone, vec4(scale * (p - rest.xyz), 0.0)));
    bentN += weight * at3(row, bone, vec4(n / scale, 0.0));
  }
}

void place(inout vec3 p, inout vec3 n, out uint look, out float fade) {
  int row = gl_VertexID / placeVertices;
  vec4 stand = texelFetch(places, ivec2(0, row), 0);
  vec4 act = texelFetch(places, ivec2(1, row), 0);
  vec4 who = texelFetch(places, ivec2(2, row), 0);
  look = uint(who.x) | (uint(who.y) << 16);
  fade = act.w;
  vec3 bentP;
  vec3 bentN;
  bend(int(act.x), look & 15u, p, n, bentP, bentN);
  if (act.z > 0.0) {
    vec3 otherP;
    vec3 otherN;
    bend(int(act.y), look & 15u, p, n, otherP, otherN);
    bentP = mix(bentP, otherP, act.z);
    bentN = mix(bentN, otherN, act.z);
  }
  float s = sin(stand.w);
  float c = cos(stand.w);
  p = stand.xyz + vec3(bentP.x * c + bentP.z * s, bentP.y, bentP.z * c - bentP.x * s);
  n = normalize(vec3(bentN.x * c + bentN.z * s, bentN.y, bentN.z * c - bentN.x * s) + vec3(0.0, 1e-6, 0.0));
}
`;

/** By role: what of the palette it takes, or a colour of its own. Shared with the people far away. */
export const ROLE_COLOUR = /* glsl */ `
uniform vec3 palette[80]; // skin, hair, top, bottom, accent: sixteen of each

vec3 roleColour(uint role, uint look, vec3 tint) {
  if (role == ${ROLE.fixed}u) return tint;
  if (role == ${ROLE.eye}u) return tint * vec3(0.042, 0.027, 0.084);
  if (role == ${ROLE.white}u) return tint * vec3(1.0, 0.905, 0.787);
  vec3 skin = palette[(look >> 4) & 15u];
  vec3 accent = palette[64u + (look >> 28)];
  if (role == ${ROLE.skin}u) return tint * skin;
  if (role == ${ROLE.hair}u) return tint * palette[16u + ((look >> 8) & 15u)];
  if (role == ${ROLE.top}u) return tint * palette[32u + ((look >> 16) & 15u)];
  if (role == ${ROLE.bottom}u) return tint * palette[48u + ((look >> 20) & 15u)];
  if (role == ${ROLE.shoes}u) return tint * mix(accent, vec3(0.147, 0.058, 0.036), 0.55);
  if (role == ${ROLE.blush}u) {
    // A dark cheek reddens less than a light one.
    float share = mix(0.14, 0.34, clamp(dot(skin, vec3(0.5)), 0.0, 1.0));
    return tint * mix(skin, vec3(0.913, 0.16, 0.156), share);
  }
  return tint * accent;
}
`;

const COLOURED = /* glsl */ `
${ROLE_COLOUR}
varying vec3 vTint;
flat varying int vRole;
flat varying float vFade;
`;

/** Declarations for the top of a vertex shader. */
export function peopleDeclarations(source: PeopleSource, isColoured: boolean): string {
  const placed = source === 'boned' ? BONED : BAKED;
  return [VERTEX, placed, isColoured ? COLOURED : ''].join('\n');
}

/** For the beginning of main(): leaves bentPosition and bentNormal. */
export function peopleMain(isColoured: boolean): string {
  return /* glsl */ `
  vec3 bentPosition = position;
  vec3 bentNormal = normal;
  uint look;
  float fade;
  place(bentPosition, bentNormal, look, fade);
  ${
    isColoured
      ? /* glsl */ `
  uint role = uint(shade.a * 255.0 + 0.5);
  vTint = roleColour(role, look, shade.rgb);
  vRole = int(role);
  vFade = fade;`
      : ''
  }
`;
}

/**
 * Leaves out pixels in a fine pattern: of somebody who comes, those still to come, and of the same person
 * in the detail they had before, just the others. Below 0: leaving.
 */
export const FADE_OUT = /* glsl */ `
  if (vFade < 1.0) {
    float grain = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
    if (vFade > 0.0 ? grain >= vFade : grain < -vFade) discard;
  }
`;

export const PIXEL_DECLARATIONS = /* glsl */ `
varying vec3 vTint;
flat varying int vRole;
flat varying float vFade;
`;

/**
 * Light on a person. Skin lets a little light round the edge of its shadow, warmed on its way; eyes and
 * hair shine, cloth hardly does.
 */
export const PERSON_LIGHT = /* glsl */ `
void RE_Direct_Person(const in IncidentLight directLight, const in vec3 geometryPosition, const in vec3 geometryNormal, const in vec3 geometryViewDir, const in vec3 geometryClearcoatNormal, const in BlinnPhongMaterial material, inout ReflectedLight reflectedLight) {
  float facing = dot(geometryNormal, directLight.direction);
  float lit = saturate(facing);
  vec3 irradiance = lit * directLight.color;
  bool isSkin = vRole == ${ROLE.skin} || vRole == ${ROLE.blush};
  float wrap = isSkin ? 0.42 : 0.16;
  float beyond = saturate((facing + wrap) / (1.0 + wrap)) - lit;
  vec3 warm = isSkin ? vec3(1.0, 0.52, 0.38) : vec3(0.8, 0.7, 0.75);
  vec3 around = max(beyond, 0.0) * warm * directLight.color;
  reflectedLight.directDiffuse += (irradiance + around) * BRDF_Lambert(material.diffuseColor);
  reflectedLight.directSpecular += irradiance * BRDF_BlinnPhong(directLight.direction, geometryViewDir, geometryNormal, material.specularColor, material.specularShininess) * material.specularStrength;
}
#undef RE_Direct
#define RE_Direct RE_Direct_Person
`;

/** After the material is set up: how much and how sharply each role shines. */
export const PERSON_GLOSS = /* glsl */ `
  vec2 gloss = vec2(0.35, 9.0);
  if (vRole == ${ROLE.eye}) gloss = vec2(0.5, 60.0);
  else if (vRole == ${ROLE.hair}) gloss = vec2(1.0, 20.0);
  else if (vRole == ${ROLE.skin}) gloss = vec2(0.75, 13.0);
  else if (vRole == ${ROLE.shoes}) gloss = vec2(1.6, 28.0);
  material.specularStrength = gloss.x;
  material.specularShininess = gloss.y;
`;

/** After all lights: the sky's light caught by the edge, softly, more from above. */
export const PERSON_RIM = /* glsl */ `
  float edge = 1.0 - saturate(dot(normal, geometryViewDir));
  float above = saturate(dot(normal, normalize(viewMatrix[1].xyz)) * 0.6 + 0.55);
  float rim = edge * edge * edge * above;
  reflectedLight.indirectDiffuse += irradiance * RECIPROCAL_PI * rim * mix(diffuseColor.rgb, vec3(1.0), 0.22);
`;
