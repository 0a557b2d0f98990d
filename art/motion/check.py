"""Judges every clip as the file has it: feet that slip, limbs that break or go through the body.

    /usr/bin/python3 -m art.motion.check

Says what is wrong and ends with 1, or says how good the worst clip is.
"""

from __future__ import annotations

import sys
from typing import Iterator

import numpy as np

from art.motion.bones import BALL, BONE, HEEL, NAMES, TIP, placed
from art.motion.catalogue import clips
from art.motion.clip import RATE, STAND, Clip
from art.motion.figure import Limb, limbs
from art.motion.pose import Body, body
from art.motion.seated import SEAT
from art.motion.tracks import Track, fine_times, read, tracks
from art.motion.turning import about_y, degrees_between, inverse, to_quaternions, turned

SLIP_MAX, SUNK_MAX, MISSED_MAX = 0.01, 0.01, 0.002  # metres
BONE_SPEED_MAX = 1800  # degrees a second; what is faster is a jump
FACE_SPEED_MAX = 40  # a second
CLOSES_WITHIN, RESTS_WITHIN = 0.1, 4.0  # degrees
BYTES_MAX = 400_000
# What one sits on: the ground's height, or a seat whose front edge is at z = 0.
SITS_ON = {'sit': SEAT, 'rest': 0.0}
SEAT_SUNK_MAX, SEAT_GAP_MAX, SEAT_WOBBLE_MAX = 0.02, 0.005, 0.002  # metres
HANGING = (0.15, 0.32)  # metres over the ground between which soles of hanging feet stay
REST_HIPS = (0.10, 0.122)  # metres

# These come from standing and go back to it.
FROM_STAND = ('idle.look', 'idle.shift', 'idle.stretch', 'start', 'point', 'bow', 'shrug')
TO_STAND = ('idle.look', 'idle.shift', 'idle.stretch', 'stop', 'land', 'point', 'bow', 'shrug')

Problems = Iterator[str]


def _foot_points(made: Body, side: str) -> dict[str, np.ndarray]:
    """Where heel, ball and tip of a sole are."""
    world, joints = placed(made.rotation, made.hips)
    foot, toes = BONE[f'{side}Foot'], BONE[f'{side}Toes']
    ankle = np.array([0, 0.075, 0])
    points = {'heel': HEEL, 'ball': BALL}
    made_points = {name: joints[:, foot] + turned(world[:, foot], at - ankle) for name,
                   at in points.items()}
    made_points['tip'] = made_points['ball'] + turned(world[:, toes], TIP - BALL)
    return made_points


