"""From channels to bones: the trunk bends along its bones, arms hang from the shoulders, and legs
reach for where the feet are told to be, so that what is planted stays so whatever the body does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from art.motion.bones import (ANKLE, AT, BALL, BONE, FOREARM, HEEL, NAMES, OFFSET, SHIN, THIGH,
                              UPPER_ARM)
from art.motion.clip import ARM
from art.motion.turning import (about_x, about_y, about_z, inverse, to_matrices, to_quaternions,
                                turned,
                                unit)

Channels = dict[str, np.ndarray]

# How a bend of the whole trunk, or of neck and head, is shared by its bones.
TRUNK = (('spine', 0.36), ('chest', 0.34), ('upperChest', 0.30))
NECK = (('neck', 0.35), ('head', 0.65))
# A leg is never quite straight: at full length the knee would snap.
REACH = (THIGH + SHIN) * 0.9995
# Beyond it a heel that comes up brings the ankle no nearer.
ROLL_MAX = 75


@dataclass
class Body:
    """Frames of a body: local rotations (n, bones, 3, 3), hips (n, 3), the face's scales (n,)."""

    rotation: np.ndarray
    hips: np.ndarray
    scale: dict[str, np.ndarray]
    # By how much each foot, left and right, misses where it should be: metres.
    missed: np.ndarray


def body(c: Channels) -> Body:
    count = len(c['hips.x'])
    rotation = np.tile(np.eye(3), (count, len(NAMES), 1, 1))
    hips = OFFSET[BONE['hips']] + np.stack([c['hips.x'], c['hips.y'], c['hips.z']], 1)
    rotation[:, BONE['hips']] = _turn(c, 'hips', 1)
    for part, bones in (('trunk', TRUNK), ('head', NECK)):
        for name, share in bones:
            rotation[:, BONE[name]] = _turn(c, part, share)
    missed = np.zeros((count, 2))
    for side, sign in (('left', 1), ('right', -1)):
        _arm(c, side, sign, rotation)
        missed[:, 0 if sign > 0 else 1] = _leg(c, side, sign, rotation, hips)
    scale = {name: c[name] for name in ('leftEye', 'rightEye', 'jaw')}
    return Body(rotation, hips, scale, missed)


def _turn(c: Channels, part: str, share: float) -> np.ndarray:
    return (about_y(c[f'{part}.yaw'] * share) @ about_x(c[f'{part}.pitch'] * share)
            @ about_z(-c[f'{part}.lean'] * share))


def _arm(c: Channels, side: str, sign: int, rotation: np.ndarray) -> None:
    """Angles are of an arm that hangs; at rest it is stretched out sideways."""
    hang = about_z(-90 * sign)
    get = {name: c[f'{side}.{name}'] for name in ARM}
    # A raised arm takes its shoulder along.
    shrug = get['shrug'] + np.clip(get['out'] - 70, 0, None) * 0.22
    shoulder = about_y(-sign * get['reach']) @ about_z(sign * shrug)
    arm = (about_x(-get['forward']) @ about_z(sign * get['out']) @ about_y(-sign * get['twist']))
    upper = inverse(shoulder) @ arm @ hang
    lower = inverse(hang) @ about_x(-get['elbow']) @ hang
    if get['hold'].any():
        held_upper, held_lower = _held(get, side, sign, shoulder)
        upper = _between(upper, held_upper, get['hold'])
        lower = _between(lower, held_lower, get['hold'])
    rotation[:, BONE[f'{side}Shoulder']] = shoulder
    rotation[:, BONE[f'{side}UpperArm']] = upper
    rotation[:, BONE[f'{side}LowerArm']] = lower
    # The wrist bends to the palm's side (bend) or about the forearm's length (wrist).
    hand = about_y(-sign * get['wrist']) @ about_z(-sign * get['bend'])
    rotation[:, BONE[f'{side}Hand']] = inverse(hang) @ hand @ hang
    rotation[:, BONE[f'{side}ThumbProximal']] = about_y(sign * get['thumb'])


def _held(get: Channels, side: str, sign: int, shoulder: np.ndarray) -> tuple[np.ndarray,
                                                                              np.ndarray]:
    """Upper and lower arm that bring the wrist to x (outwards), y, z of the rest pose's chest."""
    to = np.stack([sign * get['x'], get['y'], get['z']], 1) - AT[BONE['upperChest']]
    joint = (OFFSET[BONE[f'{side}Shoulder']]
             + turned(shoulder, OFFSET[BONE[f'{side}UpperArm']]))
    way = to - joint
    far = np.linalg.norm(way, axis=1)
    length = np.clip(far, abs(UPPER_ARM - FOREARM) + 0.02, (UPPER_ARM + FOREARM) * 0.998)
    along = way / far[:, None]
    swivel = np.radians(get['swivel'])
    elbow_to = np.stack([sign * np.sin(swivel), -np.cos(swivel), np.full(len(far), -0.25)], 1)
    elbow_to = unit(elbow_to - (elbow_to * along).sum(1, keepdims=True) * along)
    cos = (UPPER_ARM**2 + length**2 - FOREARM**2) / (2 * UPPER_ARM * length)
    sin = np.sqrt(np.clip(1 - cos**2, 0, 1))
    arm = along * cos[:, None] + elbow_to * sin[:, None]
    forearm = unit(along * length[:, None] - arm * UPPER_ARM)
    hinge = unit(np.cross(-elbow_to, sign * along))
    upper = np.stack([sign * arm, hinge, np.cross(sign * arm, hinge)], -1)
    lower = np.stack([sign * forearm, hinge, np.cross(sign * forearm, hinge)], -1)
    return inverse(shoulder) @ upper, inverse(upper) @ lower


