import type { Plugin } from 'vite';

const MODULE = '\0virtual:doll-worker';

/**
 * `import { dollWorker } from 'virtual:doll-worker'`: where `script` (from the root) begins as a module worker. It is
 * part of the page's own build, so the worker shares its files with the page: those of `?worker` are
 * built apart, and three.js would come twice.
 */
export const sharedWorker = (script: string): Plugin => {
  let isBuild = false;
  let chunk = '';
  return {
    name: 'flux:shared-worker',
    configResolved: ({ command }) => {
      isBuild = command === 'build';
    },
    buildStart() {
      if (isBuild) chunk = this.emitFile({ type: 'chunk', id: script, name: 'doll_worker' });
    },
    resolveId: (id) => (id === 'virtual:doll-worker' ? MODULE : null),
    load: (id) => {
      if (id !== MODULE) return null;
      const url = isBuild ? `import.meta.ROLLUP_FILE_URL_${chunk}` : JSON.stringify(`/${script}`);
      return `export const dollWorker = ${url};`;
    },
  };
};
