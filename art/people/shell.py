"""Closed and open surfaces made of rings: what bodies, clothes, hair and hats are cut from."""

from dataclasses import dataclass

import numpy as np

from art.people.curve import along, rounded


@dataclass
class Shell:
    """Points and triangles; `along` says how far down its length each point lies (0..1)."""

    points: np.ndarray
    faces: np.ndarray
    along: np.ndarray

    def __post_init__(self) -> None:
        self.points = np.asarray(self.points, float).reshape(-1, 3)
        self.faces = np.asarray(self.faces, np.int32).reshape(-1, 3)

    def moved(self, by) -> 'Shell':
        return Shell(self.points + np.asarray(by, float), self.faces, self.along)

    def reshaped(self, fn) -> 'Shell':
        """The same surface with its points put elsewhere; `fn` takes and gives (n, 3)."""
        return Shell(fn(self.points.copy()), self.faces, self.along).outwards()

    def turned(self, about, axis: str, angle: float) -> 'Shell':
        """Turned about a point by radians, right-handed about the axis."""
        a, b = {'x': (1, 2), 'y': (2, 0), 'z': (0, 1)}[axis]
        p = self.points - np.asarray(about, float)
        q = p.copy()
        q[:, a] = p[:, a] * np.cos(angle) - p[:, b] * np.sin(angle)
        q[:, b] = p[:, a] * np.sin(angle) + p[:, b] * np.cos(angle)
        return Shell(q + np.asarray(about, float), self.faces, self.along)

    def mirrored(self) -> 'Shell':
        return Shell(self.points * [-1, 1, 1], self.faces[:, ::-1], self.along)

    def outwards(self) -> 'Shell':
        """Winds the triangles so that they look away from the middle."""
        p = self.points - self.points.mean(axis=0)
        a, b, c = (p[self.faces[:, i]] for i in range(3))
        volume = np.einsum('ij,ij->i', a, np.cross(b, c)).sum()
        return self if volume >= 0 else Shell(self.points, self.faces[:, ::-1], self.along)

    def split(self, chosen) -> tuple['Shell', 'Shell']:
        """The triangles whose middles `chosen` picks, and the rest."""
        picked = chosen(self.points[self.faces].mean(axis=1))
        halves = []
        for rows in (picked, ~picked):
            used, faces = np.unique(self.faces[rows], return_inverse=True)
            halves.append(Shell(self.points[used], faces.reshape(-1, 3), self.along[used]))
        return halves[0], halves[1]

    def facing(self, direction) -> 'Shell':
        """Winds an open sheet so that it looks along `direction`."""
        a, b, c = (self.points[self.faces[:, i]] for i in range(3))
        to = (np.cross(b - a, c - a) @ np.asarray(direction, float)).sum()
        return self if to >= 0 else Shell(self.points, self.faces[:, ::-1], self.along)

    def normals(self) -> np.ndarray:
        """Smooth normals, weighted by area; points in one place share theirs."""
        a, b, c = (self.points[self.faces[:, i]] for i in range(3))
        face = np.cross(b - a, c - a)
        _, same = np.unique(np.round(self.points, 5), axis=0, return_inverse=True)
        total = np.zeros((same.max() + 1, 3))
        for i in range(3):
            np.add.at(total, same[self.faces[:, i]], face)
        length = np.linalg.norm(total, axis=1, keepdims=True)
        return (total / np.maximum(length, 1e-12))[same]


def _grid(rows: int, columns: int, closed: bool) -> np.ndarray:
    j = np.arange(columns if closed else columns - 1)
    k = (j + 1) % columns
    i = np.arange(rows - 1)[:, None] * columns
    a, b, c, d = i + j, i + k, i + columns + k, i + columns + j
    return np.stack([a, b, c, a, c, d], axis=-1).reshape(-1, 3)


def from_rings(rings, first=None, last=None, closed: bool = True, wound: bool = False) -> Shell:
    """A skin over rings of equally many points, with a tip before the first and after the last.

    `wound` rings go round leftwards from the front and upwards on the outside: no need to guess.
    """
    rings = np.asarray(rings, float)
    rows, columns = rings.shape[:2]
    points, faces = [rings.reshape(-1, 3)], [_grid(rows, columns, closed)]
    length = [np.repeat(np.linspace(0, 1, rows), columns)]
    j = np.arange(columns if closed else columns - 1)
    k = (j + 1) % columns
    for tip, row, value in ((first, 0, 0.0), (last, rows - 1, 1.0)):
        if tip is None:
            continue
        at = sum(len(p) for p in points)
        points.append(np.asarray(tip, float).reshape(1, 3))
        length.append(np.array([value]))
        ring = row * columns
        fan = [np.full_like(j, at), ring + k, ring + j]
        faces.append(np.stack(fan if row == 0 else [fan[0], fan[2], fan[1]], axis=-1))
    shell = Shell(np.concatenate(points), np.concatenate(faces), np.concatenate(length))
    return shell.outwards() if closed and not wound else shell


