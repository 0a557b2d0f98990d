"""Flowers and what they stand in: tufts, beds, planters, pots, window boxes; and grass."""

from __future__ import annotations

from typing import Sequence

import numpy as np

from art.base.forms import box, lathe, torus
from art.base.palette import (
    BUTTER,
    CLAY,
    CORAL,
    LEAF,
    LILAC,
    LIME,
    MARIGOLD,
    MILK,
    PINE,
    ROSE,
    SAGE,
    TEAL,
    TREE_BLOSSOM,
    TREE_GREEN,
    TREE_OLIVE,
    UMBER,
    mix,
)
from art.base.shape import Shape, merged, unit
from art.green.foliage import Leaves, Puffs, crown
from art.green.plant import plant

WARM = (CORAL, BUTTER, MILK, ROSE)
COOL = (LILAC, MILK, ROSE, BUTTER)
GRASS = (mix(PINE, TREE_GREEN[0], 0.4), mix(SAGE, TREE_OLIVE[1], 0.5))


def blades(
    spots: np.ndarray,
    count: int,
    height: float,
    width: float,
    seed: int,
    dark,
    light,
    spread: float = 0.4,
) -> Shape:
    """`count` bent blades at each spot (n, 3): a quad and a tip each."""
    random = np.random.default_rng(seed)
    total = len(spots) * count
    foot = np.repeat(spots, count, axis=0)
    turn = 2 * np.pi * random.random(total)
    way = np.stack([np.sin(turn), 0 * turn, np.cos(turn)], 1)
    side = np.stack([np.cos(turn), 0 * turn, -np.sin(turn)], 1)
    high = height * (0.6 + 0.55 * random.random(total))[:, None]
    lean = spread * (0.5 + random.random(total))[:, None]
    foot = foot + way * 0.12 * height * random.random((total, 1))
    up = np.array([0, 1.0, 0])
    middle = foot + up * high * 0.62 + way * high * lean * 0.4
    tip = foot + up * high + way * high * lean
    position = np.stack(
        [
            foot - side * width * 0.7,
            foot + side * width * 0.7,
            middle + side * width,
            middle - side * width,
            tip,
        ],
        1,
    )
    triangle = np.arange(total)[:, None, None] * 5 + np.array([[0, 1, 2], [0, 2, 3], [3, 2, 4]])
    tone = 1 + random.normal(size=(total, 1)) * 0.07
    rows = [mix(dark, light, t) * tone for t in np.array([[0.0], [0.0], [0.55], [0.55], [1.0]])]
    color = np.stack([np.broadcast_to(row, (total, 3)) for row in rows], 1).reshape(-1, 3)
    alpha = np.tile([0, 0, 0.4, 0.4, 0.9], total)
    normal = np.repeat(unit(up + way * 0.35), 5, axis=0)
    return Shape(
        position.reshape(-1, 3),
        triangle.reshape(-1, 3),
        normal,
        np.column_stack([np.clip(color, 0, 1), alpha]),
        'foliage',
    )


def heads(
    points: np.ndarray, radius: float, colors: Sequence, seed: int, sway: float = 0.7
) -> Shape:
    """Flower heads: a cup of five petals, light at the rim, with a heart."""
    random = np.random.default_rng(seed)
    made = []
    for i, point in enumerate(points):
        size = radius * (0.8 + 0.45 * random.random())
        turn = random.random() * 6.28 + 2 * np.pi * np.arange(5) / 5
        rim = np.stack([np.sin(turn) * size, np.full(5, size * 0.42), np.cos(turn) * size], 1)
        corner = np.concatenate([[[0, -size * 0.35, 0]], rim, [[0, size * 0.55, 0]]])
        ring = np.arange(5)
        triangle = np.concatenate(
            [
                np.stack([np.zeros(5, int), 1 + (ring + 1) % 5, 1 + ring], 1),
                np.stack([np.full(5, 6), 1 + ring, 1 + (ring + 1) % 5], 1),
            ]
        )
        tone = np.asarray(colors[i % len(colors)])
        rows = np.concatenate(
            [
                [tone * 0.62],
                np.repeat([mix(tone, MILK, 0.18)], 5, axis=0),
                [mix(tone, MARIGOLD, 0.45)],
            ]
        )
        normal = unit(np.concatenate([[[0, 0.2, 1.0]], rim + [0, size, 0], [[0, 1, 0]]]))
        tilt = random.normal(size=2) * 0.25
        corner = corner + corner[:, 1:2] * np.array([tilt[0], 0, tilt[1]])
        made.append(
            Shape(
                corner + point,
                triangle,
                normal,
                np.column_stack([np.clip(rows, 0, 1), np.full(7, sway)]),
                'foliage',
            )
        )
    return merged(made)


