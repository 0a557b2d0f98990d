"""Off the ground and back."""

from __future__ import annotations

from art.motion.clip import Clip


def jump() -> Clip:
    """Squashed for two frames, then long as one takes off, then knees up; the last frame holds."""
    clip = Clip('jump', 0.5, loop=False, fade=0.05)
    k = clip.keys
    clip.hips(y=k((0, -0.085), (0.1, 0.01), (0.3, 0), (0.5, 0)),
              pitch=k((0, 6), (0.12, -4), (0.5, 2)))
    clip.trunk(pitch=k((0, 10), (0.14, -8), (0.36, 4), (0.5, 3)), yaw=k((0, 0), (0.2, 6), (0.5, 5)))
    clip.head(pitch=k((0, 0), (0.06, 4), (0.2, -14), (0.5, -5)))
    clip.both(out=k((0, 26), (0.16, 96), (0.34, 116), (0.5, 108)),
              twist=k((0, 10), (0.2, -30), (0.5, -34)))
    clip.left(forward=k((0, -42), (0.14, 10), (0.3, 14), (0.5, 6)),
              elbow=k((0, 24), (0.16, 20), (0.34, 46), (0.5, 40)))
    clip.right(forward=k((0, -42), (0.16, 6), (0.34, 2), (0.5, -4)),
               elbow=k((0, 24), (0.18, 16), (0.36, 36), (0.5, 32)))
    clip.left_foot(lift=k((0, 0), (0.1, 0.03), (0.34, 0.2), (0.5, 0.18)),
                   z=k((0, 0), (0.1, -0.02), (0.34, 0.13), (0.5, 0.12)),
                   roll=k((0, 0), (0.1, 50), (0.34, 8), (0.5, 12)), knee=6)
    clip.right_foot(lift=k((0, 0), (0.1, 0.02), (0.36, 0.13), (0.5, 0.12)),
                    z=k((0, 0), (0.12, -0.04), (0.36, -0.13), (0.5, -0.12)),
                    roll=k((0, 0), (0.1, 55), (0.36, 72), (0.5, 64)))
    clip.put('jaw', k((0, 0), (0.08, 0), (0.24, 0.8), (0.5, 0.6)))
    clip.planted = {'left': [], 'right': []}
    return clip


def fall() -> Clip:
    """Arms out and round like wings that are not there, legs looking for the ground."""
    clip = Clip('fall', 0.8, loop=True, fade=0.18)
    clip.hips(pitch=clip.swing(2, 1) - 3, lean=clip.swing(2.5, 1, 0.2))
    clip.trunk(pitch=clip.swing(-3, 1, 0.1) + 3, yaw=clip.swing(5, 1, 0.3))
    clip.head(pitch=clip.swing(3, 1, 0.25) + 9, lean=clip.swing(-3, 1, 0.3))
    for side, late in (('left', 0), ('right', 0.5)):
        clip.part(side, {'out': clip.swing(24, 2, late) + 106,
                         'forward': clip.swing(14, 2, late + 0.25) - 2,
                          'elbow': clip.swing(12, 2, late + 0.15) + 22, 'twist': -24, 'shrug': 5,
                          'bend': clip.swing(-14, 2, late + 0.3)})
        clip.part(f'{side}Foot',
                   {'z': clip.swing(0.07, 1, late) + 0.02,
                    'lift': clip.swing(0.03, 1, late + 0.3) + 0.085,
                                   'roll': clip.swing(12, 1, late + 0.5) + 24, 'knee': 10})
    clip.eyes(1)
    clip.put('jaw', clip.swing(0.08, 2) + 0.75)
    clip.planted = {'left': [], 'right': []}
    return clip


def land() -> Clip:
    """Down at once, deep, then up past standing and home; head and arms a beat behind."""
    clip = Clip('land', 0.6, loop=False, fade=0.05)
    k = clip.keys
    clip.hips(y=k((0, -0.05), (0.09, -0.155), (0.18, -0.13), (0.42, -0.002), (0.6, -0.006)),
              z=k((0, 0), (0.1, -0.05), (0.4, 0)),
              pitch=k((0, 4), (0.1, 10), (0.4, -2), (0.6, 0)))
    clip.trunk(pitch=k((0, 4), (0.12, 14), (0.4, -5), (0.6, 0)))
    clip.head(pitch=k((0, -8), (0.07, -12), (0.2, 5), (0.45, -6), (0.6, 0)))
    clip.both(out=k((0, 86), (0.1, 60), (0.2, 34), (0.44, 26), (0.6, 22)),
              forward=k((0, 6), (0.16, -30), (0.42, 12), (0.6, 3)),
              elbow=k((0, 22), (0.18, 44), (0.48, 12), (0.6, 17)),
              shrug=k((0, 8), (0.14, -4), (0.4, 4), (0.6, 0)),
              twist=k((0, -16), (0.2, 14)))
    clip.left_foot(knee=k((0, 8), (0.1, 20), (0.45, 0)))
    clip.right_foot(knee=k((0, 8), (0.1, 20), (0.45, 0)))
    clip.eyes(k((0, 1), (0.08, 0.2), (0.24, 1)))
    return clip


CLIPS = (jump, fall, land)
