"""What stands about in a street: lamps, benches, tables, pots, signs, walls and steps."""

from __future__ import annotations

import numpy as np

from art.base.forms import box, cylinder, extrude, ico, lathe, loft, noise, sphere, torus
from art.base.palette import (
    BUTTER,
    CORAL,
    INK,
    LAGOON,
    LEAF,
    LIME,
    MARIGOLD,
    MILK,
    PLUM,
    ROSE,
    SAGE,
    SAND,
    TEAL,
    UMBER,
    WOOD,
    linear,
    mix,
)
from art.base.shape import Shape, placed
from art.built.model import Detail, Light, Parts, Seat, block, model

METAL = mix(PLUM, INK, 0.35)
GLOBE = linear('ffe0a0')


def lamp_post(detail: Detail, height: float) -> Shape:
    n = detail.around(8, 5)
    post = lathe(
        [
            (0.21, 0),
            (0.21, 0.1),
            (0.12, 0.2),
            (0.13, 0.3),
            (0.07, 0.4),
            (0.055, 0.6),
            (0.045, height - 0.4),
            (0.085, height - 0.34),
            (0.05, height - 0.28),
            (0.045, height - 0.1),
        ],
        n,
    )
    return post.coloured(METAL).shaded(0.8, 1)


@model('lamp')
def lamp(detail: Detail) -> Parts:
    """A round globe under a small hat on a straight post, 3.4 m."""
    n = detail.around(12, 6)
    cup = lathe([(0.05, 2.78), (0.17, 2.86), (0.2, 2.93)], n).coloured(METAL)
    globe = (
        sphere((0.23, 0.26, 0.23), n, detail.pick(7, 5)).moved(y=3.12).coloured(GLOBE).of('glow')
    )
    hat = lathe(
        [(0.26, 3.29), (0.25, 3.32), (0.12, 3.44), (0.035, 3.5), (0.06, 3.57), (0, 3.64)], n
    )
    shapes = [lamp_post(detail, 2.95), cup, globe, hat.coloured(CORAL)]
    if detail.fine:
        ring = torus(0.34, 0.022, 14, 3).turned(x=90).moved(y=2.5)
        shapes.append(ring.scaled(0.6, 1, 1).coloured(METAL))
    return Parts(
        shapes,
        [block((0.3, 2.6, 0.3), ground='metal')],
        lights=[Light(0, 3.1, 0, '#ffc27a', 14, 9)],
    )


@model('lamp-hook')
def lamp_hook(detail: Detail) -> Parts:
    """A post that bends over to +x and holds a shade of coral, 3.5 m."""
    turn = np.linspace(0, np.pi * 0.95, detail.pick(10, 5))
    hook = np.stack([0.34 - 0.34 * np.cos(turn), 2.8 + 0.52 * np.sin(turn), 0 * turn], 1)
    arm = loft(hook, 0.038, detail.around(8, 5), up=(0, 0, 1)).coloured(METAL)
    x, y, _ = hook[-1]
    n = detail.around(14, 7)
    shade = lathe([(0.24, -0.16), (0.25, -0.12), (0.14, 0.02), (0.06, 0.1), (0, 0.12)], n)
    globe = sphere(0.17, n, detail.pick(8, 5)).moved(x, y - 0.2).coloured(GLOBE).of('glow')
    return Parts(
        [lamp_post(detail, 2.95), arm, shade.moved(x, y).coloured(CORAL), globe],
        [block((0.3, 2.6, 0.3), ground='metal')],
        lights=[Light(x, y - 0.3, 0, '#ffc27a', 14, 9)],
    )


@model('bench')
def bench(detail: Detail) -> Parts:
    shapes = []
    for i, z in enumerate((-0.15, 0.02, 0.19)):
        plank = box((1.8, 0.08, 0.155), detail.edge(0.025)).coloured(mix(WOOD, MARIGOLD, 0.12 * i))
        shapes.append(plank.moved(0, 0.4, z))
    for i, y in enumerate((0.6, 0.79)):
        back = (
            box((1.8, 0.15, 0.07), detail.edge(0.025))
            .turned(x=-9)
            .coloured(mix(WOOD, MARIGOLD, 0.1))
        )
        shapes.append(back.moved(0, y, -0.27 - 0.03 * i))
    for side in (-0.68, 0.68):
        leg = (
            extrude(
                [
                    (-0.3, 0),
                    (0.27, 0),
                    (0.27, 0.12),
                    (0.14, 0.3),
                    (0.26, 0.4),
                    (-0.22, 0.4),
                    (-0.36, 0.95),
                    (-0.44, 0.95),
                    (-0.3, 0.36),
                ],
                0.13,
                detail.edge(0.025),
            )
            if detail.fine
            else box((0.12, 0.4, 0.5))
        )
        leg = leg.turned(y=-90).moved(side + 0.065) if detail.fine else leg.moved(side)
        shapes.append(leg.coloured(mix(MILK, SAND, 0.5)).shaded(0.78, 1))
    solids = [
        block((1.8, 0.48, 0.56), ground='wood'),
        block((1.8, 0.5, 0.12), 0, 0.45, -0.31, ground='wood'),
    ]
    return Parts(shapes, solids, [Seat(-0.45, 0.48, 0.06), Seat(0.45, 0.48, 0.06)])


