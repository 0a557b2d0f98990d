"""Shape, the bag of triangles that every model is made of, and what can be done with one.

Axes are glTF's: metres, y up, models face +z. Triangles wind counter-clockwise seen from outside.
Methods return new shapes and leave the old one alone. What makes shapes (box, lathe, loft, ...) is in
forms.py: `from art.base.forms import box, lathe`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Callable, Iterable

import numpy as np

# What the client knows how to draw, and the ground kinds of NAME.solid nodes.
SURFACES = ('solid', 'gloss', 'foliage', 'cloth', 'water', 'glow', 'clear')
GROUNDS = ('stone', 'wood', 'grass', 'earth', 'metal')


def rotation(x: float = 0, y: float = 0, z: float = 0) -> np.ndarray:
    """Rx Ry Rz of angles in degrees, the order of world documents and of three.js."""
    (cx, cy, cz), (sx, sy, sz) = (np.cos(np.radians([x, y, z])), np.sin(np.radians([x, y, z])))
    about_x = np.array([[1, 0, 0], [0, cx, -sx], [0, sx, cx]])
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_z = np.array([[cz, -sz, 0], [sz, cz, 0], [0, 0, 1]])
    return about_x @ about_y @ about_z


def unit(vectors: np.ndarray) -> np.ndarray:
    """Rows at length one; zero rows stay zero."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.divide(vectors, length, out=np.zeros_like(vectors, float), where=length > 1e-12)


