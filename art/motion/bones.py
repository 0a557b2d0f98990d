"""The skeleton of art/people/skeleton.json, and where its joints come when bones are turned."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from art.motion.turning import turned

_FILE = Path(__file__).resolve().parents[1] / 'people' / 'skeleton.json'
_BONES = json.loads(_FILE.read_text(encoding='utf-8'))['bones']

NAMES: list[str] = [bone['name'] for bone in _BONES]
BONE: dict[str, int] = {name: at for at, name in enumerate(NAMES)}
PARENT: list[int] = [-1 if bone['parent'] is None else BONE[bone['parent']] for bone in _BONES]
AT: np.ndarray = np.array([bone['at'] for bone in _BONES], float)
# From the parent's joint; the hips' is from the ground.
OFFSET: np.ndarray = np.array([AT[i] - (AT[p] if p >= 0 else 0) for i, p in enumerate(PARENT)])

THIGH = float(np.linalg.norm(OFFSET[BONE['leftLowerLeg']]))
SHIN = float(np.linalg.norm(OFFSET[BONE['leftFoot']]))
UPPER_ARM = float(np.linalg.norm(OFFSET[BONE['leftLowerArm']]))
FOREARM = float(np.linalg.norm(OFFSET[BONE['leftHand']]))
ANKLE = AT[BONE['leftFoot']][1]
# Of a foot whose ankle is over the origin: it rolls over the heel or the ball.
HEEL = np.array([0, 0, -0.045])
BALL = np.array([0, 0, OFFSET[BONE['leftToes']][2]])
TIP = np.array([0, 0, 0.13])


def placed(rotation: np.ndarray, hips: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """World rotations (n, bones, 3, 3) and joints (n, bones, 3) of local rotations."""
    world = np.empty_like(rotation)
    joints = np.empty((*rotation.shape[:2], 3))
    for bone, parent in enumerate(PARENT):
        if parent < 0:
            world[:, bone], joints[:, bone] = rotation[:, bone], hips
            continue
        world[:, bone] = world[:, parent] @ rotation[:, bone]
        joints[:, bone] = joints[:, parent] + turned(world[:, parent], OFFSET[bone])
    return world, joints
