"""What one walks on: the plaza's round floor and the paths."""

from __future__ import annotations

import numpy as np

from art.base.forms import cylinder, lathe
from art.base.palette import BUTTER, CLAY, LAGOON, LIME, MARIGOLD, MILK, ROSE, SAND, TEAL, mix
from art.base.shape import Shape
from art.built.model import Detail, Parts, block, model

PLAZA, INNER, TOP = 18.5, 3.7, 0.05
SOFT = {
    'lime': mix(LIME, SAND, 0.22),
    'sand': mix(SAND, LIME, 0.2),
    'rose': mix(ROSE, LIME, 0.3),
    'clay': mix(CLAY, LIME, 0.35),
    'teal': mix(TEAL, LIME, 0.22),
    'lagoon': mix(LAGOON, LIME, 0.35),
    'butter': mix(BUTTER, LIME, 0.25),
    'marigold': mix(MARIGOLD, LIME, 0.4),
}
GROUT = mix(SAND, CLAY, 0.22)


def tile(corners, color, y: float = TOP) -> Shape:
    """A flat stone of four corners [(x, z)], counter-clockwise seen from above."""
    points = [(x, y, z) for x, z in corners]
    return Shape(points, [[0, 1, 2], [0, 2, 3]], [[0, 1, 0]] * 4).coloured(color)


def pattern(radius: float, turn: float, chance: float) -> str:
    """Which stone lies there: thin rings, waves of scallops outside, a few spirals within."""
    if radius > 12.6:
        # Scallops: circles about points on the rim, each with bands from its middle outwards.
        part = 2 * np.pi / 18
        local = (turn + part / 2) % part - part / 2
        away = np.hypot(radius * np.cos(local) - 17.6, radius * np.sin(local))
        for reach, name in (
            (0.75, 'marigold'),
            (1.4, 'butter'),
            (2.15, 'rose'),
            (2.7, 'lime'),
            (3.3, 'lagoon'),
            (3.75, 'teal'),
        ):
            if away < reach:
                return name
        return 'lime' if chance < 0.6 else 'sand'
    if radius > 11.9 or 7.4 < radius < 8.0 or radius < 4.3:
        return 'clay' if chance < 0.5 else 'rose'
    # Three arms each way, as the emblem's.
    arm = (turn * 6 / (2 * np.pi) + 1.1 * np.log(radius / INNER)) % 1
    if arm < 0.15:
        return 'lagoon' if radius > 8 else 'teal' if chance < 0.4 else 'lagoon'
    if arm < 0.26:
        return 'butter'
    if arm < 0.4:
        return 'rose'
    return 'lime' if chance < 0.65 else 'sand'


def rings(detail: Detail) -> list[float]:
    if not detail.fine:
        return [INNER, 4.3, 5.8, 7.4, 8.0, 10, 11.9, 12.6, 14.2, 15.8, 17.2, 18.2]
    return [
        INNER,
        4.3,
        *np.linspace(4.3, 7.4, 5)[1:],
        8.0,
        *np.linspace(8, 11.9, 6)[1:],
        12.6,
        *np.linspace(12.6, 18.2, 10)[1:],
    ]


def mosaic(detail: Detail) -> list[Shape]:
    random = np.random.default_rng(11)
    made, edges = [], rings(detail)
    for k, (near, far) in enumerate(zip(edges, edges[1:])):
        middle = (near + far) / 2
        length = detail.pick(1.05 if middle < 12.6 else 0.74, 3.4)
        count = max(18, int(round(2 * np.pi * middle / length / 18)) * 18)
        gap = detail.pick(0.018, 0)
        for i in range(count):
            start = 2 * np.pi * (i + 0.5 * (k % 2)) / count
            end = start + 2 * np.pi / count
            chance = random.random()
            color = np.array(SOFT[pattern(middle, (start + end) / 2, chance)])
            color = color * (1 + 0.05 * random.normal())
            a, b = start + gap / near, end - gap / near
            corner = [
                (r * np.sin(t), r * np.cos(t))
                for r, t in ((near + gap, a), (far - gap, a), (far - gap, b), (near + gap, b))
            ]
            made.append(tile(corner, color))
    return made


@model('paving-plaza')
def paving_plaza(detail: Detail) -> Parts:
    n = detail.pick(96, 40)
    bed = lathe([(18.5, 0), (18.5, 0.05), (18.2, 0.085), (18.2, 0.03), (0, 0.03)], n)
    radius = np.hypot(bed.position[:, 0], bed.position[:, 2])
    bed = bed.coloured(
        np.where(
            (radius > 18.1)[:, None] & (bed.position[:, 1:2] > 0.045),
            np.array(MILK),
            np.array(GROUT),
        )
    )
    return Parts([bed, *mosaic(detail)], [cylinder(PLAZA, TOP, 40).of('stone')], grounded=False)


