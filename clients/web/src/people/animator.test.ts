import { POSE } from '@flux/sdk';
import { describe, expect, it } from 'vitest';
import { Animator } from './animator.ts';
import { angleBetween, BodyPose, FACE } from './body_pose.ts';
import { BoneRows } from './bone_rows.ts';
import { BONE } from './bones.ts';
import { samplePose } from './clips.ts';
import { Face } from './face.ts';
import { FeetGrip } from './feet_grip.ts';
import { Motion } from './motion.ts';
import { seeded } from './person.ts';
import { artFromDisk } from './test_art.ts';

const art = await artFromDisk();
const STEP = 1 / 60;

interface Course {
  readonly seconds: number;
  /** Metres a second along -z, which yaw 0 looks at. */
  readonly speed?: (t: number) => number;
  readonly pose?: (t: number) => number;
  /** Turns. */
  readonly yaw?: (t: number) => number;
  readonly isHandUp?: boolean;
  readonly figure?: number;
}

/** Plays a course and tells of each frame after it. */
function play(course: Course, tell: (frame: Played, t: number) => void): Played {
  const figure = art.figures[course.figure ?? 0];
  if (!figure) throw new Error('There is no such figure.');
  const motion = new Motion();
  motion.gait = art.gait;
  motion.legs = figure.legs;
  const animator = new Animator(art.clips, art.gait, seeded(7));
  const rows = new BoneRows(1, art.rest);
  const face = new Face(seeded(7));
  const grip = new FeetGrip();
  const played = { motion, animator, rows };
  let z = 0;
  for (let t = 0; t < course.seconds; t += STEP) {
    z -= (course.speed?.(t) ?? 0) * STEP;
    const pose = course.pose?.(t) ?? POSE.idle;
    motion.advance(0, 0, z, course.yaw?.(t) ?? 0, pose, STEP);
    animator.update(motion, course.isHandUp ?? false, STEP);
    grip.begin(animator.isStepping, STEP);
    rows.write(0, animator.pose, figure, motion, face, grip);
    tell(played, t);
  }
  return played;
}

interface Played {
  readonly motion: Motion;
  readonly animator: Animator;
  readonly rows: BoneRows;
}

const WALKING: Course = { seconds: 4, speed: () => 1.7, pose: () => POSE.walk };

describe('states', () => {
  const stateAfter = (course: Course) => play(course, () => undefined).animator.state;

  it('walks by speed, whatever the pose says', () => {
    expect(stateAfter({ seconds: 1, speed: () => 1.7 })).toBe('move');
    expect(stateAfter({ seconds: 1, pose: () => POSE.walk })).toBe('idle');
  });

  it('comes to rest by way of a stop', () => {
    const states = new Set<string>();
    const speed = (t: number) => (t < 1.5 ? 1.7 : 0);
    const { animator } = play({ seconds: 4, speed }, ({ animator: { state } }) =>
      states.add(state),
    );
    expect([...states]).toContain('stop');
    expect(animator.state).toMatch(/^idle/);
  });

  it('steps on the spot when it turns, to the side it turns to', () => {
    expect(stateAfter({ seconds: 0.5, yaw: (t) => t * 0.4 })).toBe('turn.left');
    expect(stateAfter({ seconds: 0.5, yaw: (t) => -t * 0.4 })).toBe('turn.right');
    expect(stateAfter({ seconds: 0.5, yaw: (t) => t * 0.02 })).toBe('idle');
  });

  it('jumps, falls and lands as told, and lands to the end', () => {
    expect(stateAfter({ seconds: 0.2, pose: () => POSE.jump })).toBe('jump');
    expect(stateAfter({ seconds: 0.5, pose: () => POSE.fall })).toBe('fall');
    const pose = (t: number) => (t < 0.5 ? POSE.fall : t < 0.55 ? POSE.land : POSE.idle);
    expect(stateAfter({ seconds: 0.7, pose })).toBe('land');
    expect(stateAfter({ seconds: 2, pose })).toBe('idle');
  });

  it('sits, and plays each emote under its own name while standing', () => {
    expect(stateAfter({ seconds: 1, pose: () => POSE.sit })).toBe('sit');
    for (const name of ['wave', 'dance', 'bow', 'heart', 'groove', 'hand'] as const) {
      expect(stateAfter({ seconds: 0.5, pose: () => POSE[name] })).toBe(name);
      expect(stateAfter({ seconds: 0.5, speed: () => 1.7, pose: () => POSE[name] })).toBe('move');
    }
  });

  it('does not bow twice for one bow', () => {
    let bows = 0;
    let before = '';
    play({ seconds: 20, pose: () => POSE.bow }, ({ animator: { state } }) => {
      if (state === 'bow' && before !== 'bow') bows++;
      before = state;
    });
    expect(bows).toBe(1);
  });

  it('varies how it stands now and then', () => {
    const states = new Set<string>();
    play({ seconds: 60 }, ({ animator: { state } }) => states.add(state));
    expect(states.size).toBeGreaterThan(2);
    for (const state of states) expect(state).toMatch(/^idle/);
  });
});

/** The sole's points that a foot stands on, at rest: heel and ball. */
const FEET = [
  { foot: BONE.leftFoot, toes: BONE.leftToes, x: 0.085, late: 0 },
  { foot: BONE.rightFoot, toes: BONE.rightToes, x: -0.085, late: 0.5 },
] as const;
const HEEL_Z = -0.045;
const BALL_Z = 0.06;

