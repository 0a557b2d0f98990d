import { POSE } from '@flux/sdk';
import { describe, expect, it } from 'vitest';
import { FAR_POSE_VECTORS, FAR_POSES, farPoseRow, farPoseTable } from './far_pose_table.ts';
import { mixJoints, newJoints, setPose } from './joints.ts';
import { BONE, ROW_TEXELS, Skeleton } from './skeleton.ts';

function posed(pose: number, t = 0.4, phase = 1.2, speed = 2) {
  const joints = newJoints();
  setPose(joints, pose, t, phase, speed, 0);
  return joints;
}

/** Where a point of the doll at rest comes to lie. */
function placed(bone: number, point: readonly number[], pose: number, look = 0): number[] {
  const texels = new Float32Array(ROW_TEXELS * 4);
  new Skeleton(texels).write(0, look, 10, 0, 20, 0.25, posed(pose, 0.4, Math.PI / 2));
  const [x = 0, y = 0, z = 0] = point;
  return [0, 1, 2].map((row) => {
    const at = bone * 12 + row * 4;
    const [a = 0, b = 0, c = 0, d = 0] = texels.subarray(at, at + 4);
    return a * x + b * y + c * z + d;
  });
}

describe('joints', () => {
  it('swings arms against legs', () => {
    const walk = posed(POSE.walk, 0.4, Math.PI / 2);
    expect(walk.legLeft.forward).toBeGreaterThan(0.3);
    expect(walk.legRight.forward).toBeLessThan(-0.3);
    expect(walk.left.forward).toBeLessThan(0);
    expect(walk.right.forward).toBeGreaterThan(0);
  });

  it('shows an unlisted pose as idle', () => {
    expect(posed(63)).toEqual(posed(POSE.idle));
  });

  it('gives every emote a pose of its own', () => {
    for (let pose = POSE.wave; pose <= POSE.heart; pose++) {
      expect(posed(pose, 1)).not.toEqual(posed(POSE.idle, 1));
    }
  });

  it('mixes from one pose to another', () => {
    const joints = posed(POSE.idle);
    const cheer = posed(POSE.cheer);
    mixJoints(joints, cheer, 1);
    expect(joints.right.out).toBeCloseTo(cheer.right.out);
  });
});

describe('skeleton', () => {
  it('puts the doll where it stands, turned as the protocol says', () => {
    // A quarter of a turn looks along -x: the nose is at smaller x than the head's middle.
    const middle = placed(BONE.head, [0, 1.3, 0], POSE.idle);
    const nose = placed(BONE.head, [0, 1.3, -0.2], POSE.idle);
    expect(middle[0]).toBeCloseTo(10, 0);
    expect(middle[2]).toBeCloseTo(20, 0);
    expect((nose[0] ?? 0) - (middle[0] ?? 0)).toBeLessThan(-0.15);
  });

  it('lifts the hand that waves above the head', () => {
    const hand = placed(BONE.armRight + 1, [0.137, 0.58, 0], POSE.wave);
    expect(hand[1]).toBeGreaterThan(1.15);
  });

  it('makes tall figures taller than small ones', () => {
    const [tall, small] = [
      placed(BONE.head, [0, 1.5, 0], POSE.idle, 3),
      placed(BONE.head, [0, 1.5, 0], POSE.idle, 7),
    ];
    expect((tall[1] ?? 0) - (small[1] ?? 0)).toBeGreaterThan(0.3);
  });
});

describe('far_pose_table', () => {
  it('has a row for every pose and only finite numbers', () => {
    const table = farPoseTable();
    expect(table).toHaveLength(FAR_POSES * FAR_POSE_VECTORS);
    for (const vector of table) expect(vector.toArray().every(Number.isFinite)).toBe(true);
    for (const pose of Object.values(POSE)) expect(farPoseRow(pose)).toBeLessThan(FAR_POSES);
  });
});
