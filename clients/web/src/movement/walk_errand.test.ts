import { describe, expect, it } from 'vitest';
import { box, gridOf, ramp, stairs } from './test_ground.ts';
import { WalkErrand } from './walk_errand.ts';
import { WalkMap } from './walk_map.ts';
import { WalkingBody } from './walking_body.ts';
import type { WayTarget } from './way_search.ts';

const BOUNDS = { least: [-50, -2, -50], most: [50, 40, 50] } as const;
const FRAME = 1 / 60;

interface Walk {
  body: WalkingBody;
  errand: WalkErrand;
  seconds: number;
  metres: number;
}

/** Walks until it is over or `most` seconds have gone. */
function walk(corners: readonly number[], to: WayTarget, from = [0, 0, 0], most = 60): Walk {
  const grid = gridOf(corners);
  const body = new WalkingBody(grid, BOUNDS);
  body.put(from[0] ?? 0, from[1] ?? 0, from[2] ?? 0);
  const errand = new WalkErrand(new WalkMap(grid, BOUNDS), to);
  let [seconds, metres] = [0, 0];
  for (; seconds < most; seconds += FRAME) {
    const wish = errand.wish(body, 3, FRAME);
    if (!wish) break;
    const [x, z] = [body.x, body.z];
    body.step(wish, FRAME);
    metres += Math.hypot(body.x - x, body.z - z);
  }
  return { body, errand, seconds, metres };
}

const room = (size: number): number[] => [
  ...box([0, 0, -size / 2], [size, 3, 0.4]),
  ...box([0, 0, size / 2], [size, 3, 0.4]),
  ...box([size / 2, 0, 0], [0.4, 3, size]),
  ...box([-size / 2, 0, 0], [0.4, 3, size]),
];

/** A ring of boxes round (0, -8), 3 m in radius: a fountain's rim. */
const fountain = Array.from({ length: 16 }, (_, i) => {
  const turn = (i / 16) * Math.PI * 2;
  return box([Math.sin(turn) * 3, 0, -8 + Math.cos(turn) * 3], [1.4, 0.8, 0.5], turn);
}).flat();

