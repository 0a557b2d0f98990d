"""Arcades: bays of 3 m with a round arch each, a roof of tiles, a walk behind. They repeat along x."""

from __future__ import annotations

import numpy as np

from art.base.forms import box, lathe
from art.base.palette import BRICK, BUTTER, CLAY, ROSE, SAND, mix
from art.base.shape import Shape
from art.built.houses import ROOF, TRIM
from art.built.masonry import tiled
from art.built.model import Detail, Parts, block, model

WIDTH, HEIGHT, DEPTH, WALL = 3.0, 3.7, 3.2, 0.42
OPENING, SPRING = 2.16, 1.75


def arch_wall(detail: Detail) -> list[Shape]:
    """The bay's front wall with its round opening: face, underside and back."""
    steps = detail.pick(12, 6)
    radius = OPENING / 2
    turn = np.linspace(np.pi, 0, steps + 1)
    arch = np.stack([radius * np.cos(turn), SPRING + radius * np.sin(turn)], 1)
    inner = np.concatenate([[(-radius, 0)], arch, [(radius, 0)]])
    # Outside each point of the arch one on the bay's edge, its two upper corners among them.
    out = []
    for x, y in np.stack([np.cos(turn), np.sin(turn)], 1):
        reach = min(WIDTH / 2 / max(abs(x), 1e-9), (HEIGHT - SPRING) / max(y, 1e-9))
        out.append((x * reach, SPRING + y * reach))
    out = np.array([(-WIDTH / 2, 0), *out, (WIDTH / 2, 0)])
    for side in (-1, 1):
        corner = np.abs(out - [side * WIDTH / 2, HEIGHT]).sum(1).argmin()
        out[corner] = (side * WIDTH / 2, HEIGHT)

    def ribbon(a: np.ndarray, za: float, b: np.ndarray, zb: float) -> Shape:
        n = len(a)
        points = np.concatenate(
            [np.column_stack([a, np.full(n, za)]), np.column_stack([b, np.full(n, zb)])]
        )
        faces = [
            face for i in range(n - 1) for face in ((i, n + i, n + i + 1), (i, n + i + 1, i + 1))
        ]
        return Shape(points, faces).smooth_normals(40)

    tone = (1, 0.985, 0.96)
    front = ribbon(out, 0, inner, 0)
    under = ribbon(inner, 0, inner, -WALL).coloured(mix(tone, ROSE, 0.35))
    back = ribbon(inner, -WALL, out, -WALL).coloured(mix(tone, BUTTER, 0.25))
    return [shape.shaded(0.8, 1, 0, 1.6).tinted() for shape in (front.coloured(tone), under, back)]


def column(detail: Detail) -> Shape:
    if not detail.fine:
        return box((0.5, SPRING, 0.5)).coloured(TRIM).shaded(0.8, 1)
    made = lathe(
        [
            (0.34, 0),
            (0.34, 0.2),
            (0.27, 0.28),
            (0.24, 0.36),
            (0.215, 1.42),
            (0.26, 1.5),
            (0.34, 1.62),
            (0.34, SPRING),
            (0, SPRING),
        ],
        14,
    )
    return made.coloured(TRIM).shaded(0.78, 1)


def roof(width: float, detail: Detail, seed: int) -> list[Shape]:
    """From its eave before the arches up to its ridge over the back wall."""
    beam = box((width, 0.2, WALL + 0.28), detail.edge(0.04)).moved(
        0, HEIGHT - 0.02, -WALL / 2 + 0.04
    )
    return [
        beam.coloured(TRIM),
        _ridge(width, detail),
        tiled(width, (0.42, HEIGHT + 0.1), (-DEPTH - 0.1, HEIGHT + 1.15), ROOF, detail, seed),
    ]


def _ridge(width: float, detail: Detail) -> Shape:
    made = box((width, 0.22, 0.3), detail.edge(0.05)).moved(0, HEIGHT + 1.02, -DEPTH - 0.12)
    return made.coloured(mix(ROOF, BRICK, 0.35))


