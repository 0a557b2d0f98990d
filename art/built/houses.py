"""Houses and towers. Walls take the object's tint; roofs, frames and shutters have their own colours."""

from __future__ import annotations

import numpy as np

from art.base.forms import box, cylinder, extrude, lathe
from art.base.palette import (
    BRICK,
    CLAY,
    CORAL,
    LAGOON,
    LEAF,
    LIME,
    MARIGOLD,
    MILK,
    PINE,
    TEAL,
    UMBER,
    VIOLET,
    WOOD,
    mix,
)
from art.base.shape import Shape
from art.built.furniture import blob
from art.built.masonry import awning, door, finial, flower_box, tiled, wall_frame, wall_lamp, window
from art.built.model import Detail, Light, Parts, block, model

ROOF = mix(CLAY, CORAL, 0.3)
TRIM = mix(MILK, LIME, 0.35)


def walls(width: float, height: float, depth: float, detail: Detail, y: float = 0) -> Shape:
    """A body in shades for the tint, darker at its foot."""
    body = box((width, height, depth), 0, open_below=True).subdivided(detail.pick(2.4, 20))
    return body.moved(y=y).coloured((1, 0.985, 0.96)).shaded(0.76, 1, 0, 2.2).tinted()


def band(
    width: float, depth: float, y: float, detail: Detail, height: float = 0.16, out: float = 0.1
) -> Shape:
    return (
        box((width + 2 * out, height, depth + 2 * out), detail.edge(0.04)).moved(y=y).coloured(TRIM)
    )


def gable(
    width: float, depth: float, y: float, rise: float, detail: Detail, color=ROOF
) -> list[Shape]:
    """Two slopes with the ridge along x, and the walls' triangles at both ends."""
    over = 0.4
    slopes = [
        tiled(width + 2 * over, (depth / 2 + over, y - 0.12), (0, y + rise), color, detail, 3)
    ]
    slopes.append(slopes[0].turned(y=180))
    under = extrude(
        [
            (-depth / 2 - over, -0.2),
            (depth / 2 + over, -0.2),
            (depth / 2 + over, -0.12),
            (0, rise - 0.02),
            (-depth / 2 - over, -0.12),
        ],
        width + 2 * over - 0.06,
        0,
    )
    ridge = box((width + 2 * over, 0.14, 0.26), detail.edge(0.04)).moved(y=y + rise - 0.03)
    ends = extrude([(-depth / 2, 0), (depth / 2, 0), (0, rise * 0.93)], width, 0)
    return [
        *slopes,
        under.turned(y=90).moved(-(width / 2 + over - 0.03), y).coloured(mix(color, BRICK, 0.6)),
        ridge.coloured(mix(color, BRICK, 0.4)),
        ends.turned(y=90).moved(-width / 2, y - 0.1).coloured((1, 0.985, 0.96)).tinted(),
    ]


def dome(radius: float, y: float, color, detail: Detail) -> list[Shape]:
    n = detail.around(26, 10)
    turn = np.linspace(0, np.pi / 2, detail.pick(8, 4))
    drum = lathe(
        [(radius * 1.1, 0), (radius * 1.1, 0.16), (radius * 1.02, 0.22), (radius * 1.0, 0.7)], n
    )
    cap = lathe(
        [
            (radius * 1.1, 0.7),
            (radius * 1.1, 0.82),
            *[(radius * 1.05 * np.cos(t), 0.82 + radius * np.sin(t)) for t in turn],
        ],
        n,
    )
    return [
        drum.moved(y=y).coloured(TRIM),
        cap.moved(y=y).coloured(color).shaded(0.8, 1.08),
        *finial(y + 0.8 + radius, 1.4, detail),
    ]


def house_solid(width: float, height: float, depth: float) -> list[Shape]:
    return [block((width, height, depth))]


def row(spots, y: float, z: float, make) -> list[Shape]:
    return [part for i, x in enumerate(spots) for part in wall_frame(make(i), x, y, z)]


@model('house-shop')
def house_shop(detail: Detail) -> Parts:
    """Two storeys under a gable, with a shop's awning: 7 x 8 x 5 m."""
    w, h, d = 7.0, 5.8, 5.0
    front = d / 2
    shapes = [walls(w, h, d, detail), band(w, d, 3.0, detail), *gable(w, d, h, 1.9, detail)]
    shapes += row(
        (-2.0, 0.9),
        0,
        front,
        lambda i: window(1.7, 2.3, detail, None, True) if i else door(1.2, 2.5, detail, TEAL),
    )
    shapes += wall_frame(window(1.0, 2.0, detail), 2.65, 0.3, front)
    shapes += wall_frame(awning(4.3, detail), 1.2, 3.0, front)
    shapes += row(
        (-2.3, 0, 2.3),
        3.55,
        front,
        lambda i: window(0.85, 1.5, detail, (TEAL, VIOLET, TEAL)[i], False),
    )
    shapes += row((-2.3, 0, 2.3), 3.28, front, lambda i: flower_box(1.2, detail, 4 + i))
    for yaw in (90, -90):
        for x in (-1.2, 1.2):
            shapes += wall_frame(
                window(0.8, 1.4, detail, TEAL if detail.fine else None), x, 3.6, w / 2, yaw
            )
    shapes += wall_frame(wall_lamp(detail), -0.95, 2.6, front)
    return Parts(
        shapes, house_solid(w, h, d), lights=[Light(-0.95, 2.45, front + 0.4, '#ffc26e', 8, 6)]
    )


