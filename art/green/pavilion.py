"""For gardens: an open round pavilion with seats under a dome, and a pond with a rim of stones."""

from __future__ import annotations

import numpy as np

from art.base.bake import ambient
from art.base.forms import box, cylinder, lathe, noise, sphere
from art.base.palette import (
    BUTTER,
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
from art.base.shape import Shape, by_surface, unit
from art.green.plant import Spot, plant

COLUMNS = 8
BENCH = 2.05


def _around(count: int, radius: float, turn: float = 0) -> list[tuple[float, float, float]]:
    """(degrees, x, z) of places in a ring; 0 degrees is +z."""
    return [
        (angle, radius * np.sin(np.radians(angle)), radius * np.cos(np.radians(angle)))
        for angle in (turn + 360 * np.arange(count) / count)
    ]


def _bench_parts() -> list[float]:
    """Middles, in degrees, of the benches between the columns; the front and the back stay open."""
    return [67.5 + 45 * i for i in range(1, 3)] + [202.5 + 45 * i for i in range(1, 3)]


def _pavilion_seats() -> list[Spot]:
    places = []
    for middle in _bench_parts():
        for aside in (-8, 8):
            turn = np.radians(middle + aside)
            places.append(
                Spot(
                    'seat', (BENCH * np.sin(turn), 0.76, BENCH * np.cos(turn)), middle + aside + 180
                )
            )
    lamp = Spot('light', (0, 2.7, 0), extras={'color': '#ffc27a', 'intensity': 18, 'range': 10})
    return [*places, lamp, Spot('sound', (0, 3.0, 0), extras={'sound': 'chimes'})]


PAVILION_SOLIDS = [
    cylinder(3.2, 0.15, 12).of('stone'),
    cylinder(2.85, 0.3, 12).of('stone'),
    *[box((0.3, 2.8, 0.3)).moved(x, 0.3, z).of('stone') for _, x, z in _around(COLUMNS, 2.5, 22.5)],
    *[
        box((1.2, 0.46, 0.42))
        .turned(y=middle)
        .moved(2.2 * np.sin(np.radians(middle)), 0.3, 2.2 * np.cos(np.radians(middle)))
        .of('wood')
        for middle in _bench_parts()
    ],
]


@plant('pavilion', 2150, 530, solids=PAVILION_SOLIDS, spots=_pavilion_seats())
def pavilion(fine: bool) -> list[Shape]:
    """Round, 5.7 m wide, eight columns, open to +z and -z; lit at dusk."""
    n = 32 if fine else 14
    floor = lathe(
        [(3.2, 0), (3.2, 0.12), (3.17, 0.15), (2.85, 0.15), (2.85, 0.27), (2.82, 0.3), (0, 0.3)]
        if fine
        else [(3.2, 0), (3.2, 0.15), (2.85, 0.15), (2.85, 0.3), (0, 0.3)],
        n,
    )
    out = np.linalg.norm(floor.position[:, [0, 2]], axis=1)
    made = [
        floor.coloured(
            np.where((out < 2.8)[:, None], np.array(mix(SAND, LIME, 0.4)), np.array(LIME))
        )
    ]
    profile = [(0.22, 0.3), (0.22, 0.42), (0.15, 0.48), (0.13, 2.55), (0.2, 2.7), (0.22, 2.86)]
    for _, x, z in _around(COLUMNS, 2.5, 22.5):
        column = lathe(
            profile if fine else [(0.18, 0.3), (0.15, 2.86)], 8 if fine else 4, open_angle(fine)
        )
        made.append(column.coloured(MILK).shaded(0.8, 1, 0.3, 1.4).moved(x, 0, z))
    ring = lathe(
        [(2.72, 2.84), (2.78, 2.9), (2.78, 3.1), (2.86, 3.16), (2.86, 3.24), (2.3, 3.24)]
        if fine
        else [(2.72, 2.84), (2.8, 3.2), (2.3, 3.24)],
        n,
    )
    made += [
        ring.coloured(mix(LIME, MILK, 0.5)),
        lathe([(2.3, 3.24), (2.28, 2.84), (2.72, 2.84)], n).coloured(mix(LIME, ROSE, 0.25)),
    ]
    made += _dome(fine, n)
    for middle in _bench_parts():
        seat = (
            box((1.25, 0.08, 0.44), 0.02 if fine else 0)
            .moved(y=0.7)
            .coloured(mix(WOOD, BUTTER, 0.2))
        )
        foot = box((1.0, 0.4, 0.3)).moved(y=0.3).coloured(mix(SAND, LIME, 0.3)).shaded(0.75)
        turn = np.radians(middle)
        made += [
            part.turned(y=middle).moved(2.2 * np.sin(turn), 0, 2.2 * np.cos(turn))
            for part in (seat, foot)
        ]
    globe = sphere((0.2, 0.24, 0.2), 10 if fine else 6, 7 if fine else 4).moved(y=2.7)
    made += [
        globe.coloured(linear('ffe0a0')).of('glow'),
        cylinder(0.02, 1.6, 4, closed=False).moved(y=2.9).coloured(WOOD),
    ]
    return by_surface(ambient(by_surface(made), True, 32)) if fine else made


def open_angle(fine: bool) -> float:
    """Columns shade round near by and flat from afar."""
    return 50 if fine else 100


def _dome(fine: bool, n: int) -> list[Shape]:
    """Striped, in gores with edges of their own; lilac-dark inside."""
    turn = np.linspace(0, np.pi / 2, 8 if fine else 4)
    profile = [(2.82 * np.cos(t), 3.22 + 1.95 * np.sin(t)) for t in turn]
    made, gores = [], 16 if fine else 8
    for i in range(gores):
        gore = lathe(profile, 1, 180, arc=360 / gores, start=360 * i / gores)
        normal = unit((gore.position - [0, 2.6, 0]) * [1, 1.4, 1])
        tone = (mix(TEAL, LAGOON, 0.45), mix(LAGOON, MILK, 0.35))[i % 2]
        made.append(Shape(gore.position, gore.triangle, normal).coloured(tone).shaded(0.82, 1.05))
    inside = lathe([(0, 4.9), (1.7, 4.3), (2.4, 3.6), (2.5, 3.24)][::1], n // 2, 180)
    if (inside.normal * (inside.position - [0, 3.2, 0])).sum() > 0:
        inside = inside.flipped()
    made.append(inside.coloured(mix(ROSE, LIME, 0.5)))
    knob = lathe([(0.16, 5.1), (0.1, 5.22), (0.2, 5.4), (0.0, 5.75)], 8 if fine else 5)
    made.append(knob.coloured(MARIGOLD))
    return made


def _shore(turn: np.ndarray, out: float) -> np.ndarray:
    """The pond's outline, `out` metres outside of the water's edge: wide along x, no circle."""
    wide = 5.3 + 0.5 * np.cos(2 * turn + 0.6) + 0.35 * np.cos(3 * turn - 1.0)
    deep = 3.5 + 0.3 * np.cos(3 * turn + 1.4)
    return np.stack([(wide + out) * np.sin(turn), (deep + out) * np.cos(turn)], -1)


def _rim(steps: int, profile: list[tuple[float, float]]) -> Shape:
    turn = 2 * np.pi * np.arange(steps) / steps
    rows = [np.insert(_shore(turn, out), 1, y, axis=1) for out, y in profile]
    position = np.concatenate(rows)
    i, j = np.meshgrid(np.arange(len(profile) - 1), np.arange(steps), indexing='ij')
    a, b = (i * steps + j).ravel(), (i * steps + (j + 1) % steps).ravel()
    triangle = np.concatenate(
        [np.stack([a, b, b + steps], 1), np.stack([a, b + steps, a + steps], 1)]
    )
    return Shape(position, triangle)


RIM = [(0.55, -0.02), (0.52, 0.2), (0.42, 0.28), (0.1, 0.28), (0.0, 0.2), (-0.04, -0.02)]


@plant(
    'pond',
    640,
    200,
    solids=[_rim(28, [(0.55, 0), (0.5, 0.28), (0.0, 0.28), (-0.04, 0)]).of('stone')],
    spots=[Spot('sound', (0, 0.3, 0), extras={'sound': 'water'})],
)
def pond(fine: bool) -> list[Shape]:
    """About 11 x 8 m of still water between low stones."""
    steps = 48 if fine else 22
    rim = _rim(steps, RIM if fine else [RIM[0], RIM[2], RIM[3], RIM[5]]).smooth_normals(60)
    stones = np.floor(np.arctan2(rim.position[:, 0], rim.position[:, 2]) * 5.4)
    tone = mix(mix(LIME, SAND, 0.5), mix(MILK, LIME, 0.4), 0.5 + 0.5 * np.sin(stones * 12.9))
    rim = rim.coloured(tone).shaded(0.72, 1, 0, 0.26)
    turn = 2 * np.pi * np.arange(steps) / steps
    edge = np.insert(_shore(turn, 0.02), 1, 0.16, axis=1)
    middle = edge * [0.5, 1, 0.5]
    position = np.concatenate([edge, middle, [[0, 0.16, 0]]])
    ring, after = np.arange(steps), (np.arange(steps) + 1) % steps
    triangle = np.concatenate(
        [
            np.stack([ring, after, after + steps], 1),
            np.stack([ring, after + steps, ring + steps], 1),
            np.stack([ring + steps, after + steps, np.full(steps, 2 * steps)], 1),
        ]
    )
    depth = np.clip(1.4 - np.linalg.norm(position / [5.3, 1, 3.5] * [1, 0, 1], axis=1) * 1.2, 0, 1)
    color = mix(mix(LAGOON, MILK, 0.15), mix(TEAL, LAGOON, 0.3), depth)
    color = color * (1 + 0.04 * noise(position, 3, 2))[:, None]
    water = Shape(position, triangle, np.tile([0, 1.0, 0], (len(position), 1)))
    # Alpha: how far the edge is, 1 from two metres on.
    open_water = np.repeat([0, 1, 1], [steps, steps, 1])
    return [rim, water.coloured(np.clip(color, 0, 1)).faded(open_water).of('water')]
