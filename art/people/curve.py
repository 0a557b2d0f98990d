"""Curves the forms are drawn with."""

import numpy as np


def eased(t) -> np.ndarray:
    """0 below 0, 1 above 1, a smooth step between."""
    t = np.clip(t, 0, 1)
    return t * t * (3 - 2 * t)


def rounded(u, exponent: float) -> np.ndarray:
    """Sine or cosine of a superellipse: squarer than a circle where the exponent is above 2."""
    u = np.asarray(u, float)
    return np.sign(u) * np.abs(u) ** (2 / exponent)


def spline(xs, ys, x) -> np.ndarray:
    """A smooth curve through the points (xs, ys), read at x."""
    xs, ys, x = (np.asarray(a, float) for a in (xs, ys, x))
    flat = ys.ndim == 1
    table = ys[:, None] if flat else ys
    slope = np.gradient(table, xs, axis=0)
    i = np.clip(np.searchsorted(xs, x) - 1, 0, len(xs) - 2)
    width = (xs[i + 1] - xs[i])[:, None]
    t = np.clip((x - xs[i])[:, None] / width, 0, 1)
    a, b = 2 * t**3 - 3 * t**2 + 1, t**3 - 2 * t**2 + t
    c, d = 3 * t**2 - 2 * t**3, t**3 - t**2
    read = a * table[i] + b * width * slope[i] + c * table[i + 1] + d * width * slope[i + 1]
    return read[:, 0] if flat else read


def along(points, count: int) -> tuple[np.ndarray, np.ndarray]:
    """`count` points evenly spread on a smooth path through `points`, and how far along each is."""
    points = np.asarray(points, float)
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    at = np.concatenate([[0], np.cumsum(steps)])
    t = np.linspace(0, at[-1], count)
    return spline(at, points, t), t / at[-1]


def eased_between(low: float, high: float, value) -> np.ndarray:
    return eased((np.asarray(value, float) - low) / (high - low))
