"""Rotations as arrays: matrices (n, 3, 3) while poses are worked out, quaternions (n, 4) in files.

Angles are degrees. The body faces +z with its left at +x: a positive turn about x bows forwards,
one about y looks left, one about z leans right.
"""

from __future__ import annotations

import numpy as np


def about(axis: int, degrees: np.ndarray | float) -> np.ndarray:
    """Matrices that turn about x (0), y (1) or z (2)."""
    angle = np.radians(np.atleast_1d(np.asarray(degrees, float)))
    sin, cos = np.sin(angle), np.cos(angle)
    made = np.zeros((len(angle), 3, 3))
    a, b = [(1, 2), (2, 0), (0, 1)][axis]
    made[:, axis, axis] = 1
    made[:, a, a] = made[:, b, b] = cos
    made[:, a, b], made[:, b, a] = -sin, sin
    return made


def about_x(degrees: np.ndarray | float) -> np.ndarray:
    return about(0, degrees)


def about_y(degrees: np.ndarray | float) -> np.ndarray:
    return about(1, degrees)


def about_z(degrees: np.ndarray | float) -> np.ndarray:
    return about(2, degrees)


def inverse(matrices: np.ndarray) -> np.ndarray:
    return np.swapaxes(matrices, -1, -2)


def unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


def turned(matrices: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    """Each vector through its matrix."""
    return np.einsum('...ij,...j->...i', matrices, vectors)


def to_quaternions(matrices: np.ndarray) -> np.ndarray:
    """x, y, z, w, with signs that never jump from one row to the next."""
    m = matrices
    # Four ways to the same quaternion; each row takes the one with the greatest divisor.
    ways = np.stack([
        np.stack([1 + m[:, 0, 0] - m[:, 1, 1] - m[:, 2, 2], m[:, 0, 1] + m[:, 1, 0],
                  m[:, 0, 2] + m[:, 2, 0], m[:, 2, 1] - m[:, 1, 2]], 1),
        np.stack([m[:, 0, 1] + m[:, 1, 0], 1 - m[:, 0, 0] + m[:, 1, 1] - m[:, 2, 2],
                  m[:, 1, 2] + m[:, 2, 1], m[:, 0, 2] - m[:, 2, 0]], 1),
        np.stack([m[:, 0, 2] + m[:, 2, 0], m[:, 1, 2] + m[:, 2, 1],
                  1 - m[:, 0, 0] - m[:, 1, 1] + m[:, 2, 2], m[:, 1, 0] - m[:, 0, 1]], 1),
        np.stack([m[:, 2, 1] - m[:, 1, 2], m[:, 0, 2] - m[:, 2, 0], m[:, 1, 0] - m[:, 0, 1],
                  1 + m[:, 0, 0] + m[:, 1, 1] + m[:, 2, 2]], 1),
    ], 1)
    best = np.argmax(np.stack([ways[:, i, i] for i in range(4)], 1), 1)
    made = unit(ways[np.arange(len(m)), best])
    made[0] *= -1 if made[0, 3] < 0 else 1
    for row in range(1, len(made)):
        if made[row] @ made[row - 1] < 0:
            made[row] *= -1
    return made


def to_matrices(quaternions: np.ndarray) -> np.ndarray:
    x, y, z, w = np.moveaxis(unit(quaternions), -1, 0)
    rows = [[1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)]]
    return np.stack([np.stack(row, -1) for row in rows], -2)


def degrees_between(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The angles between two rows of quaternions."""
    # Of the chord, not of the product: arccos knows nothing of small angles.
    chord = np.minimum(np.linalg.norm(a - b, axis=-1), np.linalg.norm(a + b, axis=-1))
    return np.degrees(4 * np.arcsin(np.clip(chord / 2, 0, 1)))
