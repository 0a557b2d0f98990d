"""What walls have: tiled roofs, windows, doors, awnings, flower boxes. Parts for houses and arcades.

All stand on a wall whose face is the plane z = 0, looking towards +z.
"""

from __future__ import annotations

import numpy as np

from art.base.forms import arch_outline, arched_frame, box, extrude, lathe, loft, sphere
from art.base.palette import (
    CLAY,
    CORAL,
    INDIGO,
    LEAF,
    LIME,
    MARIGOLD,
    MILK,
    TEAL,
    UMBER,
    linear,
    mix,
)
from art.base.shape import Shape
from art.built.furniture import GLOBE, METAL, blob, flowers, octahedron
from art.built.model import Detail

GLASS = mix(INDIGO, TEAL, 0.45)
# The alpha of panes behind which there is light at dusk.
LIT = 0.5


def tiled(
    width: float,
    low: tuple[float, float],
    high: tuple[float, float],
    color,
    detail: Detail,
    seed: int = 1,
    rows: int = 3,
) -> Shape:
    """A roof's slope along x, from its eave (z, y) up to its ridge (z, y), in ribs of clay tiles."""
    count = max(2, int(round(width * detail.pick(3.2, 0.35))))
    columns, rows = 2 * count + 1, detail.pick(rows, 2)
    random = np.random.default_rng(seed)
    tones = np.repeat(0.84 + 0.3 * random.random(count + 1), 2)[:columns]
    points, colors = [], []
    for row in range(rows):
        t = row / (rows - 1)
        x = np.linspace(-0.5, 0.5, columns) * width
        wave = detail.pick(0.06, 0) * (np.arange(columns) % 2)
        z, y = (low[i] + (high[i] - low[i]) * t for i in (0, 1))
        points.append(np.stack([x, y + wave, np.full(columns, z)], 1))
        colors.append(np.minimum(np.outer(tones, np.array(color)) * (0.94 + 0.12 * t), 1))
    faces = [
        face
        for r in range(rows - 1)
        for c in range(columns - 1)
        for face in (
            (r * columns + c, r * columns + c + 1, (r + 1) * columns + c + 1),
            (r * columns + c, (r + 1) * columns + c + 1, (r + 1) * columns + c),
        )
    ]
    return Shape(np.concatenate(points), faces).coloured(np.concatenate(colors))


def window(
    width: float, height: float, detail: Detail, shutters=None, sill: bool = True, frame=MILK
) -> list[Shape]:
    """An arched window, its foot at the origin."""
    if not detail.fine:
        return far_opening(width, height, GLASS, shutters, LIT)
    pane = extrude(arch_outline(width, height, 6), 0.03, 0, caps=(False, True))
    made = [pane.coloured(GLASS).shaded(0.7, 1.35).faded(LIT).of('gloss')]
    made.append(arched_frame(width, height, 0.1, 0.09, 6, 0).coloured(frame))
    made.append(box((0.045, height, 0.05)).coloured(frame).moved(z=0.03))
    made.append(box((width, 0.045, 0.05)).coloured(frame).moved(0, height * 0.52, 0.03))
    if sill:
        made.append(
            box((width + 0.36, 0.1, 0.24), detail.edge(0.025) if width > 1 else 0)
            .moved(0, -0.1, 0.1)
            .coloured(frame)
        )
    if shutters is not None:
        for side in (-1, 1):
            leaf = box((width * 0.46, height * 0.84, 0.05)).coloured(shutters)
            leaf = leaf.turned(y=side * -9).moved(side * (width * 0.76 + 0.05), 0, 0.06)
            slat = box((width * 0.3, height * 0.6, 0.02)).coloured(mix(shutters, MILK, 0.22))
            slat = slat.turned(y=side * -9).moved(side * (width * 0.76 + 0.05), 0.12 * height, 0.09)
            made += [leaf, slat]
    return made


def flat(outline, color, z: float) -> Shape:
    """A piece of an outline [(x, y)] that looks towards +z."""
    piece = extrude(outline, 0.001, 0, caps=(False, True))
    front = np.abs(piece.face_normals()[:, 2]) > 1e-9
    points = len(piece.position)
    return (
        Shape(piece.position, piece.triangle[front], np.tile([0.0, 0, 1], (points, 1)))
        .weld()
        .moved(z=z)
        .coloured(color)
    )


def far_opening(
    width: float, height: float, color, shutters=None, alpha: float = 1
) -> list[Shape]:
    """A door or window as it looks from afar: a pane before its frame, shutters as sheets."""
    made = [
        flat(arch_outline(width + 0.2, height + 0.1, 3), MILK, 0.02),
        flat(arch_outline(width, height, 3), color, 0.05).faded(alpha),
    ]
    for side in (-1, 1) if shutters is not None else ():
        x = side * (width * 0.76 + 0.05)
        half, top = width * 0.23, height * 0.84
        made.append(
            flat([(x - half, 0), (x + half, 0), (x + half, top), (x - half, top)], shutters, 0.05)
        )
    return made


