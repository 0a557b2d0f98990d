"""The head and what is drawn on its front: ovals and strokes that lie on the head's own surface."""

import numpy as np

from art.people.curve import eased_between
from art.people.measure import CHIN, EYE_X, EYE_Y, HEAD, MOUTH_Y, face_point, head_point, head_size
from art.people.shell import Shell, ball, from_rings, sheet
from art.people.wardrobe import Wardrobe

FRONT = (0, 0, 1)
LIP = (0.150, 0.026, 0.040)
MOUTH_DARK = (0.194, 0.028, 0.060)
TONGUE = (0.86, 0.21, 0.21)


def oval(
    x: float, y: float, wide: float, high: float, out: float, segments: int, dome: float = 0.0
) -> Shell:
    """An oval on the face, its rim sunk into the skin and its middle `dome` higher."""
    angle = np.arange(segments) / segments * 2 * np.pi
    dx, dy = np.cos(angle) * wide, np.sin(angle) * high
    rim = face_point(x + dx, y + dy, -0.002)
    inner = face_point(x + dx * 0.88, y + dy * 0.88, out + dome * 0.6)
    middle = face_point([x], [y], out + dome)[0]
    return from_rings([rim, inner], None, middle).facing(FRONT)


def spot(x: float, y: float, wide: float, high: float, out: float, segments: int) -> Shell:
    """The plainest oval: a fan."""
    angle = np.arange(segments) / segments * 2 * np.pi
    rim = face_point(x + np.cos(angle) * wide, y + np.sin(angle) * high, out)
    return from_rings([rim], None, face_point([x], [y], out + 0.002)[0]).facing(FRONT)


def stroke(curve, width: float, out: float = 0.004) -> Shell:
    """A line on the face, thinner at its ends, its middle raised."""
    curve = np.asarray(curve, float)
    along = np.gradient(curve, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    across = np.column_stack([-along[:, 1], along[:, 0]])
    k = np.linspace(-1, 1, len(curve))
    half = (width / 2 * np.sqrt(np.clip(1 - k**4, 0.06, 1)))[:, None]
    upper, lower = curve + across * half, curve - across * half
    rows = [
        face_point(c[:, 0], c[:, 1], o)
        for c, o in ((upper, out - 0.004), (curve, out + 0.002), (lower, out - 0.004))
    ]
    return sheet(rows).facing(FRONT)


def bow(x: float, y: float, half: float, sag: float, count: int) -> np.ndarray:
    t = np.linspace(-1, 1, count)
    return np.column_stack([x + t * half, y + sag * (1 - t * t)])


def head_ball(segments: int, rows: int) -> Shell:
    around = np.arange(segments) / segments * 2 * np.pi
    rings = [head_point(around, np.pi * row / rows) for row in range(1, rows)]
    return from_rings(rings, head_point(0, 0), head_point(0, np.pi))


def _eye(w: Wardrobe, sign: int) -> None:
    d, x = w.detail, sign * EYE_X
    bone = 'leftEye' if sign > 0 else 'rightEye'
    if not d.fine:
        w.add(spot(x, EYE_Y, 0.028, 0.041, 0.006, d.pick(8, 8, 6, 4)), 'eye', bone, flat=True)
        if not d.plain:
            w.add(
                spot(x + 0.009, EYE_Y + 0.017, 0.011, 0.013, 0.012, d.pick(6, 5, 4, 3)),
                'white',
                bone,
                flat=True,
            )
        return
    w.add(oval(x, EYE_Y, 0.0275, 0.0405, 0.0045, 15, 0.004), 'eye', bone, flat=True)
    # Both highlights sit to the same side: one light, one look.
    w.add(spot(x + 0.0085, EYE_Y + 0.0165, 0.0105, 0.013, 0.0115, 8), 'white', bone, flat=True)
    w.add(
        spot(x - 0.008, EYE_Y - 0.0175, 0.0052, 0.006, 0.0105, 6),
        'fixed',
        bone,
        color=(0.26, 0.19, 0.42),
        flat=True,
    )


def _cheek(w: Wardrobe, sign: int) -> None:
    d = w.detail
    count = d.pick(12, 8, 5, 3)
    shell = spot(sign * EYE_X * 1.5, EYE_Y - 0.055, 0.032, 0.0205, 0.0022, count)
    w.add(shell, 'blush', 'head', flat=True)
    brow = bow(sign * EYE_X, EYE_Y + 0.064, 0.030, 0.012, d.pick(7, 4, 2, 2))
    w.add(stroke(brow, 0.0135), 'hair', 'head', 0.72, flat=True)


def _mouth(w: Wardrobe) -> None:
    d = w.detail
    count = d.pick(11, 6, 4, 2)
    w.add(
        stroke(bow(0, MOUTH_Y + 0.013, 0.044, -0.022, count), 0.0125, 0.004),
        'fixed',
        'smile',
        color=LIP,
        flat=True,
    )
    # An open mouth laughs: flat above, round below.
    angle = np.linspace(np.pi, 2 * np.pi, d.pick(13, 7, 4, 2))
    x = np.concatenate([np.cos(angle) * 0.042, np.linspace(0.034, -0.034, d.pick(4, 2, 2, 2))])
    y = np.concatenate(
        [MOUTH_Y + 0.012 + np.sin(angle) * 0.043, np.full(d.pick(4, 2, 2, 2), MOUTH_Y + 0.0165)]
    )
    ring = face_point(x, y, 0.0045)
    shell = from_rings([ring], None, face_point([0.0], [MOUTH_Y - 0.006], 0.005)[0]).facing(FRONT)
    w.add(shell, 'fixed', 'jaw', color=MOUTH_DARK, flat=True)
    if d.rank == 0:
        w.add(
            spot(0, MOUTH_Y - 0.0165, 0.023, 0.0115, 0.0075, 8),
            'fixed',
            'jaw',
            color=TONGUE,
            flat=True,
        )
        teeth = stroke(bow(0, MOUTH_Y + 0.0105, 0.029, 0.0, 5), 0.009, 0.0075)
        w.add(teeth, 'white', 'jaw', flat=True)


def _ears(w: Wardrobe) -> None:
    d = w.detail
    x = head_size((EYE_Y - CHIN) / HEAD)[0] + 0.006
    ear = ball(
        (float(x), EYE_Y - 0.004, -0.012),
        (0.024, 0.042, 0.030),
        d.pick(8, 6, 4, 4),
        d.pick(5, 3, 2, 2),
    )
    w.both(ear, 'skin', 'head', shade=0.93)


def add_face(w: Wardrobe) -> None:
    d = w.detail
    w.open('face', 'always')
    # Under the chin it is shady.
    skin = lambda p: 1 - 0.24 * eased_between(1.17, 1.10, p[:, 1])
    w.add(head_ball(d.pick(20, 12, 8, 6), d.pick(13, 8, 5, 3)), 'skin', 'head', skin)
    for sign in (1, -1):
        _eye(w, sign)
    if d.plain:
        return
    _mouth(w)
    for sign in (1, -1):
        _cheek(w, sign)
    if d.near:
        nose = ball(
            face_point(0, EYE_Y - 0.022, 0.001),
            (0.020, 0.0165, 0.016),
            d.pick(8, 6, 4, 4),
            d.pick(5, 3, 2, 2),
        )
        w.add(nose, 'skin', 'head', 0.92)
    w.open('ears', 'always')
    _ears(w)
