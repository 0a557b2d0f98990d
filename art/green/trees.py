"""Trees: round ones, umbrella pine, cypress, olive, blossom and two rich ones for the foreground."""

from __future__ import annotations

import numpy as np

from art.base.forms import lathe, noise, spline
from art.base.palette import (
    BUTTER,
    LEAF,
    MILK,
    PINE,
    ROSE,
    SAGE,
    TREE_AMBER,
    TREE_BLOSSOM,
    TREE_GREEN,
    TREE_OLIVE,
    mix,
)
from art.base.shape import Shape, unit
from art.green.foliage import (
    Leaves,
    Puffs,
    branches,
    crown,
    ring,
    scattered,
    standing_crown,
    wood,
)
from art.green.plant import plant

GREEN = Leaves(*TREE_GREEN)
OLIVE = Leaves(mix(TREE_OLIVE[0], PINE, 0.15), TREE_OLIVE[1], fringe=110, size=0.22)
BLOSSOM = Leaves(
    mix(TREE_BLOSSOM[0], ROSE, 0.35),
    mix(TREE_BLOSSOM[1], MILK, 0.35),
    fringe=130,
    size=0.20,
    speck=MILK,
    speck_share=0.25,
)
AMBER = Leaves(*TREE_AMBER)
PINES = Leaves(mix(PINE, TREE_GREEN[0], 0.5), mix(LEAF, TREE_GREEN[1], 0.45), fringe=110, size=0.26)


def _round(puffs: Puffs, leaves: Leaves, seed: int, fine: bool, lean: float) -> list[Shape]:
    trunk = wood(
        [(0, -0.1, 0), (0.06 + lean * 0.2, 0.9, 0.03), (lean * 0.6 - 0.03, 1.9, 0), (lean, 2.8, 0)],
        [0.27, 0.17, 0.14, 0.1],
        fine,
        6,
        8,
    )
    arms = (
        branches(
            (lean * 0.5, 1.6, 0),
            [(0.9, 2.45, 0.15), (-0.85, 2.5, -0.1), (0.1, 2.5, 0.85)],
            0.09,
            fine,
        )
        if fine
        else []
    )
    return [trunk, *arms, standing_crown(puffs, leaves, seed, fine, 5)]


def _round_puffs(seed: int, wide: float, tall: float) -> Puffs:
    rows = [
        ((0, 3.1, 0), (1.35 * wide, 1.1 * tall, 1.35 * wide)),
        ((0.12, 4.1 * tall**0.4, 0), (0.98 * wide, 0.80 * tall, 0.98 * wide)),
    ]
    rows += ring(6, 1.18 * wide, 2.62, (0.80, 0.70, 0.80), seed)
    rows += ring(4, 0.90 * wide, 3.52, (0.76, 0.66, 0.76), seed + 1, 0.6)
    return Puffs.of(rows)


@plant('tree-round-1', 1150, 150, trunk=(0.22, 2.4), leaves=3.2)
def round_one(fine: bool) -> list[Shape]:
    return _round(_round_puffs(11, 1.0, 1.0), GREEN, 11, fine, 0.10)


@plant('tree-round-2', 1150, 150, trunk=(0.22, 2.4), leaves=3.2)
def round_two(fine: bool) -> list[Shape]:
    light = mix(TREE_OLIVE[1], BUTTER, 0.15)
    leaves = Leaves(mix(SAGE, TREE_GREEN[0], 0.75), light, fringe=120, size=0.24)
    return _round(_round_puffs(27, 1.12, 0.86), leaves, 27, fine, -0.14)


@plant('tree-amber', 1100, 150, trunk=(0.22, 2.4), leaves=3.2)
def amber(fine: bool) -> list[Shape]:
    return _round(_round_puffs(35, 0.96, 1.05), AMBER, 35, fine, 0.05)


@plant('tree-blossom', 1250, 150, trunk=(0.22, 2.2), leaves=3.0)
def blossom(fine: bool) -> list[Shape]:
    rows = [((0, 3.05, 0), (1.2, 0.9, 1.2)), ((-0.15, 3.85, 0.05), (0.86, 0.66, 0.86))]
    rows += ring(6, 1.4, 2.72, (0.76, 0.62, 0.76), 41, 0.3, 0.24)
    rows += ring(5, 0.88, 3.36, (0.74, 0.62, 0.74), 43, 0.9, 0.22)
    trunk = wood(
        [(0, -0.1, 0), (-0.12, 0.8, 0.05), (0.10, 1.5, 0.05), (0, 2.4, 0)],
        [0.26, 0.17, 0.15, 0.11],
        fine,
        6,
        8,
    )
    tips = [(1.05, 2.6, 0.2), (-1.0, 2.65, 0.35), (0.1, 2.6, -1.0), (-0.15, 2.6, 1.0)]
    arms = branches((0.08, 1.4, 0.05), tips, 0.10, fine) if fine else []
    return [trunk, *arms, standing_crown(Puffs.of(rows), BLOSSOM, 41, fine, 5)]


