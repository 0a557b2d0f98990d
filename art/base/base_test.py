"""What shapes, forms and files promise: python3 -m unittest discover -s art -p '*_test.py' -t ."""

from __future__ import annotations

import json
import struct
import tempfile
import unittest
from pathlib import Path

import numpy as np

from art.base.forms import arch_outline, box, extrude, grid, ico, lathe, loft, sphere, sweep, torus
from art.base.glb import Animation, Joint, Node, write_glb
from art.base.palette import linear, srgb_hex
from art.base.result import digest
from art.base.shape import Shape, merged, rotation

CLOSED = {
    'box': box((1, 2, 3)),
    'chamfered box': box((1, 2, 3), 0.1),
    'ball': ico(2),
    'sphere': sphere(1),
    'torus': torus(1, 0.2),
    'loft': loft([(0, 0, 0), (0, 1, 0), (1, 2, 0)], 0.2),
    'sweep': sweep([(0, 0, 0), (1, 0, 0), (2, 0, 1)], [(-1, -1), (1, -1), (1, 1), (-1, 1)]),
    'lathe': lathe([(0, 0), (1, 0), (1, 1), (0, 1)], 12),
    'concave extrusion': extrude(
        [(0, 0), (3, 0), (3, 2), (2, 2), (2, 1), (1, 1), (1, 2), (0, 2)], 1, 0.05
    ),
}


def volume(shape: Shape) -> float:
    a, b, c = (shape.position[shape.triangle[:, i]] for i in range(3))
    return float(np.einsum('ij,ij->i', a, np.cross(b, c)).sum() / 6)


def area(shape: Shape) -> float:
    return float(np.linalg.norm(shape.face_normals(), axis=1).sum() / 2)


def read_glb(path: Path) -> dict:
    data = path.read_bytes()
    length = struct.unpack('<I', data[12:16])[0]
    return json.loads(data[20 : 20 + length])


class Forms(unittest.TestCase):
    def test_closed_forms_hold_a_volume_wound_outwards(self):
        for name, shape in CLOSED.items():
            self.assertGreater(volume(shape), 0.01, name)

    def test_every_edge_of_a_closed_form_is_shared_by_two_triangles(self):
        for name, shape in CLOSED.items():
            _, where = np.unique(np.round(shape.position, 5), axis=0, return_inverse=True)
            faces = where[shape.triangle]
            edges = np.sort(faces[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
            _, counts = np.unique(edges, axis=0, return_counts=True)
            self.assertTrue((counts == 2).all(), name)

    def test_normals_agree_with_the_winding(self):
        for name, shape in CLOSED.items():
            across = shape.face_normals()
            meant = shape.normal[shape.triangle].sum(1)
            self.assertTrue((np.einsum('ij,ij->i', across, meant) > 0).all(), name)

    def test_a_concave_extrusion_keeps_its_area(self):
        flat = extrude([(0, 0), (3, 0), (3, 2), (2, 2), (2, 1), (1, 1), (1, 2), (0, 2)], 1)
        self.assertAlmostEqual(volume(flat), 5, places=6)

    def test_an_arch_is_as_high_and_wide_as_asked(self):
        outline = arch_outline(2, 3)
        self.assertAlmostEqual(outline[:, 1].max(), 3)
        self.assertAlmostEqual(np.ptp(outline[:, 0]), 2)

    def test_a_grid_looks_along_u_cross_v(self):
        flat = grid(lambda u, v: np.stack([u, 0 * u, -v], -1), 2, 2)
        np.testing.assert_allclose(flat.normal, np.tile([0, 1, 0], (9, 1)), atol=1e-9)


class Shapes(unittest.TestCase):
    def test_sharp_edges_split_and_flat_ones_do_not(self):
        self.assertEqual(len(box((1, 1, 1)).smooth_normals(50).position), 24)
        self.assertEqual(len(box((1, 1, 1)).smooth_normals(100).position), 8)

    def test_subdividing_shortens_edges_and_keeps_the_area(self):
        cut = box((4, 2, 1)).subdivided(0.6)
        sides = cut.position[cut.triangle] - cut.position[np.roll(cut.triangle, 1, axis=1)]
        self.assertLess(np.linalg.norm(sides, axis=2).max(), 0.61)
        self.assertAlmostEqual(area(cut), area(box((4, 2, 1))))

    def test_mirroring_keeps_the_outside_outside(self):
        self.assertGreater(volume(ico(1).scaled(-1, 1, 1)), 0)

    def test_rotations_are_in_the_order_of_world_documents(self):
        np.testing.assert_allclose(rotation(90, 90, 0) @ [0, 0, 1], [1, 0, 0], atol=1e-9)

    def test_shapes_of_two_surfaces_do_not_merge(self):
        with self.assertRaisesRegex(ValueError, 'several surfaces'):
            merged([ico(0), ico(0).of('water')])

    def test_a_colour_survives_the_way_to_linear_and_back(self):
        self.assertEqual(srgb_hex(linear('f5836e')), '#f5836e')
        with self.assertRaisesRegex(ValueError, 'six hexadecimal'):
            linear('fff')


class Files(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / 'made.glb'

    def tearDown(self):
        self.folder.cleanup()

    def test_nodes_extras_and_materials_are_named(self):
        write_glb(
            self.path,
            [
                Node('ball', [ico(1), box((1, 1, 1)).of('glow')], extras={'a': 1}),
                Node('ball.seat.1', translation=(0, 1, 0)),
            ],
            extras={'sources': 'x'},
        )
        made = read_glb(self.path)
        self.assertEqual([node['name'] for node in made['nodes']], ['ball', 'ball.seat.1'])
        self.assertEqual([material['name'] for material in made['materials']], ['solid', 'glow'])
        self.assertEqual(made['asset']['extras'], {'sources': 'x'})

    def test_a_skin_binds_each_joint_where_it_rests(self):
        shape = ico(0).with_more(joints=np.zeros((12, 4)), weights=np.tile([1.0, 0, 0, 0], (12, 1)))
        bones = [Joint('hips', -1, (0, 1, 0)), Joint('spine', 0, (0, 0.2, 0))]
        turn = Animation('turn', [('spine', 'rotation', [0, 1], [[0, 0, 0, 1], [0, 1, 0, 0]])])
        write_glb(self.path, [Node('body', [shape], skinned=True)], bones, [turn])
        made = read_glb(self.path)
        self.assertEqual(made['skins'][0]['joints'], [0, 1])
        self.assertEqual(made['animations'][0]['channels'][0]['target']['node'], 1)

    def test_what_cannot_be_drawn_is_refused(self):
        broken = Shape([[0, 0, 0], [1, 0, 0], [0, np.nan, 0]], [[0, 1, 2]], np.ones((3, 3)))
        with self.assertRaisesRegex(ValueError, 'not finite'):
            write_glb(self.path, [Node('broken', [broken])])
        with self.assertRaisesRegex(ValueError, 'one name'):
            write_glb(self.path, [Node('a', [ico(0)]), Node('a', [ico(0)])])
        with self.assertRaisesRegex(ValueError, 'not in the file'):
            write_glb(
                self.path,
                [Node('a', [ico(0)])],
                animations=[Animation('walk', [('knee', 'rotation', [0], [[0, 0, 0, 1]])])],
            )

    def test_a_digest_needs_its_sources(self):
        self.assertEqual(digest(['art/base']), digest(['art/base']))
        with self.assertRaises(FileNotFoundError):
            digest(['art/nowhere'])


if __name__ == '__main__':
    unittest.main()
