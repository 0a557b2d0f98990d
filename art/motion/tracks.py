"""Clips as what stands in a file: for each bone the few keys it needs, and how to read them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from art.motion.bones import BONE, NAMES, OFFSET
from art.motion.clip import RATE, Clip
from art.motion.pose import Body, body
from art.motion.thin import ANGLE, LEG_ANGLE, LENGTH, SCALE, thin_rotations, thin_vectors
from art.motion.turning import degrees_between, to_matrices, to_quaternions, unit

# Bones of the face with the scale they rest at.
FACE = {'leftEye': 1.0, 'rightEye': 1.0, 'jaw': 0.0}


@dataclass
class Track:
    bone: str
    path: str  # rotation, translation or scale
    times: np.ndarray
    values: np.ndarray


def tracks(clip: Clip) -> list[Track]:
    """What is not named rests; of the jaw, rest is shut."""
    made = body(clip.sampled())
    times = clip.times()
    out = [_hips(made, times)]
    for bone, name in enumerate(NAMES):
        rows = to_quaternions(made.rotation[:, bone])
        if degrees_between(rows, np.array([[0, 0, 0, 1.0]])).max() < 0.05:
            continue
        is_leg = any(part in name for part in ('Leg', 'Foot', 'Toes', 'hips'))
        keep = thin_rotations(rows, LEG_ANGLE if is_leg else ANGLE)
        out.append(Track(name, 'rotation', times[keep], rows[keep]))
    for name, rest in FACE.items():
        rows = np.repeat(made.scale[name][:, None], 3, 1)
        if name != 'jaw':
            rows[:, [0, 2]] = 1  # lids come down, eyes do not shrink
        if np.abs(made.scale[name] - rest).max() > 0.001 or name == 'jaw':
            keep = thin_vectors(rows, SCALE)
            out.append(Track(name, 'scale', times[keep], rows[keep]))
    return out


def _hips(made: Body, times: np.ndarray) -> Track:
    keep = thin_vectors(made.hips, LENGTH)
    if len(keep) == 1:
        keep = np.array([0, len(times) - 1])  # this track says how long the clip is
    return Track('hips', 'translation', times[keep], made.hips[keep])


def read(found: list[Track], times: np.ndarray) -> Body:
    """The body at any times, mixed from the keys as a player mixes them."""
    rotation = np.tile(np.eye(3), (len(times), len(NAMES), 1, 1))
    hips = np.tile(OFFSET[0], (len(times), 1))
    scale = {name: np.full(len(times), rest) for name, rest in FACE.items()}
    for track in found:
        values = np.stack([np.interp(times, track.times, column) for column in track.values.T], 1)
        if track.path == 'rotation':
            rotation[:, BONE[track.bone]] = to_matrices(unit(values))
        elif track.path == 'translation':
            hips = values
        else:
            scale[track.bone] = values[:, 1]
    return Body(rotation, hips, scale, np.zeros((len(times), 2)))


def fine_times(clip: Clip) -> np.ndarray:
    """Four times as often as there are frames: what the screen shows between them."""
    return np.arange(clip.frames * 4 + 1) / (RATE * 4)