@model('house-dome')
def house_dome(detail: Detail) -> Parts:
    """A square house under a dome: 6.4 x 9.6 x 5.6 m."""
    w, h, d = 6.4, 5.2, 5.6
    front = d / 2
    shapes = [
        walls(w, h, d, detail),
        band(w, d, h - 0.1, detail, 0.34, 0.18),
        band(w, d, 2.95, detail, 0.12, 0.06),
        *dome(2.35, h + 0.2, TEAL, detail),
    ]
    shapes += wall_frame(door(1.5, 2.55, detail, WOOD), 0, 0, front)
    shapes += row((-2.15, 2.15), 0.9, front, lambda i: window(0.9, 1.55, detail))
    shapes += row((-2.15, 0, 2.15), 3.4, front, lambda i: window(0.8, 1.4, detail, CORAL))
    shapes += row((-2.15, 2.15), 0.66, front, lambda i: flower_box(1.25, detail, 7 + i))
    for yaw in (90, -90):
        for x in (-1.4, 1.4):
            shapes += wall_frame(window(0.8, 1.4, detail), x, 3.4, w / 2, yaw)
    for side in (-1, 1):
        shapes += wall_frame(wall_lamp(detail), side * 1.15, 2.3, front)
    return Parts(shapes, house_solid(w, h, d), lights=[Light(0, 2.3, front + 0.7, '#ffc26e', 9, 6)])


@model('house-vault')
def house_vault(detail: Detail) -> Parts:
    """A long hall under a barrel of tiles, three arches wide: 8.4 x 6.6 x 5 m."""
    w, h, d = 8.4, 4.5, 5.0
    front = d / 2
    turn = np.linspace(0, np.pi, detail.pick(9, 5))
    shapes = [walls(w, h, d, detail), band(w, d, h - 0.06, detail, 0.22, 0.14)]
    edges = np.stack([(d / 2 + 0.25) * np.cos(turn), h + 0.1 + 1.9 * np.sin(turn)], 1)
    shapes += [
        tiled(w + 0.5, tuple(a), tuple(b), ROOF, detail, 5, 2)
        for i, (a, b) in enumerate(zip(edges, edges[1:]))
    ]
    gable_end = extrude(np.column_stack([edges[:, 0] * 0.97, edges[:, 1] * 1.0]), w + 0.3, 0)
    shapes.append(
        gable_end.turned(y=90).moved(-(w + 0.3) / 2).coloured((0.98, 0.965, 0.94)).tinted()
    )
    shapes += row(
        (-2.75, 0, 2.75), 0, front, lambda i: door(1.7, 2.7, detail, (TEAL, WOOD, CORAL)[i])
    )
    shapes += wall_frame(awning(2.4, detail, LAGOON), -2.75, 3.35, front)
    shapes += wall_frame(awning(2.4, detail, MARIGOLD), 2.75, 3.35, front)
    shapes += row((-2.75, 0, 2.75), 3.5, front, lambda i: window(0.62, 0.85, detail, None, False))
    for yaw in (90, -90):
        shapes += wall_frame(window(1.0, 1.7, detail, VIOLET), 0, 3.0, w / 2, yaw)
    shapes += row((-1.4, 1.4), 2.7, front, lambda i: wall_lamp(detail))
    return Parts(shapes, house_solid(w, h, d), lights=[Light(0, 2.5, front + 0.6, '#ffc26e', 9, 6)])


