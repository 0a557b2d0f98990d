// Packs what art/build.py made in build/art/ into art/made/: models are checked, ordered, quantised and
// compressed (EXT_meshopt_compression); pictures and lists are checked by size and copied.
//
//     node art/pack.mjs [NAME ...]      names as built.glb; without names everything there is
//
// about.json in art/made/ says of each file what it was made from and what it may weigh.
//
// Node names, extras, empties and the asset's extras stay. All meshes of a file share one scale of their
// positions. A budget's `bytes` are bytes as they travel, compressed by brotli.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { Logger, NodeIO } from '@gltf-transform/core';
import { EXTMeshoptCompression, KHRMeshQuantization } from '@gltf-transform/extensions';
import { quantize, reorder, resample } from '@gltf-transform/functions';
import validator from 'gltf-validator';
import { MeshoptEncoder } from 'meshoptimizer';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const from = join(root, 'build', 'art');
const to = join(root, 'art', 'made');
const packed = new Set(['.glb', '.webp', '.json']);

async function check(name, bytes) {
  const report = await validator.validateBytes(new Uint8Array(bytes), { maxIssues: 20 });
  const wrong = report.issues.messages.filter((message) => message.severity === 0);
  if (wrong.length === 0) return;
  const lines = wrong.map((message) => `  ${message.pointer ?? ''} ${message.message}`);
  throw new Error(`${name} is no valid glTF:\n${lines.join('\n')}`);
}

const countTriangles = (document) =>
  document
    .getRoot()
    .listMeshes()
    .flatMap((mesh) => mesh.listPrimitives())
    .reduce((total, primitive) => total + (primitive.getIndices()?.getCount() ?? 0) / 3, 0);

// Positions become whole steps of this many metres, and the nodes above are scaled by it: small whole
// numbers with small differences are what the compression is good at.
const STEP = { static: 1 / 512, skinned: 1 / 4096 };

// The skin's bones take a mesh from its steps to metres, else its node does.
function scaleParents(document, step) {
  const root = document.getRoot();
  for (const node of root.listNodes()) {
    if (!node.getMesh() || node.getSkin()) continue;
    if (node.listChildren().length > 0) {
      throw new Error(
        `${node.getName()} has a mesh and children: give its children a parent of their own`,
      );
    }
    node.setScale(node.getScale().map((value) => value * step));
  }
  for (const skin of root.listSkins()) {
    const inverse = skin.getInverseBindMatrices();
    const scaled = inverse.getArray().map((value, i) => (i % 16 < 12 ? value * step : value));
    inverse.setArray(scaled);
  }
}

function quantizePositions(document, step) {
  const primitives = document
    .getRoot()
    .listMeshes()
    .flatMap((mesh) => mesh.listPrimitives());
  for (const position of new Set(
    primitives.map((primitive) => primitive.getAttribute('POSITION')),
  )) {
    const steps = position.getArray().map((metres) => Math.round(metres / step));
    if (steps.some((value) => Math.abs(value) > 32767)) {
      throw new Error(`a mesh reaches beyond ${32767 * step} m from its origin`);
    }
    position.setArray(new Int16Array(steps));
  }
  document.createExtension(KHRMeshQuantization).setRequired(true);
}

async function compress(document) {
  const root = document.getRoot();
  const step = root.listSkins().length > 0 ? STEP.skinned : STEP.static;
  await document.transform(
    ...(root.listAnimations().length > 0 ? [resample({ tolerance: 1e-4 })] : []),
    reorder({ encoder: MeshoptEncoder, target: 'size' }),
  );
  scaleParents(document, step);
  quantizePositions(document, step);
  await document.transform(
    quantize({ pattern: /^(COLOR|JOINTS|WEIGHTS)(_\d+)?$/, quantizeColor: 8, quantizeWeight: 8 }),
  );
  document
    .createExtension(EXTMeshoptCompression)
    .setRequired(true)
    .setEncoderOptions({ method: EXTMeshoptCompression.EncoderMethod.FILTER });
}

// As it travels: the server keeps a form of every file that brotli made.
const travelling = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

async function packModel(io, name) {
  const raw = readFileSync(join(from, name));
  await check(name, raw);
  const document = await io.readBinary(new Uint8Array(raw));
  document.setLogger(new Logger(Logger.Verbosity.WARN));
  const extras = document.getRoot().getAsset().extras ?? {};
  if (!extras.sources || !extras.budget)
    throw new Error(`${name} does not say its sources and budget`);
  const triangles = countTriangles(document);
  await compress(document);
  document.getRoot().getAsset().generator = 'Flux art';
  const bytes = await io.writeBinary(document);
  writeFileSync(join(to, name), bytes);
  return { bytes: bytes.length, travel: travelling(bytes), triangles, budget: extras.budget };
}

async function pack(io, name) {
  if (!packed.has(extname(name)))
    throw new Error(`${name}: only ${[...packed].join(', ')} are packed`);
  if (extname(name) === '.glb') return packModel(io, name);
  copyFileSync(join(from, name), join(to, name));
  const bytes = readFileSync(join(to, name));
  return { bytes: bytes.length, travel: travelling(bytes) };
}

const aboutFile = join(to, 'about.json');
const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});

// Each file's own lines, sorted, so that two who pack different files change different lines.
function note(name, { bytes, triangles }) {
  const own = read(join(from, 'about', `${name}.json`));
  if (!own.sources)
    throw new Error(`${name} was not made by art/build.py: what it is made from is not known`);
  const all = { ...read(aboutFile), [name]: { ...own, bytes, triangles } };
  const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(aboutFile, `${JSON.stringify(sorted, null, 2)}\n`);
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

function say(name, { bytes, travel, triangles, budget }) {
  const parts = [`art: ${name} ${kilobytes(bytes)}, ${kilobytes(travel)} as it travels`];
  if (triangles !== undefined) parts.push(`${triangles} triangles in all`);
  console.log(parts.join(', '));
  if (budget?.bytes && travel > budget.bytes) {
    throw new Error(
      `${name} travels with ${kilobytes(travel)}, its budget is ${kilobytes(budget.bytes)}`,
    );
  }
}

await MeshoptEncoder.ready;
mkdirSync(to, { recursive: true });
const io = new NodeIO()
  .registerExtensions([EXTMeshoptCompression, KHRMeshQuantization])
  .registerDependencies({ 'meshopt.encoder': MeshoptEncoder });
const named = process.argv.slice(2);
const there = readdirSync(from).filter((name) => packed.has(extname(name)));
for (const name of named.length > 0 ? named : there.sort()) {
  try {
    const result = await pack(io, name);
    note(name, result);
    say(name, result);
  } catch (error) {
    console.error(`art: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
