// sky_gradient: the document's sky by height, for those shaders that show it: the sky and what mirrors it.

import type { WorldEnvironment } from '@flux/sdk';
import { Color, type IUniform, Vector3 } from 'three';

const STOPS = 8;

export const SKY_GRADIENT = /* glsl */ `
uniform vec3 skyColor[${STOPS}];
uniform float skyAt[${STOPS}];
uniform vec3 sunDirection;
uniform vec3 sunColor;

vec3 skyGradient(float up) {
  vec3 color = skyColor[0];
  for (int i = 1; i < ${STOPS}; i++) {
    float t = clamp((up - skyAt[i - 1]) / max(skyAt[i] - skyAt[i - 1], 1e-4), 0.0, 1.0);
    color = mix(color, skyColor[i], t);
  }
  return color;
}

vec3 sunGlow(vec3 direction) {
  float toSun = max(dot(direction, sunDirection), 0.0);
  return sunColor * (0.35 * pow(toSun, 24.0) + 0.12 * pow(toSun, 6.0));
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

export function skyUniforms({ sky, sun }: WorldEnvironment): Record<string, IUniform> {
  const stops = [...sky];
  const last = stops[stops.length - 1] ?? { at: 1, color: '#4c97cb' };
  while (stops.length < STOPS) stops.push(last);
  return {
    skyColor: { value: stops.map((stop) => new Color(stop.color)) },
    skyAt: { value: stops.map((stop) => stop.at) },
    sunDirection: { value: sunDirection(sun) },
    sunColor: { value: new Color(sun.color).multiplyScalar(Math.min(1, sun.intensity / 3)) },
  };
}
