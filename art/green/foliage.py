"""Crowns of leaves: overlapping puffs, lit from above by their vertex colours, fringed with leaves.

The shade is worked out from the puffs themselves: what lies between them or below is dark, what is
high and turned up is light. Normals lean towards the whole crown's, so that it is lit as one soft
thing and never in facets. Alpha is how far the wind moves a vertex: more the further it is out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Sequence

import numpy as np

from art.base.forms import ico, loft, noise, spline
from art.base.palette import UMBER, WOOD, mix
from art.base.shape import Shape, merged, unit


@dataclass
class Puffs:
    """Ellipsoids: centres (n, 3) and radii (n, 3)."""

    centre: np.ndarray
    radius: np.ndarray

    @staticmethod
    def of(rows: Sequence[tuple[Sequence[float], float | Sequence[float]]]) -> Puffs:
        radii = [np.broadcast_to(np.asarray(radius, float), (3,)) for _, radius in rows]
        return Puffs(np.array([centre for centre, _ in rows], float), np.array(radii))

    def bounds(self) -> tuple[np.ndarray, np.ndarray]:
        return (self.centre - self.radius).min(0), (self.centre + self.radius).max(0)

    def depth(self, points: np.ndarray, but: int | np.ndarray = -1) -> np.ndarray:
        """How near each point is to the nearest puff: below 1 within it. `but` leaves one out."""
        apart = (points[:, None] - self.centre) / self.radius
        reach = np.sqrt((apart**2).sum(-1))
        leave_out = np.broadcast_to(but, (len(points),))[:, None] == np.arange(len(self.centre))
        return np.where(leave_out, np.inf, reach).min(1)


def scattered(
    lobes: Sequence[tuple[Sequence[float], float]],
    count: int,
    size: float,
    seed: int,
    flat: float = 0.8,
) -> Puffs:
    """Many small puffs over the surfaces of a few large lobes, which they hide."""
    random = np.random.default_rng(seed)
    rows = []
    for place, (centre, radius) in enumerate(lobes):
        rows.append((centre, np.array([0.82, 0.82 * flat, 0.82]) * radius))
        for i in range(count):
            height = 1 - 1.72 * (i + 0.5) / count
            out, turn = np.sqrt(max(0, 1 - height * height)), i * 2.39996 + place
            way = np.array([out * np.cos(turn), height * flat, out * np.sin(turn)])
            small = radius * size * (0.85 + 0.35 * random.random())
            rows.append((np.asarray(centre) + way * radius * 0.78, small * np.array([1, 0.86, 1])))
    return Puffs.of(rows)


@dataclass
class Leaves:
    """The colours of a crown (dark below, light above), its fringe and how the wind moves it."""

    dark: Sequence[float]
    light: Sequence[float]
    fringe: int = 120
    size: float = 0.26
    # A second colour for some of the fringe: blossoms, fruit.
    speck: Sequence[float] | None = None
    speck_share: float = 0.16
    wind: float = 0.55
    uneven: float = 0.10
    # How much the crown's direction weighs in the normals against the puff's own.
    soft: float = 0.4


def crown(puffs: Puffs, leaves: Leaves, seed: int, detail: int = 1) -> Shape:
    """The puffs as icospheres without what lies hidden in others, and the fringe."""
    parts = [
        part
        for i in range(len(puffs.centre))
        if (part := _puff(puffs, i, leaves, seed, detail)) is not None
    ]
    if leaves.fringe:
        parts.append(_fringe(puffs, leaves, seed))
    return merged(parts)


def standing_crown(
    puffs: Puffs,
    leaves: Leaves,
    seed: int,
    fine: bool,
    coarse: int | None = None,
    round_off: bool = False,
) -> Shape:
    """A crown for eyes near by; from afar its `coarse` largest puffs (or all) as plain balls."""
    if fine:
        return crown(puffs, leaves, seed)
    if coarse is not None:
        largest = np.argsort(-np.prod(puffs.radius, axis=1), kind='stable')[:coarse]
        puffs = Puffs(puffs.centre[largest], puffs.radius[largest] * 1.06)
    plain = replace(leaves, fringe=0, speck=None, soft=0.5)
    return crown(puffs, plain, seed, 1 if round_off else 0)


def ring(
    count: int, out: float, height: float, radius, seed: int, turn: float = 0, uneven: float = 0.16
) -> list:
    """Puffs in a ring about the middle, no two alike."""
    random = np.random.default_rng(seed)
    rows = []
    for i in range(count):
        angle = turn + 2 * np.pi * (i + 0.3 * random.random()) / count
        far = out * (1 + uneven * (random.random() - 0.5))
        up = height + uneven * 2.0 * (random.random() - 0.5)
        size = np.asarray(radius) * (1 + uneven * (random.random() - 0.5) * 2)
        rows.append(((far * np.sin(angle), up, far * np.cos(angle)), size))
    return rows


def _shade(
    puffs: Puffs, points: np.ndarray, up: np.ndarray, own: int | np.ndarray, leaves: Leaves
) -> np.ndarray:
    """Colour rows: by height in the crown and by facing up, darker between puffs."""
    low, high = puffs.bounds()
    height = (points[:, 1] - low[1]) / (high[1] - low[1])
    own_low, own_high = (
        puffs.centre[own] - puffs.radius[own],
        puffs.centre[own] + puffs.radius[own],
    )
    within = ((points - own_low) / (own_high - own_low)).reshape(-1, 3)[:, 1]
    light = np.clip(0.42 * height + 0.30 * (up * 0.5 + 0.5) + 0.34 * within - 0.03, 0, 1)
    open_air = (
        np.clip((puffs.depth(points, own) - 0.86) / 0.5, 0, 1) if len(puffs.centre) > 1 else 1
    )
    open_air = open_air * open_air * (3 - 2 * open_air)
    color = mix(leaves.dark, leaves.light, light * (0.35 + 0.65 * open_air))
    return color * (0.70 + 0.30 * np.asarray(open_air).reshape(-1, 1))


def _wind(puffs: Puffs, points: np.ndarray, most: float) -> np.ndarray:
    middle = puffs.centre.mean(0)
    reach = np.linalg.norm(points - middle, axis=1)
    return most * np.clip(reach / max(reach.max(), 1e-6), 0, 1) ** 1.3


def _puff(puffs: Puffs, i: int, leaves: Leaves, seed: int, detail: int) -> Shape | None:
    ball = ico(detail)
    out = unit(ball.position)
    centre, radius = puffs.centre[i], puffs.radius[i]
    bumps = 1 + leaves.uneven * noise(out * 1.9 + centre, seed + i, 2)
    position = centre + out * radius * bumps[:, None]
    hidden = puffs.depth(position, i) < 0.93
    triangle = ball.triangle[~hidden[ball.triangle].all(1)]
    if not len(triangle):
        return None
    used, triangle = np.unique(triangle, return_inverse=True)
    position, out = position[used], unit(out[used] / radius)
    color = _shade(puffs, position, out[:, 1], np.full(len(used), i), leaves)
    to_crown = unit(position - puffs.centre.mean(0))
    normal = unit(out * (1 - leaves.soft) + to_crown * leaves.soft)
    color *= 1 + 0.05 * noise(position * 3, seed, 1)[:, None]
    alpha = _wind(puffs, position, leaves.wind * 0.8)
    return Shape(
        position, triangle.reshape(-1, 3), normal, np.column_stack([color, alpha]), 'foliage'
    )


def _fringe(puffs: Puffs, leaves: Leaves, seed: int) -> Shape:
    """Leaves of two triangles that lie over the puffs and stand a little out from them."""
    random = np.random.default_rng(seed + 7)
    share = np.prod(puffs.radius, axis=1) ** (2 / 3)
    place, out = [], []
    for _ in range(leaves.fringe * 8):
        if len(place) == leaves.fringe:
            break
        i = random.choice(len(share), p=share / share.sum())
        way = unit(random.normal(size=3))
        point = puffs.centre[i] + way * puffs.radius[i] * 1.02
        if way[1] < -0.6 or puffs.depth(point[None], i)[0] < 1.0:
            continue
        place.append((i, point))
        out.append(unit(way / puffs.radius[i]))
    own = np.array([i for i, _ in place])
    point, out = np.array([point for _, point in place]), np.array(out)
    count = len(point)
    face = unit(out + random.normal(size=(count, 3)) * 0.36)
    hang = random.normal(size=(count, 3)) + [0, -0.7, 0]
    along = unit(hang - (hang * face).sum(1, keepdims=True) * face)
    across = np.cross(face, along)
    size = leaves.size * (0.7 + 0.6 * random.random((count, 1)))
    corners = np.stack(
        [
            point - along * size * 0.5 - face * size * 0.10,
            point + across * size * 0.36 + face * size * 0.06,
            point + along * size * 0.72 + face * size * 0.14,
            point - across * size * 0.36 + face * size * 0.06,
        ],
        1,
    )
    # Wound so that the side towards the eye outside is the front.
    turned = (np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]) * out).sum(
        1
    ) < 0
    corners[turned] = corners[turned][:, [0, 3, 2, 1]]
    color = _shade(puffs, point, out[:, 1], own, leaves)
    color = np.clip(color * (1 + random.normal(size=(count, 1)) * 0.09), 0, 1)
    color = color * 0.72 + np.asarray(leaves.light) * 0.28 * (0.4 + 0.6 * (out[:, 1:2] * 0.5 + 0.5))
    if leaves.speck is not None:
        color = np.where(
            random.random((count, 1)) < leaves.speck_share, np.asarray(leaves.speck), color
        )
    normal = unit(out * 0.55 + unit(point - puffs.centre.mean(0)) * 0.45)
    alpha = np.repeat(_wind(puffs, point, leaves.wind)[:, None], 4, axis=1)
    alpha[:, 2] = np.clip(alpha[:, 2] * 1.35 + 0.08, 0, 1)
    triangle = np.arange(count)[:, None, None] * 4 + np.array([[0, 1, 2], [0, 2, 3]])
    rows = np.column_stack([np.repeat(color, 4, axis=0), alpha.ravel()])
    return Shape(
        corners.reshape(-1, 3),
        triangle.reshape(-1, 3),
        np.repeat(normal, 4, axis=0),
        rows,
        'foliage',
    )


def wood(
    path: Sequence[Sequence[float]],
    radii: Sequence[float],
    fine: bool,
    rings: int = 6,
    sides: int = 8,
    color=None,
) -> Shape:
    """A trunk or a branch along a soft curve, darker at its foot and under the leaves."""
    rings, sides = (rings, sides) if fine else (max(2, rings // 3), 4)
    line = spline(path, rings)
    thick = np.interp(np.linspace(0, 1, rings), np.linspace(0, 1, len(radii)), radii)
    made = loft(line, thick, sides, caps=(False, False))
    rise = (made.position[:, 1] - line[:, 1].min()) / max(np.ptp(line[:, 1]), 0.01)
    bark = mix(UMBER, WOOD, 0.55) if color is None else color
    shade = 0.62 + 0.38 * np.clip(rise * 2.2, 0, 1) - 0.30 * np.clip((rise - 0.6) / 0.4, 0, 1)
    return made.coloured(np.asarray(bark) * shade[:, None])


def branches(
    foot: Sequence[float], tips: Sequence[Sequence[float]], radius: float, fine: bool
) -> list[Shape]:
    """From one point of a trunk outwards and up to each tip."""
    foot = np.asarray(foot, float)
    made = []
    for tip in tips:
        tip = np.asarray(tip, float)
        bend = foot + (tip - foot) * [0.55, 0.38, 0.55]
        made.append(wood([foot, bend, tip], [radius, radius * 0.75, radius * 0.5], fine, 4, 6))
    return made
