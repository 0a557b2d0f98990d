"""Writes plain glTF 2.0 binaries: nodes of shapes, empties, a skin, animations.

Floats for positions and normals, COLOR_0 as normalised 16-bit linear RGBA, one material for each kind
of surface and named by it. art/pack.mjs makes the small files of these.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Iterable, Sequence

import numpy as np

from art.base.shape import GROUNDS, SURFACES, Shape, by_surface

FLOAT, U8, U16, U32 = 5126, 5121, 5123, 5125
ARRAY, ELEMENTS = 34962, 34963
COMPONENT = {
    np.dtype('float32'): FLOAT,
    np.dtype('uint8'): U8,
    np.dtype('uint16'): U16,
    np.dtype('uint32'): U32,
}
WIDTH = {1: 'SCALAR', 2: 'VEC2', 3: 'VEC3', 4: 'VEC4', 16: 'MAT4'}


def _material(rough: float, **more) -> dict:
    base = {
        'baseColorFactor': [1, 1, 1, more.pop('alpha', 1)],
        'metallicFactor': 0,
        'roughnessFactor': rough,
    }
    return {'pbrMetallicRoughness': base, **more}


# Emissive strength stands in extras: the client multiplies the vertex colour by it.
MATERIALS = {
    'solid': _material(0.8),
    'gloss': _material(0.35),
    'foliage': _material(0.75, doubleSided=True),
    'cloth': _material(0.85, doubleSided=True),
    'water': _material(0.06),
    'glow': _material(0.6, extras={'emissiveStrength': 4}),
    'clear': _material(0.2, alphaMode='BLEND', alpha=0.35, doubleSided=True),
    **{ground: _material(0.9) for ground in GROUNDS},
}


@dataclass
class Node:
    """A named place with shapes at it, or an empty. rotation is a quaternion x, y, z, w."""

    name: str
    shapes: Sequence[Shape] = ()
    translation: Sequence[float] | None = None
    rotation: Sequence[float] | None = None
    scale: Sequence[float] | None = None
    children: Sequence[Node] = ()
    extras: dict = field(default_factory=dict)
    # Its shapes carry `joints` (n, 4) and `weights` (n, 4) and hang on the file's skin.
    skinned: bool = False


@dataclass
class Joint:
    """A bone: parent is a place in the list of joints, or -1. rest is its parent's frame to its."""

    name: str
    parent: int
    translation: Sequence[float]
    rotation: Sequence[float] = (0, 0, 0, 1)
    extras: dict = field(default_factory=dict)


@dataclass
class Animation:
    """channels: (node's or joint's name, 'rotation'|'translation'|'scale', times, values)."""

    name: str
    channels: Sequence[tuple[str, str, np.ndarray, np.ndarray]]
    extras: dict = field(default_factory=dict)
    interpolation: str = 'LINEAR'


