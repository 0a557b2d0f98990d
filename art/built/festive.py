"""What hangs and flies: bunting, lanterns, banners, a market stall, a balloon."""

from __future__ import annotations

import numpy as np

from art.base.forms import box, lathe, loft, sphere
from art.base.palette import (
    BUTTER,
    CLAY,
    CORAL,
    INK,
    LAGOON,
    LEAF,
    LIME,
    MARIGOLD,
    MILK,
    PLUM,
    ROSE,
    SAND,
    TEAL,
    UMBER,
    VIOLET,
    WOOD,
    mix,
)
from art.base.shape import Shape
from art.built.furniture import GLOBE
from art.built.masonry import awning
from art.built.model import Detail, Light, Parts, block, model

LENGTH = 8.0


def line(sag: float, points: int) -> np.ndarray:
    """A hanging line of 8 m along x, its ends at the origin's height."""
    t = np.linspace(0, 1, points)
    return np.stack([LENGTH * (t - 0.5), -4 * sag * t * (1 - t), 0 * t], 1)


def cord(path: np.ndarray, color, detail: Detail) -> Shape:
    made = loft(path, detail.pick(0.012, 0.016), 3, up=(0, 0, 1), caps=(False, False))
    t = np.clip(1 - (2 * made.position[:, 0] / LENGTH) ** 2, 0, 1)
    return made.coloured(color).faded(0.25 * t).of('cloth')


@model('bunting')
def bunting(detail: Detail) -> Parts:
    """Flags on a line of 8 m along x that hangs through by 0.7 m; the origin is between its ends."""
    flags = detail.pick(16, 8)
    path = line(0.7, flags * 2 + 1)
    shapes = [cord(path[::2], PLUM, detail)]
    colors = (CORAL, BUTTER, TEAL, MILK, MARIGOLD, LAGOON)
    for i in range(flags):
        a, b = path[2 * i] * [0.98, 1, 1], path[2 * i + 2] * [0.98, 1, 1]
        tip = (a + b) / 2 - [0, 0.42, 0]
        t = 1 - (2 * tip[0] / LENGTH) ** 2
        flag = Shape([a, b, tip], [[0, 2, 1]]).coloured(colors[i % 6])
        shapes.append(flag.faded(np.array([0.25, 0.25, 1.0]) * np.array([t, t, 0.6])).of('cloth'))
    return Parts(shapes, grounded=False)


@model('lights-string')
def lights_string(detail: Detail) -> Parts:
    """Bulbs on a line of 8 m along x that hangs through by 0.8 m."""
    bulbs = detail.pick(11, 7)
    path = line(0.8, bulbs + 2)
    shapes = [cord(path, INK, detail)]
    bulb = (
        sphere((0.07, 0.09, 0.07), detail.pick(6, 4), detail.pick(4, 3)).coloured(GLOBE).of('glow')
    )
    shapes += [bulb.moved(x, y - 0.1, z) for x, y, z in path[1:-1]]
    return Parts(shapes, lights=[Light(0, -0.9, 0, '#ffc27a', 8, 7)], grounded=False)


def lantern(color, radius: float, detail: Detail) -> list[Shape]:
    """A paper ball hanging from the origin, its middle `radius` + 0.3 m below."""
    n = detail.around(12, 6)
    ball = sphere((radius, radius * 0.92, radius), n, detail.pick(8, 5)).moved(y=-radius - 0.3)
    glow = np.minimum(np.array(mix(color, GLOBE, 0.35)) * 0.42, 1)
    cap = lathe([(radius * 0.4, -0.05), (radius * 0.4, 0.03), (0, 0.05)], n).moved(
        y=-0.3 - radius * 0.06
    )
    string = loft([(0, 0, 0), (0, -0.3, 0)], 0.01, 3, up=(1, 0, 0), caps=(False, False))
    made = [ball.coloured(glow).of('glow'), cap.coloured(UMBER), string.coloured(INK)]
    if detail.fine:
        foot = lathe([(0, -0.02), (radius * 0.36, 0), (radius * 0.36, 0.04)], n)
        made.append(foot.moved(y=-0.32 - radius * 1.88).coloured(UMBER))
    return made


