// surface_shader: what our surfaces do beyond three.js's lighting: own colours and tints, wind, water,
// baked shade. Pieces of GLSL, put into three.js's own shaders by surface_material.

import { GLOW_MOST, type SurfaceKind } from './surface.ts';

/** The object's own colour comes from the batch: rgb the tint, a its shade. */
const OWN_COLOR = /* glsl */ `
vColor = vec4(color.rgb, 1.0);
vec4 own = vec4(1.0);
#ifdef USE_BATCHING_COLOR
own = getBatchingColor(getIndirectIndex(gl_DrawID));
#endif
`;

const OWN_OR_TINT =
  'vColor.rgb *= mix(own.rgb, vec3(1.0), step(0.01, color.a)) * own.a; vColor.a = color.a;';

const COLORS: Readonly<Record<SurfaceKind, string>> = {
  // Alpha tells whose colour it is: 0 the tint's, else its own; a half is a pane that is lit at dusk.
  solid: OWN_OR_TINT,
  gloss: OWN_OR_TINT,
  // Alpha is how far the wind moves it.
  foliage: 'vColor.rgb *= own.a * vec3(1.0 + (own.a - 1.0), 1.0, 1.0 - (own.a - 1.0));',
  cloth: 'vColor.rgb *= own.a;',
  // Alpha is how far the water's edge is: 0 at it, 1 two metres away.
  water: 'vColor.a = color.a;',
  glow: `vColor.rgb *= ${GLOW_MOST.toFixed(1)};`,
  clear: 'vColor.a = color.a;',
};

/** Gusts travel over the place; leaves flutter in them. `at` is in the world. */
const WIND = /* glsl */ `
float gustAt(vec3 at) {
  float front = sin(dot(at.xz, vec2(0.13, 0.08)) - seconds * 0.75 + 1.6 * sin(at.z * 0.045 + seconds * 0.19));
  return 0.25 + 0.75 * smoothstep(-0.6, 1.0, front);
}
vec3 leafWind(vec3 at, float amount) {
  float gust = gustAt(at);
  float lean = gust * (0.7 + 0.3 * sin(seconds * 1.6 + at.x * 0.5));
  float flutter = sin(seconds * 3.1 + at.x * 3.7 + at.y * 2.3) + 0.6 * sin(seconds * 5.3 + at.z * 4.9 + at.y * 3.1);
  return vec3(0.11, 0.0, 0.05) * lean * amount + vec3(0.018, 0.014, 0.018) * flutter * gust * amount;
}
vec3 clothWind(vec3 at, float amount) {
  float gust = gustAt(at);
  float wave = sin(dot(at.xz, vec2(1.9, 1.4)) - seconds * 2.6 + at.y * 0.8) + 0.45 * sin(dot(at.xz, vec2(3.7, -2.9)) - seconds * 4.1);
  return vec3(0.045, 0.075, 0.06) * wave * (0.35 + 0.65 * gust) * amount;
}
`;

const MOTIONS: Partial<Record<SurfaceKind, string>> = {
  foliage: 'worldAt.xyz += leafWind(worldAt.xyz, color.a);',
  cloth: 'worldAt.xyz += clothWind(worldAt.xyz, color.a);',
  water:
    'worldAt.y += 0.012 * (sin(worldAt.x * 2.1 + seconds * 1.3) + sin(worldAt.z * 2.7 - seconds * 1.1)) * step(0.5, vSky);',
};

/** Light has no light side: how far it faces us stands in for it. */
const FACING =
  'vSky = abs(dot(normalize(mat3(viewMatrix) * mat3(modelMatrix) * upwards), normalize(mvPosition.xyz)));';

/** Brightest in the middle of a lamp; what is lighter than white is scaled by the hour. */
export const SHINE = /* glsl */ `
diffuseColor.rgb *= 0.58 + 0.5 * vSky;
diffuseColor.rgb = min(diffuseColor.rgb, 1.0) + max(diffuseColor.rgb - 1.0, 0.0) * lampPower;
`;

export function vertexPieces(kind: SurfaceKind): { head: string; color: string; project: string } {
  return {
    head: `uniform float seconds;\nvarying vec3 vWorld;\nvarying float vSky;\n${WIND}`,
    color: OWN_COLOR + COLORS[kind],
    project: /* glsl */ `
      vec4 worldAt = vec4(transformed, 1.0);
      vec3 upwards = objectNormal;
      #ifdef USE_BATCHING
      worldAt = batchingMatrix * worldAt;
      upwards = mat3(batchingMatrix) * upwards;
      #endif
      worldAt = modelMatrix * worldAt;
      vSky = normalize(mat3(modelMatrix) * upwards).y;
      ${MOTIONS[kind] ?? ''}
      vWorld = worldAt.xyz;
      vec4 mvPosition = viewMatrix * worldAt;
      ${kind === 'glow' ? FACING : ''}
      gl_Position = projectionMatrix * mvPosition;`,
  };
}

/** Lamplight behind panes, from dusk on. */
export const PANES = /* glsl */ `
totalEmissiveRadiance += vec3(1.9, 0.92, 0.3) * 4.0 * vColor.a * (1.0 - vColor.a) * smoothstep(0.4, 0.85, lampPower);
`;

/**
 * Leaves make way for the eye: those right before it, and those between it and our head, `clearing`
 * metres away. They are left out pixel by pixel, in the even noise of Jimenez (2014).
 */
