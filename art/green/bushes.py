"""Bushes, hedges and ivy."""

from __future__ import annotations

import numpy as np

from art.base.forms import box
from art.base.palette import (
    BUTTER,
    CORAL,
    LEAF,
    MILK,
    PINE,
    ROSE,
    SAGE,
    TREE_BLOSSOM,
    TREE_GREEN,
    TREE_OLIVE,
    TREE_TEAL,
    mix,
)
from art.base.shape import Shape, merged, unit
from art.green.foliage import Leaves, Puffs, ring, standing_crown
from art.green.plant import plant

HEDGE = (mix(PINE, TREE_GREEN[0], 0.5), mix(TREE_GREEN[1], LEAF, 0.35))


def _bush(rows: list, leaves: Leaves, seed: int, fine: bool) -> list[Shape]:
    return [_above_ground(standing_crown(Puffs.of(rows), leaves, seed, fine))]


def _heap(radius: tuple, around: int, seed: int, fine: bool, leaves: Leaves) -> list[Shape]:
    """A bush: a puff in the middle and smaller ones about it, no two bushes alike."""
    wide, high = radius
    rows = [((0, high * 0.8, 0), (wide, high, wide * 0.95))]
    rows += ring(around, wide * 0.84, high * 0.54, (wide * 0.7, high * 0.68, wide * 0.66), seed)
    return _bush(rows, leaves, seed, fine)


def _above_ground(shape: Shape) -> Shape:
    """Without what lies wholly under the ground."""
    deep = shape.position[:, 1] < -0.02
    return Shape(
        shape.position,
        shape.triangle[~deep[shape.triangle].all(1)],
        shape.normal,
        shape.color,
        shape.surface,
    )


@plant('bush-1', 350, 80)
def bush_one(fine: bool) -> list[Shape]:
    leaves = Leaves(*TREE_GREEN, fringe=42, size=0.16, wind=0.35)
    return _heap((0.55, 0.46), 3, 101, fine, leaves)


@plant('bush-2', 350, 80)
def bush_two(fine: bool) -> list[Shape]:
    dark, light = mix(TREE_OLIVE[0], SAGE, 0.2), TREE_OLIVE[1]
    leaves = Leaves(dark, light, fringe=42, size=0.16, wind=0.35)
    return _heap((0.47, 0.54), 3, 107, fine, leaves)


@plant('bush-3', 350, 80)
def bush_three(fine: bool) -> list[Shape]:
    speck = mix(CORAL, ROSE, 0.4)
    leaves = Leaves(*TREE_TEAL, fringe=42, size=0.15, speck=speck, speck_share=0.35, wind=0.35)
    return _heap((0.6, 0.38), 3, 113, fine, leaves)


@plant('bush-blossom', 380, 80)
def bush_blossom(fine: bool) -> list[Shape]:
    dark, light = mix(TREE_BLOSSOM[0], ROSE, 0.4), mix(TREE_BLOSSOM[1], MILK, 0.3)
    leaves = Leaves(dark, light, fringe=56, size=0.13, speck=MILK, speck_share=0.3, wind=0.35)
    return _heap((0.56, 0.48), 3, 127, fine, leaves)


@plant('hedge', 330, 80, solids=[box((2.4, 1.0, 0.62)).of('grass')])
def hedge(fine: bool) -> list[Shape]:
    """2.4 m along x; several stand in a row."""
    rows = [
        ((-0.82, 0.48, 0.02), (0.52, 0.56, 0.40)),
        ((0.0, 0.50, -0.02), (0.56, 0.60, 0.40)),
        ((0.82, 0.47, 0.02), (0.52, 0.57, 0.40)),
    ]
    return _bush(rows, Leaves(*HEDGE, fringe=44, size=0.17, wind=0.22, uneven=0.13), 131, fine)


@plant('hedge-ball', 260, 60, solids=[box((0.7, 1.1, 0.7)).of('grass')])
def hedge_ball(fine: bool) -> list[Shape]:
    """A clipped ball on a foot, for the ends of hedges and beside doors."""
    rows = [((0, 0.62, 0), (0.52, 0.54, 0.52)), ((0, 0.16, 0), (0.30, 0.26, 0.30))]
    return _bush(rows, Leaves(*HEDGE, fringe=60, size=0.13, wind=0.18, uneven=0.05), 137, fine)


def _leaves_on_wall(width: float, height: float, count: int, size: float, seed: int) -> Shape:
    """Leaves that hang in front of z = 0, thick above and thin below in a few strands."""
    random = np.random.default_rng(seed)
    x = (random.random(count) - 0.5) * width
    reach = height * (0.35 + 0.65 * (0.5 + 0.5 * np.sin(x * 5.1 + seed) * np.cos(x * 2.3)))
    y = -reach * random.random(count) ** 1.4
    middle = np.stack([x, y, 0.05 + 0.12 * random.random(count) * (1 + y / height)], 1)
    out = unit(
        np.stack(
            [
                random.normal(size=count) * 0.35,
                0.25 + random.normal(size=count) * 0.25,
                np.ones(count),
            ],
            1,
        )
    )
    down = unit(np.array([0, -1.0, 0]) + random.normal(size=(count, 3)) * 0.4)
    down = unit(down - (down * out).sum(1, keepdims=True) * out)
    side = np.cross(out, down)
    long = size * (0.7 + 0.6 * random.random((count, 1)))
    corners = np.stack(
        [
            middle - down * long * 0.5,
            middle - side * long * 0.42,
            middle + down * long * 0.6,
            middle + side * long * 0.42,
        ],
        1,
    )
    if np.cross(corners[0, 1] - corners[0, 0], corners[0, 2] - corners[0, 0]) @ out[0] < 0:
        corners = corners[:, [0, 3, 2, 1]]
    light = np.clip(
        0.55 + 0.4 * y / height + random.normal(size=count) * 0.18 + 0.2 * out[:, 1], 0, 1
    )
    color = mix(mix(PINE, TREE_GREEN[0], 0.5), TREE_GREEN[1], light)
    flower = random.random(count) < 0.12
    color[flower] = mix(MILK, BUTTER, 0.4)
    alpha = np.repeat((0.45 * -y / height)[:, None], 4, axis=1)
    alpha[:, 2] += 0.1
    triangle = np.arange(count)[:, None, None] * 4 + np.array([[0, 1, 2], [0, 2, 3]])
    normal = unit(out * 0.5 + [0, 0.35, 0.6])
    rows = np.column_stack([np.repeat(color, 4, axis=0), alpha.ravel()])
    return Shape(
        corners.reshape(-1, 3),
        triangle.reshape(-1, 3),
        np.repeat(normal, 4, axis=0),
        rows,
        'foliage',
    )


@plant('ivy', 320, 80)
def ivy(fine: bool) -> list[Shape]:
    """Hangs from y = 0 down before a wall at z = 0, two metres wide."""
    count, size = (150, 0.17) if fine else (38, 0.34)
    return [merged([_leaves_on_wall(2.0, 1.7, count, size, 139)])]
