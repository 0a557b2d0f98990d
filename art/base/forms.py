"""The forms that models are built from: boxes, lathes, lofts, sweeps, grids and the like.

Each returns a Shape (art/base/shape.py) with normals, in white; axes are glTF's, y up. Where a form
has a length it runs along y unless said otherwise.
"""

from __future__ import annotations

from typing import Callable, Sequence

import numpy as np

from art.base.shape import Shape, merged, unit


def _strip(rows: int, columns: int, closed: bool) -> np.ndarray:
    """Triangles over a grid of vertices: outside is (along columns) x (along rows)."""
    i, j = np.meshgrid(
        np.arange(rows - 1), np.arange(columns if closed else columns - 1), indexing='ij'
    )
    a, b = (i * columns + j).ravel(), (i * columns + (j + 1) % columns).ravel()
    return np.concatenate(
        [np.stack([a, b, b + columns], 1), np.stack([a, b + columns, a + columns], 1)]
    )


def box(size: Sequence[float], chamfer: float = 0.0, open_below: bool = False) -> Shape:
    """Centred on x and z, from y = 0 up. With a chamfer 44 triangles that shade like round edges."""
    half = np.asarray(size, float) / 2
    inset = min(chamfer, *(half * 0.95))
    if inset <= 0:
        return _plain_box(half, open_below)
    signs = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], float)
    position = np.repeat(signs * (half - inset), 3, axis=0).reshape(8, 3, 3)
    normal = np.zeros((8, 3, 3))
    for axis in range(3):
        position[:, axis, axis] = signs[:, axis] * half[axis]
        normal[:, axis, axis] = signs[:, axis]
    flat, quads, corners = (
        position.reshape(-1, 3),
        [],
        [[3 * c, 3 * c + 1, 3 * c + 2] for c in range(8)],
    )
    bit = (4, 2, 1)
    for axis in range(3):
        first, second = (bit[other] for other in range(3) if other != axis)
        for side in (0, bit[axis]):
            if open_below and axis == 1 and side == 0:
                continue
            quads.append([3 * (side + c) + axis for c in (0, first, first + second, second)])
        one, two = (other for other in range(3) if other != axis)
        for c in (0, first, second, first + second):
            low, high = c, c + bit[axis]
            quads.append([3 * low + one, 3 * high + one, 3 * high + two, 3 * low + two])
    faces = [quad[:3] for quad in quads] + [[quad[0], quad[2], quad[3]] for quad in quads] + corners
    triangle = np.array(faces)
    a, b, c = (flat[triangle[:, i]] for i in range(3))
    inward = np.einsum('ij,ij->i', np.cross(b - a, c - a), a + b + c) < 0
    triangle[inward] = triangle[inward][:, ::-1]
    made = Shape(flat, triangle, normal.reshape(-1, 3))
    return made.moved(y=half[1])


def _plain_box(half: np.ndarray, open_below: bool) -> Shape:
    sides = []
    for axis in range(3):
        for sign in (-1, 1):
            if open_below and axis == 1 and sign < 0:
                continue
            one, two = np.eye(3)[(axis + 1) % 3] * half, np.eye(3)[(axis + 2) % 3] * half
            out = np.eye(3)[axis] * half * sign
            one = one * sign
            corner = [out - one - two, out + one - two, out + one + two, out - one + two]
            sides.append(Shape(corner, [[0, 1, 2], [0, 2, 3]]))
    return merged(sides).moved(y=half[1])


def lathe(
    profile: Sequence[Sequence[float]],
    segments: int = 16,
    angle: float = 50,
    arc: float = 360,
    start: float = 0,
) -> Shape:
    """[(radius, y), ...] turned about y. Bottom to top has its outside outside.

    `arc` degrees of the turn from `start`, where 0 is +z and 90 is +x.
    """
    profile = np.asarray(profile, float)
    whole = arc >= 360
    turn = np.radians(start + arc * np.arange(segments if whole else segments + 1) / segments)
    position = np.stack(
        [
            np.outer(profile[:, 0], np.sin(turn)),
            np.repeat(profile[:, 1:2], len(turn), axis=1),
            np.outer(profile[:, 0], np.cos(turn)),
        ],
        -1,
    )
    triangle = _strip(len(profile), len(turn), whole)
    return Shape(position.reshape(-1, 3), triangle).smooth_normals(angle)


