"""What a gallery shows: paintings made of flat shapes, sculptures, vases, and the vault over them."""

from __future__ import annotations

import numpy as np

from art.base.forms import arch_outline, box, extrude, lathe, loft, sphere, spline, sweep, section
from art.base.palette import (
    BRICK,
    BUTTER,
    CLAY,
    CORAL,
    INDIGO,
    LAGOON,
    LEAF,
    LILAC,
    LIME,
    MARIGOLD,
    MILK,
    PINE,
    PLUM,
    ROSE,
    SAGE,
    SAND,
    SKY,
    TEAL,
    UMBER,
    VIOLET,
    WOOD,
    mix,
)
from art.base.shape import Shape
from art.built.festive import lantern
from art.built.model import Detail, Light, Parts, block, model

# Paintings hang with their middle at the origin, on the plane z = 0, and look towards +z.
FRAME = 0.09


def frame(width: float, height: float, detail: Detail, color) -> list[Shape]:
    made = []
    for size, x, y in (
        ((width + 2 * FRAME, FRAME), 0, height / 2),
        ((width + 2 * FRAME, FRAME), 0, -height / 2 - FRAME),
        ((FRAME, height), -width / 2 - FRAME / 2, -height / 2),
        ((FRAME, height), width / 2 + FRAME / 2, -height / 2),
    ):
        bar = box((size[0], size[1], 0.09), detail.edge(0.025)).moved(x, y, 0.045)
        made.append(bar.coloured(color))
    return made


def layer(outline, color, depth: int, width: float, height: float) -> Shape:
    """A flat piece of a painting, cut at its edges; higher ones lie before lower ones."""
    points = np.array(_clipped(np.asarray(outline, float), width / 2, height / 2))
    piece = extrude(points, 0.004, 0, caps=(False, True))
    flat = piece.triangle[np.abs(piece.face_normals()[:, 2]) > 1e-9]
    piece = Shape(piece.position, flat, np.tile([0.0, 0, 1], (len(piece.position), 1))).weld()
    return piece.moved(z=0.012 + 0.004 * depth).coloured(color)


def _clipped(points: np.ndarray, x: float, y: float) -> np.ndarray:
    """The polygon within |x|, |y| (Sutherland and Hodgman)."""
    for axis, limit, sign in ((0, x, 1), (0, x, -1), (1, y, 1), (1, y, -1)):
        kept = []
        for a, b in zip(points, np.roll(points, -1, 0)):
            inside_a, inside_b = a[axis] * sign <= limit + 1e-9, b[axis] * sign <= limit + 1e-9
            if inside_a:
                kept.append(a)
            if inside_a != inside_b:
                t = (limit * sign - a[axis]) / (b[axis] - a[axis])
                kept.append(a + t * (b - a))
        points = np.array(kept)
    return points


def ground_layer(width: float, height: float, color) -> Shape:
    x, y = width / 2, height / 2
    return layer([(-x, -y), (x, -y), (x, y), (-x, y)], color, 0, width, height)


def circle(x: float, y: float, radius: float, steps: int) -> np.ndarray:
    turn = 2 * np.pi * np.arange(steps) / steps
    return np.stack([x + radius * np.cos(turn), y + radius * np.sin(turn)], 1)


def wave(
    width: float, base: float, high: float, cycles: float, phase: float, bottom: float, steps: int
) -> np.ndarray:
    """The area below a wavy line down to `bottom`."""
    x = np.linspace(-width / 2, width / 2, steps)
    y = base + high * np.sin(2 * np.pi * cycles * x / width + phase)
    return np.concatenate([[(-width / 2, bottom), (width / 2, bottom)], np.stack([x, y], 1)[::-1]])


def painting(name: str, width: float, height: float, color, paint) -> None:
    """Registers a framed picture; `paint` gives its layers from the back."""

    @model(name)
    def framed(detail: Detail) -> Parts:
        back = box((width, height, 0.01)).moved(y=-height / 2).coloured(UMBER)
        layers = [
            layer(outline, tone, depth, width, height)
            for depth, (outline, tone) in enumerate(paint(detail), 1)
        ]
        return Parts([*frame(width, height, detail, color), back, *layers], grounded=False)