@model('lantern-string')
def lantern_string(detail: Detail) -> Parts:
    """Paper lanterns on a line of 8 m along x that hangs through by 0.6 m."""
    path = line(0.6, 11)
    shapes = [cord(path, INK, detail)]
    for i, color in zip((1, 3, 5, 7, 9), (CORAL, MARIGOLD, LAGOON, ROSE, BUTTER)):
        shapes += [shape.moved(*path[i]) for shape in lantern(color, 0.27, detail)]
    return Parts(shapes, lights=[Light(0, -1.2, 0, '#ffbf86', 9, 8)], grounded=False)


@model('lantern')
def lantern_model(detail: Detail) -> Parts:
    """One paper lantern hanging from the origin, for arches and branches."""
    return Parts(
        lantern(MARIGOLD, 0.22, detail),
        lights=[Light(0, -0.55, 0, '#ffbf86', 6, 6)],
        grounded=False,
    )


@model('banner')
def banner(detail: Detail) -> Parts:
    """A swallow-tailed cloth of 0.9 x 2.6 m on a pole of 5 m; cloth in the tint's stead: teal and butter."""
    n = detail.around(9, 5)
    pole = loft([(0, 0, 0), (0, 5, 0)], [0.07, 0.045], n, caps=(False, False)).coloured(
        mix(MILK, LIME, 0.4)
    )
    foot = lathe([(0.26, 0), (0.26, 0.12), (0.12, 0.24), (0.08, 0.4)], n).coloured(
        mix(SAND, CLAY, 0.3)
    )
    ball = sphere(0.13, n, detail.pick(7, 4)).moved(y=5.06).coloured(MARIGOLD).of('gloss')
    bar = loft([(-0.02, 4.7, 0), (1.08, 4.7, 0)], 0.03, detail.pick(6, 4), up=(0, 1, 0)).coloured(
        WOOD
    )
    shapes = [pole.shaded(0.8, 1), foot, ball, bar]
    bands = [
        (4.66, 4.3, BUTTER),
        (4.3, 3.7, TEAL),
        (3.7, 3.4, MILK),
        (3.4, 2.8, TEAL),
        (2.8, 2.5, BUTTER),
    ]
    for top, bottom, color in bands:
        t0, t1 = (4.66 - top) / 2.6, (4.66 - bottom) / 2.6
        cloth = Shape(
            [(0.1, bottom, 0), (1.0, bottom, 0), (1.0, top, 0), (0.1, top, 0)],
            [[0, 1, 2], [0, 2, 3]],
        )
        shapes.append(cloth.coloured(color).faded(0.6 * np.array([t1, t1, t0, t0])).of('cloth'))
    tail = Shape(
        [(0.1, 2.5, 0), (1.0, 2.5, 0), (0.1, 2.05, 0), (0.55, 2.28, 0), (1.0, 2.05, 0)],
        [[0, 2, 3], [0, 3, 1], [1, 3, 4]],
    )
    shapes.append(tail.coloured(TEAL).faded([0.5, 0.5, 0.75, 0.65, 0.75]).of('cloth'))
    sun = lathe([(0, 0), (0.24, 0)], detail.around(14, 7)).turned(x=90)
    shapes.append(sun.moved(0.55, 3.05, 0.012).coloured(MARIGOLD).faded(0.37).of('cloth'))
    return Parts(shapes, [block((0.3, 2.6, 0.3), ground='wood')])


def fruit(x: float, z: float, color, detail: Detail, seed: int) -> list[Shape]:
    """A crate heaped with round fruit."""
    random = np.random.default_rng(seed)
    crate = (
        box((0.62, 0.2, 0.5), detail.edge(0.02)).moved(x, 0.9, z).coloured(mix(WOOD, BUTTER, 0.35))
    )
    made = [crate]
    one = sphere(0.095, detail.pick(6, 4), detail.pick(4, 3))
    spots = [(dx, 0, dz) for dx in (-0.2, 0, 0.2) for dz in (-0.13, 0.1)] + [
        (-0.1, 0.11, 0),
        (0.1, 0.11, 0),
    ]
    for dx, dy, dz in spots if detail.fine else spots[::2]:
        tone = np.array(color) * (0.9 + 0.2 * random.random())
        made.append(one.moved(x + dx, 1.13 + dy, z + dz).coloured(np.minimum(tone, 1)).of('gloss'))
    return made


