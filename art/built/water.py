"""Fountain, well, canal and bridge: what holds water or crosses it."""

from __future__ import annotations

import numpy as np

from art.base.forms import box, cylinder, extrude, lathe, loft, section, sphere, sweep
from art.base.palette import (
    BUTTER,
    CLAY,
    CORAL,
    LAGOON,
    LIME,
    MARIGOLD,
    MILK,
    ROSE,
    SAND,
    SKY,
    TEAL,
    UMBER,
    WOOD,
    mix,
)
from art.base.shape import Shape, merged, unit
from art.built.model import Detail, Parts, Sound, block, model

STONE = mix(LIME, MILK, 0.45)
BLUSH = mix(ROSE, LIME, 0.7)
# Metres from the edge at which the client takes water for open.
EDGE_REACH = 2.0


def still(position, faces, color, edge) -> Shape:
    """Lying water; `edge`: how many metres its edge is away from each vertex."""
    made = Shape(position, faces, np.tile([0.0, 1, 0], (len(position), 1)))
    return made.coloured(color).faded(np.clip(np.asarray(edge) / EDGE_REACH, 0, 1)).of('water')


def surface(radius: float, y: float, segments: int, stem: float = 0) -> Shape:
    """A round of still water about a stem, lighter towards the rim."""
    turn = 2 * np.pi * np.arange(segments) / segments
    within = max(radius * 0.55, (radius + stem) / 2)
    rings = [
        np.stack([r * np.sin(turn), np.full(segments, y), r * np.cos(turn)], 1)
        for r in (radius, within, stem or 0.01)
    ]
    j = np.arange(segments)
    k = (j + 1) % segments
    faces = [
        face + step * segments
        for step in (0, 1)
        for face in (
            np.stack([j, k, segments + k], 1),
            np.stack([j, segments + k, segments + j], 1),
        )
    ]
    shade = np.repeat([0.55, 0, 0], segments)
    edge = np.repeat([0, radius - within, 0 if stem else radius], segments)
    return still(
        np.concatenate(rings),
        np.concatenate(faces),
        mix(mix(TEAL, LAGOON, 0.72), SKY, shade),
        edge,
    )


def splash(basin: float, out: float, y: float, detail: Detail) -> Shape:
    """Where a jet comes down along +z in a basin of that radius: foam that rings leave."""
    sides, wide = detail.pick(7, 4), 0.5
    turn = 2 * np.pi * np.arange(sides) / sides
    rim = np.stack([wide * np.sin(turn), np.zeros(sides), out + wide * np.cos(turn)], 1)
    position = np.concatenate([rim, [[0, 0, out]]]) + [0, y, 0]
    faces = [(i, (i + 1) % sides, sides) for i in range(sides)]
    away = np.linalg.norm(position[:, [0, 2]], axis=1) / basin
    shade = 0.55 * np.clip((away - 0.55) / 0.45, 0, 1)
    color = mix(mix(TEAL, LAGOON, 0.72), SKY, shade)
    return still(position, faces, color, [wide] * sides + [0])


def jet(start, reach: float, drop: float, rise: float, detail: Detail) -> Shape:
    """A thin arc of water outwards along +z from `start` (y, z)."""
    t = np.linspace(0, 1, detail.pick(10, 4))
    y, z = start
    path = np.stack([0 * t, y + 4 * rise * t * (1 - t) - drop * t * t, z + reach * t], 1)
    radii = np.interp(t, [0, 0.6, 1], [0.018, 0.026, 0.045])
    made = loft(path, radii, detail.pick(4, 3), up=(0, 1, 0.2), caps=(False, False))
    # Lit from the side all along, by which the client knows falling water.
    normal = unit(made.normal * [1, 0, 1] + [0, 0, 1e-3])
    falling = Shape(made.position, made.triangle, normal)
    return falling.coloured(mix(SKY, MILK, 0.6)).of('water')


def tiles(radius: float, y: float, count: int, detail: Detail) -> list[Shape]:
    """A band of small glazed tiles around a basin."""
    colors, made = [CORAL, BUTTER, TEAL, MARIGOLD, LAGOON], []
    tile = box((0.34, 0.15, 0.05))
    for i in range(count):
        turn = 360 * (i + 0.5) / count
        made.append(tile.coloured(colors[i % 5]).moved(0, y, radius).turned(y=turn).of('gloss'))
    return made