@plant('tree-olive', 960, 150, trunk=(0.24, 2.0), leaves=2.8)
def olive(fine: bool) -> list[Shape]:
    rows = [
        ((0.1, 2.75, 0), (0.95, 0.62, 0.9)),
        ((-0.75, 2.5, 0.2), (0.62, 0.46, 0.6)),
        ((0.9, 2.45, -0.2), (0.62, 0.46, 0.6)),
        ((0.1, 2.45, 0.85), (0.58, 0.42, 0.55)),
        ((0.0, 2.5, -0.8), (0.6, 0.44, 0.55)),
        ((-0.35, 3.15, 0), (0.58, 0.42, 0.55)),
        ((0.55, 3.1, 0.25), (0.5, 0.38, 0.5)),
    ]
    leaves = Leaves(
        mix(OLIVE.dark, SAGE, 0.25), mix(OLIVE.light, MILK, 0.12), fringe=130, size=0.19
    )
    trunk = wood(
        [(0, -0.1, 0), (0.2, 0.5, 0.1), (-0.14, 1.2, -0.05), (0.05, 2.1, 0)],
        [0.32, 0.21, 0.18, 0.12],
        fine,
        7,
        8,
    )
    arms = (
        branches((-0.1, 1.3, 0), [(0.85, 2.3, -0.2), (-0.75, 2.3, 0.2), (0.1, 2.3, 0.8)], 0.1, fine)
        if fine
        else []
    )
    return [trunk, *arms, standing_crown(Puffs.of(rows), leaves, 51, fine, 5)]


@plant('tree-umbrella', 1150, 150, trunk=(0.2, 3.2), leaves=4.2)
def umbrella(fine: bool) -> list[Shape]:
    rows = [((0.3, 4.55, 0), (1.35, 0.5, 1.3))]
    rows += [
        ((x + 0.3, y, z), (r, r * 0.5, r))
        for (x, y, z), r in ring(7, 1.35, 4.3, 0.72, 61, 0.2, 0.2)
    ]
    rows += [
        ((x + 0.3, y, z), (r, r * 0.5, r))
        for (x, y, z), r in ring(3, 0.6, 4.85, 0.66, 63, 0.5, 0.2)
    ]
    trunk = wood(
        [(0, -0.1, 0), (0.24, 1.2, 0), (0.08, 2.5, 0.05), (0.35, 4.2, 0)],
        [0.26, 0.16, 0.13, 0.1],
        fine,
        7,
        8,
    )
    tips = [(1.35, 4.2, 0.3), (-0.8, 4.15, 0.2), (0.3, 4.2, -1.0), (0.4, 4.2, 1.0)]
    arms = branches((0.12, 2.9, 0.02), tips, 0.085, fine) if fine else []
    return [trunk, *arms, standing_crown(Puffs.of(rows), PINES, 61, fine, 5)]


@plant('tree-cypress', 480, 100, trunk=(0.3, 1.5), leaves=2.6)
def cypress(fine: bool) -> list[Shape]:
    profile = np.array(
        [
            (0.03, 0.42),
            (0.36, 0.62),
            (0.52, 1.3),
            (0.54, 2.1),
            (0.44, 3.2),
            (0.27, 4.3),
            (0.11, 5.1),
            (0.0, 5.55),
        ]
    )
    body = lathe(
        spline(profile, 12 if fine else 5) if fine else profile[[0, 2, 4, 6, 7]],
        14 if fine else 8,
        180,
    )
    out = unit(body.position * [1, 0, 1])
    turn = np.arctan2(body.position[:, 0], body.position[:, 2])
    # Strands that wind up the body, as such trees have.
    strand = np.sin(turn * 5 + body.position[:, 1] * 1.5)
    wide = np.linalg.norm(body.position[:, [0, 2]], axis=1)
    lump = 0.10 * strand + 0.08 * noise(body.position * 2.4, 71, 2)
    position = body.position + out * (wide * lump)[:, None]
    height = (position[:, 1] - 0.4) / 5.1
    light = np.clip(0.10 + 0.50 * height + 0.30 * (strand * 0.5 + 0.5), 0, 1)
    color = mix(mix(PINE, TREE_GREEN[0], 0.4), mix(LEAF, TREE_GREEN[1], 0.25), light)
    color = color * (0.68 + 0.32 * np.clip(height * 4, 0, 1))[:, None]
    alpha = 0.5 * np.clip(height, 0, 1) ** 1.5
    body = Shape(position, body.triangle, body.normal, np.column_stack([color, alpha]), 'foliage')
    made = [wood([(0, -0.1, 0), (0, 0.4, 0), (0, 0.8, 0)], [0.16, 0.12, 0.1], fine, 2, 6), body]
    if fine:
        made.append(_cypress_leaves(profile))
    return made


