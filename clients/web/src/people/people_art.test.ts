import { describe, expect, it } from 'vitest';
import { LODS, wornParts } from './body_parts.ts';
import { BONE, BONES } from './bones.ts';
import { CLIP_NAMES } from './clips.ts';
import { heightOf, parsePeopleArt } from './people_art.ts';
import { PoseTable } from './pose_table.ts';
import { artFromDisk } from './test_art.ts';

const art = await artFromDisk();

describe('people_art', () => {
  it('reads joints and bodies in metres', () => {
    expect(art.rest[BONE.hips * 3 + 1]).toBeCloseTo(0.515, 3);
    for (const lod of LODS) {
      const { position } = art.lods[lod];
      const heights = position.filter((_, i) => i % 3 === 1);
      expect(Math.min(...heights)).toBeGreaterThan(-0.1);
      expect(Math.max(...heights)).toBeGreaterThan(1.4);
      expect(Math.max(...heights)).toBeLessThan(2.6);
    }
  });

  it('gives every level less than the one before', () => {
    for (const { look } of art.cast) {
      const counts = LODS.map((lod) =>
        wornParts(art.lods[lod], look).reduce((sum, part) => sum + part.indices / 3, 0),
      );
      for (let i = 1; i < counts.length; i++) {
        expect(counts[i]).toBeLessThan(0.75 * (counts[i - 1] ?? 0));
      }
    }
  });

  it('weighs every vertex to bones that there are, in whole', () => {
    for (const { joints, weights } of Object.values(art.lods)) {
      expect(Math.max(...joints)).toBeLessThan(BONES);
      for (let at = 0; at < weights.length; at += 4) {
        const [a = 0, b = 0, c = 0, d = 0] = weights.subarray(at, at + 4);
        expect(a + b + c + d).toBe(255);
      }
    }
  });

  it('makes the tall taller than the small, hats and all', () => {
    const heights = Array.from({ length: 16 }, (_, figure) => heightOf(art, figure));
    expect(Math.max(...heights) - Math.min(...heights)).toBeGreaterThan(0.4);
    for (let head = 0; head < 16; head++) {
      expect(heightOf(art, head << 12)).toBeGreaterThan(1.3);
      expect(heightOf(art, head << 12)).toBeLessThan(2.2);
    }
  });

  it('has all clips, those that walk with a stride', () => {
    for (const name of CLIP_NAMES) expect(art.clips[name].frames).toBeGreaterThan(1);
    expect(art.gait.runSpeed).toBeGreaterThan(art.gait.walkSpeed);
  });

  it('refuses a file that is something else', async () => {
    const empty = new TextEncoder().encode('{"asset":{"version":"2.0"}}').buffer;
    await expect(parsePeopleArt(empty as ArrayBuffer, empty as ArrayBuffer)).rejects.toThrow(
      'people.glb has no skin',
    );
  });
});

describe('pose_table', () => {
  it('is filled bit by bit and holds every clip', () => {
    const table = new PoseTable(art.clips, art.rest);
    expect(table.fill(0)).toBe(false);
    expect(table.isReady).toBe(false);
    let turns = 0;
    while (!table.fill(1)) expect(++turns).toBeLessThan(5000);
    expect(table.isReady).toBe(true);
    const { width, height } = table.texture.image as { width: number; height: number };
    expect(width).toBe(BONES * 3);
    expect(height).toBeLessThan(4096);
    for (const name of CLIP_NAMES) expect(table.rowAt(name, 1)).toBeLessThan(height);
    expect(table.rowAt('run', 0)).not.toBe(table.rowAt('walk', 0));
  });
});
