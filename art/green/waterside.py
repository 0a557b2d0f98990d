"""What grows and lies in and by water: lily pads, reeds, rocks, stepping stones."""

from __future__ import annotations

import numpy as np

from art.base.forms import ico, lathe, noise
from art.base.palette import (
    LEAF,
    LIME,
    LILAC,
    MILK,
    PINE,
    ROSE,
    SAGE,
    SAND,
    TREE_GREEN,
    UMBER,
    WOOD,
    mix,
)
from art.base.shape import Shape, merged, unit
from art.green.flowers import blades, heads
from art.green.plant import plant


def _pad(radius: float, turn: float, sides: int, tone) -> Shape:
    """A round leaf with a cut, its rim a little up."""
    angles = np.radians(turn + 20 + 320 * np.arange(sides + 1) / sides)
    rim = np.stack([np.sin(angles) * radius, np.full(sides + 1, 0.02), np.cos(angles) * radius], 1)
    position = np.concatenate([[[0, 0.0, 0]], rim])
    ring = np.arange(1, sides + 1)
    triangle = np.stack([np.zeros(sides, int), ring, ring + 1], 1)
    rows = np.concatenate([[mix(tone, TREE_GREEN[1], 0.5)], np.repeat([tone], sides + 1, axis=0)])
    return Shape(
        position,
        triangle,
        np.tile([0, 1.0, 0], (sides + 2, 1)),
        np.column_stack([rows, np.zeros(sides + 2)]),
        'foliage',
    )


@plant('lily-pads', 190, 72)
def lily_pads(fine: bool) -> list[Shape]:
    """Floats: y = 0 is the water."""
    random = np.random.default_rng(211)
    made = []
    for i in range(8):
        turn, out = i * 2.4, 0.9 * np.sqrt((i + 0.5) / 8)
        pad = _pad(
            0.24 + 0.16 * random.random(),
            random.random() * 360,
            9 if fine else 5,
            mix(LEAF, PINE, 0.5 * random.random()),
        )
        made.append(pad.moved(out * np.sin(turn), 0.012 + 0.004 * i, out * np.cos(turn)))
    spots = np.array([[0.25, 0.09, 0.1], [-0.55, 0.09, 0.25], [0.3, 0.09, -0.6]])
    flowers = heads(spots, 0.12, (ROSE, MILK), 211, 0)
    return [merged(made), flowers]


@plant('reeds', 260, 70)
def reeds(fine: bool) -> list[Shape]:
    random = np.random.default_rng(223)
    count = 5 if fine else 2
    spots = np.stack(
        [random.normal(size=count) * 0.24, np.zeros(count), random.normal(size=count) * 0.16], 1
    )
    green = blades(
        spots,
        6 if fine else 5,
        1.35,
        0.028 if fine else 0.06,
        223,
        mix(PINE, TREE_GREEN[0], 0.5),
        mix(SAGE, TREE_GREEN[1], 0.4),
        0.22,
    )
    made = [green]
    for i in range(5 if fine else 2):
        foot = spots[i % count] + [0.06 * (i - 2), 0, 0.05 * (i % 2)]
        high = 1.15 + 0.12 * i
        head = lathe(
            [(0.0, high), (0.045, high + 0.05), (0.045, high + 0.26), (0.0, high + 0.32)],
            6 if fine else 3,
        )
        head = head.coloured(mix(UMBER, WOOD, 0.4), 0.75).moved(foot[0], 0, foot[2]).of('foliage')
        stem = (
            lathe([(0.014, 0), (0.010, high)], 3)
            .moved(foot[0], 0, foot[2])
            .coloured(LEAF)
            .of('foliage')
        )
        stem = stem.faded(0.75 * np.clip(stem.position[:, 1] / high, 0, 1) ** 1.5)
        made += [stem, head]
    return made


def _rock(centre, radius, seed: int, fine: bool) -> Shape:
    ball = ico(1 if fine else 0)
    out = unit(ball.position)
    bumps = 1 + 0.16 * noise(out * 1.7, seed, 2)
    position = out * np.asarray(radius) * bumps[:, None]
    position[:, 1] = np.maximum(position[:, 1], -0.12 * radius[1])
    keep = ~(position[ball.triangle][:, :, 1] <= -0.119 * radius[1]).all(1)
    light = np.clip(0.45 + 0.5 * out[:, 1] + 0.12 * noise(position * 5, seed, 2), 0, 1)
    color = mix(mix(SAND, LILAC, 0.42), mix(LIME, MILK, 0.35), light)
    moss = np.clip(
        out[:, 1:2] * 1.6 - 0.9 + 0.5 * noise(position * 2.2, seed + 1, 2)[:, None], 0, 0.55
    )
    color = color * (1 - moss) + np.asarray(SAGE) * moss
    made = Shape(position, ball.triangle[keep], None, np.column_stack([color, np.ones(len(color))]))
    return made.smooth_normals(55).moved(*centre)


@plant('rocks-1', 240, 60, solids=[lathe([(0.62, 0), (0.4, 0.46), (0, 0.5)], 6).of('stone')])
def rocks_one(fine: bool) -> list[Shape]:
    return [
        _rock((0, 0.1, 0), (0.62, 0.46, 0.52), 227, fine),
        _rock((0.55, 0.05, 0.3), (0.34, 0.26, 0.3), 229, fine),
        _rock((-0.5, 0.04, 0.32), (0.24, 0.18, 0.26), 233, fine),
    ]


@plant('rocks-2', 170, 50)
def rocks_two(fine: bool) -> list[Shape]:
    """Low enough to step over."""
    return [
        _rock((0, 0.03, 0), (0.4, 0.2, 0.34), 239, fine),
        _rock((0.4, 0.02, -0.18), (0.24, 0.14, 0.2), 241, fine),
    ]


@plant('stepping-stone', 60, 16)
def stepping_stone(fine: bool) -> list[Shape]:
    """Flat in the grass, a stride wide."""
    sides = 11 if fine else 7
    stone = lathe(
        [(0.47, -0.02), (0.46, 0.025), (0.42, 0.045), (0, 0.05)]
        if fine
        else [(0.45, 0.04), (0, 0.05)],
        sides,
    )
    wobble = 1 + 0.09 * noise(stone.position * 2.6, 251, 2)[:, None]
    position = stone.position * np.column_stack([wobble, np.ones(len(wobble)), wobble * 0.86])
    tone = mix(mix(LIME, SAND, 0.5), MILK, 0.25)
    return [Shape(position, stone.triangle, stone.normal).coloured(tone)]
