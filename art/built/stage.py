"""The stage: a round platform with a row of bulbs, a sun of half rings behind, the sail above it.

The stage, its sail and its seats share one origin, the middle of the platform, and face +z.
"""

from __future__ import annotations

import numpy as np

from art.base.forms import box, cylinder, extrude, grid, lathe, loft, sphere, sweep
from art.base.forms import section
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
    TEAL,
    WOOD,
    linear,
    mix,
)
from art.base.shape import Shape, merged
from art.built.furniture import octahedron
from art.built.model import Detail, Light, Parts, Seat, block, model

RADIUS, HEIGHT = 4.3, 0.75
BULB = linear('ffdf9e')


def half_disc(outer: float, depth: float, steps: int, scallops: int, chamfer: float) -> Shape:
    """A half disc standing on y = 0, open behind; the rim may be scalloped."""
    turn = np.linspace(0, np.pi, steps + 1)
    reach = outer * (1 + (0.05 * np.abs(np.sin(turn * scallops)) if scallops else 0 * turn))
    rim = np.stack([reach * np.cos(turn), reach * np.sin(turn)], 1)
    return extrude(rim, depth, chamfer, caps=(True, True))


def sun(detail: Detail) -> list[Shape]:
    """Half rings one before the other, the smallest in front."""
    colors = [MILK, CORAL, mix(CORAL, MARIGOLD, 0.5), MARIGOLD, BUTTER, mix(SAND, BUTTER, 0.3)]
    radii = [3.55, 3.3, 2.65, 2.05, 1.45, 0.85]
    rings = []
    for i, (color, radius) in enumerate(zip(colors, radii)):
        scallops = 11 if i == 0 else 0
        steps = detail.pick(44 if scallops else 26, 22 if scallops else 8)
        ring = half_disc(radius, 0.2, steps, scallops, detail.edge(0.03))
        rings.append(ring.coloured(color).shaded(0.8, 1).moved(z=-2.75 + 0.13 * i))
    return [ring.moved(y=HEIGHT) for ring in rings]


def floor(detail: Detail) -> Shape:
    """Boards as rays of a sun: wedges in two tones about the middle of the back."""
    count, rings = detail.pick(32, 16), 2
    wedges = []
    for i in range(count):
        turn = 2 * np.pi * (np.array([i, i + 1]) / count)
        for k, (near, far) in enumerate([(0, 1.5), (1.5, RADIUS - 0.12)][:rings]):
            out = [
                (r * np.sin(t), HEIGHT + 0.012, r * np.cos(t))
                for r, t in ((near, turn[0]), (far, turn[0]), (far, turn[1]), (near, turn[1]))
            ]
            tone = mix(MARIGOLD, SAND, 0.45) if (i + k) % 2 else mix(WOOD, MARIGOLD, 0.5)
            wedges.append(Shape(out, [[0, 1, 2], [0, 2, 3]]).coloured(tone))
    return merged(wedges)


def bulbs(detail: Detail) -> list[Shape]:
    count = detail.pick(40, 16)
    one = detail.pick(sphere(0.075, 6, 4), octahedron(0.08)).coloured(BULB).of('glow')
    return [
        one.moved((RADIUS + 0.03) * np.sin(t), 0.55, (RADIUS + 0.03) * np.cos(t))
        for t in 2 * np.pi * np.arange(count) / count
        if abs(np.sin(t / 2)) > 0.25
    ]


def stage_steps(detail: Detail) -> list[Shape]:
    return [
        box((2.6 - 0.2 * i, 0.25 * (i + 1), 0.42), detail.edge(0.04))
        .coloured((MILK, mix(ROSE, LIME, 0.4), MILK)[i])
        .moved(z=RADIUS + 0.95 - 0.36 * i)
        for i in range(3)
    ]


