"""Which bones move a point, worked out from where it lies in the rest pose: nothing is painted."""

from typing import Callable

import numpy as np

from art.people.curve import eased, eased_between
from art.people.measure import ANKLE_Y, ARM, BONE, BONE_NAMES, CROTCH, KNEE_Y, SHOULDER_X, TORSO

Weights = Callable[[np.ndarray], np.ndarray]


def _chain(at: np.ndarray, links: list[tuple[str, float]], blend: float) -> np.ndarray:
    """Along a chain of bones, blended by `blend` to either side of where each starts."""
    total = np.zeros((len(at), len(BONE_NAMES)))
    left = np.ones(len(at))
    for name, start in reversed(links[1:]):
        share = eased((at - start + blend) / (2 * blend)) * left
        total[:, BONE[name]] = share
        left = left - share
    total[:, BONE[links[0][0]]] = left
    return total


def rigid(name: str) -> Weights:
    def weigh(points: np.ndarray) -> np.ndarray:
        total = np.zeros((len(points), len(BONE_NAMES)))
        total[:, BONE[name]] = 1
        return total

    return weigh


def trunk(points: np.ndarray) -> np.ndarray:
    t = (points[:, 1] - CROTCH) / TORSO
    links = [('hips', 0), ('spine', 0.30), ('chest', 0.52), ('upperChest', 0.74), ('neck', 0.98)]
    return _chain(t, links, 0.09)


def arm(side: str) -> Weights:
    """The root is the upper arm's alone, so that shoulders keep their form."""

    def weigh(points: np.ndarray) -> np.ndarray:
        k = (np.abs(points[:, 0]) - SHOULDER_X) / ARM
        names = [side + 'UpperArm', side + 'LowerArm', side + 'Hand']
        return _chain(k, list(zip(names, (0, 0.40, 0.76))), 0.075)

    return weigh


def leg(side: str) -> Weights:
    def weigh(points: np.ndarray) -> np.ndarray:
        names = [side + 'UpperLeg', side + 'LowerLeg', side + 'Foot']
        return _chain(-points[:, 1], list(zip(names, (0, -KNEE_Y, -ANKLE_Y))), 0.045)

    return weigh


def foot(side: str) -> Weights:
    def weigh(points: np.ndarray) -> np.ndarray:
        return _chain(points[:, 2], [(side + 'Foot', 0), (side + 'Toes', 0.07)], 0.03)

    return weigh


def hem(pull: float, top: float = CROTCH + 0.16, bottom: float = CROTCH - 0.12) -> Weights:
    """A skirt: the trunk above, below pulled along by the legs, both in the middle.

    Who sits down lifts the front: it lies on the thighs and falls from the knees.
    """

    def weigh(points: np.ndarray) -> np.ndarray:
        total = trunk(points)
        turn = 0.5 + 0.5 * np.clip(points[:, 2] / 0.16, -1, 1)
        share = pull * (0.5 + 0.9 * turn) * eased_between(top, bottom, points[:, 1])
        shin = 0.75 * turn * eased_between(KNEE_Y + 0.05, KNEE_Y - 0.14, points[:, 1])
        left = eased(0.5 + points[:, 0] / 0.20)
        total *= (1 - share)[:, None]
        # Four bones a point: one of the trunk has to do where the legs have a say.
        total[:, [BONE['spine'], BONE['chest']]] *= (share < 0.02)[:, None]
        for side, part in (('left', left), ('right', 1 - left)):
            total[:, BONE[side + 'UpperLeg']] += share * part * (1 - shin)
            total[:, BONE[side + 'LowerLeg']] += share * part * shin
        return total / total.sum(axis=1, keepdims=True)

    return weigh


def hanging_hair(points: np.ndarray) -> np.ndarray:
    """The head above the chin; what hangs below follows the chest more and more."""
    total = np.zeros((len(points), len(BONE_NAMES)))
    low = 0.65 * eased_between(1.13, 0.94, points[:, 1])
    total[:, BONE['head']] = 1 - low
    total[:, BONE['upperChest']] = low
    return total


def strongest(total: np.ndarray, count: int = 4) -> tuple[np.ndarray, np.ndarray]:
    """The `count` bones that matter most at each point, and their weights as 255ths that add up."""
    joints = np.argsort(-total, axis=1, kind='stable')[:, :count]
    weight = np.take_along_axis(total, joints, axis=1)
    weight = weight / weight.sum(axis=1, keepdims=True)
    whole = np.round(weight * 255).astype(int)
    whole[:, 0] += 255 - whole.sum(axis=1)
    joints = np.where(whole == 0, 0, joints)
    return joints.astype(np.uint8), whole