describe('walk_errand', () => {
  it('arrives where it was told to, on the straight line', async () => {
    const { errand, body, metres } = walk([], { x: 6, z: -8 });
    await expect(errand.finished).resolves.toBeUndefined();
    expect(Math.hypot(body.x - 6, body.z + 8)).toBeLessThan(0.35);
    expect(metres).toBeLessThan(10.3);
  });

  it('goes round a fountain by a way hardly longer than it must be', async () => {
    const { errand, body, metres } = walk(fountain, { x: 0.1, z: -16 });
    await expect(errand.finished).resolves.toBeUndefined();
    expect(Math.hypot(body.x - 0.1, body.z + 16)).toBeLessThan(0.35);
    expect(metres).toBeLessThan(19.5);
  });

  it('finds the one door of a wall far to the side', async () => {
    const wall = [...box([-14, 0, -5], [40, 3, 0.3]), ...box([24, 0, -5], [34, 3, 0.3])];
    const { errand, body } = walk(wall, { x: 0, z: -10 });
    await expect(errand.finished).resolves.toBeUndefined();
    expect(body.z).toBeLessThan(-9);
  });

  it('comes out of a dead end', async () => {
    const pocket = [
      ...box([0, 0, -3], [6, 3, 0.3]),
      ...box([3, 0, 0], [0.3, 3, 6]),
      ...box([-3, 0, 0], [0.3, 3, 6]),
    ];
    const { errand } = walk(pocket, { x: 0, z: -8 });
    await expect(errand.finished).resolves.toBeUndefined();
  });

  it('climbs stairs to a terrace, and comes down again', async () => {
    const terrace = [...stairs([6, 0, -6], [3, 2.4, 4.8], 8), ...box([4, 0, -14], [12, 2.4, 11.2])];
    const up = walk(terrace, { x: 0, z: -14 });
    await expect(up.errand.finished).resolves.toBeUndefined();
    expect(up.body.y).toBeCloseTo(2.4, 1);
    const down = walk(terrace, { x: 0, z: 2, y: 0 }, [0, 2.4, -14]);
    await expect(down.errand.finished).resolves.toBeUndefined();
    expect(down.body.y).toBe(0);
  });

  it('takes a ramp that a body can walk', async () => {
    const deck = [...ramp([0, 0, -6], [3, 2, 5]), ...box([0, 0, -11], [6, 2, 5])];
    const { errand, body } = walk(deck, { x: 0, z: -11 });
    await expect(errand.finished).resolves.toBeUndefined();
    expect(body.y).toBeCloseTo(2, 1);
  });

  it('tells a bridge from what is under it', async () => {
    const bridge = [...stairs([0, 0, 6], [3, 2.4, 4.8], 8), ...box([0, 2.1, -2], [3, 0.3, 11.3])];
    const over = walk(bridge, { x: 0, z: -4, y: 2.4 }, [0, 0, 12]);
    await expect(over.errand.finished).resolves.toBeUndefined();
    expect(over.body.y).toBeCloseTo(2.4, 1);
    const under = walk(bridge, { x: 0, z: -4, y: 0 }, [6, 0, 8]);
    await expect(under.errand.finished).resolves.toBeUndefined();
    expect(under.body.y).toBe(0);
  });

  it('jumps over a low wall when there is no other way', async () => {
    const low = box([0, 0, -4], [100, 0.5, 0.6]);
    const { errand, body } = walk(low, { x: 0, z: -8 });
    await expect(errand.finished).resolves.toBeUndefined();
    expect(body.z).toBeLessThan(-7.5);
  });

  it('drops from a table it stands on', async () => {
    const { errand, body } = walk(box([0, 0, 0], [3, 0.8, 3]), { x: 0, z: -8 }, [0, 0.8, 0]);
    await expect(errand.finished).resolves.toBeUndefined();
    expect(body.y).toBe(0);
  });

  it('goes as near as it can to what one cannot stand on', async () => {
    const { errand, body } = walk(box([0, 0, -8], [2, 1.3, 2]), { x: 0, z: -8 });
    await expect(errand.finished).resolves.toBeUndefined();
    expect(Math.hypot(body.x, body.z + 8)).toBeLessThan(1.9);
    expect(body.y).toBe(0);
  });

  it('goes to the rim of a fountain that is as wide as a room', async () => {
    const { errand, body } = walk(box([0, 0, -8], [6, 1.3, 6]), { x: 0, z: -8 });
    await expect(errand.finished).resolves.toBeUndefined();
    expect(Math.hypot(body.x, body.z + 8)).toBeLessThan(4);
  });

  it('says at once that there is no way out of a closed room', async () => {
    const { errand, seconds } = walk(room(6), { x: 0, z: -20 });
    await expect(errand.finished).rejects.toThrow('no way');
    expect(seconds).toBeLessThan(20);
  });

  it('says so too when the closed room is the other one', async () => {
    const { errand, seconds } = walk(room(14), { x: 0, z: 0 }, [0, 0, 20]);
    await expect(errand.finished).rejects.toThrow('no way');
    // How many frames the search takes is the machine's matter.
    expect(seconds).toBeLessThan(20);
  });

  it('says so when it is interrupted', async () => {
    const errand = new WalkErrand(new WalkMap(gridOf([]), BOUNDS), { x: 5, z: 5 });
    errand.interrupt();
    await expect(errand.finished).rejects.toThrow('interrupted');
  });

  it('searches in slices: no frame is held up for long', () => {
    const maze = Array.from({ length: 12 }, (_, i) =>
      box([i % 2 === 0 ? 4 : -4, 0, -4 - i * 3], [80, 3, 0.3]),
    ).flat();
    const grid = gridOf(maze);
    const body = new WalkingBody(grid, BOUNDS);
    const errand = new WalkErrand(new WalkMap(grid, BOUNDS), { x: 0, z: -45 });
    const times = Array.from({ length: 200 }, () => {
      const start = performance.now();
      errand.wish(body, 3, FRAME);
      return performance.now() - start;
    }).sort((a, b) => a - b);
    expect(times[Math.floor(times.length * 0.9)]).toBeLessThan(8);
  });
});
