"""Walking, running, and coming to them: the feet follow the ground at exactly its speed."""

from __future__ import annotations

import numpy as np

from art.motion.clip import Clip
from art.motion.curve import Curve


def _step(clip: Clip, stance: float, front: float, roll: Curve, lift: Curve) -> tuple[Curve, Curve,
                                                                                      Curve]:
    """z, lift and roll of a foot that meets the ground at 0 s, `front` metres before the hips.

    While it stands it goes back as the ground does; it swings forwards on the curve that leaves and
    meets the ground without a jerk.
    """
    back = front - clip.stride * stance

    def z(t: np.ndarray) -> np.ndarray:
        phase = (t / clip.seconds) % 1
        u = np.clip((phase - stance) / (1 - stance), 0, 1)
        speed = -clip.stride * (1 - stance)
        swing = ((2 * u**3 - 3 * u**2 + 1) * back + (u**3 - 2 * u**2 + u) * speed
                 + (3 * u**2 - 2 * u**3) * front + (u**3 - u**2) * speed)
        return np.where(phase < stance, front - clip.stride * phase, swing)

    return Curve(z), lift, roll


def _feet(clip: Clip, stance: float, left: tuple[Curve, Curve, Curve], apart: float,
          turn: float) -> None:
    half = clip.seconds / 2
    z, lift, roll = left
    clip.left_foot(z=z, lift=lift, roll=roll, x=apart, turn=turn)
    clip.right_foot(z=z.late(half), lift=lift.late(half), roll=roll.late(half), x=-apart, turn=turn)
    down = stance * clip.seconds
    clip.planted = {'left': [(0, down)],
                    'right': [(half, min(half + down, clip.seconds))]}
    clip.travel = Curve(lambda t: clip.stride * t / clip.seconds)


def walk() -> Clip:
    clip = Clip('walk', 0.8, loop=True, fade=0.16, stride=1.05)
    stance = 11 / 24
    roll = clip.shares((0, -20), (0.1, 0), (0.24, 0), (stance, 46), (0.62, 40), (0.8, -6),
                       (0.94, -22))
    lift = clip.shares((0, 0), (stance, 0), (0.62, 0.085), (0.78, 0.06), (0.97, 0.003))
    _feet(clip, stance, _step(clip, stance, 0.222, roll, lift), apart=0.068, turn=5)

    # Twice a cycle: sinks into the step, springs up off the toes.
    bounce = clip.shares((0, -0.036), (0.1, -0.052), (0.37, -0.008), (0.5, -0.036), (0.6, -0.052),
                         (0.87, -0.008))
    clip.hips(y=bounce, x=clip.swing(0.02, 1), yaw=clip.swing(-9, 1, -0.25),
              lean=clip.swing(-4.5, 1, 0.04), pitch=2)
    nod = clip.swing(2.4, 2, 0.06)
    clip.trunk(yaw=clip.swing(17, 1, -0.22), lean=clip.swing(6.5, 1, 0.06), pitch=nod + 2)
    clip.head(yaw=clip.swing(-8, 1, -0.24), lean=clip.swing(-5, 1, 0.14),
              pitch=clip.swing(-3.2, 2, 0.2) - 3)
    for side, late in (('left', 0.5), ('right', 0.0)):
        # Each arm goes with the other leg; the forearm and the hand come after.
        swing = clip.swing(34, 1, late - 0.25 + 0.03)
        clip.part(side, {
            'forward': swing + 5, 'out': clip.swing(3, 2, 0.1) + 22,
            'elbow': clip.swing(17, 1, late - 0.25 + 0.1) + 30,
            'wrist': clip.swing(12, 1, late - 0.25 + 0.2), 'twist': 4,
            'shrug': clip.swing(2, 2, 0.1) + 2})
    return clip


