"""built.glb: all that is built of stone, wood and cloth. Walks the models of this folder."""

from __future__ import annotations

import importlib
from math import cos, radians, sin
from pathlib import Path

from art.base.bake import ambient
from art.base.glb import Node, write_glb
from art.base.result import result
from art.base.shape import Shape, by_surface, merged, triangles
from art.built.model import MODELS, Detail, Parts

SAMPLES = 40
LIST = '# The built kit\n\nWritten by make.py. Sizes and spans in metres.\n'

for file in sorted(Path(__file__).parent.glob('*.py')):
    if file.stem not in ('__init__', 'make', 'model', 'built_test'):
        importlib.import_module(f'art.built.{file.stem}')


def baked(parts: Parts, detail: Detail) -> list[Shape]:
    shapes = parts.shapes
    if parts.shade_edge and detail.fine:
        shapes = [shape.subdivided(parts.shade_edge) for shape in shapes]
    return by_surface(ambient(by_surface(shapes), parts.grounded, SAMPLES, strength=parts.shade))


def empties(name: str, parts: Parts) -> list[Node]:
    """Seats, lights and sounds as nodes NAME.seat.1 and so on."""
    nodes = []
    for i, seat in enumerate(parts.seats, 1):
        half = _half_turn(seat.yaw)
        nodes.append(Node(f'{name}.seat.{i}', translation=(seat.x, seat.y, seat.z), rotation=half))
    for i, light in enumerate(parts.lights, 1):
        extras = {'color': light.color, 'intensity': light.intensity, 'range': light.range}
        nodes.append(
            Node(f'{name}.light.{i}', translation=(light.x, light.y, light.z), extras=extras)
        )
    for i, sound in enumerate(parts.sounds, 1):
        nodes.append(
            Node(
                f'{name}.sound.{i}',
                translation=(sound.x, sound.y, sound.z),
                extras={'sound': sound.sound},
            )
        )
    return nodes


def _half_turn(yaw: float) -> tuple[float, float, float, float]:
    """The quaternion of a turn about y."""
    return (0, sin(radians(yaw) / 2), 0, cos(radians(yaw) / 2))


def model_nodes(name: str) -> tuple[list[Node], str]:
    """A model's nodes, and a line about it for the list of the kit."""
    fine, coarse = Detail(True), Detail(False)
    parts, far = MODELS[name](fine), MODELS[name](coarse)
    near, low = baked(parts, fine), baked(far, coarse)
    nodes = [Node(name, near), Node(f'{name}.low', low)]
    if parts.solids:
        grounds = {solid.surface for solid in parts.solids}
        solids = [
            merged(
                [
                    Shape(s.position, s.triangle, surface=ground)
                    for s in parts.solids
                    if s.surface == ground
                ]
            )
            for ground in sorted(grounds)
        ]
        nodes.append(Node(f'{name}.solid', solids))
    return nodes + empties(name, parts), _line(name, parts, near, low)


def _line(name: str, parts: Parts, near: list[Shape], low: list[Shape]) -> str:
    everything = merged([Shape(s.position, s.triangle, s.normal) for s in near])
    least, most = everything.bounds()
    size = ' x '.join(f'{value:.1f}' for value in most - least)
    has = [
        f'{len(rows)} {word}'
        for rows, word in (
            (parts.seats, 'seats'),
            (parts.lights, 'lights'),
            (parts.sounds, 'sounds'),
        )
        if rows
    ]
    if not parts.solids:
        has.append('walk through')
    span = f'{least[0]:.1f}..{most[0]:.1f}, {least[1]:.1f}..{most[1]:.1f}, {least[2]:.1f}..{most[2]:.1f}'
    return (
        f'| {name} | {size} | {span} | {triangles(near)} | {triangles(low)} | '
        f'{", ".join(has)} |'
    )


@result('built.glb', sources=['art/built', 'art/base'], budget={'bytes': 345_000})
def make(path: Path, extras: dict) -> None:
    nodes, lines = [], []
    for name in sorted(MODELS):
        made, line = model_nodes(name)
        nodes += made
        lines.append(line)
    write_glb(path, nodes, extras=extras)
    head = (
        '| model | size x, y, z | spans x, y, z | triangles | low | has |\n'
        '| --- | --- | --- | --- | --- | --- |\n'
    )
    (Path(__file__).parent / 'README.md').write_text(f'{LIST}\n{head}' + '\n'.join(lines) + '\n')
