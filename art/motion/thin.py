"""Leaves out the keys that mixing between their neighbours gives back anyhow."""

from __future__ import annotations

from typing import Callable

import numpy as np

from art.motion.turning import degrees_between, unit

ANGLE = 0.4  # degrees
# Legs end in feet on the ground, where one sees half a degree of the hip as a slip.
LEG_ANGLE = 0.25
LENGTH = 0.0008  # metres
SCALE = 0.02


def thin_rotations(rows: np.ndarray, tolerance: float) -> np.ndarray:
    """Places of the quaternions to keep."""
    return _thin(rows, tolerance, degrees_between, unit)


def thin_vectors(rows: np.ndarray, tolerance: float) -> np.ndarray:
    def apart(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return np.linalg.norm(a - b, axis=-1)

    return _thin(rows, tolerance, apart, lambda mixed: mixed)


def _thin(rows: np.ndarray, tolerance: float, apart: Callable, whole: Callable) -> np.ndarray:
    """Splits at the worst frame until none is further off than the tolerance."""
    last = len(rows) - 1
    if apart(rows, rows[:1]).max() <= tolerance / 4:
        return np.array([0])
    kept, spans = {0, last}, [(0, last)]
    while spans:
        start, end = spans.pop()
        if end - start < 2:
            continue
        share = np.linspace(0, 1, end - start + 1)[1:-1, None]
        mixed = whole(rows[start] * (1 - share) + rows[end] * share)
        off = apart(mixed, rows[start + 1:end])
        worst = int(off.argmax())
        if off[worst] > tolerance:
            middle = start + 1 + worst
            kept.add(middle)
            spans += [(start, middle), (middle, end)]
    return np.array(sorted(kept))