export const CLEARING = /* glsl */ `
float keep = max(smoothstep(0.45, 1.1, length(vViewPosition.xy)), smoothstep(clearing - 1.0, clearing - 0.3, vViewPosition.z));
keep = min(keep, smoothstep(0.5, 2.2, length(vViewPosition)));
if (keep < fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))))) discard;
`;

/**
 * Baked light on what lies flat: a picture over a part of the ground. Its red is how open the sky is,
 * the dark tinted lilac; its green is lamplight.
 */
export const BAKED_SHADE = /* glsl */ `
uniform sampler2D shadePicture;
uniform vec4 shadeBox; // least x, z; 1 / extent x, z
vec3 bakedShade(vec3 at) {
  vec2 where = (at.xz - shadeBox.xy) * shadeBox.zw;
  vec2 inside = step(vec2(0.0), where) * step(where, vec2(1.0));
  vec2 light = mix(vec2(1.0, 0.0), texture2D(shadePicture, where).rg, inside.x * inside.y);
  return mix(vec3(0.42, 0.34, 0.60), vec3(1.0), light.r) + vec3(1.7, 0.85, 0.4) * light.g;
}
`;

export const LIES_LOW = /* glsl */ `
float low = smoothstep(0.6, 0.85, vSky) * (1.0 - smoothstep(0.45, 0.6, vWorld.y));
if (low > 0.0) diffuseColor.rgb *= mix(vec3(1.0), bakedShade(vWorld), low);
`;

/** The sun seen through leaves and cloth: what turns away from it is lit from behind. */
export const LIGHT_THROUGH = /* glsl */ `
#if NUM_DIR_LIGHTS > 0
{
  vec3 toSun = directionalLights[0].direction;
  float behind = max(-dot(normal, toSun), 0.0);
  float against = pow(max(dot(-geometryViewDir, toSun), 0.0), 5.0);
  reflectedLight.directDiffuse += directionalLights[0].color * diffuseColor.rgb * vec3(1.1, 1.0, 0.55)
    * (THROUGH * behind + 0.16 * against) * RECIPROCAL_PI;
}
#endif
`;

export const RIPPLES = /* glsl */ `
float ripple(vec2 p, float t) {
  return sin(p.x * 2.3 + t * 1.1 + 1.2 * sin(p.y * 1.7 - t * 0.7)) * sin(p.y * 2.9 - t * 0.9 + 1.4 * sin(p.x * 1.3 + t * 0.5));
}
float ripples(vec2 p, float t) {
  return ripple(p, t) * 0.6 + ripple(p.yx * 2.3 + 3.0, t * 1.3) * 0.3 + ripple(p * 4.9 - 1.0, t * 1.7) * 0.14;
}
`;

/** In place of outgoingLight as it is: the sky in lying water, foam at its edge, streaks in falling. */
export const WATER = /* glsl */ `
if (vSky > 0.5) {
  vec3 white = outgoingLight / max(diffuseColor.rgb, 0.1);
  float t = seconds * 1.1;
  float h = ripples(vWorld.xz, t);
  vec2 slope = vec2(ripples(vWorld.xz + vec2(0.06, 0.0), t) - h, ripples(vWorld.xz + vec2(0.0, 0.06), t) - h);
  // From afar the waves are smaller than a pixel, and the water is a calm mirror.
  float away = length(cameraPosition - vWorld);
  slope *= 0.5 / (1.0 + 0.012 * away * away);
  vec3 surfaceNormal = normalize(vec3(-slope.x, 1.0, -slope.y));
  vec3 toEye = (cameraPosition - vWorld) / away;
  float fresnel = 0.04 + 0.75 * pow(1.0 - max(dot(surfaceNormal, toEye), 0.0), 4.0);
  vec3 mirrored = reflect(-toEye, surfaceNormal);
  vec3 sky = skyGradient(abs(mirrored.y)) + sunGlow(mirrored);
  // Light that the waves gather into a net, and foam that laps at the edge and leaves it in rings.
  float near = 1.0 / (1.0 + 0.01 * away * away);
  float fine = ripple(vWorld.xz * 2.2, t * 0.8);
  float edge = vColor.a * 2.0 + 0.09 * ripple(vWorld.zx * 4.0, t);
  outgoingLight *= 0.9 + 0.16 * h + 0.3 * near * smoothstep(0.3, 0.0, abs(fine));
  outgoingLight = mix(outgoingLight, sky, fresnel);
  float glint = pow(max(dot(mirrored, sunDirection), 0.0), 180.0) * 2.2 + smoothstep(0.62, 0.9, h) * 0.24 / (1.0 + 0.02 * away * away);
  outgoingLight += sunColor * glint;
  float foam = smoothstep(0.2, 0.06, edge) + 0.5 * near * smoothstep(0.6, 0.95, sin(edge * 19.0 - t * 2.0)) * smoothstep(0.48, 0.1, edge);
  outgoingLight = mix(outgoingLight, white, 0.85 * min(foam, 1.0));
} else {
  float along = vWorld.y * 3.0 + seconds * 5.0;
  float streak = 0.5 + 0.5 * sin(along + 3.0 * sin(vWorld.x * 9.0 + vWorld.z * 7.0) + sin(along * 0.37) * 2.0);
  outgoingLight = outgoingLight * (0.85 + 0.3 * streak) + vec3(0.16, 0.18, 0.18) * pow(streak, 6.0);
}
`;
