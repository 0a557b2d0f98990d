import { describe, expect, it } from 'vitest';
import { BodyPose } from './body_pose.ts';
import { BoneRows } from './bone_rows.ts';
import { BONE } from './bones.ts';
import { Face } from './face.ts';
import { Gaze, GazeField } from './gaze.ts';
import { seeded } from './person.ts';
import { artFromDisk } from './test_art.ts';

/** At the origin, looking along -z. */
const SELF = { id: 1, x: 0, y: 1.2, z: 0, yaw: 0 };
const STEP = 1 / 60;

function fieldOf(...people: (readonly [number, number, number, boolean?])[]): GazeField {
  const field = new GazeField();
  for (const [id, x, z, isSpeaking] of people) field.add(id, x, 1.2, z, isSpeaking ?? false);
  return field;
}

function watch(field: GazeField, seconds: number, tell: (gaze: Gaze) => void = () => {}): Gaze {
  const gaze = new Gaze(seeded(3));
  for (let t = 0; t < seconds; t += STEP) {
    gaze.update(field, SELF, 1, STEP);
    tell(gaze);
  }
  return gaze;
}

describe('gaze', () => {
  it('turns to the nearest in front, to the left positive', () => {
    const gaze = watch(fieldOf([2, -1, -1.5], [3, 1, -3]), 3);
    expect(gaze.target).toBe(2);
    expect(gaze.yaw).toBeGreaterThan(0.3);
  });

  it('rather looks at who speaks', () => {
    expect(watch(fieldOf([2, -0.5, -1.5], [3, 0.8, -2.8, true]), 3).target).toBe(3);
  });

  it('does not look behind, through itself, or further than four metres', () => {
    const seen = new Set<number>();
    watch(fieldOf([1, 0, 0], [2, 0, 2], [3, 0, -4.5]), 20, ({ target }) => seen.add(target));
    expect([...seen]).toEqual([0]);
  });

  it('now and then looks at somebody else', () => {
    const seen = new Set<number>();
    watch(fieldOf([2, -0.5, -1.5], [3, 0.5, -1.7]), 60, ({ target }) => seen.add(target));
    expect(seen.has(2) && seen.has(3)).toBe(true);
  });

  it('moves the head without a jerk, and never further than a neck goes', () => {
    const field = fieldOf([2, -2, -0.5]);
    let [before, fastest] = [0, 0];
    const gaze = watch(field, 5, ({ yaw }) => {
      fastest = Math.max(fastest, Math.abs(yaw - before));
      before = yaw;
    });
    expect(fastest).toBeLessThan(0.1);
    expect(gaze.yaw).toBeLessThanOrEqual(1);
  });

  it('turns the drawn face to where one looks', async () => {
    const art = await artFromDisk();
    const [figure] = art.figures;
    const rows = new BoneRows(1, art.rest);
    // Who looks along -z has x below 0 to the left.
    for (const side of [-1, 1]) {
      const pose = new BodyPose();
      const face = new Face(seeded(1));
      const gaze = new Gaze(seeded(1));
      for (let t = 0; t < 2; t += STEP) gaze.lookAt(-side, 0.3, STEP);
      gaze.apply(pose, face);
      if (figure) rows.write(0, pose, figure, SELF, face);
      const [x, y, z] = rows.pointOf(0, BONE.head, 0, 1.25, 0.2);
      const [backX, backY] = rows.pointOf(0, BONE.head, 0, 1.25, -0.2);
      expect((x - backX) * side).toBeGreaterThan(0.1);
      expect(y).toBeGreaterThan(backY);
      expect(z).toBeLessThan(0);
    }
  });

  it('shifts the eyes by at most eight millimetres', () => {
    const face = new Face(seeded(1));
    watch(fieldOf([2, -2, -0.5]), 2, (gaze) => {
      gaze.apply(new BodyPose(), face);
      expect(Math.abs(face.eyeX)).toBeLessThanOrEqual(0.008);
      expect(Math.abs(face.eyeY)).toBeLessThanOrEqual(0.008);
    });
  });
});

describe('face', () => {
  it('blinks every few seconds, shortly', () => {
    const face = new Face(seeded(5));
    let [blinks, closed, wasOpen] = [0, 0, true];
    for (let t = 0; t < 60; t += STEP) {
      face.update(STEP, null, false);
      const isOpen = face.lids > 0.5;
      if (wasOpen && !isOpen) blinks++;
      if (!isOpen) closed += STEP;
      wasOpen = isOpen;
    }
    expect(blinks).toBeGreaterThan(9);
    expect(blinks).toBeLessThan(40);
    expect(closed / blinks).toBeLessThan(0.2);
  });

  it('opens the mouth by the voice, and by the flag where there is no level', () => {
    const face = new Face(seeded(5));
    const most = (level: number | null, isSpeaking: boolean) => {
      let open = 0;
      for (let t = 0; t < 2; t += STEP) {
        face.update(STEP, level, isSpeaking);
        open = Math.max(open, face.mouth);
      }
      return open;
    };
    expect(most(0.6, false)).toBeGreaterThan(0.5);
    most(0, true);
    expect(face.mouth).toBeLessThan(0.01);
    expect(most(null, true)).toBeGreaterThan(0.3);
    most(null, false);
    expect(face.mouth).toBeLessThan(0.01);
  });
});
