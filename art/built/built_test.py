"""What holds for every model of the built kit; needs no Blender."""

from __future__ import annotations

import importlib
import unittest
from pathlib import Path

import numpy as np

from art.base.shape import GROUNDS, SURFACES, triangles
from art.built.model import MODELS, Detail

for file in sorted(Path(__file__).parent.glob('*.py')):
    if file.stem not in ('__init__', 'make', 'model', 'built_test'):
        importlib.import_module(f'art.built.{file.stem}')

# What one can step up to in one go.
STEP = 0.3


def surface_below(parts, x: float, z: float, ceiling: float) -> float:
    """The highest point of the solids under (x, ceiling, z), or the ground."""
    best = 0.0
    for solid in parts.solids:
        a, b, c = (solid.position[solid.triangle[:, i]] for i in range(3))
        across = np.cross(b - a, c - a)
        up = across[:, 1] > 1e-9
        a, b, c, across = a[up], b[up], c[up], across[up]

        def side(p, q):
            return (q[:, 0] - p[:, 0]) * (z - p[:, 2]) - (q[:, 2] - p[:, 2]) * (x - p[:, 0])

        inside = (side(a, b) <= 1e-9) & (side(b, c) <= 1e-9) & (side(c, a) <= 1e-9)
        if inside.any():
            a, across = a[inside], across[inside]
            y = (
                a[:, 1]
                - (across[:, 0] * (x - a[:, 0]) + across[:, 2] * (z - a[:, 2])) / across[:, 1]
            )
            best = max(best, *(y[y <= ceiling]), best)
    return best


class Kit(unittest.TestCase):
    def each(self):
        for name, make in MODELS.items():
            yield name, make(Detail(True)), make(Detail(False))

    def test_names_fit_into_a_world_document(self):
        for name in MODELS:
            self.assertRegex(name, r'^[a-z0-9-]{1,64}$')

    def test_the_far_form_has_at_most_half_of_the_triangles_and_about_the_same_size(self):
        for name, near, far in self.each():
            self.assertLessEqual(triangles(far.shapes), triangles(near.shapes) * 0.5, name)
            size = [
                np.ptp(np.concatenate([s.position for s in parts.shapes]), axis=0)
                for parts in (near, far)
            ]
            self.assertLess(np.abs(size[0] - size[1]).max(), 0.12 * size[0].max() + 0.12, name)

    def test_surfaces_are_known_and_vertex_colours_within_range(self):
        for _, near, _ in self.each():
            for shape in near.shapes:
                self.assertIn(shape.surface, SURFACES)
                self.assertGreaterEqual(shape.color.min(), 0)
                self.assertLessEqual(shape.color.max(), 1.45)

    def test_solids_are_few_triangles_on_a_known_ground(self):
        for name, near, _ in self.each():
            self.assertLessEqual(triangles(near.solids), 420, name)
            for solid in near.solids:
                self.assertIn(solid.surface, GROUNDS)

    def test_one_sits_on_something(self):
        for name, near, _ in self.each():
            for seat in near.seats:
                back = np.radians(seat.yaw)
                below = surface_below(
                    near, seat.x - 0.08 * np.sin(back), seat.z - 0.08 * np.cos(back), 1
                )
                self.assertAlmostEqual(below, seat.y, delta=0.05, msg=name)

    def climb(self, name: str, start, end) -> float:
        """Walks from start to end (x, z) by 5 cm; the greatest rise at once."""
        parts = MODELS[name](Detail(True))
        height, most = 0.0, 0.0
        for t in np.linspace(0, 1, int(np.hypot(*np.subtract(end, start)) / 0.05) + 1):
            x, z = np.add(start, t * np.subtract(end, start))
            now = surface_below(parts, x, z, height + 1.5)
            most, height = max(most, now - height), now
        self.assertGreater(height, 0.05)
        return most

    def test_stage_portal_steps_and_bridge_can_be_climbed(self):
        for name, start, end in (
            ('stage', (0, 6), (0, 0)),
            ('portal', (0.1, 6.5), (0.1, 0)),
            ('steps', (0, 1.5), (0, -0.8)),
            ('bridge', (0.1, 5), (0.1, 0)),
            ('arcade-bay', (0.1, 1), (0.1, -2)),
        ):
            self.assertLessEqual(self.climb(name, start, end), STEP, name)


if __name__ == '__main__':
    unittest.main()
