"""The land about a place: hills in layers, rows of roofs, towers, groves. Cheap, seen through mist."""

from __future__ import annotations

import numpy as np

from art.base.forms import box, ico, lathe, noise
from art.base.palette import (
    BUTTER,
    CLAY,
    CORAL,
    INDIGO,
    LAGOON,
    LILAC,
    LIME,
    MARIGOLD,
    MILK,
    PINE,
    ROSE,
    SAGE,
    SKY,
    TEAL,
    TREE_AMBER,
    TREE_BLOSSOM,
    TREE_GREEN,
    TREE_OLIVE,
    UMBER,
    VIOLET,
    linear,
    mix,
)
from art.base.shape import Shape, unit
from art.green.plant import backdrop

# The plain ground of world documents, which the foot of the hills takes up.
MEADOW = linear('a3c583')
# The hills are modelled at this part of their size, as files hold models of up to 64 m.
HILLS = 1 / 5


def _hills(
    inner: float, outer: float, height: float, waves: int, seed: int, foot, top, hollow, steps: int
) -> Shape:
    """A closed ring of soft hills; what turns away behind the ridge is left out."""
    random = np.random.default_rng(seed)
    turn = 2 * np.pi * np.arange(steps) / steps
    ridge = np.zeros(steps)
    for wave in range(2, waves):
        ridge += np.cos(wave * turn + random.random() * 6.28) / wave**0.7
    ridge = 0.36 + 0.64 * (ridge - ridge.min()) / np.ptp(ridge)
    rows = []
    profile = [(0.0, -0.03), (0.22, 0.10), (0.48, 0.46), (0.74, 0.84), (1.0, 1.0), (1.12, 0.97)]
    for out, up in profile:
        sway = 1 + 0.05 * np.cos(3 * turn + 5 * out + seed)
        radius = (inner + (outer - inner) * out) * sway
        rows.append(
            np.stack([np.sin(turn) * radius, height * ridge * up, np.cos(turn) * radius], 1)
        )
    position = np.concatenate(rows)
    i, j = np.meshgrid(np.arange(len(profile) - 1), np.arange(steps), indexing='ij')
    a, b = (i * steps + j).ravel(), (i * steps + (j + 1) % steps).ravel()
    # Seen from the middle: the inner side is the front.
    triangle = np.concatenate(
        [np.stack([a, b + steps, b], 1), np.stack([a, a + steps, b + steps], 1)]
    )
    made = Shape(position, triangle)
    if made.normal[:, 1].sum() < 0:
        made = made.flipped()
    rise = np.clip(position[:, 1] / height, 0, 1)
    color = mix(mix(foot, hollow, np.clip(rise * 2.2, 0, 1)), top, np.clip(rise * 1.5 - 0.35, 0, 1))
    color = color * (1 + 0.07 * noise(position / (outer * 0.09), seed, 2))[:, None]
    return made.coloured(np.clip(color, 0, 1))


@backdrop('hills-near', 720, 340)
def hills_near(fine: bool) -> list[Shape]:
    """Placed at scale 5 a ring 75 to 150 m about the middle, up to 24 m high."""
    return [
        _hills(
            75,
            150,
            24,
            7,
            301,
            MEADOW,
            mix(SAGE, BUTTER, 0.30),
            mix(SAGE, PINE, 0.22),
            64 if fine else 32,
        ).scaled(HILLS)
    ]


@backdrop('hills-far', 720, 340)
def hills_far(fine: bool) -> list[Shape]:
    """Placed at scale 5 a ring 170 to 290 m about the middle, up to 84 m high, paler."""
    return [
        _hills(
            170,
            290,
            84,
            6,
            307,
            mix(SAGE, SKY, 0.25),
            mix(SAGE, SKY, 0.45),
            mix(mix(SAGE, PINE, 0.25), SKY, 0.3),
            64 if fine else 32,
        ).scaled(HILLS)
    ]


WALLS = (LIME, mix(LIME, ROSE, 0.30), mix(LIME, BUTTER, 0.45), mix(LIME, CLAY, 0.25), MILK)
ROOFS = (CLAY, mix(CORAL, CLAY, 0.4), mix(TEAL, SKY, 0.25), mix(VIOLET, LILAC, 0.3), CLAY)
PANE = mix(INDIGO, TEAL, 0.5)
# The alpha of panes behind which there is light at dusk.
LIT = 0.5


def _paint(shape: Shape, color) -> Shape:
    return shape.coloured(np.clip(np.asarray(color), 0, 1))


def _panes(width: float, height: float, depth: float, storey: float, across: int) -> list[Shape]:
    """Windows as single quads on the front."""
    made = []
    for up in np.arange(0.45, height - 1.2, storey):
        for i in range(across):
            x = (i + 0.5) / across * width - width / 2
            w, h = 0.36, 1.1
            z = depth / 2 + 0.03
            quad = Shape(
                [
                    [x - w, up, z],
                    [x + w, up, z],
                    [x + w, up + h, z],
                    [x, up + h + 0.42, z],
                    [x - w, up + h, z],
                ],
                [[0, 1, 2], [0, 2, 4], [4, 2, 3]],
            )
            # One in four is dark at dusk.
            alpha = 1 if (i * 3 + int(up * 2)) % 4 == 0 else LIT
            made.append(_paint(quad, PANE).faded(alpha))
    return made