def _between(a: np.ndarray, b: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Rotations on the shorter way from a to b."""
    share = share[:, None]
    qa, qb = to_quaternions(a), to_quaternions(b)
    qb = np.where((qa * qb).sum(1, keepdims=True) < 0, -qb, qb)
    return to_matrices(unit(qa * (1 - share) + qb * share))


def _foot(c: Channels, side: str, sign: int, more: np.ndarray) -> tuple[np.ndarray, np.ndarray,
                                                                        np.ndarray]:
    """The ankle, how the foot is turned, and how far its heel is up: `more` than told."""
    roll = c[f'{side}Foot.roll'] + more
    heading = about_y(sign * c[f'{side}Foot.turn'])
    ground = np.stack([c[f'{side}Foot.x'], c[f'{side}Foot.lift'], c[f'{side}Foot.z']], 1)
    return ground + ankle_over(roll, heading), heading @ about_x(roll), roll


def ankle_over(roll: np.ndarray, heading: np.ndarray) -> np.ndarray:
    """Where the ankle is against the place a foot is told to stand at, rolled over ball or heel."""
    pivot = np.where(roll[:, None] > 0, BALL, HEEL)
    return turned(heading, pivot + turned(about_x(roll), np.array([0, ANKLE, 0]) - pivot))


def _leg(c: Channels, side: str, sign: int, rotation: np.ndarray, hips: np.ndarray) -> np.ndarray:
    """Two bones to the ankle; a heel too far away comes up. Returns what is still missed."""
    pelvis = rotation[:, BONE['hips']]
    hip = hips + turned(pelvis, OFFSET[BONE[f'{side}UpperLeg']])
    more = _heel_up(c, side, sign, hip)
    ankle, foot, roll = _foot(c, side, sign, more)
    way = ankle - hip
    far = np.linalg.norm(way, axis=1)
    length = np.clip(far, abs(THIGH - SHIN) + 0.01, REACH)
    along = way / far[:, None]
    heading = about_y(sign * (0.5 * c[f'{side}Foot.turn'] + c[f'{side}Foot.knee']))
    knee_to = unit(turned(pelvis, np.array([0, 0, 1.0])) + np.array([0, 0, 1e-3]))
    knee_to = turned(heading, knee_to)
    knee_to = unit(knee_to - (knee_to * along).sum(1, keepdims=True) * along)
    cos = (THIGH**2 + length**2 - SHIN**2) / (2 * THIGH * length)
    sin = np.sqrt(np.clip(1 - cos**2, 0, 1))
    thigh = along * cos[:, None] + knee_to * sin[:, None]
    shin = unit(along * length[:, None] - thigh * THIGH)
    side_axis = unit(np.cross(-along, knee_to))
    upper, lower = _frame(side_axis, thigh), _frame(side_axis, shin)
    rotation[:, BONE[f'{side}UpperLeg']] = inverse(pelvis) @ upper
    rotation[:, BONE[f'{side}LowerLeg']] = inverse(upper) @ lower
    rotation[:, BONE[f'{side}Foot']] = inverse(lower) @ foot
    # Toes lie flat while the foot rolls over them, and go straight in the air.
    on_ground = np.clip(1 - c[f'{side}Foot.lift'] / 0.05, 0, 1)
    rotation[:, BONE[f'{side}Toes']] = about_x(-np.clip(roll, 0, None) * on_ground)
    return np.abs(far - length)


def _heel_up(c: Channels, side: str, sign: int, hip: np.ndarray) -> np.ndarray:
    """The least further roll with which the hip reaches the ankle of a foot on the ground."""
    def too_far(more: np.ndarray) -> np.ndarray:
        return np.linalg.norm(_foot(c, side, sign, more)[0] - hip, axis=1) > REACH

    none = np.zeros(len(hip))
    most = np.clip(ROLL_MAX - c[f'{side}Foot.roll'], 0, None)
    # Not every roll beyond the least one does, so that one is looked for from below.
    steps = np.linspace(0, 1, 25)
    reached = np.stack([~too_far(most * step) for step in steps])
    first = reached.argmax(0)
    needs = reached.any(0) & ~reached[0]
    low, high = most * steps[np.maximum(first - 1, 0)], most * steps[first]
    for _ in range(12):
        middle = (low + high) / 2
        short = too_far(middle)
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    high = np.where(needs, high, none)
    # A foot in the air just comes along.
    return high * np.clip(1 - c[f'{side}Foot.lift'] / 0.02, 0, 1)


def _frame(side_axis: np.ndarray, down: np.ndarray) -> np.ndarray:
    """The rotation that brings a hanging bone to `down` with its x to the side."""
    return np.stack([side_axis, -down, np.cross(side_axis, -down)], -1)
