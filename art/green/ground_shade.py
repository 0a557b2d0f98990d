"""Light on a world's ground: soft shade under trees and benches, and pools of lamplight at dusk.

A picture of 512 pixels over the part of the ground that the world's document names in
environment.shade. Red is how much of the sky a spot sees: rays go up from just above the ground,
past what lies flat on it, through the models as placed; what they meet nearer darkens more. Green is
lamplight, none where it is day.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from mathutils import Vector
from mathutils.bvhtree import BVHTree
from PIL import Image

from art.base.bake import OPEN, directions
from art.base.result import ROOT, result
from art.green.placed_world import placed_lights, placed_models

SIZE = 512
# Neighbours cast their rays in other directions, and a blur brings them together.
RAYS, REACH, ABOVE = 32, 9.0, 0.07
# Leaves let some light through.
LEAF_LIGHT = 0.15


def _blockers(world: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Positions, triangles, and for each triangle how much light it stops."""
    position, triangle, stops, start = [], [], [], 0
    for item, shapes in placed_models(world, '.low'):
        if item['url'].startswith('/art/far.glb'):
            continue
        for shape in shapes:
            if shape.surface in OPEN or shape.position[:, 1].max() < 0.12:
                continue
            position.append(shape.position)
            triangle.append(shape.triangle + start)
            start += len(shape.position)
            stop = 1 - LEAF_LIGHT if shape.surface in ('foliage', 'cloth') else 1.0
            stops.append(np.full(len(shape.triangle), stop))
    return np.concatenate(position), np.concatenate(triangle), np.concatenate(stops)


def _seen(tree: BVHTree, stops: np.ndarray, x: float, z: float, rays: list[Vector]) -> float:
    origin, shade = Vector((x, ABOVE, z)), 0.0
    for ray in rays:
        _, _, hit, distance = tree.ray_cast(origin, ray, REACH)
        if hit is not None:
            near = 1 - distance / REACH
            shade += stops[hit] * (0.35 + 0.65 * near) * near**0.5
    return 1 - shade / len(rays)


def _blurred(rows: np.ndarray, times: int) -> np.ndarray:
    for _ in range(times):
        padded = np.pad(rows, 1, mode='edge')
        rows = (
            padded[:-2, 1:-1]
            + padded[2:, 1:-1]
            + 2 * padded[1:-1, 1:-1]
            + padded[1:-1, :-2]
            + padded[1:-1, 2:]
        ) / 6
    return rows


def shade_picture(world: str, size: int = SIZE) -> np.ndarray:
    """Rows from least z to most z, 0..1."""
    document = json.loads((ROOT / 'worlds' / f'{world}.json').read_text())
    place = document['environment']['shade']
    position, triangle, stops = _blockers(world)
    tree = BVHTree.FromPolygons(position.tolist(), triangle.tolist(), all_triangles=True)
    (x0, z0), (x1, z1) = place['least'], place['most']
    base = directions(RAYS)
    turned = []
    for turn in np.arange(4) * (2 * np.pi / 4 / 6):
        c, s = np.cos(turn), np.sin(turn)
        turned.append([Vector((c * x + s * z, y, c * z - s * x)) for x, y, z in base])
    rows = np.ones((size, size))
    for row in range(size):
        z = z0 + (z1 - z0) * (row + 0.5) / size
        for column in range(size):
            x = x0 + (x1 - x0) * (column + 0.5) / size
            rows[row, column] = _seen(tree, stops, x, z, turned[(row % 2) * 2 + column % 2])
    rows = _blurred(rows, 2)
    # The rim fades to full light, as the ground beyond it has no picture.
    edge = np.minimum(np.arange(size), np.arange(size)[::-1]) / (size * 0.05)
    fade = np.clip(np.minimum(edge[:, None], edge[None]), 0, 1)
    return 1 - (1 - np.clip(rows, 0, 1)) * fade


def lamplight_picture(world: str, size: int = SIZE) -> np.ndarray:
    """As shade_picture: what lamps give to ground that looks up, brightest below one of 3 m."""
    environment = json.loads((ROOT / 'worlds' / f'{world}.json').read_text())['environment']
    rows = np.zeros((size, size))
    if environment['preset'] == 'day':
        return rows
    (x0, z0), (x1, z1) = environment['shade']['least'], environment['shade']['most']
    step = (np.arange(size) + 0.5) / size
    x, z = np.meshgrid(x0 + (x1 - x0) * step, z0 + (z1 - z0) * step)
    for lamp in placed_lights(world):
        flat = (x - lamp.x) ** 2 + (z - lamp.z) ** 2
        high = max(lamp.y, 1.5)
        ends = np.clip(1 - flat / lamp.reach**2, 0, 1)
        rows += (high / 3) ** 0.5 * (high**2 / (high**2 + 1.6 * flat)) ** 1.5 * ends
    return rows / (0.35 + rows)


def _save(path: Path, world: str) -> None:
    open_sky, lamps = shade_picture(world), lamplight_picture(world)
    rows = np.stack([open_sky, lamps, np.zeros_like(lamps)], axis=2)
    picture = Image.fromarray(np.round(rows * 255).astype(np.uint8))
    picture.save(path, 'WEBP', quality=82, method=6)


def _announce(world: str, name: str) -> None:
    sources = ['art/green', 'art/built', 'art/base', f'worlds/{world}.json']

    @result(name, sources=sources, budget={'bytes': 40_000})
    def make(path: Path, extras: dict) -> None:
        _save(path, world)


for _file in sorted((ROOT / 'worlds').glob('*.json')):
    _shade = json.loads(_file.read_text()).get('environment', {}).get('shade')
    if _shade:
        _announce(_file.stem, Path(_shade['url']).name)