@model('fountain')
def fountain(detail: Detail) -> Parts:
    n = detail.around(44, 18)
    basin = lathe(
        [
            (3.62, 0),
            (3.66, 0.1),
            (3.42, 0.2),
            (3.42, 0.42),
            (3.56, 0.47),
            (3.6, 0.56),
            (3.5, 0.64),
            (3.1, 0.64),
            (3.02, 0.58),
            (3.0, 0.1),
        ],
        n,
    ).coloured(STONE)
    shapes = [basin.shaded(0.78, 1, 0, 0.5), surface(3.02, 0.46, n, 0.82)]
    if detail.fine:
        shapes += tiles(3.42, 0.235, 32, detail)
    m = detail.around(24, 9)
    foot = lathe(
        [
            (0.85, 0.1),
            (0.8, 0.55),
            (0.5, 0.7),
            (0.3, 0.95),
            (0.26, 1.35),
            (0.4, 1.5),
            (0.95, 1.68),
            (1.28, 1.88),
            (1.34, 2.0),
            (1.26, 2.03),
            (1.18, 1.95),
        ],
        m,
    )
    middle = lathe(
        [
            (0.3, 1.9),
            (0.2, 2.1),
            (0.17, 2.5),
            (0.26, 2.62),
            (0.58, 2.76),
            (0.7, 2.9),
            (0.66, 2.94),
            (0.6, 2.89),
        ],
        m,
    )
    top = lathe(
        [(0.16, 2.85), (0.11, 3.0), (0.09, 3.2), (0.15, 3.28), (0.1, 3.34)], detail.around(14, 6)
    )
    shapes += [
        foot.coloured(STONE).shaded(0.75, 1, 0, 1.2),
        middle.coloured(BLUSH),
        top.coloured(STONE),
        surface(1.2, 1.96, m, 0.24),
        surface(0.62, 2.9, detail.around(16, 7), 0.13),
        sphere(0.16, detail.around(12, 6), detail.pick(8, 4))
        .moved(y=3.46)
        .coloured(MARIGOLD)
        .of('gloss'),
    ]
    for count, start, reach, drop, rise in (
        (9, (1.98, 1.24), 0.75, 1.52, 0.2),
        (6, (2.9, 0.62), 0.36, 0.94, 0.14),
        (7, (0.5, 2.86), -1.35, 0.06, 0.5),
    ):
        arc, count = jet(start, reach, drop, rise, detail), detail.pick(count, 4)
        basin, rise_to = (1.2, 1.972) if start[0] > 2.5 else (3.02, 0.478 if reach < 0 else 0.472)
        foam = splash(basin, start[1] + reach, rise_to, detail)
        shapes += [
            part.turned(y=360 * (i + 0.5) / count) for i in range(count) for part in (arc, foam)
        ]
    solids = [
        lathe([(3.6, 0), (3.6, 0.62), (3.0, 0.62), (3.0, 0.1), (0, 0.1)], 16).of('stone'),
        cylinder(0.8, 2, 8).of('stone'),
    ]
    return Parts(shapes, solids, sounds=[Sound(0, 1.2, 0, 'water')])


