"""Reads a world document and the raw models in build/art/: all its models as placed shapes."""

from __future__ import annotations

import importlib
import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from art.base.palette import linear
from art.base.result import RESULTS, ROOT
from art.base.shape import Shape, rotation

KIND = {5126: np.float32, 5123: np.uint16, 5125: np.uint32, 5121: np.uint8}
WIDTH = {'SCALAR': 1, 'VEC2': 2, 'VEC3': 3, 'VEC4': 4}


class RawModels:
    """The nodes of one raw glb as shapes, by name."""

    def __init__(self, path: Path) -> None:
        data = path.read_bytes()
        long = struct.unpack_from('<I', data, 12)[0]
        self.json = json.loads(data[20 : 20 + long])
        self.bytes = data[20 + long + 8 :]
        self.nodes = {node['name']: node for node in self.json['nodes'] if 'mesh' in node}

    def _rows(self, place: int) -> np.ndarray:
        accessor = self.json['accessors'][place]
        view = self.json['bufferViews'][accessor['bufferView']]
        kind, width = KIND[accessor['componentType']], WIDTH[accessor['type']]
        step = view.get('byteStride', width * np.dtype(kind).itemsize)
        count, start = accessor['count'], view.get('byteOffset', 0)
        rows = np.ndarray((count, width), kind, self.bytes, start, (step, np.dtype(kind).itemsize))
        return rows / np.iinfo(kind).max if accessor.get('normalized') else rows.astype(float)

    def shapes(self, name: str) -> list[Shape]:
        if name not in self.nodes:
            raise KeyError(f'no model is called {name!r}')
        made = []
        for primitive in self.json['meshes'][self.nodes[name]['mesh']]['primitives']:
            has = primitive['attributes']
            triangle = self._rows(primitive['indices']).astype(int).reshape(-1, 3)
            normal = self._rows(has['NORMAL']) if 'NORMAL' in has else None
            color = self._rows(has['COLOR_0']) if 'COLOR_0' in has else None
            surface = self.json['materials'][primitive['material']]['name']
            made.append(Shape(self._rows(has['POSITION']), triangle, normal, color, surface))
        return made


def raw_models(name: str) -> RawModels:
    """Those of build/art/NAME, made now if they are not there or older than their scripts."""
    for room in ('built', 'green'):
        importlib.import_module(f'art.{room}.make')
    if name not in RESULTS:
        raise ValueError(f'art/ makes no {name!r}, and a world asks for it')
    path, wanted = ROOT / 'build' / 'art' / name, RESULTS[name].extras()
    if path.exists() and (models := RawModels(path)).json['asset'].get('extras') == wanted:
        return models
    RESULTS[name].make(path, wanted)
    return RawModels(path)


def _tinted(shape: Shape, tint: str | None) -> Shape:
    if tint is None or shape.surface not in ('solid', 'gloss', 'cloth'):
        return shape
    color = shape.color.copy()
    color[:, :3] *= 1 - (1 - color[:, 3:]) * (1 - np.array(linear(tint)))
    if shape.surface != 'cloth':
        color[:, 3] = 1
    return replace(shape, color=color)


@dataclass
class PlacedLight:
    """A lamp in the world: where, and how far it reaches."""

    x: float
    y: float
    z: float
    reach: float


def _placed(world: str) -> Iterator[tuple[dict, RawModels, str]]:
    """(object, the file it is in, its name there) for each model of worlds/NAME.json."""
    document = json.loads((ROOT / 'worlds' / f'{world}.json').read_text())
    files: dict[str, RawModels] = {}
    for item in document['objects']:
        if item['kind'] != 'model':
            continue
        file, _, name = item['url'].rpartition('#')
        if file not in files:
            files[file] = raw_models(Path(file).name)
        yield item, files[file], name


def placed_lights(world: str) -> list[PlacedLight]:
    """The lamps of all models of worlds/NAME.json."""
    made = []
    for item, models, name in _placed(world):
        turn, scale = rotation(*item.get('rotation', (0, 0, 0))), item.get('scale', 1)
        for node in models.json['nodes']:
            if not node['name'].startswith(f'{name}.light.'):
                continue
            own = np.array(node.get('translation', (0, 0, 0)), float) * scale
            made.append(PlacedLight(*(turn @ own + item['position']), node['extras']['range']))
    return made


def placed_models(world: str, suffix: str = '') -> list[tuple[dict, list[Shape]]]:
    """(object, its shapes in the world) for each model of worlds/NAME.json; suffix as '.low'."""
    made = []
    for item, models, name in _placed(world):
        shapes = [
            _tinted(shape, item.get('tint'))
            .scaled(item.get('scale', 1))
            .turned(*item.get('rotation', (0, 0, 0)))
            .moved(*item['position'])
            for shape in models.shapes(name + suffix)
        ]
        made.append((item, shapes))
    return made
