import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { type WireExports, WireModule } from './wire_module.ts';
import { encodeMove } from './wire_move.ts';
import { WirePicture } from './wire_picture.ts';

// The golden vectors of wire/vectors through the very module that the browser gets.

const root = new URL('../../../', import.meta.url);
const wasm = new URL('build/wasm/flux_wire.wasm', root);

interface Vector<Expect> {
  readonly name: string;
  readonly hex: string;
  readonly expect: Expect;
}

interface Move {
  readonly sequence: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly yaw: number;
  readonly pose: number;
  readonly flags: number;
}

interface Change extends Partial<Move> {
  readonly kind: 'take' | 'update' | 'moved_on' | 'left';
  readonly slot: number;
  readonly described?: boolean;
  readonly id?: number;
  readonly entity_kind?: number;
  readonly look?: number;
}

interface Section {
  readonly op: 'delta' | 'full' | 'gone';
  readonly key: number;
  readonly level?: 'near' | 'middle' | 'far';
  readonly sequence?: number;
  readonly changes?: readonly Change[];
}

interface Frame {
  readonly reset: boolean;
  readonly tick: number;
  readonly sections: readonly Section[];
}

const vectors = <Expect>(file: string): readonly Vector<Expect>[] =>
  JSON.parse(readFileSync(new URL(`wire/vectors/${file}`, root), 'utf8')) as Vector<Expect>[];

const bytesOf = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.split(' ').filter(Boolean), (byte) => Number.parseInt(byte, 16));

const OPS = ['delta', 'full', 'gone'] as const;
const LEVELS = ['near', 'middle', 'far'] as const;
const KINDS = ['take', 'update', 'moved_on', 'left'] as const;

let wire: WireExports;

const input = (bytes: Uint8Array): number => {
  const at = wire.flux_input(bytes.length);
  new Uint8Array(wire.memory.buffer, at, bytes.length).set(bytes);
  return bytes.length;
};

const readChange = (words: Int32Array, at: number, expected: Change | undefined): Change => {
  const word = (index: number): number => words[at + index] ?? Number.NaN;
  const all: Required<Omit<Change, 'sequence'>> = {
    kind: KINDS[word(0)] ?? 'left',
    slot: word(1),
    described: word(2) === 1,
    id: word(3),
    entity_kind: word(4),
    look: word(5) >>> 0,
    x: word(6),
    y: word(7),
    z: word(8),
    yaw: word(9),
    pose: word(10),
    flags: word(11),
  };
  // The list has a place for everything; the vector only says what belongs to the change.
  const stated = Object.keys(expected ?? all);
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => stated.includes(name)),
  ) as unknown as Change;
};

const readFrame = (size: number, expected: Frame): Frame | null => {
  const count = wire.flux_changes(size);
  if (count < 0) return null;
  const words = new Int32Array(wire.memory.buffer, wire.flux_changes_words(), count);
  const sections: Section[] = [];
  let at = 2;
  while (at < count) {
    const [op = 0, level = 0, key = 0, sequence = 0, changeCount = 0] = words.subarray(at, at + 5);
    const wanted = expected.sections[sections.length];
    at += 5;
    const changes = Array.from({ length: changeCount }, (_, index) =>
      readChange(words, at + index * 12, wanted?.changes?.[index]),
    );
    at += changeCount * 12;
    const name = OPS[op] ?? 'gone';
    sections.push(
      name === 'gone'
        ? { op: name, key: key >>> 0 }
        : { op: name, level: LEVELS[level] ?? 'far', key: key >>> 0, sequence, changes },
    );
  }
  return { reset: ((words[0] ?? 0) & 1) === 1, tick: (words[1] ?? 0) >>> 0, sections };
};

beforeAll(async () => {
  if (!existsSync(wasm)) {
    throw new Error('build/wasm/flux_wire.wasm is missing: run wire/wasm/build.sh first');
  }
  wire = await (await WireModule.compile(readFileSync(wasm))).instantiate();
});

describe('moves', () => {
  test.each(vectors<Move>('moves.json'))('$name', ({ hex, expect: move }) => {
    const { sequence, ...state } = move;
    expect([...encodeMove(wire, sequence, state)]).toEqual([...bytesOf(hex)]);
    const at = wire.flux_move_read(input(bytesOf(hex)));
    expect([...new Int32Array(wire.memory.buffer, at, 7)]).toEqual([
      move.sequence,
      move.x,
      move.y,
      move.z,
      move.yaw,
      move.pose,
      move.flags,
    ]);
  });
});

describe('frames', () => {
  test.each(vectors<Frame & { readonly kind: string }>('frames.json'))(
    '$name',
    ({ hex, expect: { kind: _, ...frame } }) => {
      expect(readFrame(input(bytesOf(hex)), frame)).toEqual(frame);
    },
  );
});

describe('what must be refused', () => {
  test.each(vectors<{ readonly as: 'move' | 'frame' }>('refused.json'))(
    '$expect.as: $name',
    ({ hex, expect: { as } }) => {
      const size = input(bytesOf(hex));
      if (as === 'move') expect(wire.flux_move_read(size)).toBe(0);
      else expect(wire.flux_changes(size)).toBe(-1);
    },
  );
});

describe('the picture', () => {
  const frames = vectors<Frame>('frames.json');
  const full = frames.find(({ name }) => name === 'a full, near');
  const bytes = bytesOf(full?.hex ?? '');

  test('shows whom a frame brought, in views that stay the same', async () => {
    const own = await (await WireModule.compile(readFileSync(wasm))).instantiate();
    const picture = new WirePicture(own, 16_384);
    const { id, to } = picture;
    expect(picture.takeDirty()).toBeNull();
    expect(picture.apply(bytes.buffer, 100_000)).toBe(true);
    expect(picture.count).toBe(3);
    expect(picture.tick).toBe(100_000);
    expect([...id.subarray(0, 3)]).toEqual([1, 16_777_215, 131_082]);
    expect(picture.find(131_082)).toBe(2);
    expect(picture.find(77)).toBe(-1);
    expect(picture.look[1]).toBe(0xffffffff);
    expect([to[0], to[1], to[2]].map((metres) => Math.round((metres ?? 0) * 100))).toEqual([
      -300, 0, 520,
    ]);
    expect(picture.takeDirty()).toEqual({ first: 0, last: 3 });
    expect(picture.takeDirty()).toBeNull();
    expect(id.byteLength).toBeGreaterThan(0);
  });

  test('refuses a message that is not a frame, and one that is too large', async () => {
    const own = await (await WireModule.compile(readFileSync(wasm))).instantiate();
    const picture = new WirePicture(own, 16);
    expect(picture.apply(bytesOf('02 00 64').buffer, 0)).toBe(false);
    expect(picture.apply(new ArrayBuffer((2 << 20) + 1), 0)).toBe(false);
    expect(picture.count).toBe(0);
    expect(picture.id.length).toBe(16);
  });
});
