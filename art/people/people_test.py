"""Facts about people: every look is dressed, within its budget, and bends without breaking.

python3 -m unittest art.people.people_test      (from the repository's root; needs numpy)
"""

import unittest

import numpy as np

from art.people.cut import wardrobe_of
from art.people.detail import LODS
from art.people.figures import ACCESSORIES, CAST, FIGURES, HEADS, choices_of, look_code
from art.people.measure import BONE, BONE_NAMES, JOINTS
from art.people.posing import STAND, bone_matrices, clothed, dress, posed, step, turns_of, worn_parts
from art.people.wardrobe import ROLE
from art.people.weights import strongest

FULL = LODS[0]
TRIANGLES = {'full': 4500, 'half': 1500, 'quarter': 600, 'crowd': 220}
MIDDLE = FIGURES[0].__class__('middle', 1, 1, 1, 1, 1)
SIT = {
    'leftUpperLeg': (-84, 0, 4),
    'rightUpperLeg': (-84, 0, -4),
    'leftLowerLeg': (84, 0, 0),
    'rightLowerLeg': (84, 0, 0),
    'leftLowerArm': (0, -80, 0),
    'rightLowerArm': (0, 80, 0),
}


def thickness(body, middle, radius: float) -> float:
    """The widest cloud of points about `middle`, measured along z."""
    near = np.linalg.norm(body.points - middle, axis=1) < radius
    return float(np.ptp(body.points[near][:, 2]))


class Tables(unittest.TestCase):
    def test_a_look_code_chooses_from_sixteen_of_each(self):
        self.assertEqual((len(FIGURES), len(HEADS), len(ACCESSORIES)), (16, 16, 16))

    def test_a_look_code_is_read_as_it_was_written(self):
        choices = choices_of(look_code(figure=3, skin=15, head=9, accent=12))
        self.assertEqual(
            (choices['figure'], choices['skin'], choices['head'], choices['accent']), (3, 15, 9, 12)
        )

    def test_a_choice_beyond_sixteen_is_refused(self):
        with self.assertRaises(ValueError):
            look_code(head=16)

    def test_the_cast_wears_every_figure_once(self):
        worn = sorted(choices_of(member['look'])['figure'] for member in CAST)
        self.assertEqual(worn, list(range(16)))


class Parts(unittest.TestCase):
    def test_every_choice_shows_something(self):
        parts = wardrobe_of(FULL).parts.values()
        for slot, count in (('figure', 16), ('head', 16)):
            shown = {choice for part in parts if part.slot == slot for choice in part.choices}
            self.assertEqual(shown, set(range(count)), slot)
        carried = {choice for part in parts if part.slot == 'accessory' for choice in part.choices}
        self.assertEqual(carried, set(range(1, 16)))

    def test_what_a_part_hides_exists(self):
        parts = wardrobe_of(FULL).parts
        for part in parts.values():
            for name in part.hides:
                self.assertIn(name, parts, part.name)

    def test_a_hood_hides_the_ears_and_a_hat_the_band_of_headphones(self):
        names = [
            part.name
            for part in worn_parts(wardrobe_of(FULL), {'figure': 0, 'head': 14, 'accessory': 2})
        ]
        self.assertNotIn('ears', names)
        self.assertNotIn('headphones.band', names)
        self.assertIn('headphones', names)

    def test_the_same_parts_keep_their_names_at_every_level(self):
        full = set(wardrobe_of(FULL).parts)
        for detail in LODS[1:]:
            self.assertLessEqual(set(wardrobe_of(detail).parts), full)


class Budgets(unittest.TestCase):
    def test_whatever_people_wear_stays_within_its_triangles(self):
        for detail in LODS:
            wardrobe = wardrobe_of(detail)
            for look in range(16**3):
                figure, head, accessory = look & 15, look >> 4 & 15, look >> 8
                choices = {'figure': figure, 'head': head, 'accessory': accessory}
                count = sum(part.triangles for part in worn_parts(wardrobe, choices))
                self.assertLessEqual(count, TRIANGLES[detail.name], (detail.name, choices))

    def test_a_part_number_fits_its_byte(self):
        self.assertLess(len(wardrobe_of(FULL).parts), 256)