def paint_sun(detail: Detail):
    """Rings of a sun over hills."""
    n = detail.pick(28, 12)
    yield [(-1, -1), (1, -1), (1, 1), (-1, 1)], mix(BUTTER, MILK, 0.4)
    for radius, tone in (
        (0.62, ROSE),
        (0.5, CORAL),
        (0.38, MARIGOLD),
        (0.25, BUTTER),
        (0.12, MILK),
    ):
        yield circle(0, 0.12, radius, n), tone
    yield wave(1.6, -0.3, 0.09, 1.1, 0.5, -1, n), SAGE
    yield wave(1.6, -0.42, 0.08, 1.4, 2.4, -1, n), mix(PINE, LEAF, 0.4)


def paint_waves(detail: Detail):
    n = detail.pick(26, 12)
    yield [(-1, -1), (1, -1), (1, 1), (-1, 1)], mix(SKY, MILK, 0.35)
    yield circle(0.42, 0.34, 0.2, n), CORAL
    for i, tone in enumerate(
        (mix(LAGOON, MILK, 0.5), LAGOON, CORAL, TEAL, mix(MILK, LIME, 0.5), mix(TEAL, INDIGO, 0.5))
    ):
        yield wave(1.9, 0.24 - 0.17 * i, 0.1, 1.3 + 0.15 * i, 1.3 * i, -1, n), tone


def paint_mountains(detail: Detail):
    n = detail.pick(24, 12)
    yield [(-1, -1), (1, -1), (1, 1), (-1, 1)], mix(ROSE, LIME, 0.45)
    yield circle(0.3, 0.26, 0.17, n), MARIGOLD
    yield [
        (-1, -0.5),
        (-0.55, 0.22),
        (-0.2, -0.15),
        (0.15, 0.36),
        (0.62, -0.1),
        (1, 0.2),
        (1, -1),
        (-1, -1),
    ][::-1], LILAC
    yield [(-1, -0.6), (-0.4, 0.0), (0.1, -0.4), (0.55, 0.06), (1, -0.35), (1, -1), (-1, -1)][
        ::-1
    ], VIOLET
    yield wave(1.8, -0.36, 0.06, 1.2, 0, -1, n), PLUM


