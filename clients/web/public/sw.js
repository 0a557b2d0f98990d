// The service worker: a second visit starts from this machine, and without a network one sees the door.
//
//   /assets/*, /art/*?v named by their content: once here, never asked for again
//   pictures            shown as they are here, and fetched anew behind for the next time
//   pages               from the network, so that a new version is a new page; from here without one
//   /v1/* and the rest  not ours: they are never kept and never answered from here
//
// The caches are called after the version of Flux: the name of the page's first script. When a page with
// another one comes, a new cache begins, and those before the last two are deleted: an old page that is
// still open somewhere finds its files until then.

const PAGES = 'flux-pages';
const PICTURES = 'flux-pictures';
const ASSETS = 'flux-assets ';
const PAGE = '/';
const OFFLINE = '/offline.html';
const GENERATIONS = 2;
const PATIENCE_MS = 4000; // a network that answers nothing for so long counts as lost
const KEPT_AS_SEEN = /^\/og\/|^\/(favicon\.svg|icon-[\w-]+\.png|manifest\.webmanifest)$/;
const FIRST_SCRIPT = /\/assets\/[\w.-]+\.js/;

/** How a request is answered: 'asset', 'picture', 'page', or null when it is none of ours. */
const kindOf = (request, origin) => {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== origin || request.headers.has('range')) return null;
  if (url.pathname.startsWith('/assets/')) return 'asset';
  if (url.pathname.startsWith('/art/')) return url.searchParams.has('v') ? 'asset' : null;
  if (KEPT_AS_SEEN.test(url.pathname)) return 'picture';
  return request.mode === 'navigate' && !/^\/(v1|health|metrics)(\/|$)/.test(url.pathname)
    ? 'page'
    : null;
};

const isKeepable = (response) => response.ok && response.type === 'basic';

const keep = async (cacheName, key, response) => {
  if (isKeepable(response)) await (await caches.open(cacheName)).put(key, response);
};

/** The version of a page: the name of its first script. Null: it is no page of ours. */
const versionOf = (html) => FIRST_SCRIPT.exec(html)?.[0] ?? null;

const currentVersion = async () => {
  const page = await (await caches.open(PAGES)).match(PAGE);
  return page ? versionOf(await page.text()) : null;
};

// Two generations of assets: this version's and the last one's.
const forgetOld = async (version) => {
  const names = (await caches.keys()).filter((name) => name.startsWith(ASSETS));
  const current = ASSETS + version;
  const old = names.filter((name) => name !== current);
  await Promise.all(
    old.slice(0, Math.max(0, old.length - (GENERATIONS - 1))).map((name) => caches.delete(name)),
  );
};

const keepPage = async (response) => {
  const version = versionOf(await response.clone().text());
  if (!version) return;
  const known = await currentVersion();
  await keep(PAGES, PAGE, response);
  if (known === version) return;
  await caches.open(ASSETS + version);
  await forgetOld(version);
};

const fromNetwork = (request) =>
  fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });

/** Every address leads into the same page, which reads it: one page is kept for all. */
const answerPage = async (request, later) => {
  try {
    const response = await fromNetwork(request);
    if (isKeepable(response)) later(keepPage(response.clone()));
    return response;
  } catch {
    const pages = await caches.open(PAGES);
    return (await pages.match(PAGE)) ?? (await pages.match(OFFLINE)) ?? Response.error();
  }
};

const answerAsset = async (request, later) => {
  const name = ASSETS + ((await currentVersion()) ?? 'unknown');
  const cache = await caches.open(name);
  const kept = await cache.match(request);
  if (kept) return kept;
  // Unchanged since the version before: kept on under the new one.
  const before = await caches.match(request);
  const response = before ?? (await fetch(request));
  later(isKeepable(response) ? cache.put(request, response.clone()) : undefined);
  return response;
};

const answerPicture = async (request, later) => {
  const cache = await caches.open(PICTURES);
  const fetching = fetch(request).then(async (response) => {
    if (isKeepable(response)) await cache.put(request, response.clone());
    return response;
  });
  const kept = await cache.match(request);
  if (!kept) return fetching;
  later(fetching.catch(() => undefined));
  return kept;
};

const ANSWERS = {
  page: answerPage,
  asset: answerAsset,
  picture: answerPicture,
};

/** What the page and the world's code need to start: both are named in the page. */
const filesOf = (html) => [
  ...new Set([...html.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, path]) => path)),
];

const prepare = async () => {
  const pages = await caches.open(PAGES);
  await pages.add(new Request(OFFLINE, { cache: 'reload' }));
  const page = await fetch(PAGE, { cache: 'no-cache' });
  const html = await page.clone().text();
  await keepPage(page);
  const assets = await caches.open(ASSETS + versionOf(html));
  // The browser has just fetched these: they come from its own cache.
  await assets.addAll(filesOf(html));
};

self.addEventListener('install', (event) => {
  event.waitUntil(prepare().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  const ours = (name) => name === PAGES || name === PICTURES || name.startsWith(ASSETS);
  const forgetOthers = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => !ours(name)).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(forgetOthers());
});

// What the page had fetched before there was a worker: { keep: [url, ...] }.
const keepWhatCame = async (urls) => {
  for (const url of urls) {
    const request = new Request(url);
    const kind = kindOf(request, self.location.origin);
    if (kind !== 'asset' && kind !== 'picture') continue;
    if (await caches.match(request)) continue;
    const name = kind === 'picture' ? PICTURES : ASSETS + ((await currentVersion()) ?? 'unknown');
    await keep(name, request, await fetch(request));
  }
};

self.addEventListener('message', (event) => {
  const urls = event.data?.keep;
  if (Array.isArray(urls)) event.waitUntil(keepWhatCame(urls).catch(() => undefined));
});

self.addEventListener('fetch', (event) => {
  const kind = kindOf(event.request, self.location.origin);
  if (!kind) return;
  const later = (work) => event.waitUntil(work);
  event.respondWith(ANSWERS[kind](event.request, later));
});