@dataclass
class Shape:
    """Vertices (n rows each) and triangles (m x 3 indices). `more` holds further attributes."""

    position: np.ndarray
    triangle: np.ndarray
    normal: np.ndarray | None = None
    color: np.ndarray | None = None
    surface: str = 'solid'
    more: dict[str, np.ndarray] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.position = np.asarray(self.position, float).reshape(-1, 3)
        self.triangle = np.asarray(self.triangle, int).reshape(-1, 3)
        if self.normal is None:
            self.normal = self._averaged_normals()
        self.normal = np.asarray(self.normal, float).reshape(-1, 3)
        if self.color is None:
            self.color = np.ones((len(self.position), 4))
        self.color = np.asarray(self.color, float).reshape(-1, 4)

    # What it is.

    @property
    def count(self) -> int:
        return len(self.triangle)

    def bounds(self) -> tuple[np.ndarray, np.ndarray]:
        return self.position.min(0), self.position.max(0)

    def face_normals(self) -> np.ndarray:
        """Across each triangle, as long as twice its area."""
        a, b, c = (self.position[self.triangle[:, i]] for i in range(3))
        return np.cross(b - a, c - a)

    def _averaged_normals(self) -> np.ndarray:
        across = self.face_normals()
        normal = np.zeros_like(self.position)
        for corner in range(3):
            np.add.at(normal, self.triangle[:, corner], across)
        return unit(normal)

    # Where it is.

    def moved(self, x: float = 0, y: float = 0, z: float = 0) -> Shape:
        return replace(self, position=self.position + [x, y, z])

    def turned(self, x: float = 0, y: float = 0, z: float = 0) -> Shape:
        """By degrees about the axes, as a world document's rotation [x, y, z]."""
        turn = rotation(x, y, z)
        return replace(self, position=self.position @ turn.T, normal=self.normal @ turn.T)

    def scaled(self, x: float, y: float | None = None, z: float | None = None) -> Shape:
        """A negative factor mirrors, and the triangles are turned over with it."""
        factors = np.array([x, x if y is None else y, x if z is None else z], float)
        mirrored = np.prod(factors) < 0
        return replace(
            self,
            position=self.position * factors,
            normal=unit(self.normal / factors),
            triangle=self.triangle[:, ::-1] if mirrored else self.triangle,
        )

    def bent(self, bend: Callable[[np.ndarray], np.ndarray]) -> Shape:
        """Each position through a function of (n, 3); the normals follow by its differential."""
        step = 1e-4
        base = bend(self.position)
        axes = [(bend(self.position + step * np.eye(3)[i]) - base) / step for i in range(3)]
        # Normals go by the cofactor matrix, which is the cross products of the axes' images.
        across = [
            np.cross(axes[1], axes[2]),
            np.cross(axes[2], axes[0]),
            np.cross(axes[0], axes[1]),
        ]
        normal = sum(self.normal[:, i : i + 1] * across[i] for i in range(3))
        return replace(self, position=base, normal=unit(normal))

    # How it looks.

    def coloured(self, color, alpha: float | None = None) -> Shape:
        """One linear colour for all, or a row for each vertex."""
        rgb = np.broadcast_to(np.asarray(color, float)[..., :3], (len(self.position), 3))
        a = self.color[:, 3] if alpha is None else np.full(len(self.position), alpha)
        return replace(self, color=np.column_stack([rgb, a]))

    def faded(self, alpha) -> Shape:
        """The colour's fourth number: wind for foliage and cloth, tint for solid and gloss."""
        color = self.color.copy()
        color[:, 3] = alpha
        return replace(self, color=color)

    def tinted(self) -> Shape:
        """Its colour becomes a shade that the object's tint is multiplied with."""
        return self.faded(0)

    def of(self, surface: str) -> Shape:
        if surface not in SURFACES + GROUNDS:
            raise ValueError(f'no surface or ground is called {surface!r}')
        return replace(self, surface=surface)

    def shaded(
        self, bottom: float, top: float = 1.0, y0: float | None = None, y1: float | None = None
    ) -> Shape:
        """Times `bottom` at y0 (its foot) rising smoothly to `top` at y1 (its head)."""
        y = self.position[:, 1]
        y0 = y.min() if y0 is None else y0
        y1 = y.max() if y1 is None else y1
        t = np.clip((y - y0) / max(y1 - y0, 1e-9), 0, 1)
        color = self.color.copy()
        color[:, :3] *= (bottom + (top - bottom) * t * t * (3 - 2 * t))[:, None]
        return replace(self, color=color)

    def painted(self, paint: Callable[[np.ndarray], np.ndarray]) -> Shape:
        """The colour from a function of the positions (n, 3)."""
        return self.coloured(paint(self.position))

    def with_more(self, **attributes: np.ndarray) -> Shape:
        return replace(self, more={**self.more, **attributes})

    # How it is put together.

    def flipped(self) -> Shape:
        return replace(self, triangle=self.triangle[:, ::-1], normal=-self.normal)

    def both_sides(self) -> Shape:
        return merged([self, self.flipped()])

    def _corners(self, corner: np.ndarray, normal: np.ndarray | None = None) -> Shape:
        """The shape whose vertices are these of the old, in triangle order."""
        return Shape(
            self.position[corner],
            np.arange(len(corner)).reshape(-1, 3),
            self.normal[corner] if normal is None else normal,
            self.color[corner],
            self.surface,
            {name: rows[corner] for name, rows in self.more.items()},
        )

    def facetted(self) -> Shape:
        """Every triangle flat, with vertices of its own."""
        return self._corners(self.triangle.ravel(), np.repeat(unit(self.face_normals()), 3, axis=0))

    def weld(self, tolerance: float = 1e-5) -> Shape:
        """Vertices that are alike in everything become one; triangles without area go."""
        keys = [
            np.round(self.position / tolerance),
            np.round(self.normal * 256),
            np.round(self.color * 4096),
        ]
        keys += [np.round(rows.reshape(len(rows), -1) * 4096) for rows in self.more.values()]
        _, first, where = np.unique(
            np.column_stack(keys).astype(np.int64), axis=0, return_index=True, return_inverse=True
        )
        triangle = where[self.triangle]
        distinct = (
            (triangle[:, 0] != triangle[:, 1])
            & (triangle[:, 1] != triangle[:, 2])
            & (triangle[:, 2] != triangle[:, 0])
        )
        return Shape(
            self.position[first],
            triangle[distinct],
            self.normal[first],
            self.color[first],
            self.surface,
            {name: rows[first] for name, rows in self.more.items()},
        )

    def smooth_normals(self, angle: float = 50) -> Shape:
        """Normals weighted by area and smooth across edges flatter than `angle` degrees.

        Sharper edges get vertices of their own. Chamfers so shaded look round while the large
        faces stay flat.
        """
        across = self.face_normals()
        keep = np.linalg.norm(across, axis=1) > 1e-12
        source = replace(self, triangle=self.triangle[keep])
        across = across[keep]
        corner = source.triangle.ravel()
        face = np.repeat(np.arange(len(across)), 3)
        _, place = np.unique(
            np.round(self.position[corner] / 1e-5).astype(np.int64), axis=0, return_inverse=True
        )
        order = np.argsort(place, kind='stable')
        size = np.bincount(place)
        start = np.concatenate([[0], np.cumsum(size)[:-1]])
        # Every pair of corners at one place: `one` gathers from `other`.
        repeat = size[place[order]]
        one = np.repeat(order, repeat)
        within = np.arange(len(one)) - np.repeat(np.cumsum(repeat) - repeat, repeat)
        other = order[np.repeat(start[place[order]], repeat) + within]
        direction = unit(across)
        alike = np.einsum('ij,ij->i', direction[face[one]], direction[face[other]])
        near = alike > np.cos(np.radians(angle))
        normal = np.zeros((len(corner), 3))
        np.add.at(normal, one[near], across[face[other[near]]])
        return source._corners(corner, unit(normal)).weld()

    def subdivided(self, edge: float) -> Shape:
        """Long edges are halved until none is longer: so that colours have where to be kept."""
        shape = self
        for _ in range(12):
            a, b, c = (shape.position[shape.triangle[:, i]] for i in range(3))
            lengths = np.stack(
                [
                    np.linalg.norm(b - a, axis=1),
                    np.linalg.norm(c - b, axis=1),
                    np.linalg.norm(a - c, axis=1),
                ],
                1,
            )
            if lengths.max(initial=0) <= edge * 1.001:
                break
            shape = shape._halved(lengths, edge)
        return shape

    def _halved(self, lengths: np.ndarray, edge: float) -> Shape:
        """The longest edge of each triangle that is too long is cut in the middle."""
        worst = lengths.argmax(1)
        cut = lengths.max(1) > edge
        rolled = np.stack(
            [
                np.take_along_axis(self.triangle, ((worst + i) % 3)[:, None], 1)[:, 0]
                for i in range(3)
            ],
            1,
        )
        a, b, c = rolled[cut].T
        pair = np.sort(np.stack([a, b], 1), 1)
        ends, which = np.unique(pair, axis=0, return_inverse=True)
        middle = len(self.position) + which

        def halfway(rows: np.ndarray) -> np.ndarray:
            half = (rows[ends[:, 0]].astype(float) + rows[ends[:, 1]]) / 2
            return np.concatenate([rows, half.astype(rows.dtype)])

        triangle = np.concatenate(
            [self.triangle[~cut], np.stack([a, middle, c], 1), np.stack([middle, b, c], 1)]
        )
        return Shape(
            halfway(self.position),
            triangle,
            unit(halfway(self.normal)),
            halfway(self.color),
            self.surface,
            {name: halfway(rows) for name, rows in self.more.items()},
        )