def paint_rainbow(detail: Detail):
    n = detail.pick(28, 12)
    yield [(-1, -1), (1, -1), (1, 1), (-1, 1)], mix(MILK, SAND, 0.35)
    for radius, tone in (
        (0.56, CORAL),
        (0.46, MARIGOLD),
        (0.36, LEAF),
        (0.26, LAGOON),
        (0.16, mix(MILK, SAND, 0.35)),
    ):
        yield circle(0, -0.34, radius, n), tone
    yield wave(1.6, -0.34, 0.015, 2, 0, -1, n), mix(SAND, CLAY, 0.4)
    yield circle(-0.42, 0.38, 0.09, n // 2), MILK
    yield circle(-0.3, 0.36, 0.07, n // 2), MILK


def paint_cut_paper(detail: Detail):
    """Leaves and blots as if cut with scissors."""
    n = detail.pick(24, 12)
    yield [(-1, -1), (1, -1), (1, 1), (-1, 1)], mix(TEAL, PINE, 0.35)

    def leaf(x: float, y: float, size: float, turn: float) -> np.ndarray:
        t = np.linspace(0, 2 * np.pi, n, endpoint=False)
        radius = size * (0.62 + 0.38 * np.abs(np.cos(2.5 * t)))
        return np.stack([x + radius * np.cos(t + turn), y + radius * np.sin(t + turn)], 1)

    for x, y, size, turn, tone in (
        (-0.28, 0.42, 0.3, 0.3, CORAL),
        (0.26, 0.1, 0.34, 1.2, BUTTER),
        (-0.26, -0.3, 0.32, 2.2, LILAC),
        (0.3, -0.56, 0.24, 0.1, MARIGOLD),
    ):
        yield leaf(x, y, size, turn), tone
        yield circle(x, y, size * 0.22, n // 2), MILK


painting('painting-sun', 1.3, 1.5, MARIGOLD, paint_sun)
painting('painting-waves', 1.9, 1.3, WOOD, paint_waves)
painting('painting-mountains', 1.8, 1.3, mix(WOOD, MARIGOLD, 0.4), paint_mountains)
painting('painting-rainbow', 1.4, 1.4, MARIGOLD, paint_rainbow)
painting('painting-leaves', 1.1, 1.7, MILK, paint_cut_paper)


def pedestal_shapes(detail: Detail, height: float = 0.85, width: float = 0.8) -> list[Shape]:
    tone = mix(MILK, SAND, 0.25)
    foot = box((width + 0.16, 0.12, width + 0.16), detail.edge(0.03)).coloured(tone)
    body = (
        box((width, height - 0.2, width), detail.edge(0.05))
        .moved(y=0.1)
        .coloured(tone)
        .shaded(0.78, 1)
    )
    top = (
        box((width + 0.12, 0.1, width + 0.12), detail.edge(0.03))
        .moved(y=height - 0.1)
        .coloured(MILK)
    )
    return [foot, body, top]


@model('pedestal')
def pedestal(detail: Detail) -> Parts:
    return Parts(pedestal_shapes(detail), [block((0.9, 0.85, 0.9))])


@model('sculpture-balls')
def sculpture_balls(detail: Detail) -> Parts:
    """Three glazed balls of stone one on another."""
    shapes = pedestal_shapes(detail)
    y = 0.85
    for radius, tone in ((0.36, TEAL), (0.27, MARIGOLD), (0.19, CORAL)):
        ball = sphere((radius, radius * 0.86, radius), detail.around(16, 8), detail.pick(9, 5))
        shapes.append(ball.moved(0.02, y + radius * 0.84, 0).coloured(tone).of('gloss'))
        y += radius * 1.62
    return Parts(shapes, [block((0.9, 0.85, 0.9)), block((0.5, 1.4, 0.5), y=0.85)])


@model('sculpture-knot')
def sculpture_knot(detail: Detail) -> Parts:
    """A ribbon of coral that winds three times around itself."""
    t = np.linspace(0, 2 * np.pi, detail.pick(60, 22), endpoint=False)
    radius = 0.42 + 0.17 * np.cos(3 * t)
    path = np.stack([radius * np.cos(2 * t), radius * np.sin(2 * t), 0.2 * np.sin(3 * t)], 1)
    n = detail.pick(7, 4)
    turn = 2 * np.pi * np.arange(n) / n
    ring = 0.095 * np.stack([np.cos(turn), np.sin(turn)], 1)
    knot = (
        sweep(path, ring, True, up=(0.1, 0.2, 1), angle=180)
        .moved(y=1.62)
        .coloured(CORAL)
        .shaded(0.8, 1.05)
    )
    return Parts(
        [*pedestal_shapes(detail), knot.of('gloss')],
        [block((0.9, 0.85, 0.9)), block((0.9, 1.3, 0.3), y=0.85)],
    )


@model('sculpture-moon')
def sculpture_moon(detail: Detail) -> Parts:
    """A crescent that holds a small sun."""
    turn = np.linspace(np.radians(50), np.radians(310), detail.pick(22, 9))
    path = np.stack([0.55 * np.cos(turn), 0.55 * np.sin(turn), 0 * turn], 1)
    radii = 0.02 + 0.2 * np.sin(np.linspace(0, np.pi, len(turn)))
    moon = loft(path, np.stack([radii * 0.8, radii], 1), detail.around(12, 6), up=(0, 0, 1)).moved(
        0.05, 1.6
    )
    sun = sphere(0.17, detail.around(14, 7), detail.pick(9, 5)).moved(0.22, 1.62).coloured(MARIGOLD)
    stem = loft([(0.22, 0.85, 0), (0.22, 1.5, 0)], 0.02, 5, caps=(False, False)).coloured(UMBER)
    return Parts(
        [
            *pedestal_shapes(detail),
            moon.coloured(LILAC).shaded(0.8, 1.1).of('gloss'),
            sun.of('gloss'),
            stem,
        ],
        [block((0.9, 0.85, 0.9)), block((1.0, 1.3, 0.4), y=0.85)],
    )


def vase_shapes(detail: Detail) -> list[Shape]:
    n = detail.around(22, 9)
    profile = spline(
        [
            (0.17, 0),
            (0.24, 0.06),
            (0.36, 0.32),
            (0.33, 0.62),
            (0.17, 0.8),
            (0.16, 0.9),
            (0.24, 0.98),
        ],
        detail.pick(16, 8),
    )
    body = lathe(np.concatenate([[(0, 0)], profile, [(0.2, 0.98), (0.13, 0.86)]]), n, 70)
    height = np.clip(body.position[:, 1] / 0.98, 0, 1)
    wave_at = height + 0.06 * np.sin(3 * np.arctan2(body.position[:, 0], body.position[:, 2]))
    tone = np.where(
        (wave_at < 0.42)[:, None],
        np.array(mix(MARIGOLD, CLAY, 0.35)),
        np.array(mix(TEAL, LAGOON, 0.2)),
    )
    return [body.coloured(tone).shaded(0.85, 1.05).of('gloss')]


@model('vase')
def vase(detail: Detail) -> Parts:
    """A glazed vase of 1 m with seven long flowers."""
    shapes = vase_shapes(detail)
    random = np.random.default_rng(2)
    for i, tone in enumerate((CORAL, BUTTER, MILK, ROSE, MARIGOLD, CORAL, MILK)):
        turn, lean = 2 * np.pi * i / 7, 0.16 + 0.26 * random.random()
        top = np.array([lean * np.sin(turn), 1.42 + 0.34 * random.random(), lean * np.cos(turn)])
        stem = loft(
            spline([(0, 0.85, 0), top * [0.4, 0.85, 0.4], top], detail.pick(4, 2)),
            0.014,
            3,
            caps=(False, False),
        )
        wind = np.clip((stem.position[:, 1] - 0.9) * 0.4, 0, 1)
        shapes.append(stem.coloured(PINE).faded(wind).of('foliage'))
        bloom = sphere((0.12, 0.09, 0.12), detail.pick(8, 5), detail.pick(5, 3)).moved(*top)
        shapes.append(bloom.coloured(tone).shaded(0.75, 1).faded(0.4).of('foliage'))
    return Parts(shapes, [block((0.6, 0.95, 0.6))])


@model('gallery-bay')
def gallery_bay(detail: Detail) -> Parts:
    """3 m along z of a hall 7 m wide under a ribbed vault: arches to +x, a wall for paintings at -x."""
    half, spring, rise, length = 3.5, 3.0, 2.0, 3.0
    steps = detail.pick(18, 8)
    turn = np.linspace(0, np.pi, steps + 1)
    curve = np.stack([half * np.cos(turn), spring + rise * np.sin(turn)], 1)
    tone = np.array((1, 0.985, 0.96))
    points = np.concatenate(
        [np.column_stack([curve, np.full(steps + 1, z)]) for z in (length / 2, -length / 2)]
    )
    n = steps + 1
    faces = [face for i in range(steps) for face in ((i, i + 1, n + i + 1), (i, n + i + 1, n + i))]
    inside = Shape(points, faces).smooth_normals(60)
    if inside.normal[:, 1].mean() > 0:
        inside = inside.flipped()
    outside = Shape(
        inside.position * [1.04, 1, 1] + [0, 0.16, 0], inside.triangle, inside.normal
    ).flipped()
    shapes = [inside.coloured(mix(MILK, SAND, 0.35)), outside.coloured(mix(CLAY, CORAL, 0.3))]
    rib = np.column_stack([curve * [0.985, 1] - [0, 0.05], np.zeros(n)])
    shapes.append(
        sweep(
            rib,
            section(0.22, 0.26, 0.05) if detail.fine else section(0.22, 0.26)[[0, 2, 4, 6]],
            up=(0, 0, 1),
        ).coloured(mix(CLAY, SAND, 0.25))
    )
    wall = (
        box((0.3, spring + 0.1, length))
        .subdivided(detail.pick(1, 9))
        .moved(-half - 0.12)
        .coloured(tone)
    )
    skirting = box((0.06, 0.34, length)).moved(-half + 0.05).coloured(mix(BRICK, CORAL, 0.4))
    shapes += [wall.shaded(0.82, 1, 0, 2).tinted(), skirting]
    arch = arch_outline(1.9, 2.65, detail.pick(12, 6))[1:]
    edge = np.concatenate(
        [
            [(-1.5, 0), (-0.95, 0)],
            arch[1:][::-1][1:],
            [(0.95, 0), (1.5, 0), (1.5, spring + 0.1), (-1.5, spring + 0.1)],
        ]
    )
    side = extrude(edge, 0.36, 0).turned(y=90).moved(half - 0.06)
    shapes.append(side.coloured(tone).shaded(0.8, 1, 0, 1.8).tinted())
    floor = box((2 * half, 0.06, length)).coloured(mix(SAND, CLAY, 0.2))
    shapes.append(floor)
    for i in range(detail.pick(7, 0)):
        for k in range(3):
            x, z = -half + 0.5 + i, 1 - k
            stone = Shape(
                [
                    (x - 0.48, 0.07, z + 0.48),
                    (x + 0.48, 0.07, z + 0.48),
                    (x + 0.48, 0.07, z - 0.48),
                    (x - 0.48, 0.07, z - 0.48),
                ],
                [[0, 1, 2], [0, 2, 3]],
            )
            shapes.append(stone.coloured(mix(LIME, (BUTTER, ROSE, SAND)[(i + 2 * k) % 3], 0.3)))
    shapes += [part.moved(y=spring + rise - 0.1) for part in lantern(BUTTER, 0.3, detail)]
    solids = [
        block((0.3, 4, length), -half - 0.12),
        block((0.36, 4, 0.6), half + 0.12, 0, 1.23),
        block((0.36, 4, 0.6), half + 0.12, 0, -1.23),
        block((2 * half, 0.06, length)),
    ]
    return Parts(shapes, solids, lights=[Light(0, 4.2, 0, '#ffe6c4', 12, 8)], shade=0.55)


@model('gallery-end')
def gallery_end(detail: Detail) -> Parts:
    """The wall that ends a hall of gallery bays, 7 m wide, with a round door to the light; looks to +z."""
    half, spring, rise = 3.5, 3.0, 2.0
    turn = np.linspace(0, np.pi, detail.pick(18, 8) + 1)
    over = np.stack([half * 1.04 * np.cos(turn), spring + rise * np.sin(turn) + 0.1], 1)
    door = arch_outline(2.2, 3.0, detail.pick(14, 6))[1:]
    edge = np.concatenate(
        [
            [(-half * 1.04, 0), (-1.1, 0)],
            door[1:][::-1][1:],
            [(1.1, 0), (half * 1.04, 0)],
            over[1:-1],
        ]
    )
    wall = extrude(edge, 0.3, 0).coloured((1, 0.985, 0.96)).shaded(0.8, 1, 0, 2).tinted()
    frame_path = np.column_stack(
        [
            np.concatenate([door[:1] * [1, 0], door[1:-1], door[-1:] * [1, 0]]),
            np.full(len(door), 0.3),
        ]
    )
    trim = sweep(
        frame_path,
        section(0.24, 0.2, detail.edge(0.03)) if detail.fine else section(0.24, 0.2)[::2],
        up=(0, 0, 1),
    )
    solids = [block((2.4, 4, 0.3), side * 2.35, 0, 0.15) for side in (-1, 1)]
    return Parts([wall, trim.coloured(mix(MILK, LIME, 0.3))], solids)
