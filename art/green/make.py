"""green.glb and far.glb: what grows and what stands far away; and the shade on the ground."""

from __future__ import annotations

import importlib
from math import cos, radians, sin
from pathlib import Path

from art.base.glb import Node, write_glb
from art.base.result import result
from art.base.shape import Shape, by_surface, merged, triangles
from art.green.plant import FAR, GREEN, Plant

for room in (
    'trees',
    'bushes',
    'flowers',
    'waterside',
    'pavilion',
    'far_land',
    'far_sky',
    'ground_shade',
):
    importlib.import_module(f'art.green.{room}')

SOURCES = ['art/green', 'art/base']


def _within(name: str, shapes: list[Shape], most: int) -> list[Shape]:
    count = triangles(shapes)
    if count > most:
        raise ValueError(f'{name} has {count} triangles, it may have {most}')
    return by_surface(shapes)


def nodes_of(plant: Plant) -> tuple[list[Node], str]:
    """A model's nodes, and a line about it for the list of the kit."""
    near = _within(plant.name, plant.make(True), plant.triangles)
    low = _within(f'{plant.name}.low', plant.make(False), plant.triangles_low)
    nodes = [Node(plant.name, near), Node(f'{plant.name}.low', low)]
    if plant.solids:
        grounds = sorted({solid.surface for solid in plant.solids})
        nodes.append(
            Node(
                f'{plant.name}.solid',
                [
                    merged([solid for solid in plant.solids if solid.surface == ground])
                    for ground in grounds
                ],
            )
        )
    return nodes + _empties(plant), _line(plant, near, low)


def _empties(plant: Plant) -> list[Node]:
    """Seats, lights and sounds as nodes NAME.seat.1 and so on."""
    nodes = []
    for i, spot in enumerate(plant.spots):
        number = 1 + sum(other.kind == spot.kind for other in plant.spots[:i])
        half = radians(spot.yaw) / 2
        nodes.append(
            Node(
                f'{plant.name}.{spot.kind}.{number}',
                translation=spot.at,
                rotation=(0, sin(half), 0, cos(half)),
                extras=spot.extras,
            )
        )
    return nodes


def _line(plant: Plant, near: list[Shape], low: list[Shape]) -> str:
    least, most = merged([Shape(s.position, s.triangle, s.normal) for s in near]).bounds()
    size = ' x '.join(f'{value:.1f}' for value in most - least)
    stops = 'yes' if plant.solids else 'walk through'
    return f'| {plant.name} | {size} | {triangles(near)} | {triangles(low)} | {stops} |'


def _write(path: Path, plants: dict[str, Plant], extras: dict) -> None:
    nodes, lines = (
        [],
        [
            '| model | size x, y, z | triangles | low | in the way |',
            '| --- | --- | --- | --- | --- |',
        ],
    )
    for name in sorted(plants):
        made, line = nodes_of(plants[name])
        nodes += made
        lines.append(line)
    write_glb(path, nodes, extras=extras)
    path.with_suffix('.md').write_text('\n'.join(lines) + '\n')


@result('green.glb', sources=SOURCES, budget={'bytes': 210_000})
def green(path: Path, extras: dict) -> None:
    _write(path, GREEN, extras)


@result('far.glb', sources=SOURCES, budget={'bytes': 60_000})
def far(path: Path, extras: dict) -> None:
    _write(path, FAR, extras)