def door(width: float, height: float, detail: Detail, color, frame=MILK) -> list[Shape]:
    if not detail.fine:
        return far_opening(width, height, color)
    leaf = extrude(arch_outline(width, height, 8), 0.06, 0, caps=(False, True))
    made = [
        leaf.coloured(color).shaded(0.7, 1),
        arched_frame(width, height, 0.22, 0.16, 8, 0.03).coloured(frame).shaded(0.8, 1),
        box((0.03, height * 0.94, 0.02)).moved(z=0.06).coloured(mix(color, UMBER, 0.6)),
    ]
    for side in (-1, 1):
        knob = octahedron(0.05).moved(side * 0.08, height * 0.42, 0.09).coloured(MARIGOLD)
        panel = flat(arch_outline(width * 0.3, height * 0.34, 4), GLASS, 0.075)
        made += [knob.of('gloss'), panel.moved(side * width * 0.24, height * 0.5).faded(LIT).of('gloss')]
    made.append(
        box((width + 0.5, 0.12, 0.5), detail.edge(0.03)).moved(z=0.2).coloured(mix(LIME, MILK, 0.4))
    )
    return made


def awning(
    width: float, detail: Detail, first=CORAL, second=MILK, reach: float = 1.15
) -> list[Shape]:
    """A striped cloth hung from y = 0 outwards, with a scalloped hem."""
    count = max(4, int(round(width / 0.38)))
    made = []
    for i in range(count):
        x0, x1 = -width / 2 + width * i / count, -width / 2 + width * (i + 1) / count
        rows = [
            (x0, 0, 0),
            (x1, 0, 0),
            (x0, -0.2, reach * 0.55),
            (x1, -0.2, reach * 0.55),
            (x0, -0.5, reach),
            (x1, -0.5, reach),
            (x0, -0.66, reach + 0.01),
            (x1, -0.66, reach + 0.01),
            ((x0 + x1) / 2, -0.78, reach + 0.01),
        ]
        faces = [(0, 2, 3), (0, 3, 1), (2, 4, 5), (2, 5, 3), (4, 6, 7), (4, 7, 5), (6, 8, 7)]
        wind = [0, 0, 0.03, 0.03, 0.06, 0.06, 0.4, 0.4, 0.5]
        made.append(Shape(rows, faces).coloured((first, second)[i % 2]).faded(wind).of('cloth'))
    return made


def flower_box(width: float, detail: Detail, seed: int, color=CLAY) -> list[Shape]:
    made = [box((width, 0.2, 0.24), 0).moved(0, 0, 0.14).coloured(color)]
    if not detail.fine:
        leaves = (
            box((width * 0.9, 0.16, 0.26)).moved(0, 0.18, 0.16).coloured(mix(LEAF, CORAL, 0.25))
        )
        return [*made, leaves]
    for i, x in enumerate(np.linspace(-width * 0.36, width * 0.36, 3)):
        made.append(
            blob(
                (0.2, 0.15, 0.15),
                mix(linear('63a36c'), MARIGOLD, 0.08 * i),
                Detail(False),
                seed + i,
            ).moved(x, 0.24, 0.16)
        )
    blooms = ((CORAL, MILK), (MARIGOLD, CORAL), (linear('e88f93'), MILK))[seed % 3]
    spread = flowers((width * 0.42, 0.12), 9, blooms, detail, seed, 0.3)
    return [*made, *(flower.moved(z=0.18) for flower in spread)]


def wall_lamp(detail: Detail) -> list[Shape]:
    """On an arm, its globe 0.32 m before the wall."""
    arm = loft(
        [(0, 0, 0), (0, 0.1, 0.2), (0, 0.02, 0.32)],
        0.022,
        detail.pick(5, 3),
        up=(1, 0, 0),
        caps=(False, False),
    )
    globe = sphere((0.11, 0.13, 0.11), detail.around(9, 5), detail.pick(6, 4)).moved(0, -0.14, 0.32)
    hat = lathe([(0.13, -0.05), (0.05, 0.04), (0, 0.07)], detail.around(9, 5)).moved(0, 0, 0.32)
    return [arm.coloured(METAL), globe.coloured(GLOBE).of('glow'), hat.coloured(METAL)]


def finial(y: float, size: float, detail: Detail) -> list[Shape]:
    """A marigold ball on a small foot: what ends every roof."""
    n = detail.around(10, 5)
    foot = lathe([(0.1 * size, -0.05), (0.06 * size, 0.12 * size), (0.05 * size, 0.2 * size)], n)
    ball = sphere(0.16 * size, n, detail.pick(7, 4)).moved(y=0.32 * size)
    tip = lathe([(0.05 * size, 0.44 * size), (0, 0.72 * size)], detail.around(6, 4))
    return [shape.coloured(MARIGOLD).moved(y=y).of('gloss') for shape in (foot, ball, tip)]


def wall_frame(shapes: list[Shape], x: float, y: float, z: float, yaw: float = 0) -> list[Shape]:
    """Things made on the plane z = 0, put onto a wall that looks towards `yaw`."""
    return [
        shape.moved(x, y, 0)
        .turned(y=yaw)
        .moved(z * np.sin(np.radians(yaw)), 0, z * np.cos(np.radians(yaw)))
        for shape in shapes
    ]