class _File:
    """The JSON and the one buffer while they grow."""

    def __init__(self) -> None:
        self.json: dict = {
            'asset': {'version': '2.0', 'generator': 'Flux art'},
            'scene': 0,
            'accessors': [],
            'bufferViews': [],
            'meshes': [],
            'materials': [],
            'nodes': [],
        }
        self.bytes = bytearray()
        self.material_of: dict[str, int] = {}

    def accessor(
        self,
        rows: np.ndarray,
        target: int | None = None,
        normalized: bool = False,
        limits: bool = False,
    ) -> int:
        rows = np.ascontiguousarray(rows)
        flat = rows.reshape(len(rows), -1)
        view: dict = {'buffer': 0, 'byteOffset': len(self.bytes)}
        size = flat.shape[1] * rows.itemsize
        if target == ARRAY and size % 4:
            # Vertex attributes start at multiples of four bytes.
            view['byteStride'] = -(-size // 4) * 4
            padded = np.zeros((len(flat), view['byteStride'] // rows.itemsize), rows.dtype)
            padded[:, : flat.shape[1]] = flat
            data = padded.tobytes()
        else:
            data = flat.tobytes()
        if target:
            view['target'] = target
        view['byteLength'] = len(data)
        self.bytes += data + bytes(-len(data) % 4)
        self.json['bufferViews'].append(view)
        made = {
            'bufferView': len(self.json['bufferViews']) - 1,
            'componentType': COMPONENT[rows.dtype],
            'count': len(rows),
            'type': WIDTH[flat.shape[1]],
        }
        if normalized:
            made['normalized'] = True
        if limits:
            made['min'], made['max'] = flat.min(0).tolist(), flat.max(0).tolist()
        self.json['accessors'].append(made)
        return len(self.json['accessors']) - 1

    def material(self, surface: str) -> int:
        if surface not in MATERIALS:
            raise ValueError(f'no surface or ground is called {surface!r}')
        if surface not in self.material_of:
            self.material_of[surface] = len(self.json['materials'])
            self.json['materials'].append({'name': surface, **MATERIALS[surface]})
        return self.material_of[surface]

    def primitive(self, shape: Shape, skinned: bool) -> dict:
        position = shape.position.astype(np.float32)
        attributes = {'POSITION': self.accessor(position, ARRAY, limits=True)}
        if shape.surface not in GROUNDS:
            attributes['NORMAL'] = self.accessor(shape.normal.astype(np.float32), ARRAY)
            color = np.clip(shape.color, 0, 1)
            attributes['COLOR_0'] = self.accessor(
                np.round(color * 65535).astype(np.uint16), ARRAY, normalized=True
            )
        more = dict(shape.more)
        if skinned:
            attributes['JOINTS_0'] = self.accessor(more.pop('joints').astype(np.uint8), ARRAY)
            weights = more.pop('weights').astype(np.float32)
            weights /= weights.sum(1, keepdims=True)
            attributes['WEIGHTS_0'] = self.accessor(weights, ARRAY)
        if 'role' in more:
            role = np.round(more.pop('role')).astype(np.uint8).reshape(-1, 1)
            attributes['_ROLE'] = self.accessor(role, ARRAY)
        if more:
            raise ValueError(f'glTF files here have no attribute for {sorted(more)}')
        kind = np.uint16 if len(position) < 65535 else np.uint32
        return {
            'attributes': attributes,
            'material': self.material(shape.surface),
            'indices': self.accessor(shape.triangle.reshape(-1, 1).astype(kind), ELEMENTS),
        }

    @staticmethod
    def _check(shape: Shape) -> None:
        if not len(shape.position) or not len(shape.triangle):
            raise ValueError(f'a {shape.surface} shape has no triangles')
        if shape.triangle.max() >= len(shape.position) or shape.triangle.min() < 0:
            raise ValueError(f'a {shape.surface} shape has triangles beyond its vertices')
        for rows in (shape.position, shape.normal, shape.color, *shape.more.values()):
            if len(rows) != len(shape.position) or not np.isfinite(rows).all():
                raise ValueError(f'a {shape.surface} shape has rows missing or not finite')

    def node(self, node: Node, skin: int | None) -> int:
        made: dict = {'name': node.name}
        for key in ('translation', 'rotation', 'scale'):
            if getattr(node, key) is not None:
                made[key] = [float(value) for value in getattr(node, key)]
        if node.extras:
            made['extras'] = node.extras
        if node.shapes:
            for shape in node.shapes:
                self._check(shape)
            primitives = [self.primitive(shape, node.skinned) for shape in by_surface(node.shapes)]
            mesh = {'name': node.name, 'primitives': primitives}
            if node.extras:
                mesh['extras'] = node.extras
            made['mesh'] = len(self.json['meshes'])
            self.json['meshes'].append(mesh)
        if node.skinned:
            if skin is None:
                raise ValueError(f'{node.name} is skinned, and the file has no skin')
            made['skin'] = skin
        self.json['nodes'].append(made)
        place = len(self.json['nodes']) - 1
        if node.children:
            made['children'] = [self.node(child, skin) for child in node.children]
        return place

    def joints(self, joints: Sequence[Joint]) -> list[int]:
        """Adds the bones as nodes and the skin over them; returns the roots."""
        start, world = len(self.json['nodes']), []
        for joint in joints:
            made = {'name': joint.name, 'translation': [float(v) for v in joint.translation]}
            if tuple(joint.rotation) != (0, 0, 0, 1):
                made['rotation'] = [float(v) for v in joint.rotation]
            if joint.extras:
                made['extras'] = joint.extras
            self.json['nodes'].append(made)
            local = np.eye(4)
            local[:3, :3] = quaternion_matrix(joint.rotation)
            local[:3, 3] = joint.translation
            world.append(local if joint.parent < 0 else world[joint.parent] @ local)
        for i, joint in enumerate(joints):
            if joint.parent >= 0:
                self.json['nodes'][start + joint.parent].setdefault('children', []).append(
                    start + i
                )
        inverse = np.stack([np.linalg.inv(matrix).T for matrix in world]).astype(np.float32)
        roots = [start + i for i, joint in enumerate(joints) if joint.parent < 0]
        self.json['skins'] = [
            {
                'joints': list(range(start, start + len(joints))),
                'inverseBindMatrices': self.accessor(inverse.reshape(-1, 16)),
                'skeleton': roots[0],
            }
        ]
        return roots

    def animation(self, animation: Animation) -> None:
        named = {node['name']: i for i, node in enumerate(self.json['nodes'])}
        made: dict = {'name': animation.name, 'channels': [], 'samplers': []}
        times_at: dict[bytes, int] = {}
        for name, path, times, values in animation.channels:
            if name not in named:
                raise ValueError(f'{animation.name} moves {name!r}, which is not in the file')
            seconds = np.asarray(times, np.float32).reshape(-1, 1)
            rows = np.asarray(values, np.float32)
            if len(rows) != len(seconds):
                raise ValueError(f'{animation.name} has {len(rows)} values at {len(seconds)} times')
            key = seconds.tobytes()
            if key not in times_at:
                times_at[key] = self.accessor(seconds, limits=True)
            made['samplers'].append(
                {
                    'input': times_at[key],
                    'output': self.accessor(rows),
                    'interpolation': animation.interpolation,
                }
            )
            made['channels'].append(
                {
                    'sampler': len(made['samplers']) - 1,
                    'target': {'node': named[name], 'path': path},
                }
            )
        if animation.extras:
            made['extras'] = animation.extras
        self.json.setdefault('animations', []).append(made)

    def save(self, path: Path) -> None:
        self.json['buffers'] = [{'byteLength': len(self.bytes)}]
        for name in ('accessors', 'bufferViews', 'meshes', 'materials'):
            if not self.json[name]:
                del self.json[name]
        if not self.bytes:
            del self.json['buffers']
        text = json.dumps(self.json, separators=(',', ':')).encode()
        text += b' ' * (-len(text) % 4)
        body = struct.pack('<II', len(text), 0x4E4F534A) + text
        if self.bytes:
            body += struct.pack('<II', len(self.bytes), 0x004E4942) + bytes(self.bytes)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(struct.pack('<III', 0x46546C67, 2, 12 + len(body)) + body)


def quaternion_matrix(quaternion: Sequence[float]) -> np.ndarray:
    """The rotation of a unit quaternion x, y, z, w as a 3 x 3 matrix."""
    x, y, z, w = quaternion
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )


def write_glb(
    path,
    nodes: Iterable[Node],
    skin: Sequence[Joint] | None = None,
    animations: Iterable[Animation] = (),
    extras: dict | None = None,
) -> None:
    """Writes `path`; extras become the asset's.

    With `skin` the joints stand in the scene beside the nodes. Animations may move both.
    """
    file = _File()
    roots = file.joints(skin) if skin else []
    roots += [file.node(node, 0 if skin else None) for node in nodes]
    names = [node['name'] for node in file.json['nodes']]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f'nodes with one name: {sorted(twice)}')
    file.json['scenes'] = [{'nodes': roots}]
    for animation in animations:
        file.animation(animation)
    if extras:
        file.json['asset']['extras'] = extras
    file.save(Path(path))


__all__ = ['Animation', 'Joint', 'MATERIALS', 'Node', 'SURFACES', 'quaternion_matrix', 'write_glb']
