"""Curves over the seconds of a clip: what a movement is written with.

A curve through keys never overshoots them and rests at its turning points, so that two equal keys
hold still. Curves add up and scale; `late` is the same curve some seconds later, for what follows.
"""

from __future__ import annotations

from typing import Callable, Union

import numpy as np


class Curve:
    """A value for every second; of a loop, for every second before and after it too."""

    def __init__(self, at: Callable[[np.ndarray], np.ndarray]) -> None:
        self._at = at

    def __call__(self, seconds: np.ndarray) -> np.ndarray:
        return np.asarray(self._at(np.asarray(seconds, float)), float)

    def __add__(self, other: Value) -> Curve:
        more = curve(other)
        return Curve(lambda t: self(t) + more(t))

    def __sub__(self, other: Value) -> Curve:
        return self + curve(other) * -1

    def __mul__(self, factor: Value) -> Curve:
        by = curve(factor)
        return Curve(lambda t: self(t) * by(t))

    def __neg__(self) -> Curve:
        return self * -1

    def late(self, seconds: float) -> Curve:
        return Curve(lambda t: self(t - seconds))


Value = Union[Curve, float, int]


def curve(value: Value) -> Curve:
    """A number as the curve that is always it."""
    if isinstance(value, Curve):
        return value
    return Curve(lambda t: np.full(t.shape, float(value)))


def through(keys: tuple[tuple[float, float], ...], period: float | None = None) -> Curve:
    """The curve through (second, value) keys; with a period it goes round and joins itself."""
    times = np.array([key[0] for key in keys], float)
    values = np.array([key[1] for key in keys], float)
    if len(keys) < 2 or (np.diff(times) <= 0).any():
        raise ValueError(f'a curve needs two keys or more, each later than the one before: {keys}')
    if period is not None:
        if times[-1] - times[0] > period + 1e-9:
            raise ValueError(f'keys over {times[-1] - times[0]} s in a loop of {period} s')
        if times[-1] - times[0] > period - 1e-9:
            if abs(values[-1] - values[0]) > 1e-9:
                raise ValueError(f'a loop must end as it began: {values[0]} and {values[-1]}')
            times, values = times[:-1], values[:-1]
        times = np.concatenate([times - period, times, times + period])
        values = np.tile(values, 3)
    slopes = _slopes(times, values)

    def at(t: np.ndarray) -> np.ndarray:
        if period is not None:
            t = (t - keys[0][0]) % period + keys[0][0]
        t = np.clip(t, times[0], times[-1])
        k = np.clip(np.searchsorted(times, t, side='right') - 1, 0, len(times) - 2)
        span = times[k + 1] - times[k]
        u = (t - times[k]) / span
        return ((1 + 2 * u) * (1 - u) ** 2 * values[k] + u * (1 - u) ** 2 * span * slopes[k]
                + u * u * (3 - 2 * u) * values[k + 1] + u * u * (u - 1) * span * slopes[k + 1])

    return Curve(at)


def _slopes(times: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Level at turning points and at both ends, elsewhere the harmonic mean: no overshoot."""
    rise = np.diff(values) / np.diff(times)
    slopes = np.zeros(len(values))
    before, after = rise[:-1], rise[1:]
    goes_on = before * after > 0
    both = np.where(goes_on, before + after, 1)
    slopes[1:-1] = np.where(goes_on, 2 * before * after / both, 0)
    return slopes
