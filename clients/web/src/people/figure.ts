// figure: a figure's proportions as what each bone is scaled by and how far it is from its parent.

import { BONE, BONE_GROUP, BONES, GROUP, PARENT, type RestJoints } from './bones.ts';

/** Against the middle figure, whose numbers are all 1. */
export interface Figure {
  readonly name: string;
  readonly legs: number;
  readonly torso: number;
  readonly girth: number;
  readonly head: number;
  readonly arms: number;
}

export interface FigureShape extends Figure {
  /** From the parent's joint: three numbers a bone. The hips' own is from the ground. */
  readonly offset: Float32Array;
  /** Along the axes of the rest pose: three numbers a bone. */
  readonly scale: Float32Array;
}

type Triple = readonly [number, number, number];

const mix = (a: number, b: number, k: number) => a + (b - a) * k;

/** A hand that hangs is so high over the ground, and so far below its shoulder. */
const HAND_Y = 0.615;
const HAND_BELOW = 0.355;
const HIPS_Y = 0.515;

/** What is held is as much larger as the hand is higher: a staff reaches the ground. */
export function heldScale({ legs, torso, arms }: Figure): number {
  const shoulder = HIPS_Y * legs + (HAND_Y + HAND_BELOW - HIPS_Y) * torso;
  return (shoulder - HAND_BELOW * arms) / HAND_Y;
}

/** What lies about a bone is stretched so. Arms lie along x at rest, legs and trunk along y. */
function scaleOf(bone: number, figure: Figure): Triple {
  const { legs, torso, girth, head, arms } = figure;
  const armThick = mix(1, girth, 0.35);
  const legThick = mix(1, girth, 0.5);
  switch (BONE_GROUP[bone]) {
    case GROUP.head:
      return [head, head, head];
    case GROUP.armLeft:
    case GROUP.armRight: {
      const isHand = bone !== BONE.leftUpperArm && bone !== BONE.rightUpperArm;
      const isLower = bone === BONE.leftLowerArm || bone === BONE.rightLowerArm;
      const hand = handScale(arms);
      return isHand && !isLower ? [hand, hand, hand] : [arms, armThick, armThick];
    }
    case GROUP.held: {
      const held = heldScale(figure);
      return [held, held, held];
    }
    case GROUP.leg:
      return [legThick, legs, legThick];
    case GROUP.foot:
      // As high and long as its leg, or soles would leave the ground and slide as they roll off it.
      return [mix(1, legs, 0.6), legs, legs];
    default:
      return bone === BONE.neck
        ? [mix(1, girth, 0.3), torso, mix(1, girth, 0.3)]
        : [girth, torso, girth];
  }
}

const handScale = (arms: number) => mix(1, arms, 0.6);

/** The way from a bone's parent is stretched so. */
function stretchOf(bone: number, figure: Figure): Triple {
  const { legs, torso, girth, head, arms } = figure;
  switch (bone) {
    case BONE.hips:
    case BONE.leftLowerLeg:
    case BONE.rightLowerLeg:
    case BONE.leftFoot:
    case BONE.rightFoot:
      return [1, legs, legs];
    case BONE.leftUpperLeg:
    case BONE.rightUpperLeg:
      return [mix(1, girth, 0.8), legs, 1];
    case BONE.leftToes:
    case BONE.rightToes:
      return [1, legs, legs];
    case BONE.head:
      return [1, torso, 1];
    case BONE.leftThumbProximal:
    case BONE.rightThumbProximal:
    case BONE.held:
      return [handScale(arms), handScale(arms), handScale(arms)];
    case BONE.leftLowerArm:
    case BONE.rightLowerArm:
    case BONE.leftHand:
    case BONE.rightHand:
      return [arms, 1, 1];
    default:
      return BONE_GROUP[bone] === GROUP.head ? [head, head, head] : [girth, torso, girth];
  }
}

export function figureShape(figure: Figure, rest: RestJoints): FigureShape {
  const offset = new Float32Array(BONES * 3);
  const scale = new Float32Array(BONES * 3);
  for (let bone = 0; bone < BONES; bone++) {
    const parent = PARENT[bone] ?? -1;
    const stretch = stretchOf(bone, figure);
    scale.set(scaleOf(bone, figure), bone * 3);
    for (let k = 0; k < 3; k++) {
      const from = parent < 0 ? 0 : (rest[parent * 3 + k] ?? 0);
      offset[bone * 3 + k] = ((rest[bone * 3 + k] ?? 0) - from) * (stretch[k] ?? 1);
    }
  }
  return { ...figure, offset, scale };
}

/** Who rests on the ground is so much lower, times their legs: as far as hips are above it. */
export const RESTING_LOWER = 0.395;

export const restingLower = (figure?: Figure) => RESTING_LOWER * (figure?.legs ?? 1);

/** From the ground to the joint of the head, standing upright. */
export function headJointHeight(figure: Figure, rest: RestJoints): number {
  const hips = rest[BONE.hips * 3 + 1] ?? 0;
  const head = rest[BONE.head * 3 + 1] ?? 0;
  return hips * figure.legs + (head - hips) * figure.torso;
}