def _cypress_leaves(profile: np.ndarray) -> Shape:
    random = np.random.default_rng(73)
    count = 60
    height = 0.7 + 4.2 * random.random(count)
    wide = np.interp(height, profile[:, 1], profile[:, 0]) * 1.03
    turn = 2 * np.pi * random.random(count)
    out = np.stack([np.sin(turn), np.zeros(count), np.cos(turn)], 1)
    foot = out * wide[:, None] + np.stack([0 * height, height, 0 * height], 1)
    side = np.stack([np.cos(turn), np.zeros(count), -np.sin(turn)], 1) * 0.075
    tip = foot + out * 0.09 + np.array([0, 0.34, 0])
    corners = np.stack([foot - side, foot + side, tip], 1).reshape(-1, 3)
    light = np.clip(0.25 + 0.55 * height / 5.4 + random.normal(size=count) * 0.12, 0, 1)
    color = mix(mix(PINE, TREE_GREEN[0], 0.4), mix(LEAF, TREE_GREEN[1], 0.4), light)
    alpha = np.repeat(0.5 * (height / 5.4) ** 1.5, 3) + np.tile([0, 0, 0.15], count)
    rows = np.column_stack([np.repeat(color, 3, axis=0), alpha])
    return Shape(
        corners, np.arange(count * 3).reshape(-1, 3), np.repeat(out, 3, axis=0), rows, 'foliage'
    )


@plant('tree-big', 3500, 470, trunk=(0.42, 3.4), leaves=5.4)
def big(fine: bool) -> list[Shape]:
    """For the foreground: a crown of many puffs, 7.5 m high."""
    lobes = [((0, 6.0, 0), 1.5)]
    tips = []
    for i in range(6):
        turn = 2 * np.pi * i / 6 + 0.4
        high = 4.7 + 0.75 * ((i * 2) % 3) / 2
        lobes.append(
            ((1.75 * np.sin(turn), high, 1.75 * np.cos(turn)), 1.05 + 0.12 * ((i * 5) % 3))
        )
        tips.append((1.3 * np.sin(turn), high - 0.5, 1.3 * np.cos(turn)))
    leaves = Leaves(
        mix(TREE_GREEN[0], PINE, 0.3), TREE_GREEN[1], fringe=300, size=0.26, wind=0.6, soft=0.3
    )
    trunk = wood(
        [(0, -0.1, 0), (0.1, 1.4, 0.05), (-0.1, 2.8, 0.05), (0.05, 4.8, 0)],
        [0.52, 0.34, 0.28, 0.18],
        fine,
        8,
        10,
    )
    arms = branches((-0.05, 2.6, 0.05), tips, 0.15, fine) if fine else []
    if fine:
        return [trunk, *arms, crown(scattered(lobes, 6, 0.50, 81), leaves, 81)]
    return [trunk, standing_crown(Puffs.of(lobes), leaves, 81, False, 7, True)]


@plant('blossom-court', 4700, 620, trunk=(0.36, 2.4), leaves=4.6)
def blossom_court(fine: bool) -> list[Shape]:
    """The rich one that stands in the middle of a court: three clouds of blossom on three arms."""
    lobes = [
        ((0.1, 5.5, 0), 1.15),
        ((0.95, 5.0, -0.6), 0.95),
        ((-0.7, 5.05, 0.65), 1.0),
        ((-2.0, 4.35, 0.35), 0.95),
        ((-1.35, 4.45, -0.75), 0.85),
        ((2.1, 4.35, 0.3), 0.98),
        ((1.5, 4.4, 1.05), 0.85),
        ((0.2, 4.5, 1.45), 0.85),
        ((-0.1, 4.6, -1.35), 0.9),
    ]
    leaves = Leaves(
        mix(TREE_BLOSSOM[0], ROSE, 0.3),
        mix(TREE_BLOSSOM[1], MILK, 0.45),
        fringe=360,
        size=0.17,
        speck=MILK,
        speck_share=0.3,
        wind=0.5,
        soft=0.25,
    )
    trunk = wood(
        [(0, -0.1, 0), (-0.18, 0.9, 0.05), (0.16, 1.9, 0.05), (0.02, 3.4, 0), (0.1, 4.8, 0)],
        [0.44, 0.30, 0.25, 0.20, 0.12],
        fine,
        9,
        10,
    )
    tips = [
        (-1.9, 4.0, 0.3),
        (-1.2, 4.1, -0.7),
        (2.0, 4.0, 0.3),
        (1.4, 4.0, 0.95),
        (0.2, 4.1, 1.3),
        (-0.1, 4.2, -1.2),
        (0.9, 4.6, -0.5),
    ]
    arms = branches((0.1, 2.5, 0.05), tips, 0.14, fine) if fine else []
    if fine:
        return [trunk, *arms, crown(scattered(lobes, 7, 0.47, 91), leaves, 91)]
    return [trunk, standing_crown(Puffs.of(lobes), leaves, 91, False, 9, True)]
