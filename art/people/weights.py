"""Which bones move a point, worked out from where it lies in the rest pose: nothing is painted."""

from typing import Callable

import numpy as np

from art.people.curve import eased, eased_between
from art.people.measure import (
    ANKLE_Y,
    ARM,
    BONE,
    BONE_NAMES,
    CROTCH,
    HIP_Y,
    KNEE_Y,
    SHOULDER_X,
    TORSO,
)

THIGH = HIP_Y - KNEE_Y

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


# Of how far it stands off in front, a skirt lies so high on a lap: an inside stays inside.
LAP = 0.5
# Under the middle of a thigh, cloth lies so low on a seat.
SEAT = 0.045


def hem(points: np.ndarray) -> np.ndarray:
    """A skirt or coat below the hips, which minds the legs.

    Who sits turns the upper legs forward and carries the lower ones up and ahead, upright. So the front
    hangs between hips and upper legs, just as far as lays it on the lap; behind and aside it goes with
    the lower legs, by as much as brings the hem up to the seat.
    """
    total = trunk(points)
    x, deep, z = points[:, 0], HIP_Y - points[:, 1], points[:, 2]
    front = eased_between(-0.35, 0.75, z / np.maximum(np.hypot(x, z), 1e-6))
    lap = np.clip((LAP * z + deep) / np.maximum(z + deep, 0.05), 0, 0.8)
    # Beyond the knee it falls, and between the knees it sags.
    fall = eased_between(THIGH - 0.06, THIGH + 0.06, deep)
    upper = front * lap * eased_between(-0.08, 0, deep) * (1 - 0.6 * fall)
    ahead = 0.4 * fall * eased_between(0.03, 0.10, np.abs(x))
    behind = np.clip((deep - SEAT) / THIGH, 0, 0.92)
    lower = front * ahead + (1 - front) * behind
    left = eased(0.5 + x / 0.26)
    total *= (1 - upper - lower)[:, None]
    for side, part in (('left', left), ('right', 1 - left)):
        total[:, BONE[side + 'UpperLeg']] += upper * part
        total[:, BONE[side + 'LowerLeg']] += lower * part
    return total


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