def _over_ground(clip: Clip, times: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Where points are in the world while the body goes over the ground and turns on it."""
    there = turned(about_y(clip.turning(times)), points)
    return there + clip.travel(times)[:, None] * np.array([0, 0, 1])


def slip(clip: Clip, found: list[Track]) -> float:
    """The farthest way a planted foot goes: by its heel while the toes are up, else by its ball."""
    times = fine_times(clip)
    made = read(found, times)
    worst = 0.0
    for side in ('left', 'right'):
        points = {name: _over_ground(clip, times, rows) for name,
                  rows in _foot_points(made, side).items()}
        for start, end in clip.planted.get(side, [(0, clip.seconds)]):
            inside = (times > start - 1e-6) & (times < end + 1e-6)
            higher = points['ball'][:, 1] - points['heel'][:, 1]
            for name, stands in (('heel', higher > -0.002), ('ball', higher < 0.002)):
                rows = points[name][inside & stands]
                if len(rows) > 1:
                    worst = max(worst, float(np.linalg.norm(np.ptp(rows[:, [0, 2]], axis=0))))
    return worst


def sunk(found: list[Track], clip: Clip) -> float:
    made = read(found, fine_times(clip))
    return max(float(-rows[:, 1].min()) for side in ('left', 'right')
               for rows in _foot_points(made, side).values())


def _feet(clip: Clip, found: list[Track]) -> Problems:
    slipped, below = slip(clip, found), sunk(found, clip)
    if slipped > SLIP_MAX:
        yield f'a planted foot slips by {slipped * 100:.1f} cm'
    if below > SUNK_MAX:
        yield f'a foot is {below * 100:.1f} cm below the ground'
    made, times = body(clip.sampled()), clip.times()
    for foot, side in enumerate(('left', 'right')):
        for start, end in clip.planted.get(side, [(0, clip.seconds)]):
            inside = (times > start - 1e-6) & (times < end + 1e-6)
            missed = np.where(inside, made.missed[:, foot], 0)
            if missed.max() > MISSED_MAX:
                yield (f'at {int(missed.argmax()) / RATE:.2f} s the {side} leg misses its foot by '
                       f'{missed.max() * 100:.1f} cm')
    if clip.stride and abs(float(clip.travel(np.array([clip.seconds]))[0]) - clip.stride) > 1e-6:
        yield 'the ground does not go a stride a cycle'


def _ends(clip: Clip, found: list[Track]) -> Problems:
    ends = read(found, np.array([0, clip.seconds]))
    turns = to_quaternions(ends.rotation.reshape(-1, 3, 3)).reshape(2, len(NAMES), 4)
    if clip.loop:
        apart = float(degrees_between(turns[0], turns[1]).max())
        if apart > CLOSES_WITHIN or np.abs(ends.hips[0] - ends.hips[1]).max() > 0.0005:
            yield f'the loop does not close: {apart:.2f} degrees'
    stand = body({name: np.array([float(value)]) for name, value in STAND.items()})
    rest = to_quaternions(stand.rotation[0])
    for end, names in ((0, FROM_STAND), (1, TO_STAND)):
        if clip.name in names:
            apart = degrees_between(turns[end], rest)
            if apart.max() > RESTS_WITHIN:
                worst = int(apart.argmax())
                which = 'end' if end else 'start'
                yield f'its {which} is not standing: {NAMES[worst]} by {apart[worst]:.1f} degrees'
    if max(track.times[-1] for track in found) < clip.seconds - 1e-6:
        yield 'no track lasts to the end'


def _joints(clip: Clip, found: list[Track]) -> Problems:
    """Knees bend backwards only, elbows forwards only, and nothing jumps."""
    made = read(found, clip.times())
    for side, sign in (('left', 1), ('right', -1)):
        knee = made.rotation[:, BONE[f'{side}LowerLeg']]
        angle = np.degrees(np.arctan2(knee[:, 2, 1], knee[:, 1, 1]))
        if angle.min() < -1 or angle.max() > 150:
            yield f'the {side} knee bends from {angle.min():.0f} to {angle.max():.0f} degrees'
        elbow = made.rotation[:, BONE[f'{side}LowerArm']]
        angle = sign * np.degrees(np.arctan2(elbow[:, 2, 0] * -1, elbow[:, 0, 0])) * -1
        if angle.min() < -1 or angle.max() > 150:
            yield f'the {side} elbow bends from {angle.min():.0f} to {angle.max():.0f} degrees'
    for bone, name in enumerate(NAMES):
        turns = to_quaternions(made.rotation[:, bone])
        speed = degrees_between(turns[1:], turns[:-1]) * RATE
        if speed.max() > BONE_SPEED_MAX:
            at = int(speed.argmax()) / RATE
            yield f'{name} turns by {speed.max():.0f} degrees a second at {at:.2f} s'
    for name, rows in made.scale.items():
        is_fast = np.abs(np.diff(rows)).max() * RATE > FACE_SPEED_MAX
        if is_fast or rows.min() < 0 or rows.max() > 1.05:
            yield f'{name} goes from {rows.min():.2f} to {rows.max():.2f}, too far or too fast'


def _through(clip: Clip, found: list[Track]) -> Problems:
    """Forearms and hands stay out of head and trunk."""
    made = read(found, clip.times())
    world, _ = placed(made.rotation, made.hips)
    parts = limbs(made)
    bone_of = {'head': 'head', 'trunk': 'chest'}
    for arm in parts:
        if not arm.name.endswith(('LowerArm', 'Hand')):
            continue
        for solid in parts:
            if solid.name in bone_of:
                depth = _depth(arm, solid, world[:, BONE[bone_of[solid.name]]])
                if depth.min() < 1:
                    at = int(depth.argmin())
                    yield (f'{arm.name} is in the {solid.name} at {at / RATE:.2f} s: '
                           f'{depth.min():.2f} of its radius')


def _depth(arm: Limb, solid: Limb, frame: np.ndarray) -> np.ndarray:
    """The least way of an arm's balls from a solid's middle, in its radii, for each frame."""
    least = np.full(len(frame), np.inf)
    for ball in range(arm.points.shape[1]):
        way = turned(inverse(frame), arm.points[:, ball] - solid.points[:, 0])
        grown = solid.radii[0] + 0.4 * arm.radii[ball] * (solid.name == 'head')
        least = np.minimum(least, np.linalg.norm(way / grown, axis=1))
    return least


def seated(name: str, found: list[Track], times: np.ndarray) -> Problems:
    """One sits on what is there: neither in it nor over it, and the legs go over a seat's edge."""
    made, height = read(found, times), SITS_ON[name]
    parts = [part for part in limbs(made) if part.name == 'trunk' or 'Leg' in part.name]
    upper = [part for part in parts if 'Lower' not in part.name]
    bottom = np.concatenate([_lowest(part) for part in upper], 1)
    sits = np.concatenate([part.points[..., 2] < 0 for part in upper], 1) | (height == 0)
    lowest = np.where(sits, bottom, np.inf).min(1) - height
    if lowest.min() < -SEAT_SUNK_MAX or lowest.max() > SEAT_GAP_MAX:
        yield (f'one sits from {lowest.min() * 100:.1f} to {lowest.max() * 100:.1f} cm over what '
               f'one sits on')
    if np.ptp(made.hips[:, 1]) > SEAT_WOBBLE_MAX:
        yield f'the hips go up and down by {np.ptp(made.hips[:, 1]) * 100:.1f} cm'
    if height == 0:
        low, high = made.hips[:, 1].min(), made.hips[:, 1].max()
        if low < REST_HIPS[0] or high > REST_HIPS[1]:
            yield f'the hips are from {low:.3f} to {high:.3f} m high'
        return
    for part in parts:
        if 'Lower' in part.name:
            behind = part.points[..., 2] - np.asarray(part.radii)
            below = part.points[..., 1] < height
            if behind[below].min() < 0:
                yield f'{part.name} is {-behind[below].min() * 100:.1f} cm in the front of the seat'
    for side in ('left', 'right'):
        soles = np.stack([rows[:, 1] for rows in _foot_points(made, side).values()])
        if soles.min() < HANGING[0] or soles.max() > HANGING[1]:
            yield f'the {side} sole hangs from {soles.min():.2f} to {soles.max():.2f} m high'


def _lowest(part: Limb) -> np.ndarray:
    """How low each of a limb's balls comes: (frames, balls)."""
    radii = np.array([radius if np.ndim(radius) == 0 else radius[1] for radius in part.radii])
    return part.points[..., 1] - radii


def problems() -> list[str]:
    out, weight = [], 0
    for name, clip in clips().items():
        found = tracks(clip)
        weight += sum(track.values.nbytes + track.times.nbytes for track in found) // 2
        for judge in (_feet, _ends, _joints, _through):
            out += [f'{name}: {text}' for text in judge(clip, found)]
        if name in SITS_ON:
            out += [f'{name}: {text}' for text in seated(name, found, fine_times(clip))]
    if any(clips()['sit'].planted.get(side, True) for side in ('left', 'right')):
        out.append('sit: a foot stands, but feet hang over the edge')
    if weight > BYTES_MAX:
        out.append(f'{weight} bytes of keys are more than {BYTES_MAX}')
    return out


def main() -> None:
    found = problems()
    for text in found:
        print(text, file=sys.stderr)
    if found:
        sys.exit(1)
    worst = max((slip(clip, tracks(clip)), name) for name, clip in clips().items())
    print(f'art/motion: {len(clips())} clips are sound; the most a planted foot slips is '
          f'{worst[0] * 1000:.1f} mm ({worst[1]})')


if __name__ == '__main__':
    main()