def circle(count: int, exponent: float = 2.0, start: float = 0.0) -> np.ndarray:
    """Sine and cosine of a (super)circle, `count` points, from the front towards the left."""
    angle = start + np.arange(count) / count * 2 * np.pi
    return np.stack([rounded(np.sin(angle), exponent), rounded(np.cos(angle), exponent)], axis=-1)


def stacked(levels, segments: int, exponent: float = 2.0, at=(0, 0, 0), tips=(True, True)) -> Shell:
    """Rings about the upright: levels of (half width, half depth, y). A width of 0 is a tip."""
    levels = np.asarray(levels, float)
    unit = circle(segments, exponent)
    first = last = None
    if levels[0, 0] < 1e-6:
        first, levels = np.array([0, levels[0, 2], 0]), levels[1:]
    elif tips[0]:
        first = np.array([0, levels[0, 2], 0])
    if levels[-1, 0] < 1e-6:
        last, levels = np.array([0, levels[-1, 2], 0]), levels[:-1]
    elif tips[1]:
        last = np.array([0, levels[-1, 2], 0])
    rings = [
        np.column_stack([unit[:, 0] * w, np.full(segments, y), unit[:, 1] * d])
        for w, d, y in levels
    ]
    return from_rings(rings, first, last).moved(at)


def turned_profile(profile, segments: int, at=(0, 0, 0), deep: float = 1.0, tips=(False, False)):
    """A lathe: profile of (radius, y) from one end to the other."""
    levels = [(r, r * deep, y) for r, y in profile]
    return stacked(levels, segments, at=at, tips=tips)


def ball(at, size, segments: int, rows: int, exponent: float = 2.0) -> Shell:
    size = np.broadcast_to(np.asarray(size, float), (3,))
    down = np.linspace(0, np.pi, max(2, rows) + 1)
    radius, height = rounded(np.sin(down), exponent), rounded(np.cos(down), exponent)
    radius[0] = radius[-1] = 0
    levels = np.column_stack([radius * size[0], radius * size[2], height * size[1]])
    return stacked(levels, segments, at=at)


def loft(
    path,
    radii,
    segments: int,
    rows: int | None = None,
    flat: float = 1.0,
    up=(0, 1, 0),
    caps=(True, True),
    exponent: float = 2.0,
) -> Shell:
    """A tube along a path; `flat` squeezes it along `up`. With `rows` the path is smoothed."""
    path = np.asarray(path, float)
    radii = np.asarray(radii, float)
    if rows is not None:
        path, t = along(path, max(2, rows))
        radii = np.interp(t, np.linspace(0, 1, len(radii)), radii)
    tangent = np.gradient(path, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    over = np.asarray(up, float)
    unit = circle(segments, exponent)
    rings = []
    for at, ahead, r in zip(path, tangent, radii):
        side = np.cross(over, ahead)
        side /= max(np.linalg.norm(side), 1e-9)
        over = np.cross(ahead, side)
        rings.append(at + np.outer(unit[:, 0] * r, side) + np.outer(unit[:, 1] * r * flat, over))
    first = path[0] - tangent[0] * radii[0] * 0.35 * flat if caps[0] else None
    last = path[-1] + tangent[-1] * radii[-1] * 0.35 * flat if caps[1] else None
    return from_rings(rings, first, last)


def hoop(
    at,
    wide: float,
    high: float,
    thick: float,
    segments: int,
    sides: int,
    span=(0.0, 2 * np.pi),
    flat: float = 1.0,
) -> Shell:
    """A ring standing upright in x and y, or an arc of one; angles from +x towards +y."""
    whole = abs(span[1] - span[0] - 2 * np.pi) < 1e-6
    angle = np.linspace(span[0], span[1], segments + 1)
    if whole:
        angle = angle[:-1]
    out = np.column_stack([np.cos(angle), np.sin(angle), np.zeros_like(angle)])
    centre = out * [wide, high, 0]
    unit = circle(sides)
    rings = [
        c + np.outer(unit[:, 0] * thick * flat, o) + np.outer(unit[:, 1] * thick, [0, 0, 1])
        for c, o in zip(centre, out)
    ]
    if whole:
        rings.append(rings[0])
        return from_rings(rings).moved(at)
    return from_rings(rings, centre[0], centre[-1]).moved(at)


def sheet(rows_of_points) -> Shell:
    """An open surface over a grid of points."""
    return from_rings(rows_of_points, closed=False)
