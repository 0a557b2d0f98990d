// doll_shader: the vertex code of the dolls: which vertices a look shows, how they are coloured, and
// where they stand. Near dolls have bones, written by the skeleton; far ones are bent by a small table
// and moved between the picture's places right here.

import { HAT_HEADS } from './doll/far_doll.ts';
import { MEASURE, PART, ROLE, SLOT } from './doll/measure.ts';
import { SHADE_UNIT } from './doll/pile.ts';
import { FAR_POSE_VECTORS, FAR_POSES } from './far_pose_table.ts';
import { BONE } from './skeleton.ts';

/** 'caster': what casts the shadow of a near doll: the small doll on its bones. */
export type DollSource = 'near' | 'caster' | 'far';

const f = (value: number) => value.toFixed(5);
const HATTED = HAT_HEADS.reduce((mask, head) => mask | (1 << head), 0);

const MARKS = /* glsl */ `
attribute vec4 shade;
attribute uint mark; // part << 24 | role << 20 | slot << 16 | mask of the choices that show it
attribute uint looks;
`;

const WORN = /* glsl */ `
bool isWorn() {
  uint slot = (mark >> 16) & 15u;
  if (slot == ${SLOT.always}u) return true;
  uint shift = slot == ${SLOT.figure}u ? 0u : slot == ${SLOT.head}u ? 12u : 24u;
  return ((mark >> ((looks >> shift) & 15u)) & 1u) == 1u;
}
`;

// The geometry of near dolls holds only what they wear, so many vertices each.
const OWN_ROW = /* glsl */ `
uniform int dollVertices;
bool isWorn() { return true; }
int dollRow() { return gl_VertexID / dollVertices; }
`;

const INSTANCE_ROW = /* glsl */ `
int dollRow() { return gl_InstanceID; }
`;

const BONED = /* glsl */ `
uniform sampler2D bones;

vec3 boned(int bone, vec4 p) {
  int at = bone * 3;
  int row = dollRow();
  return vec3(
    dot(texelFetch(bones, ivec2(at, row), 0), p),
    dot(texelFetch(bones, ivec2(at + 1, row), 0), p),
    dot(texelFetch(bones, ivec2(at + 2, row), 0), p));
}

bool isGone() { return false; }

void place(inout vec3 p, inout vec3 n) {
  uint part = mark >> 24;
  // Parts are numbered as bones are, but that limbs have two each and the hem its own way.
  bool isLimb = part >= ${PART.armLeft}u && part <= ${PART.legRight}u;
  int bone = int(isLimb ? part * 2u - 2u : part > ${PART.hem}u ? part + ${BONE.eye - PART.eye}u : part);
  int second = bone;
  if (part == ${PART.hem}u) {
    bone = ${BONE.torso};
    second = p.x < 0.0 ? ${BONE.hemLeft} : ${BONE.hemRight};
  } else if (isLimb) {
    second = bone + 1;
  }
  vec4 rest = vec4(p, 1.0);
  vec4 normal0 = vec4(n, 0.0);
  p = boned(bone, rest);
  n = boned(bone, normal0);
  if (second != bone && shade.a > 0.0) {
    vec3 bent = boned(second, rest);
    vec3 bentNormal = boned(second, normal0);
    if (part == ${PART.hem}u) {
      // The front and back of a hem belong to both legs.
      float side = smoothstep(0.1, 0.0, abs(rest.x)) * 0.5;
      int other = second == ${BONE.hemLeft} ? ${BONE.hemRight} : ${BONE.hemLeft};
      bent = mix(bent, boned(other, rest), side);
    }
    p = mix(p, bent, shade.a);
    n = mix(n, bentNormal, shade.a);
  }
  n = normalize(n);
}
`;

