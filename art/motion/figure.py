"""The middle figure in round pieces: thick enough to see, and to feel, what goes through what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from art.motion.bones import AT, BONE, placed
from art.motion.pose import Body
from art.motion.turning import turned


@dataclass
class Limb:
    """Balls along a limb: points (frames, balls, 3), and for each a radius or three."""

    name: str
    points: np.ndarray
    radii: list
    color: str


# Bone, then (place at rest against the bone's joint, radius) of balls along it.
HEAD_CENTRE = np.array([0, 0.2, 0.0])
HEAD_RADII = np.array([0.205, 0.2, 0.19])
# Heights at rest with the trunk's half width and half depth there.
TRUNK = (('hips', 0.515, 0.135, 0.115), ('hips', 0.56, 0.15, 0.125), ('spine', 0.66, 0.152, 0.13),
         ('chest', 0.79, 0.143, 0.122), ('upperChest', 0.905, 0.133, 0.112),
         ('upperChest', 0.99, 0.118, 0.1))

_SHADES = {'left': ('#f5836e', '#d9604c', '#f9d3b4'), 'right': ('#57bcc0', '#2f8f93', '#f9d3b4')}


def _along(joints: np.ndarray, start: str, end: str, radius: tuple[float, float], name: str,
           color: str) -> Limb:
    share = np.linspace(0, 1, 8)
    a, b = joints[:, BONE[start]], joints[:, BONE[end]]
    points = a[:, None] * (1 - share[:, None]) + b[:, None] * share[:, None]
    return Limb(name, points, [radius[0] + (radius[1] - radius[0]) * s for s in share], color)


def limbs(body: Body) -> list[Limb]:
    world, joints = placed(body.rotation, body.hips)

    def fixed(bone: str, at: np.ndarray) -> np.ndarray:
        """A point that stands at `at` against the bone's joint."""
        return joints[:, BONE[bone]] + turned(world[:, BONE[bone]], np.asarray(at, float))

    made = [Limb('head', fixed('head', HEAD_CENTRE)[:, None], [HEAD_RADII], '#e4c79c')]
    for bone, y, wide, deep in TRUNK:
        at = fixed(bone, np.array([0, y - AT[BONE[bone]][1], 0]))
        made.append(Limb('trunk', at[:, None], [np.array([wide, 0.075, deep])], '#b39bdd'))
    for side, sign in (('left', 1), ('right', -1)):
        upper, lower, skin = _SHADES[side]
        made += [
            _along(joints, f'{side}UpperArm', f'{side}LowerArm', (0.046, 0.042), f'{side}UpperArm',
                   upper),
            _along(joints, f'{side}LowerArm', f'{side}Hand', (0.042, 0.036), f'{side}LowerArm',
                   lower),
            Limb(f'{side}Hand',
                 np.stack([fixed(f'{side}Hand', (sign * d, 0, 0)) for d in (0.03, 0.06)], 1),
                 [0.045, 0.045], skin),
            Limb(f'{side}Thumb', fixed(f'{side}ThumbProximal', (sign * 0.02, 0, 0.03))[:, None],
                 [0.02], skin),
            _along(joints, f'{side}UpperLeg', f'{side}LowerLeg', (0.085, 0.075), f'{side}UpperLeg',
                   upper),
            _along(joints, f'{side}LowerLeg', f'{side}Foot', (0.072, 0.062), f'{side}LowerLeg',
                   lower),
            Limb(f'{side}Foot',
                 np.stack([fixed(f'{side}Foot', (0, -0.035, z)) for z in (-0.01, 0.03, 0.06)], 1),
                 [0.04, 0.04, 0.04], '#3a2e52'),
            Limb(f'{side}Toes', fixed(f'{side}Toes', (0, 0.015, 0.025))[:, None], [0.034],
                 '#3a2e52')]
    made += _face(body, fixed)
    return made


def _face(body: Body, fixed) -> list[Limb]:
    """Eyes and mouth, of one size for all frames: their middle one."""
    made = []
    for side, sign in (('left', 1), ('right', -1)):
        at = fixed('head', (sign * 0.076, 0.16, 0.19))[:, None]
        lids = float(np.median(body.scale[f'{side}Eye']))
        made.append(Limb('eye', at,
                         [np.array([0.027, 0.04 * max(0.1, lids), 0.01])],
                         '#33284a'))
    jaw = float(np.median(body.scale['jaw']))
    made.append(Limb('mouth', fixed('head', (0, 0.096, 0.185))[:, None],
                     [np.array([0.04, 0.006 + 0.025 * jaw, 0.01])], '#b9603f'))
    return made
