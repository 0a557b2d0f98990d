"""Dressing, scaling and bending people in numpy by the client's rules: for tests and pictures."""

from dataclasses import dataclass

import numpy as np

from art.base.shape import rotation
from art.people.figures import Figure
from art.people.measure import BONE_NAMES, JOINTS, PARENTS
from art.people.wardrobe import Part, Wardrobe

_FIELD_OF_SLOT = {'figure': 'figure', 'head': 'head', 'accessory': 'accessory'}
MOUTH_HIDDEN = 0.04
# A hand that hangs is so high over the ground, so far below its shoulder, and so far aside is clear.
HAND_Y, HAND_BELOW, CLEAR_X = 0.615, 0.355, 0.27


def _mix(a: float, b: float, k: float) -> float:
    return a + (b - a) * k


def held_scale(f: Figure) -> float:
    """What is held is as much larger as the hand is higher: a staff reaches the ground."""
    hips, shoulder = JOINTS[0][1], HAND_Y + HAND_BELOW
    return (hips * f.legs + (shoulder - hips) * f.torso - HAND_BELOW * f.arms) / HAND_Y


def bone_scale(name: str, f: Figure) -> tuple[float, float, float]:
    """What lies about a bone is stretched so (clients/web/src/people/figure.ts)."""
    if name in ('head', 'leftEye', 'rightEye', 'jaw', 'smile'):
        return f.head, f.head, f.head
    if name == 'held':
        return (held_scale(f),) * 3
    if name.endswith(('UpperArm', 'LowerArm')):
        thick = _mix(1, f.girth, 0.35)
        return f.arms, thick, thick
    if name.endswith(('Hand', 'ThumbProximal')):
        size = _mix(1, f.arms, 0.6)
        return size, size, size
    if name.endswith(('UpperLeg', 'LowerLeg')):
        thick = _mix(1, f.girth, 0.5)
        return thick, f.legs, thick
    if name.endswith(('Foot', 'Toes')):
        return _mix(1, f.legs, 0.6), f.legs, f.legs
    if name == 'neck':
        return _mix(1, f.girth, 0.3), f.torso, _mix(1, f.girth, 0.3)
    return f.girth, f.torso, f.girth


def _stretch(name: str, f: Figure) -> tuple[float, float, float]:
    """How far a bone is from its parent's joint, against the middle figure."""
    if name == 'hips' or name.endswith(('LowerLeg', 'Foot')):
        return 1, f.legs, f.legs
    if name.endswith('UpperLeg'):
        return _mix(1, f.girth, 0.8), f.legs, 1
    if name.endswith('Toes'):
        return 1, f.legs, f.legs
    if name == 'head':
        return 1, f.torso, 1
    if name == 'held' or name.endswith('ThumbProximal'):
        return (_mix(1, f.arms, 0.6),) * 3
    if name.endswith(('LowerArm', 'Hand')):
        return f.arms, 1, 1
    if name in ('leftEye', 'rightEye', 'jaw', 'smile'):
        return f.head, f.head, f.head
    return f.girth, f.torso, f.girth


Pose = dict[str, tuple[float, float, float]]


def turns_of(pose: Pose) -> np.ndarray:
    """How each bone is turned against its parent."""
    return np.array([rotation(*pose.get(name, (0, 0, 0))) for name in BONE_NAMES])


