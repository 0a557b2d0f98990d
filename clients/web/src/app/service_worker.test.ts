import { readFileSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';

// public/sw.js in a world made up for it: a server, a browser's caches, and the events it listens to.

const ORIGIN = 'https://flux.example';
const source = readFileSync(new URL('../../public/sw.js', import.meta.url), 'utf8');

let served: Map<string, string>;
let isOnline: boolean;
let asked: string[];
let kept: Map<string, Map<string, Response>>;
let listeners: Map<string, (event: unknown) => void>;

const pathOf = (request: string | Request): string => {
  const { pathname, search } = new URL(typeof request === 'string' ? request : request.url, ORIGIN);
  return pathname + search;
};

const answerOf = async (request: string | Request): Promise<Response> => {
  const path = pathOf(request);
  asked.push(path);
  if (!isOnline) throw new TypeError('no network');
  const body = served.get(path);
  const response = new Response(body ?? '', { status: body === undefined ? 404 : 200 });
  Object.defineProperty(response, 'type', { value: 'basic' });
  const { clone } = response;
  response.clone = () => Object.defineProperty(clone.call(response), 'type', { value: 'basic' });
  return response;
};

const cacheOf = (entries: Map<string, Response>) => ({
  match: async (request: string | Request) => entries.get(pathOf(request))?.clone(),
  put: async (request: string | Request, response: Response) => {
    entries.set(pathOf(request), response);
  },
  add: async (request: string | Request) => {
    entries.set(pathOf(request), await answerOf(request));
  },
  addAll: async (requests: readonly string[]) => {
    for (const path of requests) entries.set(path, await answerOf(path));
  },
});

const caches = {
  open: async (name: string) => {
    const entries = kept.get(name) ?? new Map<string, Response>();
    kept.set(name, entries);
    return cacheOf(entries);
  },
  keys: async () => [...kept.keys()],
  delete: async (name: string) => kept.delete(name),
  match: async (request: string | Request) => {
    for (const entries of kept.values()) {
      const found = entries.get(pathOf(request));
      if (found) return found.clone();
    }
    return undefined;
  },
};

const start = (): void => {
  listeners = new Map();
  const self = {
    location: { origin: ORIGIN },
    addEventListener: (kind: string, listener: (event: unknown) => void) =>
      listeners.set(kind, listener),
    skipWaiting: async () => undefined,
    clients: { claim: async () => undefined },
  };
  class RelativeRequest extends Request {
    constructor(path: string, init?: RequestInit) {
      super(new URL(path, ORIGIN), init);
    }
  }
  const run = new Function('self', 'caches', 'fetch', 'Request', source);
  run(self, caches, answerOf, RelativeRequest);
};

const happens = async (kind: 'install' | 'activate'): Promise<void> => {
  const work: Promise<unknown>[] = [];
  listeners.get(kind)?.({ waitUntil: (more: Promise<unknown>) => work.push(more) });
  await Promise.all(work);
};

/** What the page had fetched before there was a worker. */
const tell = async (...paths: readonly string[]): Promise<void> => {
  const work: Promise<unknown>[] = [];
  listeners.get('message')?.({
    data: { keep: paths.map((path) => ORIGIN + path) },
    waitUntil: (more: Promise<unknown>) => work.push(more),
  });
  await Promise.all(work);
};

/** What the page gets; undefined: the browser asks by itself. */
const ask = async (path: string, mode = 'no-cors', method = 'GET'): Promise<string | undefined> => {
  const work: unknown[] = [];
  let answer: Promise<Response> | undefined;
  listeners.get('fetch')?.({
    request: { url: ORIGIN + path, mode, method, headers: new Headers() },
    respondWith: (response: Promise<Response>) => {
      answer = response;
    },
    waitUntil: (more: unknown) => work.push(more),
  });
  const text = await (await answer)?.text();
  await Promise.all(work);
  return text;
};

const page = (version: string): string =>
  `<script src="/assets/index-${version}.js"></script><link href="/assets/index-${version}.css">
  <script type="application/json" id="stage">{"files":[{"url":"/assets/scene-${version}.js"}]}</script>`;

const publish = (version: string): void => {
  served.set('/', page(version));
  served.set('/w/plaza', page(version));
  for (const file of [`index-${version}.js`, `index-${version}.css`, `scene-${version}.js`]) {
    served.set(`/assets/${file}`, file);
  }
};

beforeEach(async () => {
  served = new Map([
    ['/offline.html', 'offline'],
    ['/og/plaza.webp', 'plaza 1'],
    ['/art/people.glb', 'people 1'],
    ['/art/people.glb?v=1', 'people 1'],
    ['/art/people.glb?v=2', 'people 2'],
    ['/v1/worlds', '[]'],
  ]);
  isOnline = true;
  asked = [];
  kept = new Map();
  publish('one');
  start();
  await happens('install');
  await happens('activate');
  asked = [];
});

test('after the first visit the door opens without a network, at any address', async () => {
  isOnline = false;
  expect(await ask('/w/garden', 'navigate')).toBe(page('one'));
  expect(await ask('/assets/index-one.js')).toBe('index-one.js');
  expect(await ask('/assets/scene-one.js')).toBe('scene-one.js');
});

test('what is named by its content is asked for once', async () => {
  await ask('/assets/index-one.js');
  expect(asked).toEqual([]);
});

test('with a network a page is always the newest', async () => {
  publish('two');
  expect(await ask('/w/plaza', 'navigate')).toBe(page('two'));
  isOnline = false;
  expect(await ask('/', 'navigate')).toBe(page('two'));
});

test('the files of the version before last are deleted', async () => {
  for (const version of ['two', 'three']) {
    publish(version);
    await ask('/', 'navigate');
    await ask(`/assets/index-${version}.js`);
  }
  const names = [...kept.keys()].filter((name) => name.startsWith('flux-assets'));
  expect(names).toEqual(['flux-assets /assets/index-two.js', 'flux-assets /assets/index-three.js']);
});

test('a picture is shown as it is here, and is the newer one the next time', async () => {
  expect(await ask('/og/plaza.webp')).toBe('plaza 1');
  served.set('/og/plaza.webp', 'plaza 2');
  expect(await ask('/og/plaza.webp')).toBe('plaza 1');
  expect(await ask('/og/plaza.webp')).toBe('plaza 2');
});

test('art of a version is asked for once, and another version is never shown in its place', async () => {
  expect(await ask('/art/people.glb?v=1')).toBe('people 1');
  expect(await ask('/art/people.glb?v=1')).toBe('people 1');
  expect(asked).toEqual(['/art/people.glb?v=1']);
  expect(await ask('/art/people.glb?v=2')).toBe('people 2');
  expect(await ask('/art/people.glb')).toBeUndefined();
});

test('what came before the worker did is kept too, except what is none of ours', async () => {
  await tell('/art/people.glb?v=1', '/v1/worlds');
  expect(asked).toEqual(['/art/people.glb?v=1']);
  isOnline = false;
  expect(await ask('/art/people.glb?v=1')).toBe('people 1');
});

test('the interface of the server is never touched', async () => {
  for (const path of ['/v1/worlds', '/v1/guest', '/health/live', '/metrics']) {
    expect(await ask(path)).toBeUndefined();
    expect(await ask(path, 'navigate')).toBeUndefined();
  }
  expect(await ask('/', 'navigate', 'POST')).toBeUndefined();
});

test('without a network and without a page there is one that makes sense', async () => {
  kept.get('flux-pages')?.delete('/');
  isOnline = false;
  expect(await ask('/', 'navigate')).toBe('offline');
});

test('an answer that failed is not kept', async () => {
  expect(await ask('/assets/gone-one.js')).toBe('');
  expect(kept.get('flux-assets /assets/index-one.js')?.has('/assets/gone-one.js')).toBe(false);
});