@model('path-straight')
def path_straight(detail: Detail) -> Parts:
    """6 m along z, 3 m wide; repeats."""
    random = np.random.default_rng(4)
    made = [tile([(-1.5, 3), (1.5, 3), (1.5, -3), (-1.5, -3)], GROUT, 0.02)]
    rows = detail.pick(8, 3)
    for row in range(rows):
        z0, z1 = 3 - 6 * row / rows, 3 - 6 * (row + 1) / rows
        cuts = [-1.22, -0.42, 0.4, 1.22] if row % 2 else [-1.22, 0.02, 1.22]
        for a, b in zip(cuts, cuts[1:]):
            name = ('lime', 'sand', 'rose', 'butter', 'lime')[int(random.integers(5))]
            made.append(
                tile(
                    [
                        (a + 0.02, z0 - 0.02),
                        (b - 0.02, z0 - 0.02),
                        (b - 0.02, z1 + 0.02),
                        (a + 0.02, z1 + 0.02),
                    ],
                    np.array(SOFT[name]) * (1 + 0.04 * random.normal()),
                    0.04,
                )
            )
    for x in (-1.37, 1.37):
        for part in range(detail.pick(6, 1)):
            step = 6 / detail.pick(6, 1)
            z0 = 3 - step * part
            made.append(
                tile(
                    [
                        (x - 0.12, z0 - 0.015),
                        (x + 0.12, z0 - 0.015),
                        (x + 0.12, z0 - step + 0.015),
                        (x - 0.12, z0 - step + 0.015),
                    ],
                    MILK,
                    0.05,
                )
            )
    return Parts(made, [block((3, 0.04, 6))], grounded=False)


@model('path-curve')
def path_curve(detail: Detail) -> Parts:
    """45 degrees of a ring of 6 m radius and 3 m width. It starts at the origin towards -z and
    bends to -x."""
    random = np.random.default_rng(6)
    made, solids = [], []
    steps = detail.pick(7, 3)
    total = np.pi / 4

    def corner(radius: float, t: float) -> tuple[float, float]:
        return -6 + radius * np.cos(t), -radius * np.sin(t)

    for i in range(steps):
        a, b = total * i / steps, total * (i + 1) / steps
        made.append(
            tile([corner(4.5, a), corner(7.5, a), corner(7.5, b), corner(4.5, b)], GROUT, 0.02)
        )
        cuts = [4.78, 5.5, 6.4, 7.22] if i % 2 else [4.78, 6.0, 7.22]
        for near, far in zip(cuts, cuts[1:]):
            name = ('lime', 'sand', 'rose', 'butter', 'lime')[int(random.integers(5))]
            g = 0.02 / near
            made.append(
                tile(
                    [
                        corner(near + 0.02, a + g),
                        corner(far - 0.02, a + g),
                        corner(far - 0.02, b - g),
                        corner(near + 0.02, b - g),
                    ],
                    np.array(SOFT[name]) * (1 + 0.04 * random.normal()),
                    0.04,
                )
            )
        for near, far in ((4.51, 4.75), (7.25, 7.49)):
            made.append(
                tile(
                    [
                        corner(near, a + 0.003),
                        corner(far, a + 0.003),
                        corner(far, b - 0.003),
                        corner(near, b - 0.003),
                    ],
                    MILK,
                    0.05,
                )
            )
        x, z = corner(6, (a + b) / 2)
        solids.append(block((3, 0.04, 7.5 * (b - a)), x, 0, z, np.degrees((a + b) / 2)))
    return Parts(made, solids, grounded=False)


@model('paving-court')
def paving_court(detail: Detail) -> Parts:
    """A court's floor of 15 x 15 m in square stones, the middle free of the pond's ring (4.4 m)."""
    random = np.random.default_rng(9)
    count = detail.pick(20, 8)
    size = 15 / count
    made = [tile([(-7.5, 7.5), (7.5, 7.5), (7.5, -7.5), (-7.5, -7.5)], GROUT, 0.01)]
    for i in range(count):
        for k in range(count):
            x, z = -7.5 + size * (i + 0.5), -7.5 + size * (k + 0.5)
            if np.hypot(x, z) < 3.9:
                continue
            chance = random.random()
            name = next(
                name
                for share, name in (
                    (0.34, 'lime'),
                    (0.62, 'sand'),
                    (0.74, 'rose'),
                    (0.82, 'butter'),
                    (0.9, 'clay'),
                    (0.96, 'lagoon'),
                    (1.01, 'teal'),
                )
                if chance < share
            )
            if max(abs(x), abs(z)) > 7.5 - size:
                name = ('clay', 'rose')[(i + k) % 2]
            h = size / 2 - detail.pick(0.014, 0)
            color = np.array(SOFT[name]) * (1 + 0.045 * random.normal())
            made.append(
                tile([(x - h, z + h), (x + h, z + h), (x + h, z - h), (x - h, z - h)], color, 0.02)
            )
    return Parts(made, [block((15, 0.02, 15))], grounded=False)
