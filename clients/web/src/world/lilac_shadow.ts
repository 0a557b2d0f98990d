// lilac_shadow: where the sun does not reach, some of it still comes, in lilac: shadows here are never
// grey. Changes the one piece of three.js's shaders that all lit materials share, people's too.

import { ShaderChunk } from 'three';

/** Towards the rim of what the shadow map covers shadows fade out. */
const RIM = /* glsl */ `
float shadowRim(vec4 coord) {
  vec2 off = abs(coord.xy / coord.w - 0.5);
  return smoothstep(0.5, 0.43, max(off.x, off.y));
}
`;

const SUN_SHADOW =
  /directLight\.color \*= (\( directLight\.visible && receiveShadow \) \? getShadow\( directionalShadowMap.*?: 1\.0);/;

/** Of the sun's light, linear. */
const LILAC = 'vec3( 0.13, 0.09, 0.22 )';
/** Of the sky's light: what hides the sun hides some of the sky. */
const SKY_LEFT = 'vec3( 0.83, 0.76, 0.87 )';
const SKY_LIGHT = '#if defined( RE_IndirectSpecular )';

/** Before the first material is compiled; again does nothing. */
export function useLilacShadows(): void {
  const chunk = ShaderChunk.lights_fragment_begin;
  if (chunk.includes(LILAC)) return;
  if (!SUN_SHADOW.test(chunk) || !chunk.includes(SKY_LIGHT))
    throw new Error("three.js's shadows are not where they were.");
  ShaderChunk.shadowmap_pars_fragment = `${RIM}${ShaderChunk.shadowmap_pars_fragment}`;
  const begun = chunk
    .replace(
      SUN_SHADOW,
      `sunReach = mix( 1.0, $1, shadowRim( vDirectionalShadowCoord[ i ] ) );
    directLight.color *= mix( ${LILAC}, vec3( 1.0 ), sunReach );`,
    )
    .replace(
      SKY_LIGHT,
      `#if defined( RE_IndirectDiffuse )
    irradiance *= mix( ${SKY_LEFT}, vec3( 1.0 ), sunReach );
    #endif
    ${SKY_LIGHT}`,
    );
  ShaderChunk.lights_fragment_begin = `float sunReach = 1.0;\n${begun}`;
}