def merged(shapes: Iterable[Shape]) -> Shape:
    """One shape of several that have the same surface and the same further attributes."""
    shapes = list(shapes)
    if not shapes:
        raise ValueError('nothing to merge')
    surfaces = {shape.surface for shape in shapes}
    if len(surfaces) > 1:
        raise ValueError(f'shapes of several surfaces cannot be one: {sorted(surfaces)}')
    names = set(shapes[0].more)
    if any(set(shape.more) != names for shape in shapes):
        raise ValueError('shapes with different further attributes cannot be one')
    starts = np.cumsum([0] + [len(shape.position) for shape in shapes[:-1]])
    return Shape(
        np.concatenate([shape.position for shape in shapes]),
        np.concatenate([shape.triangle + at for shape, at in zip(shapes, starts)]),
        np.concatenate([shape.normal for shape in shapes]),
        np.concatenate([shape.color for shape in shapes]),
        shapes[0].surface,
        {name: np.concatenate([shape.more[name] for shape in shapes]) for name in names},
    )


def by_surface(shapes: Iterable[Shape]) -> list[Shape]:
    """One welded shape for each surface there is."""
    groups: dict[str, list[Shape]] = {}
    for shape in shapes:
        groups.setdefault(shape.surface, []).append(shape)
    return [merged(group).weld() for group in groups.values()]


def triangles(shapes: Iterable[Shape]) -> int:
    return sum(shape.count for shape in shapes)


def placed(
    shapes: Iterable[Shape],
    x: float = 0,
    y: float = 0,
    z: float = 0,
    yaw: float = 0,
    scale: float = 1,
) -> list[Shape]:
    """Several shapes as one thing: scaled, turned about y, moved."""
    return [shape.scaled(scale).turned(y=yaw).moved(x, y, z) for shape in shapes]
