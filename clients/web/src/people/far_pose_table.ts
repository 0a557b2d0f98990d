// far_pose_table: the poses for those far away, as numbers: how limbs are held and how far they swing.
// Read off the near dolls' poses, so that nobody changes what they do on coming near.

import { POSE } from '@flux/sdk';
import { Vector4 } from 'three';
import { type Joints, newJoints, setPose } from './joints.ts';

/** Vectors a pose. */
export const FAR_POSE_VECTORS = 4;
export const FAR_POSES = 18;

/** Beats a second in radians, as each pose's own sines have it. */
const BEAT: Readonly<Record<number, number>> = {
  [POSE.wave]: 9,
  [POSE.dance]: 3.5,
  [POSE.clap]: 13,
  [POSE.cheer]: 11,
  [POSE.laugh]: 8.5,
  [POSE.heart]: 3.2,
};
const WALKING = { [POSE.walk]: 8.6, [POSE.run]: 15 } as Readonly<Record<number, number>>;

/** Row of a pose in the table: the first eight by number, emotes behind them. */
export const farPoseRow = (pose: number): number =>
  pose < 8 ? pose : pose >= POSE.wave && pose <= POSE.heart ? pose - POSE.wave + 8 : 0;

const poseOfRow = (row: number): number => (row < 8 ? row : row - 8 + POSE.wave);

function sample(pose: number, quarter: number): Joints {
  const joints = newJoints();
  const beat = WALKING[pose] ?? BEAT[pose] ?? 1;
  const t = pose === POSE.bow ? 1 : quarter / beat;
  setPose(joints, pose, t, quarter, pose === POSE.run ? 4.5 : 1.7, 0);
  return joints;
}

/**
 * Four vectors a pose: arms left and right (forward, out) at the middle of the beat; how far each swings
 * from there; legs (left and right forward) and how far they swing; elbows' bend, lift, lean and beat.
 */
export function farPoseTable(): Vector4[] {
  const table: Vector4[] = [];
  for (let row = 0; row < FAR_POSES; row++) {
    const pose = poseOfRow(row);
    const [a, b] = [sample(pose, Math.PI / 2), sample(pose, -Math.PI / 2)];
    const middle = (x: number, y: number) => (x + y) / 2;
    const swing = (x: number, y: number) => (x - y) / 2;
    const beat =
      pose === POSE.walk || pose === POSE.run ? (WALKING[pose] ?? 8) : (BEAT[pose] ?? 1.2);
    table.push(
      new Vector4(
        middle(a.left.forward, b.left.forward),
        middle(a.left.out, b.left.out),
        middle(a.right.forward, b.right.forward),
        middle(a.right.out, b.right.out),
      ),
      new Vector4(
        swing(a.left.forward, b.left.forward),
        swing(a.left.out, b.left.out),
        swing(a.right.forward, b.right.forward),
        swing(a.right.out, b.right.out),
      ),
      new Vector4(
        middle(a.legLeft.forward, b.legLeft.forward),
        middle(a.legRight.forward, b.legRight.forward),
        swing(a.legLeft.forward, b.legLeft.forward),
        beat,
      ),
      new Vector4(
        middle(a.left.elbow, b.left.elbow),
        middle(a.right.elbow, b.right.elbow),
        middle(a.y, b.y),
        middle(a.chest.pitch, b.chest.pitch),
      ),
    );
  }
  return table;
}