@model('well')
def well(detail: Detail) -> Parts:
    n = detail.around(24, 9)
    ring = lathe(
        [
            (0.95, 0),
            (0.98, 0.08),
            (0.86, 0.14),
            (0.86, 0.66),
            (0.96, 0.72),
            (0.96, 0.84),
            (0.7, 0.84),
            (0.68, 0.3),
        ],
        n,
    )
    shapes = [ring.coloured(STONE).shaded(0.75, 1), surface(0.72, 0.5, n)]
    for side in (-1, 1):
        post = box((0.14, 2.3, 0.14), detail.edge(0.03)).coloured(WOOD).shaded(0.8, 1)
        shapes.append(post.moved(side * 0.82))
    beam = loft([(-0.9, 1.55, 0), (0.9, 1.55, 0)], [0.09, 0.09], detail.around(10, 5), up=(0, 1, 0))
    shapes.append(beam.coloured(UMBER))
    roof = extrude(
        [(-1.15, 0), (1.15, 0), (1.15, 0.1), (0, 0.85), (-1.15, 0.1)], 2.2, detail.edge(0.04)
    )
    shapes.append(roof.turned(y=90).moved(-1.1, 2.2).coloured(CLAY).shaded(0.8, 1.1))
    bucket = lathe([(0.14, 0), (0.2, 0.3), (0.17, 0.3), (0.13, 0.06)], detail.around(12, 6))
    shapes.append(bucket.moved(0.15, 0.95, 0.05).coloured(mix(WOOD, BUTTER, 0.3)))
    return Parts(shapes, [cylinder(0.96, 0.84, 8).of('stone')], sounds=[Sound(0, 0.6, 0, 'water')])


@model('bridge')
def bridge(detail: Detail) -> Parts:
    """Over 6 m along z, 2.6 m wide between its walls, 1.1 m high in its middle."""
    steps = detail.pick(16, 7)
    z = np.linspace(-4.2, 4.2, steps + 1)
    rise = 1.1 * (0.5 + 0.5 * np.cos(np.pi * np.clip(z / 4.2, -1, 1)))
    deck = sweep(np.stack([0 * z, rise - 0.08, z], 1), section(2.7, 0.16)[[0, 2, 4, 6]])
    shapes = [deck.coloured(mix(SAND, LIME, 0.3))]
    turn = np.linspace(0, np.pi, detail.pick(13, 7))
    inner = np.stack([2.5 * np.cos(turn), 0.74 * np.sin(turn) - 0.02], 1)[::-1]
    outer = np.stack([z, rise], 1)[::-1]
    side = extrude(
        np.concatenate([outer, [(-4.2, -0.4), (-2.5, -0.4)], inner, [(2.5, -0.4), (4.2, -0.4)]])[
            ::-1
        ],
        0.3,
        0,
    )
    for x in (-1.5, 1.2):
        shapes.append(
            side.turned(y=-90).moved(x + 0.3).coloured(mix(LIME, SAND, 0.35)).shaded(0.8, 1)
        )
    rail = np.stack([0 * z, rise + 0.82, z], 1)
    for x in (-1.36, 1.36):
        shapes.append(
            sweep(
                rail,
                section(0.24, 0.16, 0.04) if detail.fine else section(0.24, 0.16)[[0, 2, 4, 6]],
            )
            .moved(x)
            .coloured(STONE)
        )
        for i, at in enumerate(np.linspace(-3.9, 3.9, detail.pick(13, 7))):
            y = 1.1 * (0.5 + 0.5 * np.cos(np.pi * at / 4.2))
            if detail.fine:
                post = lathe([(0.09, 0), (0.06, 0.15), (0.1, 0.42), (0.06, 0.78)], 6)
            else:
                post = box((0.14, 0.8, 0.14))
            shapes.append(post.moved(x, y, at).coloured(STONE))
        for at in (-4.2, 4.2):
            pillar = box((0.42, 1.15, 0.42), detail.edge(0.05)).coloured(STONE).shaded(0.8, 1)
            ball = (
                sphere(0.2, detail.around(12, 6), detail.pick(8, 4))
                .moved(y=1.32)
                .coloured(MARIGOLD)
            )
            shapes += [pillar.moved(x, 0, at), ball.moved(x, 0, at)]
    solid = sweep(np.stack([0 * z, rise - 0.15, z], 1), section(2.9, 0.3)[[0, 2, 4, 6]]).of('stone')
    walls = [
        sweep(np.stack([0 * z + x, rise + 0.4, z], 1), section(0.3, 1.1)[[0, 2, 4, 6]]).of('stone')
        for x in (-1.36, 1.36)
    ]
    return Parts(shapes, [solid, *walls])


