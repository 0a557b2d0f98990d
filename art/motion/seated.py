"""Sitting: on a seat with the legs over its edge, and on the ground.

Seats are made for grown-ups and people here are as tall as children, so on a bench the feet hang.
"""

from __future__ import annotations

import numpy as np

from art.motion.bones import AT, BONE, OFFSET, SHIN, THIGH
from art.motion.clip import Clip
from art.motion.curve import Curve, Value, curve
from art.motion.pose import ankle_over
from art.motion.stands import breathe
from art.motion.turning import about_x, about_y, turned

SEAT = 0.45
# Of the left leg. Half a thigh lies below it, and that gives a little.
SIT_JOINT = np.array([0.085, SEAT + 0.078, -0.06])
REST_JOINT = np.array([0.085, 0.075, 0])
BREATH = 2.4


def _hips_over(clip: Clip, joint: np.ndarray, pitch: float) -> None:
    """Tilts the hips, with the joints of the upper legs at a height and depth."""
    down = turned(about_x(pitch), OFFSET[BONE['leftUpperLeg']] * [0, 1, 1])[0]
    at = joint * [0, 1, 1] - down - AT[BONE['hips']]
    clip.hips(y=float(at[1]), z=float(at[2]), pitch=pitch)


def _hang(clip: Clip, side: str, apart: float, slope: Value, swing: Curve) -> None:
    """A leg from SIT_JOINT: the thigh `slope` below level, the shin `swing` in front of plumb."""
    sign = 1 if side == 'left' else -1
    slope = curve(slope)
    # The foot droops a little and comes after the shin.
    roll = swing.late(0.1) * -1 + 16

    def at(axis: int) -> Curve:
        def along(t: np.ndarray) -> np.ndarray:
            heading = about_y(sign * apart)
            knee, foot = np.radians(slope(t)), np.radians(swing(t))
            down = THIGH * np.sin(knee) + SHIN * np.cos(foot)
            ahead = THIGH * np.cos(knee) + SHIN * np.sin(foot)
            leg = np.stack([np.zeros(t.shape), -down, ahead], -1)
            ankle = SIT_JOINT * [sign, 1, 1] + turned(heading, leg)
            return (ankle - ankle_over(roll(t), heading))[..., axis]

        return Curve(along)

    clip.part(f'{side}Foot', {'x': at(0), 'lift': at(1), 'z': at(2), 'roll': roll, 'turn': apart,
                              'knee': apart / 2})


def sit() -> Clip:
    """On a seat 0.45 m high with its edge at the origin: feet swing, now and then a look round."""
    clip = Clip('sit', 7.2, loop=True, fade=0.3)
    k = clip.keys
    _hips_over(clip, SIT_JOINT, -6)
    lazily = clip.swing(0.35, 1) + 0.75
    _hang(clip, 'left', 7, 7, lazily * clip.swing(15, 4) + 3)
    _hang(clip, 'right', 9, 8, lazily * clip.swing(13, 4, 0.46) + 1)
    look = k((0.9, 0), (1.5, 26), (2.5, 28), (3.0, 4), (4.5, 0), (5.0, -22), (5.9, -24), (6.5, 0))
    clip.trunk(pitch=13, yaw=look.late(0.12) * 0.16, lean=clip.swing(1.6, 1, 0.08))
    clip.head(pitch=k((0.9, -4), (1.5, -9), (2.5, -8), (3.2, 7), (4.4, 6), (5.0, -5), (6.6, -4)),
              yaw=look, lean=look.late(0.15) * 0.14 + clip.swing(-2, 1, 0.14))
    clip.left(hold=1, x=0.115, y=0.665, z=0.165, swivel=55, bend=12, wrist=8)
    clip.right(hold=1, x=0.105, y=0.665, z=0.155, swivel=55, bend=12, wrist=8)
    breathe(clip, round(clip.seconds / BREATH), 0.8)
    clip.put('hips.y', clip.sampled()['hips.y'].mean())
    clip.blink(1.1, 3.0, 4.9, 6.7)
    clip.planted = {'left': [], 'right': []}
    return clip


def rest() -> Clip:
    """On the ground, knees a little up and apart, a hand on each; the toes of one foot play."""
    clip = Clip('rest', 7.2, loop=True, fade=0.3)
    k = clip.keys
    _hips_over(clip, REST_JOINT, -10)
    clip.left_foot(x=0.155, z=0.405, roll=-38, turn=14, knee=6)
    tap = k((0, -44), (3.2, -44), (3.45, -26), (3.7, -44), (3.95, -28), (4.25, -44))
    clip.right_foot(x=-0.16, z=0.425, roll=tap, turn=17, knee=7)
    look = k((0.8, 0), (1.6, -18), (2.8, -20), (3.5, 3), (4.6, 0), (5.3, 14), (6.2, 14), (6.9, 0))
    clip.trunk(pitch=16, yaw=look.late(0.12) * 0.16, lean=clip.swing(1.2, 1, 0.1))
    clip.head(pitch=k((0.8, -3), (1.6, -8), (2.8, -7), (3.5, 6), (4.6, 5), (5.3, -5), (6.9, -3)),
              yaw=look, lean=look.late(0.15) * 0.15 + clip.swing(-2, 1, 0.2))
    clip.both(hold=1, x=0.15, y=0.7, z=0.2, swivel=50, bend=10)
    breathe(clip, round(clip.seconds / BREATH), 0.8)
    clip.put('hips.y', clip.sampled()['hips.y'].mean())
    clip.blink(1.0, 3.3, 5.2)
    return clip


CLIPS = (sit, rest)
