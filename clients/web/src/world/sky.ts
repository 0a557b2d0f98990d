// sky: the document's gradient on a dome, a glow about the sun, heaped clouds painted on it and hills
// far away; stars at night. It follows the camera and costs one draw call.

import type { WorldEnvironment } from '@flux/sdk';
import { BackSide, Color, type IUniform, Mesh, ShaderMaterial, SphereGeometry } from 'three';
import { SKY_GRADIENT } from './sky_gradient.ts';
import type { Uniforms } from './surface_material.ts';

const VERTEX = /* glsl */ `
varying vec3 vDirection;
void main() {
  vDirection = position;
  vec4 at = projectionMatrix * mat4(mat3(modelViewMatrix)) * vec4(position, 1.0);
  gl_Position = at.xyww; // as far as can be
}
`;

/**
 * A cloud is a heap of balls on a level foot. Clouds stand in cells around the horizon, one row behind
 * the other; each pixel looks at its own cell and at its neighbours.
 */
const CLOUDS = /* glsl */ `
float hash(vec2 p) {
  return fract(sin(dot(p, vec2(127.1, 311.7))) * 43758.5453);
}

vec4 cloudRow(vec3 d, float row, float cells, float foot, float size, vec3 lit, vec3 shaded) {
  float around = (atan(d.x, d.z) / 6.2831853 + 0.5) * cells + seconds * 0.004 * (1.0 + row);
  float up = d.y / max(length(d.xz), 0.05);
  float here = floor(around);
  float nearest = 1.0;
  vec2 facing = vec2(0.0, 1.0);
  float height = 0.0;
  for (int n = -1; n <= 1; n++) {
    float cell = here + float(n);
    float name = mod(cell, cells);
    vec2 seed = vec2(name + row * 17.0, row + 3.0);
    if (hash(seed) < 0.3) continue;
    float wide = size * (0.65 + 0.7 * hash(seed + 1.0));
    vec2 at = vec2((around - cell - 0.5 + 0.5 * (hash(seed + 2.0) - 0.5)) * 6.2831853 / cells,
      up - foot - 0.55 * size * hash(seed + 4.0));
    for (int k = 0; k < 6; k++) {
      float f = float(k);
      float along = (f - 2.5) / 2.5;
      float r = wide * (0.34 - 0.2 * along * along) * (0.75 + 0.5 * hash(seed + f + 5.0));
      vec2 off = at - vec2(along * wide * (0.85 + 0.1 * hash(seed + 9.0)), r * 0.42);
      float away = length(off) - r;
      // Cut level at the foot.
      away = max(away, -at.y - 0.05 * wide);
      if (away < nearest) {
        nearest = away;
        facing = off / r;
        height = at.y / (wide * 0.55);
      }
    }
  }
  float cover = smoothstep(0.004, -0.005, nearest);
  float light = clamp(0.42 + 0.42 * facing.y + 0.28 * height + 0.16 * facing.x * sign(sunDirection.x), 0.0, 1.0);
  return vec4(mix(shaded, lit, light), cover);
}
`;

const FRAGMENT = /* glsl */ `
varying vec3 vDirection;
uniform vec3 haze;
uniform vec3 hill;
uniform float stars;
uniform float clouds;
uniform float seconds;
${SKY_GRADIENT}
${CLOUDS}

void main() {
  vec3 d = normalize(vDirection);
  vec3 color = skyGradient(d.y) + sunGlow(d) * 0.5;
  // The sun itself, soft at its rim.
  color += sunColor * 0.9 * smoothstep(0.9988, 0.9995, dot(d, sunDirection));
  float around = atan(d.x, d.z);

  if (stars > 0.0 && d.y > 0.05) {
    vec2 grid = vec2(around * 60.0, d.y * 90.0);
    vec2 cell = floor(grid);
    float glint = step(0.985, hash(cell)) * (0.6 + 0.4 * sin(seconds * 2.0 + hash(cell + 3.0) * 40.0));
    color += stars * glint * smoothstep(0.25, 0.0, length(fract(grid) - 0.5)) * smoothstep(0.05, 0.3, d.y);
  }

  if (clouds > 0.0 && d.y > 0.0) {
    vec3 sunny = mix(vec3(1.0, 0.95, 0.86) * (0.3 + 0.7 * sunColor), skyGradient(0.04), 0.1);
    vec3 shaded = mix(skyGradient(0.2), mix(haze, sunny, 0.3), 0.66) * vec3(0.94, 0.88, 0.98);
    vec4 row = cloudRow(d, 2.0, 15.0, 0.15, 0.12, mix(sunny, haze, 0.3), mix(shaded, haze, 0.3));
    color = mix(color, row.rgb, row.a * clouds * 0.9);
    row = cloudRow(d, 1.0, 10.0, 0.23, 0.19, sunny, shaded);
    color = mix(color, row.rgb, row.a * clouds);
    row = cloudRow(d, 0.0, 7.0, 0.42, 0.24, sunny, shaded);
    color = mix(color, row.rgb, row.a * clouds);
  }

  // Three rows of hills, the nearest greenest, dissolving into the mist.
  for (int i = 0; i < 3; i++) {
    float far = float(2 - i);
    float ridge = 0.022 + 0.026 * far + (0.02 + 0.012 * far) * sin(around * (3.0 + far) + far * 2.1) * sin(around * 2.0 + far)
      + 0.010 * sin(around * 9.0 + far * 4.0);
    float inside = smoothstep(ridge + 0.0022, ridge - 0.0022, d.y);
    vec3 slope = mix(hill, haze, 0.34 + 0.24 * far) * (0.95 + 0.09 * clamp((ridge - d.y) * -12.0 + 0.6, 0.0, 1.0));
    slope = mix(slope, haze, smoothstep(0.02, -0.03, d.y));
    color = mix(color, slope, inside);
  }
  // As the document has it, past the tone curve: so does the fog come, and both meet at the horizon.
  gl_FragColor = vec4(min(color, 1.0), 1.0);
  #include <colorspace_fragment>
}
`;

const CLOUD_COVER: Readonly<Record<WorldEnvironment['preset'], number>> = {
  day: 1,
  dusk: 0.92,
  night: 0.22,
};

export function skyDome(environment: WorldEnvironment, uniforms: Uniforms): Mesh {
  const { fog, ground, preset } = environment;
  const haze = new Color(fog.color);
  const own: Record<string, IUniform> = {
    haze: { value: haze },
    hill: { value: new Color(ground.color).lerp(haze, 0.25) },
    stars: { value: preset === 'night' ? 1 : preset === 'dusk' ? 0.25 : 0 },
    clouds: { value: CLOUD_COVER[preset] },
  };
  const material = new ShaderMaterial({
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    uniforms: { ...uniforms, ...own },
    side: BackSide,
    depthWrite: false,
    fog: false,
  });
  const dome = new Mesh(new SphereGeometry(1, 32, 24), material);
  dome.frustumCulled = false;
  // After what is solid: most of it is behind something.
  dome.renderOrder = 1;
  return dome;
}