@model('bench-stone')
def bench_stone(detail: Detail) -> Parts:
    """A plank on two blocks, to sit on from the front or the back."""
    plank = box((1.9, 0.1, 0.52), detail.edge(0.04)).moved(y=0.38).coloured(mix(WOOD, BUTTER, 0.35))
    shapes = [plank]
    for side in (-0.62, 0.62):
        leg = (
            box((0.3, 0.38, 0.44), detail.edge(0.05)).coloured(mix(MILK, SAND, 0.4)).shaded(0.78, 1)
        )
        shapes.append(leg.moved(side))
    return Parts(
        shapes,
        [block((1.9, 0.48, 0.52), ground='wood')],
        [Seat(-0.5, 0.48, 0.08), Seat(0.5, 0.48, 0.08)],
    )


def chair(detail: Detail, color) -> list[Shape]:
    """Faces +z, its seat 0.46 m high."""
    n = detail.around(14, 7)
    seat = cylinder(0.24, 0.06, n, chamfer=detail.edge(0.02)).moved(y=0.4).coloured(color)
    shapes = [seat]
    for x, z in ((-0.15, 0.15), (0.15, 0.15), (-0.15, -0.15), (0.15, -0.15)):
        leg = loft(
            [(x * 1.25, 0, z * 1.25), (x, 0.42, z)],
            [0.026, 0.026],
            detail.pick(5, 3),
            caps=(False, False),
        )
        shapes.append(leg.coloured(UMBER))
    turn = np.linspace(-np.pi * 0.42, np.pi * 0.42, detail.pick(9, 5))
    hoop = np.stack(
        [
            0.25 * np.sin(turn) / 0.97,
            0.42 + 0.48 * np.cos(turn) ** 0.6 * 1.0,
            -0.2 - 0.08 * np.cos(turn),
        ],
        1,
    )
    shapes.append(
        loft(hoop, 0.03, detail.pick(6, 4), up=(0, 0, 1)).coloured(mix(color, UMBER, 0.25))
    )
    rest = box((0.3, 0.2, 0.03), detail.edge(0.012)).moved(0, 0.6, -0.27)
    shapes.append(rest.coloured(color))
    return shapes


def parasol(detail: Detail, first, second, radius: float = 1.5) -> list[Shape]:
    """Eight gores in two colours, a scalloped hem, on a pole of 2.5 m."""
    made, gores = [], 8
    steps = detail.pick(4, 2)
    for i in range(gores):
        turn = 2 * np.pi * (i + np.linspace(0, 1, steps + 1)) / gores
        dip = np.abs(np.sin(np.linspace(0, np.pi, steps + 1)))
        rows = []
        for r, y in ((0.03, 2.62), (radius * 0.55, 2.42), (radius, 2.12)):
            rows.append(np.stack([r * np.sin(turn), y - 0.03 * dip * r, r * np.cos(turn)], 1))
        rows.append(rows[-1] - np.outer(0.1 + 0.09 * dip, [0, 1, 0]))
        position = np.concatenate(rows)
        n = steps + 1
        faces = [
            face
            for k in range(3)
            for j in range(steps)
            for face in (
                (k * n + j, (k + 1) * n + j, (k + 1) * n + j + 1),
                (k * n + j, (k + 1) * n + j + 1, k * n + j + 1),
            )
        ]
        gore = Shape(position, faces).smooth_normals(60)
        wind = np.where(gore.position[:, 1] < 2.1, 0.22, 0.04)
        made.append(gore.coloured((first, second)[i % 2]).faded(wind).of('cloth'))
    pole = loft([(0, 0, 0), (0, 2.6, 0)], [0.035, 0.03], detail.around(8, 5), caps=(False, False))
    ball = sphere(0.07, detail.around(10, 5), detail.pick(6, 4)).moved(y=2.68)
    return [*made, pole.coloured(MILK), ball.coloured(MARIGOLD)]


