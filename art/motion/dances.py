"""Saying something with the body, second half: what takes the whole of it."""

from __future__ import annotations

import numpy as np

from art.motion.clip import Clip
from art.motion.curve import Curve


def cheer() -> Clip:
    """Hops with both arms up in a V: squash, spring, hang, squash."""
    clip = Clip('cheer', 1.2, loop=True, fade=0.18)
    k = clip.keys
    # Two hops a cycle, on the ground from 0.4 to 0.6 and from 1.0 to 1.2.
    hop = k((0, 0), (0.2, 0.1), (0.4, 0), (0.6, 0), (0.8, 0.1), (1.0, 0), (1.2, 0))
    squash = k((0, 0.1), (0.1, 0), (0.4, 0.2), (0.5, 1), (0.6, 0.1), (0.7, 0), (1.0, 0.2), (1.1, 1),
               (1.2, 0.1))
    clip.hips(y=hop + squash * -0.062 - 0.008, x=clip.swing(0.008, 1), pitch=squash * 6 - 1)
    for side, late in (('left', 0.0), ('right', 0.02)):
        # The heels leave first, then the toes.
        clip.part(f'{side}Foot',
                   {'lift': Curve(lambda t: np.clip(hop(t) - 0.024, 0, None)),
                    'knee': squash * 16 + 4,
                                   'roll': Curve(lambda t: np.clip(hop(t) / 0.024, 0, 1) * 38)})
        clip.part(side, {'out': hop.late(0.05 + late) * 130 + 124,
                         'elbow': squash.late(0.05 + late) * 34 + 12,
                          'twist': -58, 'forward': squash.late(0.04) * 8 + 2,
                          'bend': squash.late(0.1) * 16 - 10})
    clip.planted = {side: [(0.4, 0.6), (1.0, 1.2)] for side in ('left', 'right')}
    clip.trunk(pitch=squash * 7 - 5, lean=clip.swing(5, 1, 0.05))
    clip.head(pitch=squash.late(0.06) * 11 - 13, lean=clip.swing(6, 1, 0.15))
    clip.eyes(squash.late(0.02) * -0.3 + 0.95)
    clip.put('jaw', hop * 2 + 0.75)
    return clip


def _step_touch(clip: Clip, step: float, beat: float) -> Curve:
    """Side to side on the beat; the free foot lifts and touches. Returns -1 right .. 1 left."""
    over = clip.keys((0, -1), (beat * 0.8, 1), (beat, 1), (beat * 1.8, -1), (beat * 2, -1)) \
        if clip.seconds <= beat * 2 + 1e-6 else _repeated(clip, beat)
    clip.hips(x=over * step)
    return over


def _repeated(clip: Clip, beat: float) -> Curve:
    keys = []
    for bar in range(round(clip.seconds / (beat * 2))):
        start = bar * beat * 2
        keys += [(start, -1), (start + beat * 0.75, 1), (start + beat, 1),
                 (start + beat * 1.75, -1)]
    return clip.keys(*keys, (clip.seconds, -1))


def dance() -> Clip:
    """Four bars: steps from side to side with one arm pumping up and out, then the other."""
    clip = Clip('dance', 4.0, loop=True, fade=0.25)
    beat = 0.5
    over = _step_touch(clip, 0.052, beat)
    bob = clip.swing(1, 8, 0.25)
    left, right = (over + 1) * 0.5, (over - 1) * -0.5
    clip.put('hips.y', bob * 0.014 - 0.034)
    clip.hips(lean=over * -6, yaw=over.late(0.05) * 11)
    clip.trunk(lean=over.late(0.06) * 11, yaw=over.late(0.1) * 10, pitch=bob.late(0.04) * 4 + 1)
    clip.head(lean=over.late(0.16) * 9, pitch=bob.late(0.1) * 6 - 2, yaw=over.late(0.12) * -12)
    for side, weight, free in (('left', left, right), ('right', right, left)):
        clip.part(side, {'out': weight.late(0.05) * 92 + 34, 'twist': weight.late(0.05) * -72 + 10,
                          'elbow': free.late(0.04) * 46 + 30 + bob * 8,
                          'forward': free.late(0.06) * 26 - 4,
                          'bend': bob.late(0.12) * 14, 'shrug': weight * 4})
        # The foot without weight comes up on its toes and turns in.
        clip.part(f'{side}Foot',
                   {'roll': free.late(0.04) * 38, 'turn': free.late(0.04) * -6 + 12,
                    'knee': free * 8 + 4,
                                   'x': 0.125 if side == 'left' else -0.125})
    clip.eyes(bob * 0.12 + 0.85)
    clip.put('jaw', bob.late(0.05) * 0.15 + 0.6)
    return clip


def groove() -> Clip:
    """The other dance: knees soft, elbows in, fists rolling, the head nodding to the beat."""
    clip = Clip('groove', 4.0, loop=True, fade=0.25)
    bob = clip.swing(1, 8, 0.25)
    slow = clip.swing(1, 2)
    sway = clip.swing(1, 4)
    clip.hips(y=bob * 0.022 - 0.045, x=sway * 0.022, yaw=slow * 14, lean=sway * -4, z=bob * -0.008)
    clip.trunk(yaw=slow.late(0.1) * 16, pitch=bob.late(0.03) * 7 + 5, lean=sway.late(0.08) * 7)
    clip.head(pitch=bob.late(0.09) * 10 - 4, yaw=slow.late(0.2) * -12, lean=sway.late(0.16) * 6)
    for side, late in (('left', 0.0), ('right', 0.5)):
        roll_y, roll_z = clip.swing(1, 4, late), clip.swing(1, 4, late + 0.25)
        clip.part(side, {'hold': 1, 'x': roll_z * 0.02 + 0.12, 'y': roll_y * 0.075 + 0.9,
                         'z': roll_z * 0.06 + 0.25,
                          'swivel': 46, 'bend': roll_y.late(0.04) * 14, 'shrug': roll_y * 5,
                          'wrist': 10})
        clip.part(f'{side}Foot',
                   {'roll': clip.keys(*_taps(side)), 'knee': bob * -5 + 10, 'turn': 12,
                                   'x': 0.115 if side == 'left' else -0.115})
    clip.put('jaw', bob * 0.06 + 0.3)
    clip.eyes(bob.late(0.05) * 0.2 + 0.72)
    return clip


def _taps(side: str) -> list[tuple[float, float]]:
    """The heel comes up and drops on every other beat, left and right in turn."""
    first = 0.0 if side == 'left' else 0.5
    keys: list[tuple[float, float]] = [] if first == 0 else [(0.0, 0.0)]
    for beat in range(4):
        start = first + beat
        keys += [(start + 0.02, 0), (start + 0.22, 30), (start + 0.44, 0)]
    return [*keys, (4.0, 0)] if keys[0][0] == 0 else [(0.0, 0.0), *keys, (4.0, 0)]


CLIPS = (cheer, dance, groove)
