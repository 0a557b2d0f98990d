import { createReadStream } from 'node:fs';
import { cp, readdir, stat } from 'node:fs/promises';
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

/** Serves the packed models of `folder` at /art/, and puts them into the build as they are. */
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
    writeBundle: async () => {
      const names = await readdir(folder).catch(() => {
        throw new Error(`made art: ${folder} is not there`);
      });
      for (const name of names) {
        if (TYPES[name.slice(name.lastIndexOf('.') + 1)])
          await cp(join(folder, name), join(out, name));
      }
    },
  };
};