/** The shares of a stride during which a foot carries, from putting the heel down to rolling off. */
const STANCE = [0.02, 0.42] as const;
const TOUCHING = 0.008; // metres

interface Slides {
  /** The furthest that a flat foot moves over the ground, and one that rolls off its ball, in metres. */
  flat: number;
  rolling: number;
  steps: number;
}

function slides(course: Course): Slides {
  const found = { flat: 0, rolling: 0, steps: 0 };
  const since: (readonly [number, number] | null)[] = [null, null];
  play(course, ({ rows, motion }, t) => {
    if (t < 1) return;
    FEET.forEach(({ foot, toes, x, late }, i) => {
      const heel = rows.pointOf(0, foot, x, 0, HEEL_Z);
      const ball = rows.pointOf(0, toes, x, 0, BALL_Z);
      const share = (motion.phase / (Math.PI * 2) + late) % 1;
      const isDown = share > STANCE[0] && share < STANCE[1] && ball[1] < TOUCHING;
      const from = since[i];
      if (isDown && from) {
        const kind = heel[1] < TOUCHING ? 'flat' : 'rolling';
        found[kind] = Math.max(found[kind], Math.hypot(ball[0] - from[0], ball[2] - from[1]));
      } else if (isDown) found.steps++;
      since[i] = isDown ? (from ?? [ball[0], ball[2]]) : null;
    });
  });
  return found;
}

describe('the drawn pose', () => {
  it('keeps planted feet where they are at a walk of 1.7 m/s', () => {
    for (const figure of [0, 3, 8, 13]) {
      const { flat, rolling, steps } = slides({ ...WALKING, figure });
      expect(steps).toBeGreaterThan(6);
      expect(flat).toBeLessThan(0.01);
      expect(rolling).toBeLessThan(0.02);
    }
  });

  it('keeps them there between a walk and a run, where no clip agrees with the ground', () => {
    for (const speed of [0.7, 2.2, 3]) {
      const { flat, rolling, steps } = slides({ seconds: 4, speed: () => speed });
      expect(steps).toBeGreaterThan(3);
      expect(flat).toBeLessThan(0.02);
      expect(rolling).toBeLessThan(0.03);
    }
  });

  it('stands on the ground, whatever the figure', () => {
    for (let figure = 0; figure < 16; figure++) {
      const { rows } = play({ seconds: 0.5, figure }, () => undefined);
      for (const { foot, toes, x } of FEET) {
        expect(Math.abs(rows.pointOf(0, foot, x, 0, HEEL_Z)[1])).toBeLessThan(0.02);
        expect(Math.abs(rows.pointOf(0, toes, x, 0, BALL_Z)[1])).toBeLessThan(0.02);
      }
    }
  });

  it('never jumps from one frame to the next', () => {
    const pose = (t: number) => {
      if (t < 1) return POSE.idle;
      if (t < 3) return POSE.walk;
      if (t < 4) return POSE.run;
      if (t < 4.5) return POSE.fall;
      if (t < 5) return POSE.land;
      if (t < 7) return POSE.wave;
      if (t < 9) return POSE.dance;
      return t < 10 ? POSE.sit : POSE.cheer;
    };
    const speed = (t: number) => (t < 1 || t > 4 ? 0 : t < 3 ? 1.7 : 2.6);
    const before = new BodyPose();
    let [changing, largest, state] = [0, 0, ''];
    play({ seconds: 11.5, pose, speed }, ({ animator }, t) => {
      const angle = t === 0 ? 0 : (angleBetween(before, animator.pose) * 180) / Math.PI;
      if (state !== animator.state) changing = Math.max(changing, angle);
      largest = Math.max(largest, angle);
      state = animator.state;
      before.copy(animator.pose);
    });
    expect(changing).toBeLessThan(12);
    // A running knee bends by 26 degrees a frame all by itself.
    expect(largest).toBeLessThan(34);
  });

  it('puts the hand up over whatever the legs do', () => {
    const height = (course: Course) =>
      play(course, () => undefined).rows.pointOf(0, BONE.rightHand, -0.5, 0.97, 0)[1];
    const wrist = height({ ...WALKING, seconds: 2 });
    expect(height({ ...WALKING, seconds: 2, isHandUp: true })).toBeGreaterThan(wrist + 0.35);
    const legs = new BodyPose();
    play({ ...WALKING, seconds: 2 }, ({ animator }) => legs.copy(animator.pose));
    const { animator } = play({ ...WALKING, seconds: 2, isHandUp: true }, () => undefined);
    for (const bone of [BONE.hips, BONE.leftUpperLeg, BONE.rightLowerLeg]) {
      const own = animator.pose.rotation.subarray(bone * 4, bone * 4 + 4);
      expect([...own]).toEqual([...legs.rotation.subarray(bone * 4, bone * 4 + 4)]);
    }
  });

  it('leans into a turn while walking', () => {
    const lean = (sign: number) => {
      const { rows } = play({ ...WALKING, yaw: (t) => sign * t * 0.25 }, () => undefined);
      const [headX] = rows.pointOf(0, BONE.head, 0, 1.1, 0);
      return headX;
    };
    // The last frame looks back where it came from: what was left is now right.
    expect(lean(1)).not.toBeCloseTo(lean(-1), 2);
  });

  it('opens the mouth as the clip says', () => {
    const pose = new BodyPose();
    samplePose(art.clips.cheer, 5, pose);
    expect(pose.face[FACE.jaw]).toBeGreaterThan(0.3);
    samplePose(art.clips.idle, 5, pose);
    expect(pose.face[FACE.jaw]).toBeLessThan(0.12);
  });
});
