"""Tests of what the clips are made with; the clips themselves are judged by check.py.

    /usr/bin/python3 -m unittest art.motion.motion_test
"""

from __future__ import annotations

import unittest

import numpy as np

from art.motion.bones import BONE, placed
from art.motion.catalogue import clips
from art.motion.check import seated, slip, sunk
from art.motion.clip import STAND, Clip
from art.motion.curve import curve, through
from art.motion.pose import body
from art.motion.thin import thin_rotations
from art.motion.tracks import fine_times, tracks
from art.motion.turning import (about_x, about_y, about_z, degrees_between, to_matrices,
                                to_quaternions)


def standing(**changes: float) -> dict[str, np.ndarray]:
    channels = {name: np.array([float(value)]) for name, value in STAND.items()}
    for name, value in changes.items():
        channels[name.replace('__', '.')] = np.array([float(value)])
    return channels


class Curves(unittest.TestCase):
    def test_never_beyond_its_keys(self) -> None:
        values = through(((0, 0), (0.1, 10), (0.8, 10), (1, -4)))(np.linspace(-1, 2, 400))
        self.assertGreaterEqual(values.min(), -4 - 1e-9)
        self.assertLessEqual(values.max(), 10 + 1e-9)
        self.assertAlmostEqual(float(through(((0, 0), (1, 5), (2, 5)))(np.array([1.5]))[0]), 5)

    def test_a_loop_joins_itself(self) -> None:
        round_ = through(((0.2, 1), (0.5, 3)), period=1)
        t = np.array([0.0, 0.35, 0.9])
        np.testing.assert_allclose(round_(t), round_(t + 1))
        np.testing.assert_allclose(round_.late(0.25)(t + 0.25), round_(t))

    def test_refuses_keys_that_make_no_sense(self) -> None:
        with self.assertRaisesRegex(ValueError, 'later'):
            through(((1, 0), (0, 0)))
        with self.assertRaisesRegex(ValueError, 'end as it began'):
            through(((0, 0), (1, 1)), period=1)
        with self.assertRaisesRegex(KeyError, 'tail'):
            Clip('a', 1, loop=True, fade=0).put('tail.wag', 3)
        with self.assertRaisesRegex(ValueError, 'whole cycles'):
            Clip('a', 1, loop=True, fade=0).swing(1, 1.5)


class Turning(unittest.TestCase):
    def test_there_and_back(self) -> None:
        angles = np.linspace(-400, 400, 60)
        matrices = about_y(angles) @ about_x(angles * 0.7) @ about_z(angles * 1.3)
        quaternions = to_quaternions(matrices)
        np.testing.assert_allclose(to_matrices(quaternions), matrices, atol=1e-9)
        self.assertTrue(((quaternions[1:] * quaternions[:-1]).sum(1) > 0).all())

    def test_thinning_stays_within_its_angle(self) -> None:
        rows = to_quaternions(about_x(40 * np.sin(np.linspace(0, 6.3, 91))))
        keep = thin_rotations(rows, 0.4)
        self.assertLess(len(keep), 40)
        t = np.arange(91)
        mixed = np.stack([np.interp(t, keep, rows[keep][:, k]) for k in range(4)], 1)
        mixed /= np.linalg.norm(mixed, axis=1, keepdims=True)
        self.assertLessEqual(degrees_between(mixed, rows).max(), 0.4001)


class Legs(unittest.TestCase):
    def test_a_foot_stays_while_the_hips_go(self) -> None:
        for changes in ({'hips__y': -0.12}, {'hips__y': -0.06, 'hips__x': 0.05},
                        {'hips__y': -0.06, 'hips__yaw': 20, 'hips__lean': 5}):
            made = body(standing(**changes))
            _, joints = placed(made.rotation, made.hips)
            np.testing.assert_allclose(joints[0, BONE['leftFoot']], (0.09, 0.075, 0), atol=1e-3)
            self.assertLess(made.missed.max(), 1e-6)

    def test_a_heel_comes_up_before_the_leg_breaks(self) -> None:
        made = body(standing(hips__y=0.02))
        world, joints = placed(made.rotation, made.hips)
        self.assertGreater(joints[0, BONE['leftFoot'], 1], 0.085)
        self.assertLess(made.missed.max(), 1e-3)
        # The ball stays on the ground.
        self.assertAlmostEqual(float(joints[0, BONE['leftToes'], 1]), 0.02, delta=0.012)

    def test_what_cannot_be_reached_is_said(self) -> None:
        self.assertGreater(body(standing(hips__y=0.3)).missed.max(), 0.1)


class Mirrored(unittest.TestCase):
    def test_left_becomes_right(self) -> None:
        ours, other = clips()['turn.left'].sampled(), clips()['turn.right'].sampled()
        np.testing.assert_allclose(ours['leftFoot.x'], -other['rightFoot.x'])
        np.testing.assert_allclose(ours['leftFoot.turn'], other['rightFoot.turn'])
        np.testing.assert_allclose(ours['head.yaw'], -other['head.yaw'])


class Judges(unittest.TestCase):
    def test_a_wrong_stride_slips(self) -> None:
        walk = clips()['walk']
        right = slip(walk, tracks(walk))
        was, walk.travel = walk.travel, walk.travel * 1.1
        try:
            self.assertLess(right, 0.01)
            self.assertGreater(slip(walk, tracks(walk)), 0.03)
        finally:
            walk.travel = was

    def test_a_foot_in_the_ground_is_seen(self) -> None:
        clip = Clip('deep', 1, loop=True, fade=0)
        clip.hips(y=-0.1)
        clip.left_foot(lift=curve(-0.05))
        self.assertGreater(sunk(tracks(clip), clip), 0.04)

    def test_who_sits_in_the_seat_or_over_it_is_seen(self) -> None:
        for name in ('sit', 'rest'):
            clip = clips()[name]
            was = clip.curve('hips.y')
            for higher, says in ((0, ''), (-0.03, 'over what'), (0.03, 'over what')):
                clip.put('hips.y', was + higher)
                try:
                    said = ' '.join(seated(name, tracks(clip), fine_times(clip)))
                finally:
                    clip.put('hips.y', was)
                self.assertIn(says, said)
                self.assertEqual(said == '', higher == 0, said)

    def test_a_hanging_foot_that_reaches_the_floor_or_the_seat_is_seen(self) -> None:
        sit = clips()['sit']
        for channel, change, says in (('leftFoot.lift', -0.2, 'left sole'),
                                      ('rightFoot.z', -0.12, 'rightLowerLeg')):
            was = sit.curve(channel)
            sit.put(channel, was + change)
            try:
                said = ' '.join(seated('sit', tracks(sit), fine_times(sit)))
            finally:
                sit.put(channel, was)
            self.assertIn(says, said)


class Hanging(unittest.TestCase):
    def test_thighs_stay_while_the_feet_swing(self) -> None:
        """The hip of a leg that is told by its foot is where the foot was worked out from."""
        made = body(clips()['sit'].sampled())
        _, joints = placed(made.rotation, made.hips)
        for side in ('left', 'right'):
            self.assertLess(np.ptp(joints[:, BONE[f'{side}LowerLeg']], axis=0).max(), 0.004)
            self.assertGreater(np.ptp(joints[:, BONE[f'{side}Foot'], 2]), 0.04)
        self.assertLess(made.missed.max(), 1e-6)
        self.assertEqual({sit: clips()['sit'].planted[sit] for sit in ('left', 'right')},
                         {'left': [], 'right': []})


if __name__ == '__main__':
    unittest.main()