def flowering(
    spots: np.ndarray,
    height: float,
    colors: Sequence,
    seed: int,
    fine: bool,
    leaves: int = 3,
    size: float = 0.095,
) -> list[Shape]:
    """A flower with leaves at each spot."""
    random = np.random.default_rng(seed)
    if not fine:
        spots, size, leaves = spots[::3], size * 1.6, max(1, leaves // 2)
    high = height * (0.75 + 0.45 * random.random(len(spots)))
    top = spots + np.stack([0 * high, high, 0 * high], 1)
    width = 0.028 if fine else 0.06
    return [
        blades(spots, leaves, height * 0.85, width, seed, *GRASS),
        heads(top, size, colors, seed),
    ]


def _disc_spots(radius: float, count: int, seed: int, y: float = 0) -> np.ndarray:
    """Evenly over a disc, a little shaken."""
    random = np.random.default_rng(seed)
    i = np.arange(count)
    out = radius * np.sqrt((i + 0.5) / count) * (1 + 0.06 * random.normal(size=count))
    turn = i * 2.39996
    return np.stack([out * np.sin(turn), np.full(count, y), out * np.cos(turn)], 1)


def _box_spots(long: float, deep: float, count: int, seed: int, y: float) -> np.ndarray:
    random = np.random.default_rng(seed)
    x = (np.arange(count) + 0.5) / count * long - long / 2
    z = (((np.arange(count) * 0.618) % 1) - 0.5) * deep + random.normal(size=count) * 0.02
    return np.stack([x, np.full(count, y), z], 1)


def _low_leaves(
    rows: list, seed: int, fine: bool, colors=TREE_GREEN, size: float = 0.12, fringe: int = 26
) -> Shape:
    leaves = Leaves(*colors, fringe=fringe if fine else 0, size=size, wind=0.3)
    return crown(Puffs.of(rows), leaves, seed, 1 if fine else 0)


@plant('tuft-1', 190, 60)
def tuft_one(fine: bool) -> list[Shape]:
    return flowering(_disc_spots(0.34, 9, 151), 0.36, WARM, 151, fine, 3)


@plant('tuft-2', 190, 60)
def tuft_two(fine: bool) -> list[Shape]:
    return flowering(_disc_spots(0.34, 9, 157), 0.42, COOL, 157, fine, 3)


@plant('grass', 120, 30)
def grass(fine: bool) -> list[Shape]:
    spots = _disc_spots(0.3, 4 if fine else 2, 163)
    return [blades(spots, 9 if fine else 4, 0.42, 0.022 if fine else 0.045, 163, *GRASS)]


@plant(
    'flower-bed-round',
    950,
    230,
    solids=[lathe([(1.22, 0), (1.22, 0.34), (0, 0.34)], 8).of('stone')],
)
def bed_round(fine: bool) -> list[Shape]:
    """A ring of stone with earth and flowers: stands about a tree or alone."""
    profile = [
        (1.24, 0),
        (1.24, 0.06),
        (1.18, 0.12),
        (1.18, 0.26),
        (1.22, 0.30),
        (1.21, 0.36),
        (1.00, 0.37),
        (0.98, 0.26),
    ]
    rim = lathe(profile if fine else [(1.22, 0), (1.22, 0.36), (1.0, 0.36)], 22 if fine else 10)
    rim = rim.coloured(mix(LIME, MILK, 0.35)).shaded(0.72, 1, 0, 0.3)
    earth = lathe([(1.02, 0.26), (0, 0.33)], 10).coloured(UMBER)
    spots = _disc_spots(0.9, 19, 167, 0.29)
    spots = spots[np.hypot(spots[:, 0], spots[:, 2]) > 0.34]
    green = _low_leaves(
        [
            ((0.55, 0.32, 0.35), (0.30, 0.18, 0.28)),
            ((-0.6, 0.32, 0.2), (0.28, 0.17, 0.28)),
            ((0.05, 0.32, -0.62), (0.30, 0.18, 0.26)),
        ],
        167,
        fine,
    )
    return [rim, earth, green, *flowering(spots, 0.32, WARM, 167, fine, 3)]


@plant('flower-bed-long', 700, 190, solids=[box((2.6, 0.34, 0.9)).of('stone')])
def bed_long(fine: bool) -> list[Shape]:
    """Low stone, 2.6 m along x."""
    frame = box((2.6, 0.34, 0.9), 0.05 if fine else 0).coloured(mix(LIME, MILK, 0.35))
    frame = frame.shaded(0.72, 1, 0, 0.3)
    earth = box((2.38, 0.03, 0.68), open_below=True).moved(y=0.335).coloured(UMBER)
    spots = _box_spots(2.2, 0.5, 13, 173, 0.36)
    green = _low_leaves(
        [
            ((-0.85, 0.42, 0.05), (0.32, 0.2, 0.28)),
            ((0.2, 0.42, -0.1), (0.34, 0.22, 0.26)),
            ((0.95, 0.42, 0.06), (0.28, 0.2, 0.26)),
        ],
        173,
        fine,
    )
    return [frame, earth, green, *flowering(spots, 0.34, COOL, 173, fine, 3)]


@plant('planter', 640, 170, solids=[box((1.7, 0.56, 0.66)).of('stone')])
def planter(fine: bool) -> list[Shape]:
    """A teal box with a light rim."""
    body = box((1.62, 0.5, 0.58), 0.05 if fine else 0).coloured(mix(TEAL, MILK, 0.08))
    body = body.shaded(0.66, 1, 0, 0.45)
    rim = box((1.72, 0.09, 0.68), 0.03 if fine else 0).moved(y=0.46).coloured(mix(TEAL, MILK, 0.45))
    earth = box((1.52, 0.03, 0.48), open_below=True).moved(y=0.54).coloured(UMBER)
    spots = _box_spots(1.4, 0.34, 9, 179, 0.56)
    green = _low_leaves(
        [
            ((-0.5, 0.63, 0.02), (0.28, 0.2, 0.22)),
            ((0.08, 0.64, -0.04), (0.3, 0.22, 0.22)),
            ((0.58, 0.62, 0.03), (0.22, 0.18, 0.2)),
        ],
        179,
        fine,
    )
    return [body, rim, earth, green, *flowering(spots, 0.4, WARM, 179, fine, 3)]


POT = [
    (0.30, 0),
    (0.36, 0.10),
    (0.44, 0.44),
    (0.50, 0.46),
    (0.50, 0.56),
    (0.42, 0.56),
    (0.40, 0.48),
]


@plant('pot-plant', 520, 130, solids=[lathe([(0.42, 0), (0.48, 0.56), (0, 0.56)], 6).of('stone')])
def pot_plant(fine: bool) -> list[Shape]:
    profile = POT if fine else [POT[0], POT[2], POT[4], POT[5]]
    pot = lathe(profile, 16 if fine else 8).coloured(CLAY).shaded(0.66, 1.04, 0, 0.5)
    earth = lathe([(0.42, 0.49), (0, 0.52)], 8).coloured(UMBER)
    rows = [
        ((0, 0.86, 0), (0.46, 0.4, 0.46)),
        ((0.3, 0.74, 0.16), (0.3, 0.26, 0.3)),
        ((-0.28, 0.76, -0.1), (0.32, 0.28, 0.3)),
    ]
    leaves = Leaves(
        *TREE_GREEN,
        fringe=56 if fine else 0,
        size=0.16,
        speck=mix(CORAL, ROSE, 0.3),
        speck_share=0.25,
        wind=0.4,
    )
    return [pot, earth, crown(Puffs.of(rows), leaves, 181, 1 if fine else 0)]


@plant('pot-blossom', 520, 130, solids=[lathe([(0.42, 0), (0.48, 0.56), (0, 0.56)], 6).of('stone')])
def pot_blossom(fine: bool) -> list[Shape]:
    profile = POT if fine else [POT[0], POT[2], POT[4], POT[5]]
    pot = (
        lathe(profile, 16 if fine else 8).coloured(mix(BUTTER, MILK, 0.15)).shaded(0.66, 1, 0, 0.5)
    )
    earth = lathe([(0.42, 0.49), (0, 0.52)], 8).coloured(UMBER)
    rows = [
        ((0, 0.88, 0), (0.44, 0.38, 0.44)),
        ((0.28, 0.76, -0.16), (0.3, 0.26, 0.3)),
        ((-0.26, 0.78, 0.14), (0.32, 0.28, 0.3)),
    ]
    leaves = Leaves(
        mix(TREE_BLOSSOM[0], ROSE, 0.4),
        mix(TREE_BLOSSOM[1], MILK, 0.25),
        fringe=56 if fine else 0,
        size=0.14,
        speck=LEAF,
        speck_share=0.3,
        wind=0.4,
    )
    return [pot, earth, crown(Puffs.of(rows), leaves, 191, 1 if fine else 0)]


@plant('window-box', 260, 70)
def window_box(fine: bool) -> list[Shape]:
    """Hangs before a window: its back at z = 0, its foot at y = 0, 1.1 m wide."""
    trough = box((1.1, 0.2, 0.24), 0.03 if fine else 0).moved(z=0.12).coloured(mix(CLAY, MILK, 0.1))
    spots = _box_spots(0.95, 0.1, 7, 193, 0.2) + [0, 0, 0.13]
    return [trough, *flowering(spots, 0.2, WARM, 193, fine, 2, 0.075)]


@plant('wreath', 330, 90)
def wreath(fine: bool) -> list[Shape]:
    """A ring of leaves and blossoms, upright, its middle at the origin, half a metre wide."""
    ring = torus(0.22, 0.06, 14 if fine else 6, 5 if fine else 3).turned(x=90)
    turn = np.arctan2(ring.position[:, 1], ring.position[:, 0])
    tone = mix(TREE_GREEN[0], TREE_GREEN[1], 0.5 + 0.4 * np.sin(turn * 5))
    ring = ring.coloured(tone, 0.05).of('foliage')
    angles = 2 * np.pi * np.arange(9 if fine else 4) / (9 if fine else 4)
    points = np.stack([0.22 * np.cos(angles), 0.22 * np.sin(angles), np.full(len(angles), 0.05)], 1)
    return [ring, heads(points, 0.055, WARM, 197, 0.05)]