def cylinder(
    radius: float,
    height: float,
    segments: int = 16,
    top: float | None = None,
    chamfer: float = 0.0,
    closed: bool = True,
) -> Shape:
    """Upright from y = 0; `top` is the radius above."""
    above = radius if top is None else top
    profile = [(radius, 0), (above, height)]
    if chamfer:
        profile = [(radius, 0), (above, height - chamfer), (above - chamfer, height)]
    if closed:
        profile = [(0, 0), *profile, (0, height)]
    return lathe(profile, segments)


def sphere(radius, segments: int = 16, rings: int = 10) -> Shape:
    """Centred; `radius` is a number or one for each axis."""
    return superellipsoid(np.broadcast_to(radius, (3,)), 2, 2, segments, rings)


def superellipsoid(
    radius: Sequence[float],
    upright: float = 2.5,
    plan: float = 2.15,
    segments: int = 20,
    rings: int = 12,
) -> Shape:
    """Centred; exponents above 2 are boxier, in height (`upright`) and seen from above (`plan`)."""
    up = np.linspace(-np.pi / 2, np.pi / 2, rings + 1)
    turn = 2 * np.pi * np.arange(segments) / segments

    def power(values: np.ndarray, exponent: float) -> np.ndarray:
        return np.sign(values) * np.abs(values) ** (2 / exponent)

    out, height = power(np.cos(up), upright), power(np.sin(up), upright)
    position = np.stack(
        [
            np.outer(out, power(np.sin(turn), plan)),
            np.repeat(height[:, None], segments, axis=1),
            np.outer(out, power(np.cos(turn), plan)),
        ],
        -1,
    ).reshape(-1, 3)
    made = Shape(position * np.asarray(radius, float), _strip(rings + 1, segments, True))
    return made.smooth_normals(180)


def spline(points, count: int) -> np.ndarray:
    """`count` points on the Catmull-Rom curve through the given ones (any number of columns)."""
    points = np.asarray(points, float)
    knots = np.linspace(0, len(points) - 1, count)
    i = np.clip(knots.astype(int), 0, len(points) - 2)
    t = (knots - i)[:, None]
    padded = np.concatenate([[2 * points[0] - points[1]], points, [2 * points[-1] - points[-2]]])
    a, b, c, d = (padded[i + k] for k in range(4))
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )


