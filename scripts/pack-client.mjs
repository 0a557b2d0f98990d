// pack-client: makes the built web client one binary file and a C table of what is where in it, for
// server/gateway/asset.h. Every file is there as it is, and with brotli and gzip where that helps.
//
//   node scripts/pack-client.mjs --dist clients/web/dist --code client_pack.c --pack client_pack.bin
//        [--depfile client_pack.d] [--cache folder]
//
// Compressing is slow (brotli 11) and done once per content: results are kept in the cache by hash.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const TYPES = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  json: 'application/json',
  webmanifest: 'application/manifest+json',
  xml: 'application/xml',
  wasm: 'application/wasm',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
  gif: 'image/gif',
  ico: 'image/x-icon',
  ktx2: 'image/ktx2',
  hdr: 'image/vnd.radiance',
  glb: 'model/gltf-binary',
  gltf: 'model/gltf+json',
  woff2: 'font/woff2',
  woff: 'font/woff',
  ttf: 'font/ttf',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  m4a: 'audio/mp4',
  mp4: 'video/mp4',
  webm: 'video/webm',
};
const COMPRESSED_ALREADY = /\.(png|jpe?g|webp|avif|gif|woff2?|mp3|ogg|m4a|mp4|webm)$/;
// A compressed form must save a twentieth, or it is not worth its place.
const WORTH = 0.95;
const LARGEST_BYTES = 64 << 20;

function stop(sentence) {
  console.error(`pack-client: ${sentence}`);
  process.exit(1);
}

function readOptions() {
  const text = { type: 'string' };
  const { values } = parseArgs({
    options: { dist: text, code: text, pack: text, depfile: text, cache: text },
  });
  for (const name of ['dist', 'code', 'pack']) {
    if (!values[name]) stop(`--${name} is missing`);
  }
  if (!existsSync(join(values.dist, 'index.html'))) {
    stop(`${values.dist} has no index.html: build the client first (npm run build)`);
  }
  return values;
}

// Every file below the folder as {path, file}, and the folders themselves (for the dependency file).
function walk(folder, path, files, folders) {
  folders.push(folder);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const at = { path: `${path}/${entry.name}`, file: join(folder, entry.name) };
    if (entry.name.startsWith('.') || entry.name.endsWith('.map')) continue;
    if (entry.isDirectory()) walk(at.file, at.path, files, folders);
    else if (entry.isFile()) files.push(at);
    else stop(`${at.file} is neither a file nor a folder`);
  }
}

// Twins that the build made ("index.html.br") are left out: we make our own.
function withoutTwins(files) {
  const paths = new Set(files.map(({ path }) => path));
  return files.filter(({ path }) => !/\.(br|gz)$/.test(path) || !paths.has(path.slice(0, -3)));
}

// Vite's names, "/assets/index-B1x2y3z4.js". A hash has more than small letters, so that
// "/assets/new-building.glb" is not taken for one.
function isImmutable(path) {
  const match = /^\/assets\/.*[-.]([A-Za-z0-9_-]{8})\.[a-z0-9]+$/.exec(path);
  return match !== null && /[A-Z0-9_]/.test(match[1]);
}

const COMPRESS = {
  gz: (bytes) => gzipSync(bytes, { level: 9 }),
  br: (bytes) =>
    brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_LGWIN]: 24,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
};

// The compressed form, or null when it is not worth it. An empty file in the cache says so too.
function compress(bytes, hash, kind, cache) {
  const kept = cache && join(cache.folder, `${hash}.${kind}`);
  if (kept) cache.used.add(`${hash}.${kind}`);
  if (kept && existsSync(kept)) {
    const form = readFileSync(kept);
    return form.length > 0 ? form : null;
  }
  const made = COMPRESS[kind](bytes);
  const form = made.length < bytes.length * WORTH ? made : null;
  if (kept) writeFileSync(kept, form ?? '');
  return form;
}

function openCache(folder) {
  if (!folder) return null;
  mkdirSync(folder, { recursive: true });
  return { folder, used: new Set() };
}

function sweepCache(cache) {
  if (!cache) return;
  for (const name of readdirSync(cache.folder)) {
    if (!cache.used.has(name)) rmSync(join(cache.folder, name));
  }
}

function readAsset({ path, file }, cache) {
  if (/[\x00-\x1f"\\?]/.test(path)) stop(`${file}: its name cannot be served`);
  const bytes = readFileSync(file);
  if (bytes.length > LARGEST_BYTES) stop(`${file} has ${bytes.length} bytes, over ${LARGEST_BYTES}`);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
  const dense = COMPRESSED_ALREADY.test(path);
  return {
    path,
    type: TYPES[path.slice(path.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream',
    immutable: isImmutable(path),
    forms: [
      { bytes, tag: hash },
      { bytes: dense ? null : compress(bytes, hash, 'gz', cache), tag: `${hash}-gz` },
      { bytes: dense ? null : compress(bytes, hash, 'br', cache), tag: `${hash}-br` },
    ],
  };
}

// Puts each form's bytes one after the other and says where they begin.
function layOut(assets) {
  const pieces = [];
  let size = 0;
  for (const form of assets.flatMap(({ forms }) => forms)) {
    if (!form.bytes) continue;
    form.offset = size;
    pieces.push(form.bytes);
    size += form.bytes.length;
  }
  return Buffer.concat(pieces);
}

function formCode({ bytes, offset, tag }) {
  return bytes ? `{client_pack + ${offset}, ${bytes.length}, "\\"${tag}\\""}` : '{0}';
}

function assetCode({ path, type, immutable, forms }) {
  const [plain, gzip, brotli] = forms.map(formCode);
  return `    {"${path}", "${type}", ${immutable},\n     {${plain},\n      ${gzip},\n      ${brotli}}},`;
}

function code(assets, pack) {
  return `// Made by scripts/pack-client.mjs.
#include "gateway/asset.h"

__asm__(".pushsection .rodata.client_pack, \\"a\\"\\n"
        ".globl client_pack\\n.hidden client_pack\\n.balign 16\\n"
        "client_pack: .incbin \\"${resolve(pack)}\\"\\n.byte 0\\n.popsection\\n");
extern const unsigned char client_pack[];

const struct asset client_assets[] = {
${assets.map(assetCode).join('\n')}
};
const size_t client_asset_count = ${assets.length};
`;
}

function depfile(target, names) {
  const escaped = names.map((name) => resolve(name).replace(/([ #])/g, '\\$1').replace(/\$/g, '$$$$'));
  return `${target}: ${escaped.join(' ')}\n`;
}

const options = readOptions();
const files = [];
const folders = [];
walk(options.dist, '', files, folders);
const cache = openCache(options.cache);
const assets = withoutTwins(files).map((file) => readAsset(file, cache));
// As strcmp orders them: the server searches by halves.
assets.sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
sweepCache(cache);

const pack = layOut(assets);
writeFileSync(options.pack, pack);
writeFileSync(options.code, code(assets, options.pack));
if (options.depfile) {
  const names = [...folders, ...files.map(({ file }) => file)];
  writeFileSync(options.depfile, depfile(options.code, names));
}
const plainBytes = assets.reduce((sum, { forms }) => sum + forms[0].bytes.length, 0);
console.log(`pack-client: ${assets.length} files, ${plainBytes} bytes; packed ${pack.length}`);