def _house(
    width: float, height: float, depth: float, wall, roof, kind: str, fine: bool
) -> list[Shape]:
    body = _paint(box((width, height, depth), open_below=True), wall).shaded(0.80, 1, 0, 3)
    made = [body]
    if kind == 'gable':
        half, eave = width / 2 + 0.35, depth / 2 + 0.3
        rise = height + width * 0.30
        ridge = [
            [-half, height - 0.1, eave],
            [half, height - 0.1, eave],
            [half * 0.98, rise, 0],
            [-half * 0.98, rise, 0],
            [-half, height - 0.1, -eave],
            [half, height - 0.1, -eave],
        ]
        top = Shape(ridge, [[0, 1, 2], [0, 2, 3], [1, 5, 2], [4, 0, 3]])
        made.append(_paint(top.smooth_normals(20), roof))
    elif kind == 'dome':
        radius = min(width, depth) * 0.46
        turn = np.linspace(0, np.pi / 2, 5 if fine else 3)
        profile = [(radius * np.cos(t), height + radius * 0.95 * np.sin(t)) for t in turn]
        made.append(_paint(lathe(profile, 12 if fine else 7), roof))
        made.append(
            _paint(box((width + 0.3, 0.3, depth + 0.3)).moved(y=height - 0.2), mix(wall, MILK, 0.6))
        )
    else:
        made.append(
            _paint(
                lathe(
                    [
                        (width * 0.62, height - 0.1),
                        (width * 0.30, height + width * 0.55),
                        (0, height + width * 1.25),
                    ],
                    10 if fine else 6,
                    60,
                ),
                roof,
            )
        )
        made.append(_paint(ico(0, 0.2).moved(y=height + width * 1.27), MARIGOLD))
    if fine:
        made += _panes(width, height, depth, 2.9, max(1, int(width / 1.9)))
    return made


def _row(kinds: list[tuple], fine: bool) -> list[Shape]:
    """Houses side by side, in and out of line; a kind is (width, height, roof, its form)."""
    made, x = [], -sum(kind[0] for kind in kinds) / 2
    for i, (width, height, form) in enumerate(kinds):
        wall, roof = WALLS[(i * 3) % 5], ROOFS[(i * 2 + 1) % 5]
        parts = _house(width, height, 5.0, wall, roof, form, fine)
        made += [part.moved(x + width / 2, 0, -1.4 * ((i * 7) % 3)) for part in parts]
        x += width + 0.25 * (i % 2)
    return made


@backdrop('town-row-1', 760, 280)
def town_row_one(fine: bool) -> list[Shape]:
    """About 40 m of roofs, front towards +z."""
    return _row(
        [
            (6, 5.5, 'gable'),
            (4.4, 9.5, 'cone'),
            (7, 6.5, 'gable'),
            (5, 8.2, 'gable'),
            (5.6, 6.2, 'dome'),
            (4.0, 12.5, 'cone'),
            (6.4, 6.8, 'gable'),
        ],
        fine,
    )


@backdrop('town-row-2', 760, 280)
def town_row_two(fine: bool) -> list[Shape]:
    return _row(
        [
            (5.4, 7.4, 'gable'),
            (6.6, 5.8, 'gable'),
            (5.4, 9.0, 'dome'),
            (6, 7.0, 'gable'),
            (3.8, 11.5, 'cone'),
            (7.2, 6.0, 'gable'),
        ],
        fine,
    )


@backdrop('far-tower', 190, 70)
def far_tower(fine: bool) -> list[Shape]:
    """16 m with a coral hat."""
    return _house(4.2, 11.5, 4.2, mix(LIME, BUTTER, 0.25), mix(CORAL, CLAY, 0.25), 'cone', fine)


@backdrop('far-dome', 190, 70)
def far_dome(fine: bool) -> list[Shape]:
    return _house(6.4, 8.5, 6.4, mix(LIME, ROSE, 0.2), mix(LAGOON, TEAL, 0.45), 'dome', fine)


def _far_tree(
    x: float, z: float, size: float, pair, kind: str, fine: bool, seed: int
) -> list[Shape]:
    dark, light = pair
    if kind == 'cypress':
        body = lathe([(0.1, 0.3), (0.55, 1.4), (0.42, 3.4), (0.0, 5.6)], 6 if fine else 4, 180)
    else:
        ball = ico(1 if fine else 0)
        out = unit(ball.position)
        bumps = 1 + 0.13 * noise(out * 2.3, seed, 2)
        body = Shape(out * bumps[:, None] * [1.5, 1.2, 1.5], ball.triangle, out).moved(y=3.0)
    height = body.position[:, 1]
    light_up = np.clip(
        (height - height.min()) / np.ptp(height) * 0.75 + 0.25 * body.normal[:, 1], 0, 1
    )
    body = body.coloured(mix(dark, light, light_up), 0.25).of('foliage')
    post = lathe([(0.2, 0), (0.13, 2.2)], 4).coloured(mix(UMBER, dark, 0.2))
    return [part.scaled(size).moved(x, 0, z) for part in (body, post)]


GROVE = [
    (-7, 0, 1.1, TREE_GREEN, 'round'),
    (-4.2, -3, 1.4, TREE_OLIVE, 'round'),
    (-1.4, 0.6, 1.2, TREE_GREEN, 'cypress'),
    (1.2, -2.4, 1.5, TREE_GREEN, 'round'),
    (3.6, 0.4, 1.0, TREE_BLOSSOM, 'round'),
    (5.6, -2.2, 1.35, TREE_GREEN, 'cypress'),
    (8.0, -0.6, 1.2, TREE_AMBER, 'round'),
]


@backdrop('grove', 640, 220)
def grove(fine: bool) -> list[Shape]:
    """Seven trees over 18 m."""
    made = []
    for i, (x, z, size, pair, kind) in enumerate(GROVE):
        made += _far_tree(x, z, size, pair, kind, fine, 331 + i)
    return made