@model('stage')
def stage(detail: Detail) -> Parts:
    n = detail.around(48, 20)
    foot = lathe([(4.95, 0), (4.95, 0.2), (4.88, 0.27), (4.2, 0.27)], n).coloured(
        mix(LIME, MILK, 0.4)
    )
    apron = lathe([(RADIUS, 0.26), (RADIUS, 0.66)], n).coloured(CORAL).shaded(0.72, 1)
    lip = lathe(
        [
            (RADIUS, 0.66),
            (RADIUS + 0.08, 0.68),
            (RADIUS + 0.08, 0.74),
            (RADIUS, HEIGHT + 0.01),
            (0, HEIGHT + 0.01),
        ],
        n,
    ).coloured(MILK)
    shapes = [
        foot.shaded(0.8, 1),
        apron,
        lip,
        floor(detail),
        *bulbs(detail),
        *sun(detail),
        *stage_steps(detail),
    ]
    rail = lathe([(RADIUS + 0.02, 0.31), (RADIUS + 0.05, 0.34), (RADIUS + 0.02, 0.38)], n)
    shapes.append(rail.coloured(BUTTER))
    solids = [
        cylinder(RADIUS + 0.05, HEIGHT + 0.01, 16).of('wood'),
        cylinder(4.95, 0.27, 16).of('stone'),
        *(block((2.6, 0.25 * (i + 1), 0.42), z=RADIUS + 0.95 - 0.36 * i) for i in range(3)),
        block((6.6, 2.6, 0.6), 0, HEIGHT, -2.5),
    ]
    lights = [Light(0, 3.4, 0.6, '#ffc58a', 22, 11)]
    return Parts(shapes, solids, lights=lights)


CORNERS = np.array([(-6.2, 7.6, -4.6), (6.2, 6.0, -4.2), (6.6, 4.3, 6.6), (-6.6, 4.7, 6.4)])


