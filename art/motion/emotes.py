"""Saying something with the body, first half: gestures of hands and arms.

Arms are about as long as the head is high: what shall be seen from afar happens beside the head, in
a V, or before the chest, never straight up.
"""

from __future__ import annotations

from art.motion.clip import Clip
from art.motion.stands import breathe, hand_on_hip


def wave() -> Clip:
    """The arm is up and out, the forearm goes to and fro, and the hand flaps after it."""
    clip = Clip('wave', 1.8, loop=True, fade=0.2)
    to_and_fro = clip.swing(1, 3)
    clip.right(out=to_and_fro.late(0.04) * 5 + 113, twist=-84, elbow=to_and_fro * 25 + 30,
               bend=to_and_fro.late(0.1) * 11, forward=8, shrug=2)
    clip.hips(x=clip.swing(0.008, 1) + 0.012, lean=-2)
    clip.trunk(lean=clip.swing(1.5, 3, 0.1) + 5, yaw=4)
    clip.head(lean=clip.swing(3, 3, 0.2) + 4, pitch=clip.swing(1.5, 3, 0.3) - 4, yaw=-5)
    clip.left(out=clip.swing(2, 3, 0.2) + 24, elbow=26)
    clip.put('jaw', 0.55)
    return clip


def clap() -> Clip:
    """Before the chest; the body gives a little at every clap."""
    clip = Clip('clap', 1.2, loop=True, fade=0.18)
    open_ = clip.keys((0, 0), (0.06, 0.05), (0.2, 1), (0.3, 0), (0.36, 0.05), (0.5, 1), (0.6, 0),
                      (0.66, 0.05),
                      (0.8, 1), (0.9, 0), (0.96, 0.05), (1.1, 1), (1.2, 0))
    clip.both(hold=1, x=open_ * 0.14 + 0.045, y=open_ * -0.02 + 0.96, z=open_ * -0.02 + 0.255,
              swivel=52, wrist=-45,
              bend=open_ * -6 + 10, shrug=open_ * 3, thumb=-12)
    give = open_.late(0.03)
    clip.hips(y=give * 0.006 - 0.014, x=clip.swing(0.01, 1), lean=clip.swing(-2, 1))
    clip.trunk(pitch=give * -3 + 2, lean=clip.swing(2.5, 1, 0.1))
    clip.head(pitch=open_.late(0.08) * 6 - 6, lean=clip.swing(5, 1, 0.15),
              yaw=clip.swing(4, 1, 0.4))
    clip.put('jaw', open_.late(0.05) * 0.15 + 0.55)
    return clip


def point() -> Clip:
    """Draws back, throws the arm out, overshoots, holds, shakes it once more, and lets go."""
    clip = Clip('point', 2.4, loop=False, fade=0.16)
    k = clip.keys
    throw = k((0, 0), (0.22, -0.16), (0.42, 1.08), (0.56, 0.98), (1.05, 1), (1.18, 0.9),
              (1.3, 1.06), (1.42, 1),
              (1.9, 1), (2.3, 0))
    clip.right(out=throw * 45 + 22, forward=throw * 90 + 3, twist=throw * -6 + 14,
               elbow=k((0, 17), (0.22, 84), (0.4, 6), (1.08, 8), (1.18, 26), (1.3, 4), (1.9, 6),
                       (2.2, 26), (2.4, 17)),
               reach=throw * 12, bend=k((0, 0), (0.3, -14), (0.46, 4), (1.9, 0)), thumb=throw * 10)
    body = throw.late(0.03)
    clip.hips(yaw=body * 7, x=body * 0.012, z=body * 0.012,
              y=k((0, -0.006), (0.2, -0.022), (0.46, -0.01), (2.3, -0.006)))
    clip.trunk(yaw=body * 12, pitch=body * 4, lean=body * -3)
    clip.head(yaw=throw.late(0.08) * -26, pitch=body * -6, lean=body * 3)
    hand_on_hip(clip, k((0, 0), (0.45, 1), (1.9, 1), (2.3, 0)))
    clip.put('jaw', k((0.25, 0), (0.5, 0.6), (1.1, 0.45), (1.7, 0)))
    return clip