@model('house-terrace')
def house_terrace(detail: Detail) -> Parts:
    """Two storeys under a terrace with plants and a pergola: 7.6 x 7.6 x 5.2 m."""
    w, h, d = 7.6, 5.6, 5.2
    front = d / 2
    shapes = [
        walls(w, h, d, detail),
        band(w, d, h - 0.05, detail, 0.28, 0.16),
        band(w, d, 2.95, detail),
    ]
    rim = box((w, 0.5, 0.24), detail.edge(0.05)).coloured((1, 0.985, 0.96)).tinted()
    side = box((0.24, 0.5, d), detail.edge(0.05)).coloured((1, 0.985, 0.96)).tinted()
    shapes += [rim.moved(0, h + 0.2, z) for z in (-d / 2 + 0.12, d / 2 - 0.12)]
    shapes += [side.moved(x, h + 0.2, 0) for x in (-w / 2 + 0.12, w / 2 - 0.12)]
    for i, x in enumerate(np.linspace(-2.9, 2.9, detail.pick(7, 4))):
        shapes.append(
            blob((0.5, 0.38, 0.4), mix(LEAF, PINE, 0.2 * (i % 3)), detail, 30 + i).moved(
                x, h + 0.75, front - 0.5
            )
        )
    for x in (-1.2, 2.4):
        shapes.append(box((0.14, 1.9, 0.14)).moved(x, h + 0.2, -0.4).coloured(UMBER))
        shapes.append(box((0.14, 1.9, 0.14)).moved(x, h + 0.2, -2.2).coloured(UMBER))
    for z in np.linspace(-2.3, -0.3, detail.pick(6, 3)):
        shapes.append(box((4.4, 0.09, 0.1)).moved(0.6, h + 2.1, z).coloured(WOOD))
    shapes += row((-2.4, 0.2), 0, front, lambda i: door(1.5, 2.5, detail, (CORAL, TEAL)[i]))
    shapes += wall_frame(window(1.3, 1.7, detail), 2.5, 0.8, front)
    shapes += wall_frame(flower_box(1.6, detail, 3), 2.5, 0.55, front)
    shapes += wall_frame(awning(2.3, detail, MARIGOLD), -2.4, 2.95, front)
    shapes += row((-2.5, 0, 2.5), 3.45, front, lambda i: window(0.95, 1.55, detail, VIOLET, False))
    shapes += row((-2.5, 0, 2.5), 3.2, front, lambda i: flower_box(1.3, detail, 11 + i))
    for yaw in (90, -90):
        shapes += wall_frame(window(0.9, 1.5, detail), 0, 3.4, w / 2, yaw)
    return Parts(
        shapes, house_solid(w, h, d), lights=[Light(0.2, 2.7, front + 0.5, '#ffc26e', 8, 6)]
    )


@model('tower')
def tower(detail: Detail) -> Parts:
    """A square tower with a pointed roof: 3.6 x 13.2 x 3.6 m."""
    w, h = 3.6, 8.6
    shapes = [
        walls(w, h, w, detail),
        band(w, w, 3.0, detail, 0.14, 0.07),
        band(w, w, 6.2, detail, 0.14, 0.07),
        band(w, w, h - 0.05, detail, 0.3, 0.22),
    ]
    roof = lathe([(2.62, 0), (2.5, 0.12), (1.35, 1.9), (0.12, 4.2)], detail.pick(20, 8)).moved(
        y=h + 0.2
    )
    shapes += [roof.coloured(CORAL).shaded(0.82, 1.05), *finial(h + 4.35, 1.5, detail)]
    shapes += wall_frame(door(1.2, 2.4, detail, VIOLET), 0, 0, w / 2)
    for yaw in (0, 90, -90, 180):
        for x in (-0.75, 0.75):
            shapes += wall_frame(window(0.72, 1.6, detail, None, detail.fine), x, 6.75, w / 2, yaw)
        if yaw != 180:
            shapes += wall_frame(window(0.8, 1.5, detail, TEAL), 0, 3.9, w / 2, yaw)
    return Parts(shapes, house_solid(w, h, w), lights=[Light(0, 2.6, w / 2 + 0.5, '#ffc26e', 8, 6)])


@model('tower-round')
def tower_round(detail: Detail) -> Parts:
    """A round tower under a bell of violet: 4.2 m wide, 11 m high."""
    n, h, r = detail.around(22, 9), 7.4, 1.95
    body = (
        lathe([(r + 0.12, 0), (r, 0.9), (r, 2.2), (r, h)], n)
        .coloured((1, 0.985, 0.96))
        .shaded(0.76, 1, 0, 2.2)
        .tinted()
    )
    bell = lathe(
        [
            (r + 0.36, 0),
            (r + 0.34, 0.16),
            (r + 0.02, 0.42),
            (r * 0.92, 1.2),
            (r * 0.62, 2.1),
            (r * 0.24, 2.75),
            (0.1, 3.1),
        ],
        n,
    ).moved(y=h + 0.25)
    ring = lathe([(r, 0), (r + 0.2, 0.1), (r + 0.22, 0.3), (r, 0.36)], n).coloured(TRIM)
    shapes = [
        body,
        ring.moved(y=h - 0.1),
        ring.moved(y=2.9).scaled(0.97, 1, 0.97),
        bell.coloured(VIOLET).shaded(0.8, 1.05),
        *finial(h + 3.3, 1.4, detail),
    ]
    shapes += wall_frame(door(1.1, 2.3, detail, WOOD), 0, 0, r - 0.02)
    for turn in (-70, 0, 70, 180):
        shapes += wall_frame(window(0.7, 1.5, detail, None), 0, 5.2, r - 0.03, turn)
    for turn in (-55, 55):
        shapes += wall_frame(window(0.6, 1.2, detail, None), 0, 3.5, r - 0.03, turn)
    return Parts(shapes, [cylinder(r, h, 10).of('stone')])
