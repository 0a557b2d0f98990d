"""The middle figure in numbers: joints, torso profile and head, which all parts are cut to.

Axes as in glTF: metres, y up, the face looks along +z, the body's left is +x. The joints come from
skeleton.json; everything else here is measured against them.
"""

import json
from pathlib import Path

import numpy as np

from art.people.curve import eased, rounded, spline

SKELETON = Path(__file__).with_name('skeleton.json')
BONES: list[dict] = json.loads(SKELETON.read_text(encoding='utf-8'))['bones']
BONE_NAMES: list[str] = [bone['name'] for bone in BONES]
BONE: dict[str, int] = {name: index for index, name in enumerate(BONE_NAMES)}
PARENTS: list[int] = [-1 if b['parent'] is None else BONE[b['parent']] for b in BONES]
JOINTS: np.ndarray = np.array([bone['at'] for bone in BONES], dtype=float)

CROTCH = 0.45
CHIN = 1.10
TORSO = CHIN - CROTCH
HEAD = 0.40
CROWN = CHIN + HEAD
HEAD_HALF_WIDTH = 0.205
HEAD_HALF_DEPTH = 0.19
SHOULDER_X, SHOULDER_Y = 0.118, 0.97
ARM = 0.43
HIP_X, HIP_Y, KNEE_Y, ANKLE_Y = 0.085, 0.47, 0.243, 0.075
EYE_X, EYE_Y, MOUTH_Y = 0.076, 1.26, 1.196

# Half width and half depth from the crotch (0) to the chin (1).
_TORSO_TABLE = np.array(
    [
        (0.00, 0.070, 0.060),
        (0.05, 0.125, 0.105),
        (0.16, 0.150, 0.125),
        (0.32, 0.152, 0.130),
        (0.52, 0.143, 0.122),
        (0.70, 0.133, 0.112),
        (0.83, 0.118, 0.100),
        (0.91, 0.090, 0.080),
        (0.97, 0.058, 0.056),
        (1.08, 0.050, 0.050),
    ]
)


def torso_size(t: np.ndarray) -> np.ndarray:
    """Half width and half depth of the torso at heights t: 0 crotch, 1 chin."""
    return spline(_TORSO_TABLE[:, 0], _TORSO_TABLE[:, 1:], np.atleast_1d(t))


def torso_y(t):
    return CROTCH + np.asarray(t) * TORSO


def torso_front(x: float, t: float, out: float) -> np.ndarray:
    """A point on the front of what is worn `out` off the body."""
    wide, deep = torso_size(np.array([t]))[0] + out
    u = min(0.985, abs(x) / wide)
    return np.array([x, torso_y(t), deep * (1 - u**2.3) ** (1 / 2.3)])


def head_size(height) -> tuple[np.ndarray, np.ndarray]:
    """Half width and half depth of the head at a height: 0 chin, 1 crown."""
    height = np.clip(np.asarray(height, dtype=float), 0, 1)
    r = np.maximum(0, 1 - np.abs(2 * height - 1) ** 2.5) ** 0.4
    cheeks = 1 + 0.06 * np.exp(-(((height - 0.3) / 0.2) ** 2)) - 0.03 * eased((height - 0.6) / 0.4)
    jowl = 1 + 0.02 * np.exp(-(((height - 0.35) / 0.25) ** 2))
    return HEAD_HALF_WIDTH * r * cheeks, HEAD_HALF_DEPTH * r * jowl


def head_point(around, down, out=0.0) -> np.ndarray:
    """Points on the head: `around` is 0 in front and grows to the left, `down` 0 at the crown."""
    around, down, out = np.broadcast_arrays(
        np.asarray(around, float), np.asarray(down, float), np.asarray(out, float)
    )
    height = 0.5 + 0.5 * rounded(np.cos(down), 2.5)
    wide, deep = head_size(height)
    lift = out * np.sin(down)
    x = rounded(np.sin(around), 2.15) * (wide + lift)
    z = rounded(np.cos(around), 2.15) * (deep + lift)
    return np.stack([x, CHIN + height * HEAD + out * np.cos(down), z], axis=-1)


def face_point(x, y, out=0.0) -> np.ndarray:
    """Points of the face at x and y, `out` in front of the skin."""
    x, y = np.broadcast_arrays(np.asarray(x, float), np.asarray(y, float))
    wide, deep = head_size((y - CHIN) / HEAD)
    z = deep * (1 - np.clip(np.abs(x) / wide, 0, 0.999) ** 2.15) ** (1 / 2.15)
    return np.stack([x, y, z + out], axis=-1)