def laugh() -> Clip:
    """Hands on the belly, which shakes; bent over, then thrown back; eyes shut, mouth wide."""
    clip = Clip('laugh', 2.4, loop=True, fade=0.22)
    shake = clip.swing(1, 12)
    back = clip.keys((0, 0), (0.6, 1), (1.1, 0.9), (1.7, 0), (2.4, 0))
    clip.both(hold=1, x=0.085, y=shake.late(0.02) * 0.006 + 0.785, z=shake * -0.006 + 0.205,
              swivel=70, wrist=14,
              bend=12, shrug=shake * 3 + back * 4 + 3)
    clip.trunk(pitch=shake * 2.2 + back * -17 + 12, lean=clip.swing(3, 1, 0.1))
    clip.hips(y=shake.late(0.02) * 0.004 + back * 0.012 - 0.03, z=back * 0.016 - 0.014,
              pitch=back * -4 + 5)
    clip.head(pitch=shake.late(0.05) * 3 + back.late(0.1) * -20 + 6, lean=clip.swing(8, 2, 0.1))
    clip.eyes(back * -0.04 + 0.12)
    clip.put('jaw', shake.late(0.02) * 0.08 + back * 0.12 + 0.8)
    return clip


def bow() -> Clip:
    """One arm before the belly, the other out and back; down, a breath, up with the head last."""
    clip = Clip('bow', 2.6, loop=False, fade=0.2)
    k = clip.keys
    deep = k((0, 0), (0.22, -0.08), (0.85, 1.03), (1.05, 1), (1.5, 1), (2.15, -0.03), (2.5, 0))
    clip.hips(pitch=deep * 26, z=deep * -0.066, y=deep * -0.018 - 0.006)
    clip.trunk(pitch=deep * 36)
    clip.head(pitch=deep.late(0.1) * 22)
    hold = k((0.05, 0), (0.55, 1), (1.6, 1), (2.2, 0))
    clip.right(hold=hold, x=0.03, y=0.78, z=0.225, swivel=46, wrist=hold * 20, bend=hold * 8)
    clip.left(out=deep * 40 + 22, forward=deep * -40 + 3, elbow=deep * 8 + 17,
              twist=deep * -20 + 14, bend=deep * -14)
    clip.left_foot(turn=k((0, 9), (0.5, 14), (2.0, 9)))
    clip.eyes(k((0.5, 1), (0.75, 0.08), (1.6, 0.08), (1.9, 1)))
    return clip


def shrug() -> Clip:
    """Shoulders up to the ears, palms out, head aside; dropped with a sigh."""
    clip = Clip('shrug', 2.0, loop=False, fade=0.16)
    k = clip.keys
    up = k((0, 0), (0.14, -0.12), (0.42, 1.08), (0.58, 1), (1.2, 1), (1.3, 1.04), (1.6, -0.14),
           (1.85, 0))
    clip.both(shrug=up * 17, out=up * 22 + 22, elbow=up * 76 + 17, twist=up * -86 + 14,
              forward=up * 6 + 3,
              wrist=up * -40, bend=up * -34, thumb=up * 10)
    clip.hips(y=up * 0.004 - 0.008, x=up * 0.008)
    clip.trunk(pitch=up * -3, lean=up * 2)
    clip.head(lean=up.late(0.07) * 14, pitch=up.late(0.05) * 3,
              yaw=k((0.5, 0), (0.75, 7), (1.1, -7), (1.5, 0)))
    clip.blink(0.2)
    clip.put('jaw', k((0.3, 0), (0.5, 0.35), (1.1, 0.3), (1.5, 0)))
    return clip