def bay(detail: Detail, back: bool) -> Parts:
    shapes = [
        *arch_wall(detail),
        column(detail).moved(-WIDTH / 2, 0, -WALL / 2),
        column(detail).moved(WIDTH / 2, 0, -WALL / 2),
        *roof(WIDTH, detail, 2),
    ]
    floor = box((WIDTH, 0.08, DEPTH)).moved(0, 0, -DEPTH / 2).coloured(mix(SAND, CLAY, 0.25))
    shapes.append(floor)
    solids = [
        block((0.6, HEIGHT, 0.5), x, 0, -WALL / 2) for x in (-WIDTH / 2 + 0.24, WIDTH / 2 - 0.24)
    ]
    solids.append(block((WIDTH, 0.08, DEPTH), 0, 0, -DEPTH / 2))
    if back:
        wall = (
            box((WIDTH, HEIGHT + 1.0, 0.24))
            .subdivided(detail.pick(1.0, 9))
            .moved(0, 0, -DEPTH - 0.12)
        )
        shapes.append(wall.coloured((0.97, 0.95, 0.92)).shaded(0.8, 1, 0, 2).tinted())
        skirting = box((WIDTH, 0.3, 0.05)).moved(0, 0.05, -DEPTH + 0.02)
        shapes.append(skirting.coloured(mix(BRICK, CLAY, 0.4)))
        solids.append(block((WIDTH, HEIGHT, 0.24), 0, 0, -DEPTH - 0.12))
    ceiling = Shape(
        [
            (-WIDTH / 2, HEIGHT, -WALL),
            (WIDTH / 2, HEIGHT, -WALL),
            (WIDTH / 2, HEIGHT + 0.95, -DEPTH),
            (-WIDTH / 2, HEIGHT + 0.95, -DEPTH),
        ],
        [[0, 2, 1], [0, 3, 2]],
    )
    shapes.append(ceiling.coloured(mix(BRICK, SAND, 0.35)))
    return Parts(shapes, solids, shade=0.65)


@model('arcade-bay')
def arcade_bay(detail: Detail) -> Parts:
    """With a wall behind the walk: walls take the tint."""
    return bay(detail, True)


@model('arcade-open')
def arcade_open(detail: Detail) -> Parts:
    """Open behind: for a way through."""
    return bay(detail, False)


@model('arcade-corner')
def arcade_corner(detail: Detail) -> Parts:
    """Where two rows meet at a right angle: its open sides are +x and +z, its walls behind and to -x.

    Its origin is the inner corner of the court: a row along +x begins 1.5 m from it, with its front on
    z = 0; the row along +z, turned by 90 degrees, has its front on x = 0.
    """
    d = DEPTH + 0.24
    tone = (0.97, 0.95, 0.92)
    back = box((d, HEIGHT + 1, 0.24)).subdivided(detail.pick(1, 9)).moved(-d / 2, 0, -DEPTH - 0.12)
    side = box((0.24, HEIGHT + 1, d)).subdivided(detail.pick(1, 9)).moved(-DEPTH - 0.12, 0, -d / 2)
    pier = box((0.7, HEIGHT, 0.7), detail.edge(0.06)).moved(-WALL / 2, 0, -WALL / 2)
    shapes = [shape.coloured(tone).shaded(0.8, 1, 0, 2).tinted() for shape in (back, side, pier)]
    floor = (
        box((DEPTH, 0.08, DEPTH)).moved(-DEPTH / 2, 0, -DEPTH / 2).coloured(mix(SAND, CLAY, 0.25))
    )
    # Two slopes that meet over the diagonal, from the inner corner up to the outer one.
    low, high, out = HEIGHT + 0.1, HEIGHT + 1.15, DEPTH + 0.1
    steps = detail.pick(10, 2)
    shapes += [floor, *_hip(low, high, out, steps, detail)]
    cap = box((0.3, 0.22, d + 0.1), detail.edge(0.05)).moved(-DEPTH - 0.12, HEIGHT + 1.02, -d / 2)
    shapes += [cap.coloured(mix(ROOF, BRICK, 0.35)), _ridge(d, detail).moved(-d / 2)]
    solids = [
        block((d, HEIGHT, 0.24), -d / 2, 0, -DEPTH - 0.12),
        block((0.24, HEIGHT, d), -DEPTH - 0.12, 0, -d / 2),
        block((0.7, HEIGHT, 0.7), -WALL / 2, 0, -WALL / 2),
        block((DEPTH, 0.08, DEPTH), -DEPTH / 2, 0, -DEPTH / 2),
    ]
    return Parts(shapes, solids, shade=0.65)


def _hip(low: float, high: float, out: float, steps: int, detail: Detail) -> list[Shape]:
    """The corner's roof: both slopes in strips that get shorter towards the valley."""
    random = np.random.default_rng(8)
    eave = 0.42
    made = []
    for turned in (False, True):
        for i in range(steps):
            edges = []
            for t in (i / steps, (i + 1) / steps):
                # Along the ridge from the row to the outer corner; the valley runs along x = z.
                along = eave - t * (eave + out)
                edges.append(((along, low + (high - low) * t, along), (along, high, -out)))
            (v0, r0), (v1, r1) = edges
            wave = 0.06 * (i % 2) if detail.fine else 0
            quad = np.array([v0, v1, r1, r0]) + [0, wave * 0.5, 0]
            faces = [[0, 2, 1], [0, 3, 2]]
            if turned:
                quad = quad[:, [2, 1, 0]]
                faces = [[0, 1, 2], [0, 2, 3]]
            tone = 0.86 + 0.26 * random.random()
            made.append(Shape(quad, faces).coloured(np.minimum(np.array(ROOF) * tone, 1)))
    return made