def run() -> Clip:
    clip = Clip('run', 0.8, loop=True, fade=0.14, stride=2.3)
    stance = 5 / 24
    roll = clip.shares((0, -8), (0.05, 0), (0.07, 0), (stance, 56), (0.42, 78), (0.62, 30),
                       (0.86, -14))
    lift = clip.shares((0, 0), (stance, 0), (0.36, 0.085), (0.5, 0.16), (0.66, 0.14), (0.84, 0.05))
    _feet(clip, stance, _step(clip, stance, 0.2, roll, lift), apart=0.052, turn=3)

    bounce = clip.shares((0, -0.06), (0.09, -0.084), (0.21, -0.042), (0.37, 0.028), (0.5, -0.06),
                         (0.59, -0.084), (0.71, -0.042), (0.87, 0.028))
    clip.hips(y=bounce, x=clip.swing(0.012, 1), yaw=clip.swing(-13, 1, -0.2),
              lean=clip.swing(-4, 1, 0), pitch=7)
    clip.trunk(yaw=clip.swing(27, 1, -0.18), lean=clip.swing(5, 1, 0.02),
               pitch=clip.swing(4, 2, 0.02) + 12)
    clip.head(yaw=clip.swing(-14, 1, -0.2), lean=clip.swing(-4, 1, 0.12),
              pitch=clip.swing(-4.5, 2, 0.16) - 15)
    for side, late in (('left', 0.5), ('right', 0.0)):
        swing = clip.swing(58, 1, late - 0.25 + 0.05)
        clip.part(side, {
            'forward': swing + 2, 'out': clip.swing(5, 1, late + 0.25) + 24,
            'elbow': clip.swing(16, 1, late - 0.25 + 0.14) + 82,
            'twist': clip.swing(14, 1, late - 0.25 + 0.08) + 6,
            'wrist': clip.swing(10, 1, late - 0.25 + 0.2), 'shrug': clip.swing(3, 2, 0.1) + 4})
    clip.put('jaw', clip.swing(0.1, 2, 0.1) + 0.3)
    return clip


def start() -> Clip:
    """Leans into it, pushes off the left foot and brings the right knee up."""
    clip = Clip('start', 0.4, loop=False, fade=0.06)
    k = clip.keys
    clip.travel = k((0, 0), (0.1, 0.01), (0.4, 0.26))
    clip.left_foot(z=-clip.travel, roll=k((0.1, 0), (0.4, 34)), x=0.085)
    clip.right_foot(z=k((0, 0), (0.08, -0.01), (0.4, 0.17)),
                    lift=k((0.02, 0), (0.2, 0.08), (0.4, 0.02)),
                    roll=k((0, 0), (0.14, 30), (0.4, -18)), x=-0.08)
    clip.planted = {'left': [(0, 0.4)], 'right': [(0, 0.02)]}
    clip.hips(y=k((0, -0.006), (0.12, -0.05), (0.4, -0.022)),
              z=k((0, 0), (0.1, -0.012), (0.4, 0.012)),
              x=k((0, 0), (0.2, 0.02), (0.4, 0.012)), pitch=k((0, 0), (0.2, 5), (0.4, 3)),
              yaw=k((0, 0), (0.1, -4), (0.4, 7)))
    clip.trunk(pitch=k((0, 0), (0.07, -3), (0.26, 9), (0.4, 6)),
               yaw=k((0, 0), (0.1, 5), (0.4, -14)))
    clip.head(pitch=k((0, 0), (0.12, 5), (0.4, -6)), yaw=k((0, 0), (0.1, -2), (0.4, 7)))
    clip.left(forward=k((0, 3), (0.1, -10), (0.4, 38)), elbow=k((0, 17), (0.12, 26), (0.4, 46)),
              out=k((0, 22), (0.4, 22)))
    clip.right(forward=k((0, 3), (0.1, 12), (0.4, -28)), elbow=k((0, 17), (0.4, 28)),
               out=k((0, 22), (0.4, 22)))
    return clip


