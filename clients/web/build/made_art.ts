import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { cp, readdir, readFile, stat } from 'node:fs/promises';
import { join, normalize, resolve, sep } from 'node:path';
import type { Plugin } from 'vite';

const TYPES: Readonly<Record<string, string>> = {
  glb: 'model/gltf-binary',
  webp: 'image/webp',
  json: 'application/json',
};

/** The file a request for /art/... means, or null for what cannot be one. */
const fileOf = (folder: string, url: string): { path: string; type: string } | null => {
  const name = decodeURIComponent(url.split(/[?#]/)[0] ?? '');
  const path = normalize(join(folder, name));
  const type = TYPES[name.slice(name.lastIndexOf('.') + 1)];
  return type && path.startsWith(folder + sep) ? { path, type } : null;
};

const MODULE = '\0virtual:art-versions';

const namesIn = async (folder: string): Promise<string[]> => {
  const names = await readdir(folder).catch(() => {
    throw new Error(`made art: ${folder} is not there`);
  });
  return names.filter((name) => TYPES[name.slice(name.lastIndexOf('.') + 1)]);
};

/** The first half of what the server's tag of the file is: it knows it again. */
const versionsOf = async (folder: string): Promise<Record<string, string>> => {
  const versions: Record<string, string> = {};
  for (const name of await namesIn(folder)) {
    const hash = createHash('sha256').update(await readFile(join(folder, name)));
    versions[`/art/${name}`] = hash.digest('hex').slice(0, 16);
  }
  return versions;
};

/**
 * `import { ART_VERSIONS } from 'virtual:art-versions'`, and: serves the packed models of `folder` at /art/, and
 * puts them into the build as they are.
 */
export const madeArt = (folder: string): Plugin => {
  let out = '';
  return {
    name: 'flux:made-art',
    configResolved: (config) => {
      out = resolve(config.root, config.build.outDir, 'art');
    },
    configureServer: (server) => {
      server.middlewares.use('/art', (request, response, next) => {
        const file = fileOf(folder, request.url ?? '');
        if (!file) return next();
        stat(file.path).then(
          ({ size }) => {
            response.writeHead(200, {
              'content-type': file.type,
              'content-length': size,
              'cache-control': 'no-cache',
            });
            createReadStream(file.path).pipe(response);
          },
          () => next(),
        );
      });
    },
    resolveId: (id) => (id === 'virtual:art-versions' ? MODULE : null),
    load: async (id) =>
      id === MODULE
        ? `export const ART_VERSIONS = ${JSON.stringify(await versionsOf(folder))};`
        : null,
    writeBundle: async () => {
      for (const name of await namesIn(folder)) await cp(join(folder, name), join(out, name));
    },
  };
};