def _frames(path: np.ndarray, up, closed: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(side, up, along) at each point of a path, carried along so that it does not twist."""
    if closed:
        along = unit(np.roll(path, -1, 0) - np.roll(path, 1, 0))
    else:
        along = unit(np.gradient(path, axis=0))
    side, above = np.zeros_like(path), np.zeros_like(path)
    carried = np.asarray(up, float)
    for i, direction in enumerate(along):
        across = np.cross(carried, direction)
        if np.linalg.norm(across) < 1e-6:
            across = np.cross(np.eye(3)[np.abs(direction).argmin()], direction)
        side[i] = across / np.linalg.norm(across)
        above[i] = np.cross(direction, side[i])
        carried = above[i] if not closed else np.asarray(up, float)
    return side, above, along


def loft(
    path,
    radii,
    segments: int = 10,
    up=(0, 0, 1),
    caps: tuple[bool, bool] = (True, True),
    exponent: float = 2.0,
    cap_length: float = 0.35,
) -> Shape:
    """A tube along a path. A radius for each point, or two: sideways and along `up`."""
    path = np.asarray(path, float)
    radii = np.asarray(radii, float)
    if radii.ndim < 2:
        radii = np.repeat(np.broadcast_to(radii, (len(path),))[:, None], 2, axis=1)
    side, above, along = _frames(path, up, False)
    turn = 2 * np.pi * np.arange(segments) / segments

    def power(values: np.ndarray) -> np.ndarray:
        return np.sign(values) * np.abs(values) ** (2 / exponent)

    rings = (
        path[:, None]
        + radii[:, :1, None] * power(np.cos(turn))[None, :, None] * side[:, None]
        + radii[:, 1:, None] * power(np.sin(turn))[None, :, None] * above[:, None]
    )
    position, triangle = rings.reshape(-1, 3), _strip(len(path), segments, True)
    ring = np.arange(segments)
    for end, wanted in enumerate(caps):
        if not wanted:
            continue
        at = -1 if end else 0
        tip = path[at] + along[at] * radii[at].min() * cap_length * (1 if end else -1)
        first = (len(path) - 1) * segments if end else 0
        fan = np.stack(
            [np.full(segments, len(position)), first + ring, first + (ring + 1) % segments], 1
        )
        triangle = np.concatenate([triangle, fan if end else fan[:, ::-1]])
        position = np.concatenate([position, [tip]])
    return Shape(position, triangle).smooth_normals(75)


def tube(path, radius: float, segments: int = 8, up=(0, 0, 1), closed: bool = False) -> Shape:
    """Of one thickness; closed joins the ends."""
    if not closed:
        return loft(path, radius, segments, up)
    return sweep(path, polygon(radius, segments), True, up, 180)


def polygon(radius: float, sides: int) -> np.ndarray:
    turn = 2 * np.pi * np.arange(sides) / sides
    return radius * np.stack([np.cos(turn), np.sin(turn)], 1)


def sweep(path, profile, closed: bool = False, up=(0, 1, 0), angle: float = 50) -> Shape:
    """A closed section [(side, up), ...], counter-clockwise, along a path; ends are capped.

    Side is to the left of the way, seen from above: up x along.
    """
    path, profile = np.asarray(path, float), np.asarray(profile, float)
    side, above, _ = _frames(path, up, closed)
    rings = (
        path[:, None] + profile[None, :, :1] * side[:, None] + profile[None, :, 1:] * above[:, None]
    )
    if closed:
        rings = np.concatenate([rings, rings[:1]])
    parts = [Shape(rings.reshape(-1, 3), _strip(len(rings), len(profile), True))]
    if not closed:
        cap = _ears(profile)
        parts += [Shape(rings[0], cap[:, ::-1]), Shape(rings[-1], cap)]
    return merged(parts).smooth_normals(angle)


def section(width: float, height: float, chamfer: float = 0.02, x: float = 0, y: float = 0):
    """A rectangle with cut corners, centred on (x, y): a profile for sweep."""
    w, h, c = width / 2, height / 2, min(chamfer, width * 0.49, height * 0.49)
    points = [
        (-w + c, -h),
        (w - c, -h),
        (w, -h + c),
        (w, h - c),
        (w - c, h),
        (-w + c, h),
        (-w, h - c),
        (-w, -h + c),
    ]
    return np.array(points) + [x, y]


def grid(
    fn: Callable[[np.ndarray, np.ndarray], np.ndarray],
    nu: int,
    nv: int,
    closed: bool = False,
    angle: float = 180,
) -> Shape:
    """The surface fn(u, v) -> (..., 3) for u, v in 0..1; outside is (along u) x (along v)."""
    v, u = np.meshgrid(
        np.linspace(0, 1, nv + 1),
        np.arange(nu) / nu if closed else np.linspace(0, 1, nu + 1),
        indexing='ij',
    )
    position = np.asarray(fn(u, v), float).reshape(-1, 3)
    return Shape(position, _strip(nv + 1, u.shape[1], closed)).smooth_normals(angle)


def ico(subdivisions: int = 2, radius: float = 1.0) -> Shape:
    """A ball of 20 triangles, four times as many with each subdivision."""
    g = (1 + 5**0.5) / 2
    points = [
        (-1, g, 0),
        (1, g, 0),
        (-1, -g, 0),
        (1, -g, 0),
        (0, -1, g),
        (0, 1, g),
        (0, -1, -g),
        (0, 1, -g),
        (g, 0, -1),
        (g, 0, 1),
        (-g, 0, -1),
        (-g, 0, 1),
    ]
    faces = [
        (0, 11, 5),
        (0, 5, 1),
        (0, 1, 7),
        (0, 7, 10),
        (0, 10, 11),
        (1, 5, 9),
        (5, 11, 4),
        (11, 10, 2),
        (10, 7, 6),
        (7, 1, 8),
        (3, 9, 4),
        (3, 4, 2),
        (3, 2, 6),
        (3, 6, 8),
        (3, 8, 9),
        (4, 9, 5),
        (2, 4, 11),
        (6, 2, 10),
        (8, 6, 7),
        (9, 8, 1),
    ]
    position, triangle = unit(np.array(points, float)), np.array(faces)
    for _ in range(subdivisions):
        edges = np.sort(triangle[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), 1)
        ends, which = np.unique(edges, axis=0, return_inverse=True)
        middle = (len(position) + which).reshape(-1, 3)
        position = np.concatenate([position, unit(position[ends].sum(1))])
        a, b, c = triangle.T
        ab, bc, ca = middle.T
        triangle = np.concatenate(
            [np.stack(rows, 1) for rows in ((a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca))]
        )
    return Shape(position * radius, triangle, position.copy())


def torus(radius: float, thickness: float, segments: int = 32, sides: int = 10) -> Shape:
    """Lying flat, centred; `thickness` is the tube's radius."""
    turn = 2 * np.pi * np.arange(segments) / segments
    path = radius * np.stack([np.sin(turn), 0 * turn, np.cos(turn)], 1)
    return tube(path, thickness, sides, (0, 1, 0), closed=True)


def extrude(
    outline, depth: float, chamfer: float = 0.0, angle: float = 50, caps=(True, True)
) -> Shape:
    """An outline [(x, y), ...], counter-clockwise, without holes, from z = 0 to `depth`.

    The rims are chamfered inwards. caps: the back (z = 0) and the front.
    """
    outline = np.asarray(outline, float)
    inner = _inset(outline, chamfer) if chamfer else outline
    rings = [(inner, 0), (outline, chamfer), (outline, depth - chamfer), (inner, depth)]
    if not chamfer:
        rings = [rings[0], rings[3]]
    position = np.concatenate(
        [np.column_stack([points, np.full(len(points), z)]) for points, z in rings]
    )
    parts = [Shape(position, _strip(len(rings), len(outline), True))]
    ears = _ears(inner)
    if caps[0]:
        parts.append(Shape(position[: len(outline)], ears[:, ::-1]))
    if caps[1]:
        parts.append(Shape(position[-len(outline) :], ears))
    return merged(parts).smooth_normals(angle)


def _inset(outline: np.ndarray, by: float) -> np.ndarray:
    before, after = outline - np.roll(outline, 1, 0), np.roll(outline, -1, 0) - outline
    first = unit(np.stack([before[:, 1], -before[:, 0]], 1))
    second = unit(np.stack([after[:, 1], -after[:, 0]], 1))
    middle = first + second
    middle /= np.maximum((middle * first).sum(1, keepdims=True), 0.3)
    return outline - middle * by


def _ears(outline: np.ndarray) -> np.ndarray:
    """Triangles of a simple polygon by cutting ears; whichever way it winds, they wind likewise."""
    points = np.asarray(outline, float)
    x, y = points.T
    sign = np.sign(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) or 1
    left, triangle = list(range(len(points))), []

    def turn(a: int, b: int, c: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = points[a], points[b], points[c]
        return sign * ((bx - ax) * (cy - ay) - (by - ay) * (cx - ax))

    def is_ear(i: int) -> bool:
        a, b, c = left[i - 1], left[i], left[(i + 1) % len(left)]
        if turn(a, b, c) <= 1e-12:
            return False
        return not any(
            turn(a, b, p) > 1e-12 and turn(b, c, p) > 1e-12 and turn(c, a, p) > 1e-12
            for p in left
            if p not in (a, b, c)
        )

    while len(left) > 3:
        # What is left at an end without ears are points on one line, which have no area.
        i = next((i for i in range(len(left)) if is_ear(i)), 0)
        triangle.append((left[i - 1], left[i], left[(i + 1) % len(left)]))
        left.pop(i)
    triangle.append(tuple(left))
    return np.array(triangle)


def arch_outline(width: float, height: float, steps: int = 10) -> np.ndarray:
    """Feet at (+-width/2, 0), sides up, a half circle on top; counter-clockwise."""
    radius = width / 2
    turn = np.linspace(0, np.pi, steps + 1)
    top = np.stack([radius * np.cos(turn), height - radius + radius * np.sin(turn)], 1)
    return np.concatenate([[(-radius, 0), (radius, 0)], top])


def arched_frame(
    width: float,
    height: float,
    thickness: float,
    depth: float,
    steps: int = 10,
    chamfer: float = 0.02,
    feet: float = 0.0,
) -> Shape:
    """A frame about an arched opening, its back at z = 0, its feet at y = `feet`."""
    points = arch_outline(width + thickness, height + thickness / 2, steps)[1:]
    points = np.concatenate(
        [[(width / 2 + thickness / 2, feet)], points[1:], [(-width / 2 - thickness / 2, feet)]]
    )
    path = np.column_stack([points, np.full(len(points), depth / 2)])
    profile = section(thickness, depth, chamfer)
    return sweep(path, profile if chamfer else profile[::2], up=(0, 0, 1))


def noise(points: np.ndarray, seed: int = 0, octaves: int = 3) -> np.ndarray:
    """Smooth and about -1..1, of sines in directions of the seed's."""
    random = np.random.default_rng(seed)
    points = np.asarray(points, float)
    total = np.zeros(len(points))
    for octave in range(octaves):
        directions = random.normal(size=(4, 3)) * (1.2 * 1.8**octave)
        phases = random.random(4) * 2 * np.pi
        total += np.sin(points @ directions.T + phases).sum(1) / (4 * 1.6**octave)
    return total
