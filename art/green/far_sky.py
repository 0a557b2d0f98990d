"""What hangs in the sky: clouds of rounded puffs, and balloons."""

from __future__ import annotations

import numpy as np

from art.base.forms import box, cylinder, ico, lathe, noise
from art.base.palette import (
    BUTTER,
    CORAL,
    LAGOON,
    LILAC,
    MARIGOLD,
    MILK,
    ROSE,
    TEAL,
    UMBER,
    WOOD,
    mix,
)
from art.base.shape import Shape, merged, unit
from art.green.foliage import Puffs
from art.green.plant import backdrop


def _cloud(puffs: Puffs, seed: int, fine: bool) -> Shape:
    """Flat below; what lies hidden within is left out. Light above, lilac below."""
    made = []
    for i, (centre, radius) in enumerate(zip(puffs.centre, puffs.radius)):
        ball = ico(1 if fine else 0)
        out = unit(ball.position)
        position = centre + out * radius * (1 + 0.04 * noise(out * 2, seed + i, 2))[:, None]
        position[:, 1] = np.maximum(position[:, 1], -0.25)
        hidden = puffs.depth(position, i) < 0.95
        flat = position[:, 1] < -0.249
        triangle = ball.triangle
        triangle = triangle[~(hidden[triangle].all(1) | flat[triangle].all(1))]
        if not len(triangle):
            continue
        light = np.clip((position[:, 1] + 0.6) / (puffs.bounds()[1][1] + 0.4), 0, 1)
        color = mix(mix(MILK, LILAC, 0.34), mix(MILK, (1, 1, 1), 0.4), light)
        normal = unit(out * 0.75 + unit(position - [0, -3, 0]) * 0.25)
        made.append(
            Shape(position, triangle, normal, np.column_stack([color, np.ones(len(color))]))
        )
    return merged(made)


@backdrop('cloud-1', 330, 110)
def cloud_one(fine: bool) -> list[Shape]:
    """About 24 m wide, its foot flat at y = 0."""
    rows = [
        ((0, 2.0, 0), (5.2, 4.2, 4.0)),
        ((4.8, 1.4, 0.5), (4.2, 3.0, 3.4)),
        ((-4.6, 1.2, 0.2), (4.4, 2.8, 3.4)),
        ((8.6, 0.8, 0), (3.0, 1.9, 2.6)),
        ((-8.8, 0.7, 0), (3.2, 1.7, 2.6)),
        ((2.0, 3.6, -0.4), (3.4, 2.4, 2.8)),
    ]
    return [_cloud(Puffs.of(rows), 401, fine)]


@backdrop('cloud-2', 320, 110)
def cloud_two(fine: bool) -> list[Shape]:
    rows = [
        ((-3, 1.6, 0), (5.0, 3.4, 3.8)),
        ((3.4, 2.4, 0.2), (5.0, 4.4, 3.8)),
        ((8.4, 1.2, 0), (3.8, 2.4, 3.0)),
        ((-8.0, 0.8, 0.3), (3.6, 1.9, 2.8)),
        ((12.0, 0.6, 0), (2.6, 1.4, 2.2)),
    ]
    return [_cloud(Puffs.of(rows), 409, fine)]


@backdrop('cloud-3', 320, 110)
def cloud_three(fine: bool) -> list[Shape]:
    """Long and low."""
    rows = [
        ((-6, 0.9, 0), (5.2, 2.0, 3.2)),
        ((0, 1.3, 0), (5.4, 2.7, 3.4)),
        ((6.2, 0.9, 0.2), (5.0, 2.1, 3.0)),
        ((-11, 0.5, 0), (3.4, 1.2, 2.4)),
        ((11.4, 0.5, 0), (3.6, 1.3, 2.4)),
    ]
    return [_cloud(Puffs.of(rows), 419, fine)]


PROFILE = [
    (0.30, 0.0),
    (0.75, 0.75),
    (1.75, 2.1),
    (2.25, 3.6),
    (2.05, 4.9),
    (1.25, 5.85),
    (0.0, 6.2),
]


def _balloon(colors: tuple, fine: bool) -> list[Shape]:
    """Gores each of one colour, with edges of their own so that colours do not run."""
    gores = 12 if fine else 6
    profile = PROFILE if fine else PROFILE[::2]
    made = []
    for i in range(gores):
        gore = lathe(profile, 1, 180, arc=360 / gores, start=360 * i / gores)
        out = unit(gore.position * [1, 0, 1])
        up = np.interp(gore.position[:, 1], [0, 3.4, 6.2], [-0.55, 0.05, 1.0])
        normal = unit(
            out * np.cos(up * 1.5)[:, None] + np.stack([0 * up, np.sin(up * 1.5), 0 * up], 1)
        )
        gore = Shape(gore.position, gore.triangle, normal)
        made.append(gore.coloured(colors[i % len(colors)]).shaded(0.8, 1.0).moved(y=1.9))
    basket = (
        box((0.8, 0.62, 0.8), 0.06 if fine else 0).coloured(mix(WOOD, UMBER, 0.15)).shaded(0.75)
    )
    made.append(basket)
    if fine:
        for x in (-0.3, 0.3):
            for z in (-0.3, 0.3):
                rope = cylinder(0.02, 1.4, 3, closed=False).coloured(UMBER).moved(x, 0.6, z)
                made.append(rope)
    return made


@backdrop('balloon-1', 260, 80)
def balloon_one(fine: bool) -> list[Shape]:
    """8 m high, coral and butter."""
    return _balloon((CORAL, mix(BUTTER, MILK, 0.2), mix(MARIGOLD, BUTTER, 0.3)), fine)


@backdrop('balloon-2', 260, 80)
def balloon_two(fine: bool) -> list[Shape]:
    return _balloon((mix(TEAL, LAGOON, 0.4), MILK, mix(LAGOON, MILK, 0.3)), fine)


@backdrop('balloon-3', 260, 80)
def balloon_three(fine: bool) -> list[Shape]:
    return _balloon((LILAC, MILK, mix(ROSE, MILK, 0.2)), fine)
