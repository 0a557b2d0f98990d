"""Standing about: the breath everybody has, and what one does now and then."""

from __future__ import annotations

from art.motion.clip import Clip
from art.motion.curve import Curve, Value


def breathe(clip: Clip, cycles: int, amount: float = 1) -> None:
    """Chest, shoulders, arms and head, one after the other, on top of what is there."""
    clip.add('hips.y', clip.swing(0.003 * amount, cycles, 0.3) - 0.002 * amount)
    clip.add('trunk.pitch', clip.swing(-1.5 * amount, cycles))
    clip.add('head.pitch', clip.swing(1.6 * amount, cycles, 0.12))
    for side in ('left', 'right'):
        clip.add(f'{side}.shrug', clip.swing(2.4 * amount, cycles, 0.03))
        clip.add(f'{side}.out', clip.swing(2.2 * amount, cycles, 0.1))
        clip.add(f'{side}.elbow', clip.swing(2.5 * amount, cycles, 0.2))


def idle() -> Clip:
    """Two breaths while the weight goes a little to one leg and the other."""
    clip = Clip('idle', 4.8, loop=True, fade=0.25)
    sway = clip.swing(1, 1)
    clip.hips(x=sway * 0.011, lean=sway * -1.2, yaw=clip.swing(1.6, 1, 0.2))
    clip.trunk(lean=sway.late(0.12) * 1.8, yaw=clip.swing(-1.4, 1, 0.27))
    clip.head(lean=sway.late(0.3) * -2.2, yaw=clip.swing(3, 1, 0.4))
    for side, late in (('left', 0.1), ('right', 0.16)):
        clip.part(side, {'forward': clip.swing(2.2, 1, late) + 3, 'wrist': clip.swing(4, 2, late)})
    breathe(clip, 2)
    return clip


def _calm(name: str, seconds: float, breaths: float) -> Clip:
    """A variation begins and ends as the idle does; its breath comes in and goes with it."""
    clip = Clip(name, seconds, loop=False, fade=0.3)
    soft = clip.envelope(0.6, 0.6)
    clip.add('trunk.pitch', soft * clip.swing(-1.5, breaths))
    for side in ('left', 'right'):
        clip.add(f'{side}.shrug', soft * clip.swing(2.4, breaths, 0.03))
    return clip


def _lean_on_left(clip: Clip, how_much: Value) -> None:
    """The weight on the left leg, the right knee loose; the feet stay where they are."""
    clip.hips(x=how_much * 0.036, y=how_much * -0.006 - 0.006, lean=how_much * -6)
    clip.put('rightFoot.knee', how_much * 10)
    clip.add('trunk.lean', how_much * 7)


def hand_on_hip(clip: Clip, there: Curve) -> None:
    """The left one, with the elbow well out: a triangle of air that is seen from afar."""
    clip.left(hold=there, x=0.195, y=0.725, z=0.075, swivel=105, bend=there * -45, wrist=there * 30)


def idle_look() -> Clip:
    """Eyes first, then the head, then the chest: up to the left, then over to the right."""
    clip = _calm('idle.look', 4.4, 2)
    k = clip.keys
    yaw = k((0.2, 0), (0.3, -3), (0.75, 30), (1.6, 33), (1.75, 36), (2.35, -28), (3.3, -31),
            (4.1, 0))
    clip.head(yaw=yaw,
              pitch=k((0.2, 0), (0.45, 5), (0.8, -9), (1.6, -10), (2.0, 6), (2.4, -2), (3.3, -3),
                      (4.1, 0)),
              lean=k((0.2, 0), (0.8, 6), (1.65, 7), (2.4, -5), (3.3, -6), (4.2, 0)))
    clip.trunk(yaw=yaw.late(0.12) * 0.34, lean=yaw.late(0.2) * 0.06)
    clip.hips(yaw=yaw.late(0.2) * 0.12, x=yaw.late(0.16) * 0.0004)
    clip.left(forward=yaw.late(0.3) * -0.14 + 3, out=k((0, 22), (1, 22), (3, 21), (4.4, 22)))
    clip.right(forward=yaw.late(0.3) * 0.14 + 3)
    clip.blink(0.42, 2.0, 3.55)
    return clip


def idle_shift() -> Clip:
    """Over to the left leg, a while there with a foot turned on its toes, and back."""
    clip = _calm('idle.shift', 4.6, 2)
    k = clip.keys
    over = k((0.1, 0), (0.3, -0.15), (0.8, 1.08), (1.1, 1), (3.3, 1), (3.6, 1.06), (4.3, 0))
    _lean_on_left(clip, over)
    clip.put('rightFoot.roll',
             k((0.5, 0), (0.9, 26), (1.3, 20), (1.6, 26), (1.9, 20), (3.2, 20), (3.8, 0)))
    clip.head(lean=over.late(0.15) * -7, yaw=k((0.5, 0), (1.2, -10), (2.4, 9), (3.2, 7), (4.2, 0)),
              pitch=k((0.3, 0), (0.6, 4), (1.2, -2), (4, 0)))
    clip.add('trunk.yaw', over.late(0.1) * -4)
    # The left hand comes to rest at the hip.
    hand_on_hip(clip, k((0.3, 0), (1.1, 1), (3.2, 1), (4.1, 0)))
    clip.right(forward=over.late(0.2) * 5 + 3, out=over.late(0.2) * -2 + 22)
    clip.blink(0.6, 2.7)
    return clip


def idle_stretch() -> Clip:
    """Breathes in, both arms up and wide, on the toes for a moment, a yawn; shakes it off."""
    clip = _calm('idle.stretch', 4.2, 1)
    k = clip.keys
    up = k((0.2, 0), (0.5, -0.06), (1.35, 1), (2.2, 1.06), (2.45, 1.08), (3.0, -0.08), (3.3, 0))
    clip.both(out=up * 108 + 22, forward=up * -14 + 3,
              elbow=k((0, 17), (0.6, 40), (1.2, 62), (1.9, 26), (2.4, 22),
              (2.9, 34), (3.4, 14), (4.2, 17)), twist=up * -40 + 14, bend=up * -18, shrug=up * 8)
    clip.hips(y=k((0.2, -0.006), (0.6, -0.03), (1.6, 0.01), (2.4, 0.016), (2.95, -0.026),
                  (3.4, -0.006)))
    clip.trunk(pitch=k((0.2, 0), (0.6, 7), (1.5, -11), (2.4, -13), (3.0, 8), (3.5, 0)),
               lean=k((1.4, 0), (1.75, 6), (2.3, -6), (2.8, 0)))
    clip.head(pitch=k((0.2, 0), (0.7, 8), (1.6, -14), (2.45, -16), (3.1, 9), (3.6, 0)),
              lean=k((1.5, 0), (1.9, 5), (2.4, -5), (3.0, 0), (3.25, 5), (3.45, -5), (3.65, 4),
                     (3.85, 0)))
    clip.eyes(k((0.9, 1), (1.2, 0.1), (2.4, 0.1), (2.7, 1)))
    clip.put('jaw', k((0.8, 0), (1.4, 0.85), (2.2, 0.9), (2.6, 0.1), (2.8, 0)))
    return clip


CLIPS = (idle, idle_look, idle_shift, idle_stretch)