@model('cafe-table')
def cafe_table(detail: Detail) -> Parts:
    """A table under a parasol with three chairs around it."""
    n = detail.around(22, 9)
    top = (
        cylinder(0.55, 0.05, n, chamfer=detail.edge(0.02))
        .moved(y=0.7)
        .coloured(mix(MILK, LIME, 0.4))
    )
    foot = lathe([(0.3, 0), (0.28, 0.05), (0.06, 0.1), (0.05, 0.7)], detail.around(12, 6)).coloured(
        METAL
    )
    shapes, seats = [top, foot, *parasol(detail, LAGOON, MILK)], []
    solids = [block((0.8, 0.75, 0.8), yaw=22, ground='wood')]
    for i, (turn, color) in enumerate(((0, CORAL), (125, BUTTER), (235, TEAL))):
        radians = np.radians(turn)
        x, z = 0.92 * np.sin(radians), 0.92 * np.cos(radians)
        shapes += placed(chair(detail, color), x, 0, z, turn + 180)
        seats.append(Seat(x - 0.04 * np.sin(radians), 0.47, z - 0.04 * np.cos(radians), turn + 180))
        solids.append(block((0.46, 0.46, 0.46), x, 0, z, turn, 'wood'))
    for x, z, color in ((0.2, 0.18, CORAL), (-0.22, -0.05, TEAL)) if detail.fine else ():
        cup = lathe([(0.035, 0), (0.06, 0.04), (0.065, 0.1), (0.05, 0.1), (0.045, 0.05)], 9)
        shapes.append(cup.moved(x, 0.75, z).coloured(color).of('gloss'))
    return Parts(shapes, solids, seats)


def blob(radius, color, detail: Detail, seed: int, wind: float = 0.15) -> Shape:
    """A clump of leaves: a rough ball, darker below."""
    ball = ico(detail.pick(1, 0), 1)
    bumps = 1 + 0.16 * noise(ball.position * 2.1, seed, 2)
    ball = Shape(ball.position * bumps[:, None] * radius, ball.triangle, ball.normal)
    height = np.clip(ball.position[:, 1] / np.broadcast_to(radius, (3,))[1] * 0.5 + 0.5, 0, 1)
    dark, light = np.array(color) * 0.5, np.minimum(np.array(mix(color, BUTTER, 0.4)) * 1.05, 1)
    return ball.coloured(mix(dark, light, height)).faded(wind * height).of('foliage')


def octahedron(radius: float) -> Shape:
    """The cheapest thing that is round from afar: eight triangles with round normals."""
    points = np.concatenate([np.eye(3), -np.eye(3)])
    faces = [(0, 1, 2), (1, 3, 2), (3, 4, 2), (4, 0, 2), (1, 0, 5), (3, 1, 5), (4, 3, 5), (0, 4, 5)]
    return Shape(points * radius, faces, points)


def flowers(spread, count: int, colors, detail: Detail, seed: int, y: float) -> list[Shape]:
    """Round blossoms scattered over an ellipse of half axes `spread` (x, z)."""
    random = np.random.default_rng(seed)
    made = []
    for i in range(count):
        turn, at = random.random() * 2 * np.pi, np.sqrt(random.random())
        head = octahedron(0.07 + 0.025 * random.random())
        made.append(
            head.moved(
                spread[0] * at * np.cos(turn),
                y + 0.12 * random.random() * (1 - at) + 0.05,
                spread[1] * at * np.sin(turn),
            )
            .coloured(colors[i % len(colors)])
            .faded(0.2)
            .of('foliage')
        )
    return made


@model('planter')
def planter(detail: Detail) -> Parts:
    """A long box of flowers, 2.2 x 0.8 m; the box takes the tint."""
    shade = (0.86, 0.86, 0.86)
    body = box((2.2, 0.52, 0.8), detail.edge(0.06)).coloured(shade).shaded(0.7, 1).tinted()
    rim = box((2.32, 0.1, 0.92), detail.edge(0.035)).moved(y=0.48).coloured((1, 1, 1)).tinted()
    shapes = [body, rim]
    soil = box((2.1, 0.05, 0.7)).moved(y=0.55).coloured(UMBER)
    shapes.append(soil)
    for i, x in enumerate(np.linspace(-0.85, 0.85, detail.pick(6, 4))):
        color = (LEAF, SAGE, mix(LEAF, TEAL, 0.3))[i % 3]
        shapes.append(blob((0.27, 0.24, 0.27), color, detail, i).moved(x, 0.68, 0.1 * (-1) ** i))
    shapes += flowers((0.95, 0.28), detail.pick(22, 8), (CORAL, BUTTER, MILK, ROSE), detail, 3, 0.8)
    return Parts(shapes, [block((2.32, 0.58, 0.92), ground='wood')])