class Bending(unittest.TestCase):
    def setUp(self):
        self.body = dress(wardrobe_of(FULL), {'figure': 8, 'head': 15, 'accessory': 0})

    def test_weights_are_whole_and_of_four_bones(self):
        joints, weights = strongest(self.body.weights)
        self.assertEqual(joints.shape[1], 4)
        self.assertTrue((weights.sum(axis=1) == 255).all())
        self.assertLess(joints.max(), len(BONE_NAMES))
        lost = 1 - np.sort(self.body.weights, axis=1)[:, -4:].sum(axis=1)
        self.assertLess(lost.max(), 1e-6)

    def test_at_rest_nothing_moves(self):
        still = posed(self.body, MIDDLE, {})
        moved = np.linalg.norm(still.points - self.body.points, axis=1)
        hidden = self.body.weights[:, BONE['jaw']] > 0
        self.assertLess(moved[~hidden].max(), 1e-9)

    def test_joints_keep_their_thickness_when_bent(self):
        for name, bone, pose, radius in (
            ('elbow', 'leftLowerArm', {'leftLowerArm': (0, 0, 90)}, 0.075),
            ('knee', 'leftLowerLeg', {'leftLowerLeg': (0, 0, -90)}, 0.10),
            ('shoulder', 'leftUpperArm', STAND, 0.08),
        ):
            straight, bent = posed(self.body, MIDDLE, {}), posed(self.body, MIDDLE, pose)
            before = bone_matrices(MIDDLE, turns_of({}))[BONE[bone]]
            after = bone_matrices(MIDDLE, turns_of(pose))[BONE[bone]]
            at = np.array([b['at'] for b in _bones() if b['name'] == bone][0])
            a = thickness(straight, before[:, :3] @ at + before[:, 3], radius)
            b = thickness(bent, after[:, :3] @ at + after[:, 3], radius)
            self.assertGreater(b, 0.8 * a, name)

    def test_no_triangle_tears_in_walking_or_sitting(self):
        for figure in range(16):
            body = dress(wardrobe_of(FULL), {'figure': figure, 'head': 2, 'accessory': 3})
            for pose in (step(30), SIT):
                moved = posed(body, FIGURES[figure], pose)
                edges = np.concatenate([body.faces[:, [0, 1]], body.faces[:, [1, 2]]])
                rest = np.linalg.norm(np.diff(body.points[edges], axis=1)[:, 0], axis=1)
                now = np.linalg.norm(np.diff(moved.points[edges], axis=1)[:, 0], axis=1)
                # The widest hem spans the feet of a long stride.
                self.assertLess((now - rest).max(), 0.42, (FIGURES[figure].name, pose))

    def test_a_skirt_that_sits_stays_on_the_seat(self):
        for name in ('dress', 'robe', 'tunic', 'coat', 'skirt'):
            part = wardrobe_of(FULL).parts[name]
            for figure in part.choices:
                cloth = posed(clothed([part]), FIGURES[figure], SIT)
                hips = bone_matrices(FIGURES[figure], turns_of(SIT))[BONE['leftUpperLeg']]
                joint = hips[:, :3] @ JOINTS[BONE['leftUpperLeg']] + hips[:, 3]
                behind = cloth.points[:, 2] < joint[2] + 0.05
                # The seat is 8 cm under the joint; a fold may sink into it.
                low = joint[1] - cloth.points[behind, 1].min()
                self.assertLess(low, 0.16, (name, FIGURES[figure].name))

    def test_what_is_held_follows_the_left_hand_and_stays_upright(self):
        for figure in FIGURES:
            for pose in (STAND, {**STAND, 'leftUpperArm': (0, 0, 60)}):
                bones = bone_matrices(figure, turns_of(pose))
                held, hand = (
                    bones[BONE[name], :, :3] @ JOINTS[BONE['held']] + bones[BONE[name], :, 3]
                    for name in ('held', 'leftHand')
                )
                self.assertLess(np.linalg.norm(held - hand), 0.10, figure.name)
                up = bones[BONE['held'], :, :3] @ [0, 1, 0]
                self.assertGreater(up[1] / np.linalg.norm(up), 0.999)

    def test_the_eyes_blink_and_the_mouth_opens_with_their_bones(self):
        for bone, role in (
            ('leftEye', 'eye'),
            ('rightEye', 'eye'),
            ('jaw', 'fixed'),
            ('smile', 'fixed'),
        ):
            own = self.body.weights[:, BONE[bone]] == 1
            self.assertTrue((self.body.role[own] == ROLE[role]).any(), bone)

    def test_feet_stand_on_the_ground(self):
        for figure in FIGURES:
            low = posed(self.body, figure, STAND).points[:, 1].min()
            self.assertLess(abs(low), 0.012, figure.name)


class Surfaces(unittest.TestCase):
    def test_every_piece_is_finite_and_its_normals_are_of_length_one(self):
        for detail in LODS:
            for part in wardrobe_of(detail).parts.values():
                for piece in part.pieces:
                    self.assertTrue(np.isfinite(piece.shell.points).all(), (detail.name, part.name))
                    used = np.unique(piece.shell.faces)
                    length = np.linalg.norm(piece.shell.normals()[used], axis=1)
                    self.assertGreater(length.min(), 0.99, (detail.name, part.name))

    def test_most_of_a_head_looks_outwards(self):
        head = wardrobe_of(FULL).parts['face'].pieces[0].shell
        out = head.points - head.points.mean(axis=0)
        self.assertGreater(((head.normals() * out).sum(axis=1) > 0).mean(), 0.98)


def _bones():
    from art.people.measure import BONES

    return BONES


if __name__ == '__main__':
    unittest.main()