@model('market-stall')
def market_stall(detail: Detail) -> Parts:
    """A counter with fruit under a striped roof: 3 x 3 x 2 m, sells towards +z."""
    counter = (
        box((2.7, 0.9, 0.8), detail.edge(0.05))
        .moved(z=0.25)
        .coloured(mix(WOOD, SAND, 0.3))
        .shaded(0.75, 1)
    )
    top = box((2.9, 0.08, 1.0), detail.edge(0.03)).moved(0, 0.86, 0.25).coloured(WOOD)
    shapes = [counter, top]
    for x in (-1.35, 1.35):
        for z, height in ((0.6, 2.42), (-0.75, 2.42)):
            shapes.append(
                box((0.1, height, 0.1), detail.edge(0.02))
                .moved(x, 0, z)
                .coloured(MILK)
                .shaded(0.8, 1)
            )
    shapes += [part.moved(0, 2.92, -0.1) for part in awning(3.2, detail, CORAL, MILK, 1.25)]
    shapes += [
        part.turned(y=180).moved(0, 2.92, -0.1) for part in awning(3.2, detail, CORAL, MILK, 1.05)
    ]
    ridge = box((3.2, 0.08, 0.1), detail.edge(0.02)).moved(0, 2.86, -0.1)
    shapes.append(ridge.coloured(WOOD))
    for i, (x, color) in enumerate(((-0.95, MARIGOLD), (-0.3, CORAL), (0.35, LEAF), (1.0, VIOLET))):
        shapes += fruit(x, 0.28, color, detail, i)
    for i, x in enumerate((-0.9, 0, 0.9)) if detail.fine else ():
        panel = box((0.7, 0.5, 0.03), 0.02).moved(x, 0.2, 0.66)
        shapes.append(panel.coloured((TEAL, BUTTER, TEAL)[i]))
    solids = [block((2.9, 0.94, 1.0), z=0.25, ground='wood')]
    return Parts(shapes, solids, lights=[Light(0, 2.3, 0.3, '#ffc27a', 8, 6)])


@model('balloon')
def balloon(detail: Detail) -> Parts:
    """A hot-air balloon, 6.2 m high, its basket's floor at the origin; flies where it is placed."""
    gores, steps = 12, detail.pick(2, 1)
    profile = [
        (0.34, 2.0),
        (0.7, 2.35),
        (1.45, 3.2),
        (1.95, 4.1),
        (2.1, 4.8),
        (1.85, 5.5),
        (1.25, 6.05),
        (0.5, 6.35),
        (0.02, 6.4),
    ]
    if not detail.fine:
        profile = profile[::2]
    shapes = []
    for i in range(gores):
        bulge = lathe(profile, steps, 180, 360 / gores, 360 * i / gores)
        shapes.append(bulge.coloured((CORAL, BUTTER, CORAL, MILK)[i % 4]).shaded(0.82, 1.02, 2, 5))
    shapes = [_rounded(shape) for shape in shapes]
    skirt = lathe([(0.3, 1.8), (0.34, 2.02)], detail.around(16, 6)).coloured(TEAL)
    basket = box((0.85, 0.6, 0.85), detail.edge(0.08)).coloured(WOOD).shaded(0.8, 1)
    rim = box((0.95, 0.1, 0.95), detail.edge(0.04)).moved(y=0.58).coloured(UMBER)
    shapes += [skirt, basket, rim]
    for x in (-0.36, 0.36):
        for z in (-0.36, 0.36):
            rope = loft([(x, 0.6, z), (x * 0.75, 1.95, z * 0.75)], 0.015, 3, caps=(False, False))
            shapes.append(rope.coloured(UMBER))
    flame = (
        sphere((0.1, 0.18, 0.1), 6, 4).moved(y=1.75).coloured(mix(MARIGOLD, MILK, 0.3)).of('glow')
    )
    return Parts([*shapes, flame], grounded=False)


def _rounded(gore: Shape) -> Shape:
    """Normals as of the whole balloon, so that gores join softly."""
    middle = np.array([0, 4.4, 0])
    away = gore.position - middle
    away[:, 1] *= 0.8
    normal = away / np.linalg.norm(away, axis=1, keepdims=True)
    return Shape(gore.position, gore.triangle, normal, gore.color, gore.surface)
