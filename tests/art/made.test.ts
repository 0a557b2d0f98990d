import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { type Document, NodeIO } from '@gltf-transform/core';
import { EXTMeshoptCompression, KHRMeshQuantization } from '@gltf-transform/extensions';
import validator from 'gltf-validator';
import { MeshoptDecoder } from 'meshoptimizer';
import { beforeAll, describe, expect, test } from 'vitest';
import { about, digest, MADE, madeFiles } from './made.ts';

const models = madeFiles().filter((name) => name.endsWith('.glb'));
/** Extensions whose contents the validator does not look into; the decoder below does. */
const NOT_LOOKED_INTO = new Set(['UNSUPPORTED_EXTENSION', 'BUFFER_VIEW_TARGET_MISSING']);

let io: NodeIO;
beforeAll(async () => {
  await MeshoptDecoder.ready;
  io = new NodeIO()
    .registerExtensions([EXTMeshoptCompression, KHRMeshQuantization])
    .registerDependencies({ 'meshopt.decoder': MeshoptDecoder });
});

const trianglesOf = (document: Document): number =>
  document
    .getRoot()
    .listMeshes()
    .flatMap((mesh) => mesh.listPrimitives())
    .reduce((sum, primitive) => sum + (primitive.getIndices()?.getCount() ?? 0) / 3, 0);

test('everything in art/made says what it was made from, and nothing else is there', () => {
  expect(Object.keys(about()).sort()).toEqual(madeFiles().sort());
});

describe.each(Object.entries(about()))('%s', (name, made) => {
  test('was made from the scripts as they stand', () => {
    expect(digest(made.from), `run: make art ONLY="${name}"`).toBe(made.sources);
  });

  test('is within its budget of bytes, as they travel', () => {
    const file = readFileSync(join(MADE, name));
    const travels = name.endsWith('.webp') ? file.length : brotliCompressSync(file).length;
    expect(made.budget['bytes'], 'a budget').toBeGreaterThan(0);
    expect(travels).toBeLessThanOrEqual(made.budget['bytes'] ?? 0);
  });
});

describe.each(models)('%s', (name) => {
  const bytes = () => new Uint8Array(readFileSync(join(MADE, name)));

  test('is valid glTF', async () => {
    const report = await validator.validateBytes(bytes(), { maxIssues: 200 });
    const wrong = report.issues.messages.filter(
      ({ severity, code }) => severity === 0 && !NOT_LOOKED_INTO.has(code),
    );
    expect(wrong).toEqual([]);
  });

  test('decodes, with finite numbers within what they are said to be', async () => {
    const document = await io.readBinary(bytes());
    expect(trianglesOf(document) + document.getRoot().listAnimations().length).toBeGreaterThan(0);
    for (const mesh of document.getRoot().listMeshes()) {
      for (const primitive of mesh.listPrimitives()) {
        const count = primitive.getAttribute('POSITION')?.getCount() ?? 0;
        const most = Math.max(...(primitive.getIndices()?.getArray() ?? [0]));
        expect(most, mesh.getName()).toBeLessThan(count);
        for (const semantic of primitive.listSemantics()) {
          const array = primitive.getAttribute(semantic)?.getArray() ?? [];
          expect(array.every(Number.isFinite), `${mesh.getName()} ${semantic}`).toBe(true);
        }
      }
    }
  });

  test('keeps to its own scripts’ hash and budget in its asset', async () => {
    const own = (await io.readBinary(bytes())).getRoot().getAsset().extras ?? {};
    expect(own).toMatchObject({ sources: about()[name]?.sources });
  });

  test('has no more materials than the kinds of surface there are', async () => {
    const document = await io.readBinary(bytes());
    expect(document.getRoot().listMaterials().length).toBeLessThanOrEqual(13);
    expect(document.getRoot().listTextures()).toEqual([]);
  });
});
