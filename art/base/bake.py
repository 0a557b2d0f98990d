"""Light that is baked into vertex colours: ambient occlusion by casting rays. Runs within Blender."""

from __future__ import annotations

from typing import Sequence

import numpy as np
from mathutils import Vector
from mathutils.bvhtree import BVHTree

from art.base.shape import GROUNDS, Shape, merged

# What is left of the light in the deepest corner: never grey, but the colour of evening shade.
SHADE = np.array([0.36, 0.27, 0.42])
# Surfaces that glow or let light through neither darken nor cast shade.
OPEN = ('glow', 'water', 'clear')


def directions(samples: int) -> np.ndarray:
    """Rays over the half space y > 0, more of them upright (weighted by the cosine)."""
    i = np.arange(samples) + 0.5
    height = np.sqrt(1 - i / samples)
    out = np.sqrt(i / samples)
    turn = np.pi * (1 + 5**0.5) * i
    return np.stack([out * np.cos(turn), height, out * np.sin(turn)], 1)


def _about(normal: np.ndarray, rays: np.ndarray) -> np.ndarray:
    """The rays turned so that their y is the normal."""
    aside = np.array([1.0, 0, 0]) if abs(normal[0]) < 0.8 else np.array([0, 0, 1.0])
    x = np.cross(aside, normal)
    x /= np.linalg.norm(x)
    return rays[:, :1] * x + rays[:, 1:2] * normal + rays[:, 2:] * np.cross(x, normal)


def openness(
    shapes: Sequence[Shape],
    points: np.ndarray,
    normals: np.ndarray,
    samples: int = 48,
    reach: float = 3.0,
    ground: bool = True,
) -> np.ndarray:
    """For each point how much of its half space is free within `reach` metres, 0..1.

    What a ray hits near by darkens more than what it hits far away.
    """
    blockers = [shape for shape in shapes if shape.surface not in OPEN + GROUNDS]
    position = np.concatenate([shape.position for shape in blockers])
    starts = np.cumsum([0] + [len(shape.position) for shape in blockers[:-1]])
    triangle = np.concatenate([shape.triangle + at for shape, at in zip(blockers, starts)])
    if ground:
        low = np.array([[-99, 0, -99], [-99, 0, 99], [99, 0, 99], [99, 0, -99]], float)
        triangle = np.concatenate([triangle, len(position) + np.array([[0, 1, 2], [0, 2, 3]])])
        position = np.concatenate([position, low])
    tree = BVHTree.FromPolygons(position.tolist(), triangle.tolist(), all_triangles=True)
    rays = directions(samples)
    free = np.ones(len(points))
    for i, (point, normal) in enumerate(zip(points, normals)):
        if not normal.any():
            continue
        origin = Vector(point + normal * 0.012)
        blocked = 0.0
        for ray in _about(normal, rays):
            distance = tree.ray_cast(origin, Vector(ray), reach)[3]
            if distance is not None:
                blocked += 1 - distance / reach
        free[i] = 1 - blocked / samples
    return free


def ambient(
    shapes: Sequence[Shape],
    ground: bool = True,
    samples: int = 48,
    reach: float = 3.0,
    strength: float = 1.0,
) -> list[Shape]:
    """The shapes with ambient occlusion multiplied into their colours, in the lilac of shade.

    ground: y = 0 blocks light as well. Vertices at one place with one normal share their rays.
    Large faces show no shade in their middle: subdivide them before.
    """
    shapes = list(shapes)
    dark = [shape for shape in shapes if shape.surface not in OPEN + GROUNDS]
    if not dark:
        return shapes
    everything = merged([Shape(shape.position, shape.triangle, shape.normal) for shape in dark])
    keys = np.column_stack([np.round(everything.position * 1000), np.round(everything.normal * 16)])
    _, first, where = np.unique(
        keys.astype(np.int64), axis=0, return_index=True, return_inverse=True
    )
    free = openness(
        dark, everything.position[first], everything.normal[first], samples, reach, ground
    )[where]
    # In 32 steps: what nobody sees need not travel.
    light = 1 - strength * (1 - np.round(np.clip(free * 1.12, 0, 1) * 32) / 32)
    tint = SHADE + (1 - SHADE) * light[:, None]
    result, at = [], 0
    for shape in shapes:
        if shape.surface in OPEN + GROUNDS:
            result.append(shape)
            continue
        rows = tint[at : at + len(shape.position)]
        at += len(shape.position)
        result.append(shape.coloured(shape.color[:, :3] * rows))
    return result
