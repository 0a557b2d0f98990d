import type { Plugin } from 'vite';

/**
 * What three.js brings for materials that nothing here and nothing in a glTF file has: toon, matcap and normal
 * materials, pictures all around as background, shadows of lamps.
 */
const UNUSED = [
  'backgroundCube_vert',
  'backgroundCube_frag',
  'cube_vert',
  'cube_frag',
  'equirect_vert',
  'equirect_frag',
  'meshtoon_vert',
  'meshtoon_frag',
  'meshmatcap_vert',
  'meshmatcap_frag',
  'meshnormal_vert',
  'meshnormal_frag',
  'distance_vert',
  'distance_frag',
  'lights_toon_fragment',
  'lights_toon_pars_fragment',
  'gradientmap_pars_fragment',
];

/** ShaderChunk names the text's variable, which a rename of three.js would make us miss: then we say so. */
const withoutUnused = (code: string): string =>
  UNUSED.reduce((rest, chunk) => {
    const variable = new RegExp(`\\b${chunk}: ([\\w$]+)|\\b(${chunk}),`).exec(rest);
    const name = variable?.[1] ?? variable?.[2];
    const text =
      name && new RegExp(`((?:const|var) ${name.replace('$', '\\$')} = )"(?:[^"\\\\]|\\\\.)*"`);
    if (!text || !text.test(rest)) throw new Error(`lean shaders: three.js has no ${chunk}`);
    return rest.replace(text, '$1""');
  }, code);

// Only what stands at a line's beginning and whole lines: a space within one may have a meaning.
const lean = (shader: string): string =>
  shader.replace(/^[ \t]*\/\/.*\n/gm, '').replace(/\n\s+/g, '\n');

/** Leaves out of the build what shaders have for readers only, and those that nothing uses. */
export const leanShaders = (): Plugin => ({
  name: 'flux:lean-shaders',
  enforce: 'pre', // comments, by which shaders are found, are gone later
  apply: 'build',
  transform: (code, id) => {
    if (id.endsWith('/three.module.js'))
      return { code: withoutUnused(code).replace(/\\n(\\t|\\n| )+/g, '\\n'), map: null };
    if (!code.includes('/* glsl */')) return null;
    return {
      code: code.replace(/\/\* glsl \*\/ `([^`]*)`/g, (_, shader: string) => `\`${lean(shader)}\``),
      map: null,
    };
  },
});