const FAR = /* glsl */ `
attribute vec4 from;
attribute vec4 to;
attribute vec2 time;
attribute uint pose;
attribute uint hidden;
uniform float ticks;
uniform float tickSeconds;
uniform vec4 figures[16];
uniform vec4 poses[${FAR_POSES * FAR_POSE_VECTORS}];

bool isGone() { return hidden != 0u; }

vec2 spun(vec2 v, float angle) {
  float c = cos(angle);
  float s = sin(angle);
  return vec2(v.x * c - v.y * s, v.x * s + v.y * c);
}

void place(inout vec3 p, inout vec3 n) {
  float k = clamp((ticks - time.x) / max(time.y - time.x, 0.001), 0.0, 1.0);
  vec4 at = mix(from, to, k);
  int row = ${FAR_POSE_VECTORS} * int(pose < 8u ? pose : pose >= 16u && pose < 26u ? pose - 8u : 0u);
  vec4 arms = poses[row];
  vec4 armSwing = poses[row + 1];
  vec4 legsAt = poses[row + 2];
  vec4 rest = poses[row + 3];
  float beat = sin(ticks * tickSeconds * legsAt.w + float(looks % 628u) * 0.01);
  arms += armSwing * beat;

  uint part = mark >> 24;
  vec4 figure = figures[looks & 15u];
  float crotch = ${f(MEASURE.crotch)} * figure.x;
  float hips = crotch + 0.03;
  if (part == ${PART.legLeft}u || part == ${PART.legRight}u) {
    bool isLeft = part == ${PART.legLeft}u;
    float angle = isLeft ? legsAt.x + legsAt.z * beat : legsAt.y - legsAt.z * beat;
    p.y = (p.y - ${f(MEASURE.hipY)}) * figure.x;
    p.x *= mix(1.0, figure.z, 0.8);
    p.yz = spun(p.yz, angle);
    n.yz = spun(n.yz, angle);
    p.y += ${f(MEASURE.hipY)} * figure.x;
  } else {
    if (part == ${PART.armLeft}u || part == ${PART.armRight}u) {
      bool isLeft = part == ${PART.armLeft}u;
      float side = isLeft ? -1.0 : 1.0;
      vec2 arm = isLeft ? arms.xy : arms.zw;
      p -= vec3(side * ${f(MEASURE.shoulderX)}, ${f(MEASURE.shoulderY)}, 0.0);
      p.y *= mix(figure.y, figure.x, 0.35);
      float bend = (isLeft ? rest.x : rest.y) * shade.a * 0.8;
      p.z -= sin(bend) * max(0.0, -p.y - 0.17) * 1.1;
      p.y += (1.0 - cos(bend)) * max(0.0, -p.y - 0.17);
      p.xy = spun(p.xy, side * arm.y);
      n.xy = spun(n.xy, side * arm.y);
      p.yz = spun(p.yz, arm.x);
      n.yz = spun(n.yz, arm.x);
      p += vec3(side * ${f(MEASURE.shoulderX)} * figure.z, crotch + ${f(MEASURE.shoulderY - MEASURE.crotch)} * figure.y, 0.0);
    } else if (part == ${PART.torso}u || part == ${PART.hem}u) {
      float above = p.y - ${f(MEASURE.crotch)};
      p.y = crotch + above * (above > 0.0 ? figure.y : figure.x);
      p.xz *= figure.z;
      if (part == ${PART.hem}u) p.z -= shade.a * 0.3 * smoothstep(0.5, 1.2, legsAt.x);
    } else {
      p.y -= ${f(MEASURE.chin)};
      p *= figure.w;
      p.y += crotch + ${f(MEASURE.chin - MEASURE.crotch)} * figure.y;
    }
    p.y -= hips;
    p.yz = spun(p.yz, -rest.w);
    n.yz = spun(n.yz, -rest.w);
    p.y += hips;
  }
  p.y += rest.z < -0.2 ? rest.z * figure.x : rest.z;
  float yaw = at.w * 6.28318531;
  p.zx = spun(p.zx, yaw);
  n.zx = spun(n.zx, yaw);
  p += at.xyz;
}
`;

const COLOUR = /* glsl */ `
varying vec3 vDoll;
uniform vec3 palette[80]; // skin, hair, top, bottom, accent: sixteen of each

vec3 coloured() {
  uint role = (mark >> 20) & 15u;
  vec3 tint = shade.rgb;
  if (role == ${ROLE.fixed}u) return tint;
  if (role == ${ROLE.hat}u) {
    bool isHat = ((${HATTED}u >> ((looks >> 12) & 15u)) & 1u) == 1u;
    role = isHat ? ${ROLE.accent}u : ${ROLE.hair}u;
  }
  tint *= ${f(1 / SHADE_UNIT)};
  if (role < ${ROLE.shoes}u) {
    uint shift = role == ${ROLE.skin}u ? 4u : role == ${ROLE.hair}u ? 8u : role == ${ROLE.top}u ? 16u : 20u;
    return tint * palette[role * 16u + ((looks >> shift) & 15u)];
  }
  vec3 accent = palette[64u + (looks >> 28)];
  if (role == ${ROLE.shoes}u) return tint * mix(accent, vec3(0.147, 0.058, 0.036), 0.55);
  if (role == ${ROLE.blush}u) return mix(palette[(looks >> 4) & 15u], vec3(0.913, 0.227, 0.156), 0.34);
  return tint * accent;
}
`;

const SOURCES: Readonly<Record<DollSource, readonly string[]>> = {
  near: [OWN_ROW, BONED],
  caster: [WORN, INSTANCE_ROW, BONED],
  far: [WORN, FAR],
};

/** Declarations for the top of a vertex shader. */
export function dollDeclarations(source: DollSource, coloured: boolean): string {
  return [MARKS, ...SOURCES[source], coloured ? COLOUR : ''].join('\n');
}

/** For the beginning of main(): leaves dollPosition and dollNormal, or returns for what is not worn. */
export function dollMain(coloured: boolean): string {
  return /* glsl */ `
  if (isGone() || !isWorn()) {
    gl_Position = vec4(0.0, 0.0, -2.0, 1.0);
    return;
  }
  vec3 dollPosition = position;
  vec3 dollNormal = normal;
  place(dollPosition, dollNormal);
  ${coloured ? 'vDoll = coloured();' : ''}
`;
}
