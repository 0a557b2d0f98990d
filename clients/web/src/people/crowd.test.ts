import type { EntityId, PictureView } from '@flux/sdk';
import { POSE } from '@flux/sdk';
import { describe, expect, it } from 'vitest';
import { Crowd, crowdLimits, type OwnBody } from './crowd.ts';
import { VEIL } from './far_people.ts';
import { Motion } from './motion.ts';
import { artFromDisk } from './test_art.ts';

const art = await artFromDisk();
const SELF = 1 as EntityId;
const STEP = 1 / 30;
const VIEW = { x: 0, z: 0, lookX: 0, lookZ: -1 };

/** A picture that can be written: people on a spiral before us, `apart` metres from one to the next. */
function pictureOf(count: number, apart: number) {
  const rows = {
    id: new Uint32Array(count),
    look: new Uint32Array(count),
    kind: new Uint8Array(count),
    pose: new Uint8Array(count),
    flags: new Uint8Array(count),
    from: new Float32Array(count * 4),
    to: new Float32Array(count * 4),
    time: new Float32Array(count * 2),
  };
  const picture = {
    ...rows,
    count,
    capacity: count,
    epochTick: 0,
    membershipVersion: 1,
    find: (id: number) => (picture.count > id - 100 && id >= 100 ? id - 100 : -1),
    takeDirty: () => null,
  };
  for (let i = 0; i < count; i++) {
    const [away, angle] = [1.5 + Math.sqrt(i) * apart, i * 2.4];
    rows.id[i] = 100 + i;
    rows.look[i] = Math.imul(i + 1, 0x9e3779b1) >>> 0;
    const place = [Math.cos(angle) * away, 0, -Math.abs(Math.sin(angle)) * away, 0];
    rows.from.set(place, i * 4);
    rows.to.set(place, i * 4);
    rows.time.set([0, 1], i * 2);
  }
  return picture;
}

type Picture = ReturnType<typeof pictureOf>;

function crowdOf(picture: Picture, quality: 'high' | 'low' = 'high') {
  const crowd = new Crowd(art, picture as unknown as PictureView, 50);
  crowd.limits = crowdLimits(quality);
  const self: OwnBody = { id: SELF, look: 0x10, flags: 0, motion: new Motion(), isShown: true };
  let tick = 0;
  const run = (seconds: number, own: Partial<OwnBody> = {}) => {
    for (let t = 0; t < seconds; t += STEP) {
      tick += STEP * 20;
      self.motion.advance(0, 0, 0, 0, POSE.idle, STEP);
      crowd.update(tick, STEP, VIEW, { ...self, ...own });
    }
  };
  return { crowd, run };
}

describe('crowd', () => {
  it('gives bones to the nearest and draws everybody once', () => {
    const { crowd, run } = crowdOf(pictureOf(600, 1));
    run(4);
    expect(crowd.drawnNear).toBe(101);
    expect(crowd.drawn).toBe(601);
    const away = crowd.people.map(({ motion }) => Math.hypot(motion.x, motion.z));
    expect(away[0]).toBeLessThan(3);
    expect(Math.max(...away)).toBeLessThan(16);
  });

  it('keeps to its triangles: a hundred near, and on a phone', () => {
    const high = crowdOf(pictureOf(101, 1));
    high.run(4);
    expect(high.crowd.triangles.drawn).toBeLessThan(170_000);
    expect(high.crowd.triangles.cast).toBeLessThan(30_000);
    expect(high.crowd.triangles.drawn).toBeGreaterThan(30_000);
    const low = crowdOf(pictureOf(101, 1), 'low');
    low.crowd.shadows = false;
    low.run(4);
    expect(low.crowd.triangles.drawn).toBeLessThan(18_000);
    expect(low.crowd.triangles.cast).toBe(0);
  });

  it('draws all of them with few calls', () => {
    const { crowd, run } = crowdOf(pictureOf(600, 1));
    run(4);
    let meshes = 0;
    crowd.group.traverse((object) => {
      if ('isMesh' in object) meshes++;
    });
    expect(meshes).toBeLessThanOrEqual(12);
  });

  it('shows a far picture exactly of those who have no body', () => {
    const picture = pictureOf(300, 1);
    const { crowd, run } = crowdOf(picture);
    run(4);
    const shown = [...crowd.veils].filter((veil) => veil === VEIL.shown).length;
    expect([...crowd.veils].every((veil) => veil === VEIL.shown || veil === VEIL.hidden)).toBe(
      true,
    );
    expect(shown).toBe(300 - 100 - crowdLimits('high').crowd);
  });

  it('fades nobody in and out when nothing moves', () => {
    const { crowd, run } = crowdOf(pictureOf(300, 1));
    run(6);
    const before = [...crowd.veils];
    const people = crowd.people.map(({ id }) => id);
    run(2);
    expect([...crowd.veils]).toEqual(before);
    expect(crowd.people.map(({ id }) => id)).toEqual(people);
  });

  it('forgets who left, and takes who comes to their place', () => {
    const picture = pictureOf(20, 1);
    const { crowd, run } = crowdOf(picture);
    run(2);
    expect(crowd.drawnNear).toBe(21);
    picture.count = 12;
    picture.membershipVersion++;
    run(0.1);
    expect(crowd.drawnNear).toBe(13);
    picture.count = 20;
    picture.membershipVersion++;
    run(2);
    expect(crowd.drawnNear).toBe(21);
  });

  it('dresses anew who changes clothes', () => {
    const picture = pictureOf(1, 1);
    const { crowd, run } = crowdOf(picture);
    run(1);
    const before = crowd.triangles.drawn;
    picture.look[0] = 0x0900_d006;
    run(0.1);
    expect(crowd.people[0]?.look).toBe(0x0900_d006);
    expect(crowd.triangles.drawn).not.toBe(before);
  });

  it('goes on with more people when it may draw more', () => {
    const { crowd, run } = crowdOf(pictureOf(200, 1), 'low');
    run(2);
    expect(crowd.drawnNear).toBe(8);
    crowd.limits = crowdLimits('high');
    run(4);
    expect(crowd.drawnNear).toBe(101);
  });
});