def think() -> Clip:
    """A hand at the chin, the other arm under its elbow; looks up to one side and the other."""
    clip = Clip('think', 3.6, loop=True, fade=0.28)
    k = clip.keys
    side = k((0, 1), (1.5, 1), (1.9, -0.7), (3.1, -0.7), (3.6, 1))
    tap = k((0, 0), (0.5, 0), (0.6, 1), (0.7, 0), (0.8, 1), (0.9, 0), (3.6, 0))
    clip.right(hold=1, x=0.055, y=tap * -0.012 + 1.0, z=0.215, swivel=14, bend=tap * 8 - 8,
               wrist=-20, shrug=3)
    clip.left(hold=1, x=-0.035, y=0.80, z=0.195, swivel=50, wrist=10, bend=6)
    clip.hips(x=-0.02, lean=3, y=-0.01)
    clip.trunk(lean=-3, pitch=1, yaw=side.late(0.1) * 3)
    clip.head(yaw=side * 15 - 2, lean=side.late(0.08) * -7 - 2, pitch=side * -5 - 5)
    clip.put('rightFoot.turn', 12)
    clip.put('leftFoot.roll', 0)
    lids = k((0, 1), (1.55, 1), (1.66, 0.08), (1.72, 0.08), (1.86, 1), (3.6, 1))
    clip.eyes(lids)
    breathe(clip, 1, 0.7)
    return clip


def heart() -> Clip:
    """Draws one in the air, as large as the arms are long, closes it and holds it out."""
    clip = Clip('heart', 3.0, loop=True, fade=0.22)
    k = clip.keys
    # From the cleft between the lobes out, round and down to the tip, then up before the chest.
    x = k((0, 0.075), (0.2, 0.17), (0.45, 0.32), (0.6, 0.335), (0.95, 0.08), (1.25, 0.075),
          (3, 0.075))
    y = k((0, 0.985), (0.25, 1.13), (0.42, 1.15), (0.68, 0.97), (0.98, 0.74), (1.08, 0.74),
          (1.4, 0.985), (3, 0.985))
    push = k((0, 0), (1.3, 0), (1.55, 1), (1.75, 0.8), (2.15, 0.05), (2.45, 1), (2.65, 0.8), (3, 0))
    drawing = k((0, 0), (0.25, 1), (0.9, 1), (1.2, 0), (3, 0))
    clip.both(hold=1, x=x, y=y + push * 0.02, z=push * 0.055 + drawing * -0.03 + 0.225,
              swivel=drawing * -10 + 60,
              bend=drawing * -38 + 36, shrug=drawing * 3 + push * 3 + 4, thumb=-30,
              reach=push * 8 + 4)
    sway = k((0, 0), (0.9, 0), (1.5, 1), (2.35, -1), (3, 0))
    clip.hips(x=sway * 0.032, lean=sway * -5, y=drawing * 0.004 + push * 0.004 - 0.018)
    clip.trunk(lean=sway.late(0.06) * 11, pitch=drawing * -5 + push * 4)
    clip.head(lean=sway.late(0.14) * 11, pitch=push.late(0.05) * -5 + drawing * -4 + 2)
    clip.eyes(k((0, 0.3), (0.3, 0.95), (1.0, 0.95), (1.3, 0.14), (2.7, 0.14), (3, 0.3)))
    clip.put('jaw', push * 0.15 + 0.45)
    return clip


def hand() -> Clip:
    """A raised hand that may be held for long; the arm wanders a little."""
    clip = Clip('hand', 2.4, loop=True, fade=0.24)
    clip.right(out=clip.swing(2.5, 1) + 136, twist=-50, elbow=clip.swing(3, 1, 0.12) + 12,
               forward=10,
               bend=clip.swing(5, 2, 0.2) - 4, shrug=2)
    clip.hips(x=0.008, lean=-1)
    clip.trunk(lean=clip.swing(1, 1, 0.1) + 6)
    clip.head(lean=clip.swing(1.5, 1, 0.2) + 3, pitch=-4)
    breathe(clip, 1, 0.7)
    return clip


CLIPS = (wave, clap, point, laugh, bow, shrug, think, heart, hand)