def bone_matrices(
    figure: Figure, turns: np.ndarray, laughing: bool = False, hips: np.ndarray | None = None
) -> np.ndarray:
    """For each bone the 3 x 4 matrix that puts a resting point in its place.

    `hips` is where their joint comes; without it, where it is in the rest pose.
    """
    turn, joint = np.zeros((len(BONE_NAMES), 3, 3)), np.zeros((len(BONE_NAMES), 3))
    made = np.zeros((len(BONE_NAMES), 3, 4))
    for i, name in enumerate(BONE_NAMES):
        own = turns[i]
        parent = PARENTS[i]
        base = JOINTS[parent] if parent >= 0 else np.zeros(3)
        offset = (JOINTS[i] - base) * _stretch(name, figure)
        scale = np.array(bone_scale(name, figure))
        if name == 'jaw' and not laughing or name == 'smile' and laughing:
            offset = offset - [0, 0, MOUTH_HIDDEN * figure.head]
        turn[i] = own if parent < 0 else turn[parent] @ own
        if parent < 0:
            joint[i] = offset if hips is None else hips
        else:
            joint[i] = joint[parent] + turn[parent] @ offset
        if name == 'held':
            # Upright, and never before the body.
            turn[i] = np.eye(3)
            joint[i, 0] = max(joint[i, 0], CLEAR_X * scale[0])
        made[i, :, :3] = turn[i] * scale
        made[i, :, 3] = joint[i] - made[i, :, :3] @ JOINTS[i]
    return made


@dataclass
class Dressed:
    """Triangles of one person, and for each point its normal, shade, role and weights."""

    points: np.ndarray
    normals: np.ndarray
    faces: np.ndarray
    shade: np.ndarray
    role: np.ndarray
    weights: np.ndarray


def worn_parts(wardrobe: Wardrobe, choices: dict[str, int]) -> list[Part]:
    shown = [
        part
        for part in wardrobe.parts.values()
        if part.slot == 'always' or choices[_FIELD_OF_SLOT[part.slot]] in part.choices
    ]
    hidden = {name for part in shown for name in part.hides}
    return [part for part in shown if part.name not in hidden]


def dress(wardrobe: Wardrobe, choices: dict[str, int]) -> Dressed:
    return clothed(worn_parts(wardrobe, choices))


def clothed(parts: list[Part]) -> Dressed:
    rows: list[list[np.ndarray]] = [[], [], [], [], [], []]
    start = 0
    for part in parts:
        for piece in part.pieces:
            count = len(piece.shell.points)
            for row, value in zip(
                rows,
                (
                    piece.shell.points,
                    piece.shell.normals(),
                    piece.shell.faces + start,
                    piece.shade,
                    np.full(count, piece.role),
                    piece.weights,
                ),
            ):
                row.append(value)
            start += count
    return Dressed(*(np.concatenate(row) for row in rows))


def posed(dressed: Dressed, figure: Figure, pose: Pose, laughing: bool = False) -> Dressed:
    return bent(dressed, bone_matrices(figure, turns_of(pose), laughing))


def bent(dressed: Dressed, bones: np.ndarray) -> Dressed:
    """Each point goes where its bones put it, by their matrices."""
    blend = np.einsum('nb,bij->nij', dressed.weights, bones)
    points = np.einsum('nij,nj->ni', blend[:, :, :3], dressed.points) + blend[:, :, 3]
    normals = np.einsum('nij,nj->ni', blend[:, :, :3], dressed.normals)
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    return Dressed(points, normals, dressed.faces, dressed.shade, dressed.role, dressed.weights)


# Degrees about x, y and z of the rest pose, as in a world document: z first, then y, then x.
STAND: Pose = {
    'leftUpperArm': (0, 4, -70),
    'rightUpperArm': (0, -4, 70),
    'leftLowerArm': (0, -14, -4),
    'rightLowerArm': (0, 14, 4),
}


def step(forward: float) -> Pose:
    """A stride: the left leg `forward` degrees ahead, the arms against the legs."""
    return {
        'leftUpperArm': (forward, 4, -70),
        'rightUpperArm': (-forward, -4, 70),
        'leftLowerArm': (0, -20, -4),
        'rightLowerArm': (0, 20, 4),
        'leftUpperLeg': (-forward, 0, 0),
        'rightUpperLeg': (forward, 0, 0),
        'leftLowerLeg': (max(0.0, -forward) * 0.9, 0, 0),
        'rightLowerLeg': (max(0.0, forward) * 0.9, 0, 0),
    }