@model('pot')
def pot(detail: Detail) -> Parts:
    """A round pot with a small bush in flower; the pot takes the tint."""
    n = detail.around(20, 8)
    body = lathe(
        [
            (0, 0),
            (0.3, 0),
            (0.37, 0.1),
            (0.45, 0.42),
            (0.53, 0.47),
            (0.53, 0.58),
            (0.44, 0.58),
            (0.42, 0.5),
            (0, 0.5),
        ],
        n,
    )
    shapes = [body.coloured((0.92, 0.92, 0.92)).shaded(0.72, 1).tinted()]
    for i, (x, y, z, r) in enumerate(
        (
            (0, 0.82, 0, 0.4),
            (0.25, 0.7, 0.12, 0.28),
            (-0.22, 0.7, 0.14, 0.3),
            (0.02, 0.7, -0.26, 0.3),
            (0.02, 1.05, 0.02, 0.26),
        )
    ):
        shapes.append(
            blob((r, r * 0.85, r), mix(LEAF, SAGE, 0.3 * (i % 3)), detail, i + 9).moved(x, y, z)
        )
    shapes += flowers((0.42, 0.42), detail.pick(12, 5), (CORAL, ROSE, MILK), detail, 5, 0.95)
    return Parts(shapes, [cylinder(0.5, 0.6, 8).of('stone')])


@model('signpost')
def signpost(detail: Detail) -> Parts:
    """Two posts for a board of 2.2 x 0.85 m whose middle is at (0, 1.575, 0.01): a world's sign."""
    shapes = []
    for x in (-0.95, 0.95):
        post = box((0.14, 2.15, 0.14), detail.edge(0.03)).coloured(WOOD).shaded(0.8, 1)
        ball = (
            sphere(0.11, detail.around(10, 5), detail.pick(7, 4)).moved(y=2.22).coloured(MARIGOLD)
        )
        shapes += [post.moved(x, 0, -0.1), ball.moved(x, 0, -0.1)]
    back = (
        box((2.36, 1.0, 0.08), detail.edge(0.03))
        .moved(0, 1.075, -0.05)
        .coloured(mix(WOOD, UMBER, 0.3))
    )
    face = box((2.2, 0.85, 0.04), 0).moved(0, 1.15, -0.025).coloured(mix(MILK, LIME, 0.3))
    roof = extrude(
        [(-1.35, 0), (1.35, 0), (1.35, 0.06), (0, 0.36), (-1.35, 0.06)], 0.34, detail.edge(0.03)
    )
    shapes += [back, face, roof.moved(0, 2.14, -0.25).coloured(TEAL)]
    return Parts(shapes, [block((2.2, 2.1, 0.3), z=-0.08, ground='wood')])


@model('low-wall')
def low_wall(detail: Detail) -> Parts:
    """3 m along x, to sit on; repeats."""
    wall = box((3, 0.42, 0.4), detail.edge(0.04)).coloured(mix(LIME, SAND, 0.3)).shaded(0.78, 1)
    cap = box((3, 0.1, 0.5), detail.edge(0.035)).moved(y=0.4).coloured(mix(MILK, LIME, 0.4))
    return Parts([wall, cap], [block((3, 0.5, 0.5))], [Seat(-0.8, 0.5, 0.1), Seat(0.8, 0.5, 0.1)])


@model('steps')
def steps(detail: Detail) -> Parts:
    """Four steps of 3 m width up 0.88 m, from +z to -z, with low side walls."""
    shapes, solids = [], []
    for i in range(4):
        size = (3, 0.22 * (i + 1), 0.42)
        shapes.append(
            box(size, detail.edge(0.035))
            .coloured(mix(LIME, (ROSE, MILK)[i % 2], 0.3))
            .shaded(0.85, 1)
            .moved(0, 0, 0.63 - 0.42 * i)
        )
        solids.append(block(size, 0, 0, 0.63 - 0.42 * i))
    for x in (-1.68, 1.68):
        side = extrude(
            [(-0.9, 0), (0.95, 0), (0.95, 0.4), (-0.7, 1.1), (-0.9, 1.1)], 0.34, detail.edge(0.04)
        )
        shapes.append(
            side.turned(y=-90)
            .moved(x + 0.17)
            .coloured(mix(MILK, LIME, 0.5))
            .shaded(0.8, 1)
            .scaled(1, 1, 1)
        )
        solids.append(block((0.34, 0.75, 1.8), x))
    return Parts(shapes, solids)
