// bones: the skeleton everybody wears, as art/people/skeleton.json has it: names, parents and which part
// of the body a bone belongs to. Where the joints are comes with people.glb.

export const BONE_NAMES = [
  'hips',
  'spine',
  'chest',
  'upperChest',
  'neck',
  'head',
  'leftEye',
  'rightEye',
  'jaw',
  'smile',
  'leftShoulder',
  'leftUpperArm',
  'leftLowerArm',
  'leftHand',
  'leftThumbProximal',
  'rightShoulder',
  'rightUpperArm',
  'rightLowerArm',
  'rightHand',
  'rightThumbProximal',
  'leftUpperLeg',
  'leftLowerLeg',
  'leftFoot',
  'leftToes',
  'rightUpperLeg',
  'rightLowerLeg',
  'rightFoot',
  'rightToes',
  'held',
] as const;

export type BoneName = (typeof BONE_NAMES)[number];

export const BONES = BONE_NAMES.length;

export const BONE = Object.fromEntries(BONE_NAMES.map((name, index) => [name, index])) as Readonly<
  Record<BoneName, number>
>;

/** Each bone's parent, which comes before it; -1 for the hips. */
export const PARENT: Int8Array = Int8Array.of(
  -1,
  BONE.hips,
  BONE.spine,
  BONE.chest,
  BONE.upperChest,
  BONE.neck,
  ...[BONE.head, BONE.head, BONE.head, BONE.head],
  ...[BONE.upperChest, BONE.leftShoulder, BONE.leftUpperArm, BONE.leftLowerArm, BONE.leftHand],
  ...[BONE.upperChest, BONE.rightShoulder, BONE.rightUpperArm, BONE.rightLowerArm, BONE.rightHand],
  ...[BONE.hips, BONE.leftUpperLeg, BONE.leftLowerLeg, BONE.leftFoot],
  ...[BONE.hips, BONE.rightUpperLeg, BONE.rightLowerLeg, BONE.rightFoot],
  BONE.leftHand,
);

/** What scales together when a figure is taller, rounder or longer of limb. */
export const GROUP = {
  trunk: 0,
  head: 1,
  armLeft: 2,
  armRight: 3,
  leg: 4,
  foot: 5,
  held: 6,
} as const;
export type BoneGroup = (typeof GROUP)[keyof typeof GROUP];

const GROUPS: readonly (readonly [BoneGroup, readonly BoneName[]])[] = [
  [GROUP.head, ['head', 'leftEye', 'rightEye', 'jaw', 'smile']],
  [GROUP.armLeft, ['leftUpperArm', 'leftLowerArm', 'leftHand', 'leftThumbProximal']],
  [GROUP.armRight, ['rightUpperArm', 'rightLowerArm', 'rightHand', 'rightThumbProximal']],
  [GROUP.leg, ['leftUpperLeg', 'leftLowerLeg', 'rightUpperLeg', 'rightLowerLeg']],
  [GROUP.foot, ['leftFoot', 'leftToes', 'rightFoot', 'rightToes']],
  [GROUP.held, ['held']],
];

export const BONE_GROUP: Uint8Array = new Uint8Array(BONES);
for (const [group, names] of GROUPS) for (const name of names) BONE_GROUP[BONE[name]] = group;

/** Moved by a raised hand, over whatever else the body does. */
export const RAISED_ARM: readonly number[] = [
  BONE.rightShoulder,
  BONE.rightUpperArm,
  BONE.rightLowerArm,
  BONE.rightHand,
  BONE.rightThumbProximal,
];

/** Everything above the hips. */
export const UPPER_BODY: readonly number[] = BONE_NAMES.map((_, index) => index).filter(
  (index) => index > BONE.hips && index < BONE.leftUpperLeg,
);

/** Joints of the middle figure in the T rest pose, in metres: three numbers a bone. */
export type RestJoints = Float32Array;
