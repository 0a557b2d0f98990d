// sky: the document's gradient on a dome, a glow about the sun, painted clouds and hills far away;
// stars at night. It follows the camera and costs one draw call.

import type { WorldEnvironment } from '@flux/sdk';
import {
  BackSide,
  Color,
  type IUniform,
  Mesh,
  ShaderMaterial,
  SphereGeometry,
  Vector3,
} from 'three';

const STOPS = 8;

const VERTEX = /* glsl */ `
varying vec3 vDirection;
void main() {
  vDirection = position;
  vec4 at = projectionMatrix * mat4(mat3(modelViewMatrix)) * vec4(position, 1.0);
  gl_Position = at.xyww; // as far as can be
}
`;

const FRAGMENT = /* glsl */ `
varying vec3 vDirection;
uniform vec3 stopColor[${STOPS}];
uniform float stopAt[${STOPS}];
uniform vec3 sunDirection;
uniform vec3 sunColor;
uniform vec3 haze;
uniform vec3 hill;
uniform float stars;
uniform float clouds;
uniform float seconds;

float hash(vec2 p) {
  return fract(sin(dot(p, vec2(127.1, 311.7))) * 43758.5453);
}

float noise(vec2 p) {
  vec2 i = floor(p);
  vec2 f = fract(p);
  f = f * f * (3.0 - 2.0 * f);
  return mix(mix(hash(i), hash(i + vec2(1, 0)), f.x), mix(hash(i + vec2(0, 1)), hash(i + vec2(1, 1)), f.x), f.y);
}

float puffs(vec2 p) {
  return 0.55 * noise(p) + 0.28 * noise(p * 2.1 + 7.0) + 0.17 * noise(p * 4.3 + 3.0);
}

vec3 gradient(float up) {
  vec3 color = stopColor[0];
  for (int i = 1; i < ${STOPS}; i++) {
    float t = clamp((up - stopAt[i - 1]) / max(stopAt[i] - stopAt[i - 1], 1e-4), 0.0, 1.0);
    color = mix(color, stopColor[i], t);
  }
  return color;
}

void main() {
  vec3 d = normalize(vDirection);
  vec3 color = gradient(d.y);
  float toSun = max(dot(d, sunDirection), 0.0);
  color += sunColor * (0.35 * pow(toSun, 24.0) + 0.12 * pow(toSun, 6.0)) * 0.45;
  float around = atan(d.x, d.z);

  if (stars > 0.0 && d.y > 0.05) {
    vec2 cell = floor(vec2(around * 60.0, d.y * 90.0));
    float glint = step(0.985, hash(cell)) * (0.6 + 0.4 * sin(seconds * 2.0 + hash(cell + 3.0) * 40.0));
    vec2 inside = fract(vec2(around * 60.0, d.y * 90.0)) - 0.5;
    color += stars * glint * smoothstep(0.25, 0.0, length(inside)) * smoothstep(0.05, 0.3, d.y);
  }

  // Clouds with flat feet in a band above the hills: laid on a dome of their own, drifting slowly.
  if (clouds > 0.0 && d.y > 0.02) {
    vec2 at = vec2(around * 2.6 + seconds * 0.004, d.y * 9.0);
    float heap = puffs(at * vec2(1.0, 0.9)) + 0.16 * sin(around * 3.0 + 1.0);
    float foot = 0.10 + 0.09 * noise(vec2(around * 1.7 + 5.0, 2.0));
    float band = smoothstep(foot, foot + 0.025, d.y) * (1.0 - smoothstep(foot + 0.1, foot + 0.34, d.y));
    float body = smoothstep(0.5, 0.6, heap * (0.55 + 0.6 * band)) * band * (1.0 - 0.75 * smoothstep(foot + 0.06, foot + 0.26, d.y));
    float lit = clamp(0.45 + (heap - 0.5) * 1.6 + (d.y - foot) * 2.2, 0.0, 1.0);
    vec3 cloud = mix(mix(haze, color, 0.25) * 0.97, mix(vec3(1.0, 0.96, 0.88) * (0.75 + 0.25 * sunColor), sunColor + 0.12 * color, 0.45), lit);
    color = mix(color, cloud, body * clouds);
  }

  // Three rows of hills, the nearest greenest, dissolving into the mist.
  for (int i = 0; i < 3; i++) {
    float far = float(2 - i);
    float ridge = 0.022 + 0.026 * far + (0.02 + 0.012 * far) * sin(around * (3.0 + far) + far * 2.1) * sin(around * 1.7 + far)
      + 0.010 * sin(around * 9.0 + far * 4.0);
    float inside = smoothstep(ridge + 0.0022, ridge - 0.0022, d.y);
    vec3 slope = mix(hill, haze, 0.34 + 0.24 * far) * (0.95 + 0.09 * clamp((ridge - d.y) * -12.0 + 0.6, 0.0, 1.0));
    slope = mix(slope, haze, smoothstep(0.02, -0.03, d.y));
    color = mix(color, slope, inside);
  }
  gl_FragColor = vec4(color, 1.0);
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
}
`;

/** Unit vector towards the sun. */
export function sunDirection(sun: WorldEnvironment['sun']): Vector3 {
  const up = (sun.elevation * Math.PI) / 180;
  const around = (sun.azimuth * Math.PI) / 180;
  return new Vector3(
    -Math.sin(around) * Math.cos(up),
    Math.sin(up),
    -Math.cos(around) * Math.cos(up),
  );
}

export function skyDome(
  environment: WorldEnvironment,
  seconds: IUniform<number>,
  hasClouds: boolean,
): Mesh {
  const stops = [...environment.sky];
  const last = stops[stops.length - 1] ?? { at: 1, color: '#4c97cb' };
  while (stops.length < STOPS) stops.push(last);
  const haze = new Color(environment.fog.color);
  const hill = new Color(environment.ground.color).lerp(haze, 0.25);
  const material = new ShaderMaterial({
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    uniforms: {
      stopColor: { value: stops.map((stop) => new Color(stop.color)) },
      stopAt: { value: stops.map((stop) => stop.at) },
      sunDirection: { value: sunDirection(environment.sun) },
      sunColor: {
        value: new Color(environment.sun.color).multiplyScalar(
          Math.min(1, environment.sun.intensity / 3),
        ),
      },
      haze: { value: haze },
      hill: { value: hill },
      stars: { value: environment.preset === 'night' ? 1 : 0 },
      clouds: { value: !hasClouds ? 0 : environment.preset === 'night' ? 0.25 : 0.92 },
      seconds,
    },
    side: BackSide,
    depthWrite: false,
    fog: false,
  });
  const dome = new Mesh(new SphereGeometry(1, 32, 24), material);
  dome.frustumCulled = false;
  dome.renderOrder = -1;
  return dome;
}