@model('canal')
def canal(detail: Detail) -> Parts:
    """6 m of water along x between two kerbs, 4 m wide; repeats."""
    shapes, solids = [], []
    for side in (-1, 1):
        kerb = box((6, 0.42, 0.5), detail.edge(0.05)).coloured(STONE).shaded(0.8, 1)
        shapes.append(kerb.moved(0, 0, side * 2.2))
        solids.append(block((6, 0.42, 0.5), 0, 0, side * 2.2))
        inner = box((6, 0.34, 0.1)).coloured(mix(SAND, TEAL, 0.3))
        shapes.append(inner.moved(0, 0.02, side * 1.92))
    x = np.linspace(-3, 3, detail.pick(7, 3))
    rows = np.array([-1.95, 0, 1.95])
    grid_x, grid_z = np.meshgrid(x, rows)
    position = np.stack([grid_x, np.full_like(grid_x, 0.22), grid_z], -1).reshape(-1, 3)
    n = len(x)
    faces = [
        face
        for r in range(2)
        for i in range(n - 1)
        for face in (
            (r * n + i, (r + 1) * n + i, (r + 1) * n + i + 1),
            (r * n + i, (r + 1) * n + i + 1, r * n + i + 1),
        )
    ]
    color = mix(mix(TEAL, LAGOON, 0.65), SKY, np.repeat([0.5, 0.0, 0.5], n))
    shapes.append(still(position, faces, color, np.repeat([0, 1.95, 0], n)))
    return Parts(shapes, solids, sounds=[Sound(0, 0.3, 0, 'water')])


@model('basin-edge')
def basin_edge(detail: Detail) -> Parts:
    """A round pond of 3.6 m radius with a low rim and no water in the middle metre (for a tree)."""
    n = detail.around(56, 20)
    rim = (
        lathe(
            [
                (3.6, 0),
                (3.64, 0.1),
                (3.56, 0.34),
                (3.6, 0.46),
                (3.5, 0.54),
                (3.2, 0.54),
                (3.1, 0.46),
                (3.08, 0.1),
            ],
            n,
        )
        .coloured(mix(MILK, ROSE, 0.12))
        .shaded(0.8, 1)
    )
    bed = lathe(
        [(1.32, 0.1), (1.36, 0.5), (1.3, 0.58), (1.12, 0.58), (1.1, 0.5), (0, 0.54)],
        detail.around(36, 12),
    )
    soil = bed.painted(
        lambda p: np.where(
            (np.hypot(p[:, 0], p[:, 2]) < 1.11)[:, None],
            np.array(UMBER),
            np.array(mix(MILK, LIME, 0.4)),
        )
    )
    water = lathe([(3.06, 0.34), (2.2, 0.34), (1.3, 0.34)], n)
    out = np.hypot(water.position[:, 0], water.position[:, 2])
    color = mix(mix(TEAL, LAGOON, 0.55), SKY, (out > 2.5) * 0.5)
    edge = np.minimum(3.06 - out, out - 1.3)
    shapes = [rim, soil, still(water.position, water.triangle, color, edge)]
    if detail.fine:
        shapes += checker_ring(3.75, 4.35, 44)
    else:
        shapes += checker_ring(3.75, 4.35, 22)
    solids = [
        lathe([(3.6, 0), (3.6, 0.54), (3.1, 0.54), (3.08, 0.1), (0, 0.1)], 16).of('stone'),
        cylinder(1.34, 0.56, 10).of('earth'),
    ]
    return Parts(shapes, solids, sounds=[Sound(0, 0.5, 0, 'water')])


def checker_ring(inner: float, outer: float, count: int) -> list[Shape]:
    """Two rows of small stones in brick and milk lying around a basin."""
    made = []
    for row, (a, b) in enumerate(((inner, (inner + outer) / 2), ((inner + outer) / 2, outer))):
        for i in range(count):
            t0, t1 = 2 * np.pi * np.array([i + 0.04, i + 0.96]) / count
            corner = [
                (r * np.sin(t), 0.016, r * np.cos(t))
                for r, t in ((a + 0.02, t0), (b - 0.02, t0), (b - 0.02, t1), (a + 0.02, t1))
            ]
            color = mix(CORAL, CLAY, 0.5) if (i + row) % 2 else MILK
            made.append(Shape(corner, [[0, 1, 2], [0, 2, 3]]).coloured(color))
    return [merged(made)]