def stop() -> Clip:
    """Brakes on the right foot, tips over it, swings back, and the left foot comes up beside it."""
    clip = Clip('stop', 0.6, loop=False, fade=0.08)
    k = clip.keys
    clip.travel = k((0, 0), (0.16, 0.12))
    clip.right_foot(z=-clip.travel + 0.12, roll=k((0, -16), (0.1, 0)), x=-0.09)
    clip.left_foot(z=k((0, -0.18), (0.16, -0.16), (0.4, 0)),
                   lift=k((0, 0), (0.16, 0.012), (0.3, 0.05), (0.4, 0)),
                   roll=k((0, 44), (0.16, 40), (0.4, 0)), x=k((0, 0.08), (0.4, 0.09)))
    clip.planted = {'right': [(0, 0.6)], 'left': [(0.4, 0.6)]}
    clip.hips(y=k((0, -0.03), (0.14, -0.056), (0.42, -0.002), (0.6, -0.006)),
              z=k((0, 0.01), (0.2, 0.026), (0.6, 0)),
              pitch=k((0, 2), (0.12, -4), (0.34, 3), (0.6, 0)),
              x=k((0, -0.006), (0.2, -0.022), (0.6, 0)))
    clip.trunk(pitch=k((0, -2), (0.1, -9), (0.3, 8), (0.48, -2), (0.6, 0)), yaw=k((0, 8), (0.6, 0)))
    clip.head(pitch=k((0, -2), (0.08, -6), (0.22, 9), (0.42, -3), (0.6, 0)),
              yaw=k((0, -5), (0.4, 0)))
    clip.left(forward=k((0, 20), (0.2, 34), (0.42, -10), (0.6, 3)),
              elbow=k((0, 34), (0.2, 44), (0.46, 12), (0.6, 17)),
              out=k((0, 21), (0.2, 32), (0.6, 22)))
    clip.right(forward=k((0, -16), (0.22, 30), (0.45, -8), (0.6, 3)),
               elbow=k((0, 26), (0.24, 42), (0.48, 12), (0.6, 17)),
               out=k((0, 21), (0.2, 34), (0.6, 22)))
    return clip


def turn_left() -> Clip:
    """Ninety degrees on the spot in two little steps; the head is already there."""
    clip = Clip('turn.left', 0.6, loop=True, fade=0.12)
    k = clip.keys
    degrees = 90.0
    clip.turning = Curve(lambda t: degrees * t / clip.seconds)
    _pivot(clip, 'left', 0.09, degrees, lifted=(0.02, 0.26))
    _pivot(clip, 'right', -0.09, degrees, lifted=(0.32, 0.56))
    clip.hips(y=k((0, -0.012), (0.15, -0.024), (0.3, -0.012), (0.45, -0.024)),
              x=clip.swing(-0.016, 1),
              lean=clip.swing(3, 1), yaw=clip.swing(5, 1, 0.2))
    clip.trunk(yaw=clip.swing(-4, 1, 0.25) + 9, lean=clip.swing(-3, 1, 0.05) + 3)
    clip.head(yaw=16, pitch=clip.swing(2, 2, 0.1) + 2, lean=clip.swing(2, 1, 0.12) + 3)
    # Arms stay behind a little.
    clip.left(forward=clip.swing(5, 1) - 8, out=clip.swing(3, 2, 0.1) + 25, elbow=24)
    clip.right(forward=clip.swing(-5, 1) + 18, out=clip.swing(3, 2, 0.1) + 25, elbow=28)
    return clip


def _pivot(clip: Clip, side: str, x: float, degrees: float, lifted: tuple[float, float]) -> None:
    """A foot that turns with the ground about the body's middle and steps back once a cycle."""
    up, down = lifted
    sign = 1 if x > 0 else -1
    speed = degrees / clip.seconds
    on_ground = clip.seconds - (down - up)

    def angle(t: np.ndarray) -> np.ndarray:
        since = (t - down) % clip.seconds
        u = np.clip((since - on_ground) / (down - up), 0, 1)
        reach = speed * on_ground / 2
        swing = -reach + 2 * reach * u * u * (3 - 2 * u)
        return np.where(since < on_ground, reach - speed * since, swing)

    def hop(height: float) -> Curve:
        middle = (up + down) / 2
        return clip.keys((up, 0), (middle, height), (down, 0), (up + clip.seconds, 0))

    turns = Curve(angle)
    part = {'x': Curve(lambda t: x * np.cos(np.radians(angle(t)))),
            'z': Curve(lambda t: -x * np.sin(np.radians(angle(t)))),
            'turn': turns * sign + 6, 'lift': hop(0.045), 'roll': hop(16)}
    clip.part(f'{side}Foot', part)
    spans = [(0, up), (down, clip.seconds)]
    clip.planted[side] = [span for span in spans if span[1] - span[0] > 0.01]


def turn_right() -> Clip:
    return turn_left().mirrored('turn.right')


CLIPS = (walk, run, start, stop, turn_left, turn_right)
