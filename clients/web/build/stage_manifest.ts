import { readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Plugin, Rollup } from 'vite';

/**
 * Writes into the page which files, with their sizes, the named modules need beyond what the page itself
 * loads. The shell fetches them with a progress bar that tells the truth, and has no list to ask for first.
 */
export const stageManifest = (modules: readonly string[]): Plugin => {
  let root = '';
  return {
    name: 'flux:stage-manifest',
    apply: 'build',
    configResolved: (config) => {
      root = config.root;
    },
    writeBundle: async (options, bundle) => {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
      const loaded = closure(
        bundle,
        chunks.filter(({ facadeModuleId }) => facadeModuleId?.endsWith('.html')),
      );
      const roots = modules.map((module) => {
        const chunk = chunks.find(({ moduleIds }) =>
          moduleIds.some((id) => relative(root, id) === module),
        );
        if (!chunk) throw new Error(`stage manifest: ${module} is in no chunk`);
        return chunk;
      });
      const names = [...closure(bundle, roots)].filter((name) => !loaded.has(name));
      const folder = options.dir ?? join(root, 'dist');
      const files = await Promise.all(
        names.map(async (name) => ({
          url: `/${name}`,
          bytes: (await stat(join(folder, name))).size,
        })),
      );
      const page = join(folder, 'index.html');
      const list = `<script type="application/json" id="stage">${JSON.stringify({ files })}</script>`;
      const html = await readFile(page, 'utf8');
      if (!html.includes('</body>')) throw new Error('stage manifest: the page has no end');
      await writeFile(page, html.replace('</body>', `  ${list}\n  </body>`));
    },
  };
};

const closure = (
  bundle: Rollup.OutputBundle,
  roots: readonly Rollup.OutputChunk[],
): ReadonlySet<string> => {
  const seen = new Set<string>();
  const waiting = roots.map(({ fileName }) => fileName);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const output = bundle[name];
    if (output?.type === 'chunk') waiting.push(...output.imports);
  }
  return seen;
};
