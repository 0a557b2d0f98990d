import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { leanShaders } from './build/lean_shaders.ts';
import { madeArt } from './build/made_art.ts';
import { sharedWorker } from './build/shared_worker.ts';
import { stageManifest } from './build/stage_manifest.ts';

const server = process.env['FLUX_SERVER'] ?? 'http://127.0.0.1:8080';
// The server lets only its own pages connect: to it, those of Vite come from itself.
const toServer = { target: server, changeOrigin: true, ws: true, headers: { origin: server } };

export default defineConfig({
  plugins: [
    react(),
    leanShaders(),
    sharedWorker('src/people/doll_worker.ts'),
    stageManifest(['src/app/inner.ts', 'src/world/scene.ts']),
    madeArt(fileURLToPath(new URL('../../art/made', import.meta.url))),
  ],
  resolve: {
    alias: {
      '@wire': fileURLToPath(new URL('../../build/wasm', import.meta.url)),
    },
    dedupe: ['react', 'react-dom', 'three', 'zustand'],
  },
  build: {
    target: 'es2023',
    // Nothing is inlined: the page's policy allows no data: scripts, and files are cached for a year.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // three.js alone has 660 kB before compression, and there is nothing in it to split.
    chunkSizeWarningLimit: 800,
  },
  server: {
    proxy: { '/v1': toServer, '/health': toServer, '/metrics': toServer },
    fs: { allow: ['../..'] },
  },
});