def sail_surface(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """A saddle over the four corners; its edges are drawn in. u goes across, v to the front."""
    a, b, c, d = CORNERS
    u, v = u[..., None], v[..., None]
    point = a * (1 - u) * (1 - v) + b * u * (1 - v) + c * u * v + d * (1 - u) * v
    pull = 0.13 * (4 * u * (1 - u) * (2 * v - 1) ** 2 + 4 * v * (1 - v) * (2 * u - 1) ** 2)
    point = point + (CORNERS.mean(0) - point) * pull * [1, 1, 0.9]
    return point - np.array([0, 0.5, 0]) * (16 * u * (1 - u) * v * (1 - v))


def sail_cloth(detail: Detail) -> list[Shape]:
    """Each stripe has vertices of its own, so that its edges are sharp."""
    stripes, across, along = 15, detail.pick(2, 1), detail.pick(12, 4)
    made = []
    for i in range(stripes):
        strip = grid(lambda u, v, i=i: sail_surface((i + u) / stripes, v), across, along)
        color = (CORAL, mix(MILK, LIME, 0.2))[i % 2]
        u = (i + np.tile(np.linspace(0, 1, across + 1), along + 1)) / stripes
        v = np.repeat(np.linspace(0, 1, along + 1), across + 1)
        wind = np.clip(12 * u * (1 - u) * v * (1 - v), 0, 1) * 0.7
        strip = _on_grid(strip, i, stripes, across, along)
        made.append(strip.coloured(color).faded(wind).of('cloth'))
    return made


def _on_grid(strip: Shape, i: int, stripes: int, across: int, along: int) -> Shape:
    """The strip with its vertices in rows of v, normals from the whole sail, upper side up."""
    v, u = np.meshgrid(
        np.linspace(0, 1, along + 1), (i + np.linspace(0, 1, across + 1)) / stripes, indexing='ij'
    )
    step = 1e-3
    point = sail_surface(u, v)
    normal = np.cross(sail_surface(u, v + step) - point, sail_surface(u + step, v) - point)
    row = across + 1
    quads = [
        (j * row + k, (j + 1) * row + k, (j + 1) * row + k + 1, j * row + k + 1)
        for j in range(along)
        for k in range(across)
    ]
    faces = [face for a, b, c, d in quads for face in ((a, b, c), (a, c, d))]
    normal = normal.reshape(-1, 3) / np.linalg.norm(normal.reshape(-1, 3), axis=1, keepdims=True)
    return Shape(point.reshape(-1, 3), faces, normal)


def mast(foot, top, detail: Detail) -> list[Shape]:
    path = np.linspace(foot, top, detail.pick(4, 2))
    radii = np.linspace(0.13, 0.075, len(path))
    pole = loft(path, radii, detail.around(10, 5), up=(0, 0, 1), caps=(False, False))
    ball = sphere(0.17, detail.around(12, 6), detail.pick(8, 4)).moved(
        *np.asarray(top) + [0, 0.1, 0]
    )
    shoe = lathe([(0.3, 0), (0.3, 0.12), (0.16, 0.22), (0.14, 0.4)], detail.around(12, 6))
    return [
        pole.coloured(MILK).shaded(0.82, 1),
        ball.coloured(MARIGOLD).of('gloss'),
        shoe.moved(foot[0], 0, foot[2]).coloured(mix(SAND, CLAY, 0.3)),
    ]


@model('sail')
def sail(detail: Detail) -> Parts:
    shapes, solids = sail_cloth(detail), []
    for corner in CORNERS:
        foot = corner * [1.06, 0, 1.06]
        shapes += mast(foot, corner + [0, 0.25, 0], detail)
        solids.append(block((0.34, 2.4, 0.34), foot[0], 0, foot[2]))
    return Parts(shapes, solids)


ROWS = [(6.9, TEAL), (8.3, CORAL), (9.7, MARIGOLD)]


@model('seats')
def seats(detail: Detail) -> Parts:
    """Three rows in three pieces each about the stage's middle, with ways between."""
    shapes, solids, places = [], [], []
    for row, (radius, color) in enumerate(ROWS):
        for piece in (-1, 0, 1):
            half = np.radians(14.0) * 6.9 / radius + np.radians(2)
            middle = piece * np.radians(34)
            tint = (
                mix(color, (LAGOON, BUTTER, ROSE)[row], 0.35) if piece else mix(color, LIME, 0.12)
            )
            made, solid = curved_bench(radius, middle - half, middle + half, tint, detail)
            shapes += made
            solids += solid
            count = 3 + row
            for t in middle + half * (2 * (np.arange(count) + 0.5) / count - 1):
                places.append(
                    Seat(radius * np.sin(t), 0.46, radius * np.cos(t), np.degrees(t) + 180)
                )
    return Parts(shapes, solids, places)


def curved_bench(radius: float, start: float, end: float, color, detail: Detail):
    """A plank on stone blocks along an arc; angles from +z towards +x."""
    turn = np.linspace(start, end, detail.pick(12, 5))
    path = np.stack([radius * np.sin(turn), np.full(len(turn), 0.41), radius * np.cos(turn)], 1)
    plank = sweep(
        path, section(0.5, 0.11, 0.035) if detail.fine else section(0.5, 0.11)[[0, 2, 4, 6]]
    ).coloured(color)
    shapes, solids = [plank], []
    for t in np.linspace(start, end, detail.pick(4, 2) + 2)[1:-1] if detail.fine else (start, end):
        inner = t if detail.fine else t + (0.03 if t == start else -0.03)
        leg = box((0.3, 0.37, 0.36)).coloured(mix(MILK, SAND, 0.5)).shaded(0.8, 1)
        shapes.append(
            leg.turned(y=np.degrees(inner)).moved(radius * np.sin(inner), 0, radius * np.cos(inner))
        )
    pieces = np.linspace(start, end, 4)
    for a, b in zip(pieces, pieces[1:]):
        middle, length = (a + b) / 2, (b - a) * radius
        solids.append(
            block(
                (length + 0.05, 0.46, 0.5),
                radius * np.sin(middle),
                0,
                radius * np.cos(middle),
                np.degrees(middle),
                'wood',
            )
        )
    return shapes, solids
