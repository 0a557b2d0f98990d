"""What a look carries or wears last: sixteen accessories, of which the first is nothing."""

import numpy as np

from art.people import weights as by
from art.people.body import mixed, strap
from art.people.curve import eased_between
from art.people.hair import bead, lock, strands
from art.people.hats import CREAM, MARIGOLD, MILK
from art.people.measure import (
    BONE,
    EYE_X,
    EYE_Y,
    HEAD_HALF_DEPTH,
    JOINTS,
    face_point,
    head_point,
    torso_front,
    torso_size,
    torso_y,
)
from art.people.posing import CLEAR_X, HAND_Y
from art.people.shell import ball, hoop, loft, sheet, turned_profile
from art.people.wardrobe import Wardrobe

WOOD = (0.397, 0.165, 0.070)
DARK_WOOD = (0.147, 0.058, 0.036)
INK = (0.042, 0.027, 0.084)
LAGOON = (0.095, 0.504, 0.527)


def _glasses(w: Wardrobe) -> None:
    d = w.detail
    w.open('glasses', 'accessory', [1])
    if d.plain:
        return
    at = face_point(EYE_X, EYE_Y, 0.020)
    rim = hoop(at, 0.056, 0.056, 0.0078, d.pick(18, 9, 6, 6), d.pick(5, 4, 3, 3))
    w.both(rim.turned(at, 'y', 0.20), 'accent', 'head', shade=0.95)
    if not d.fine:
        return
    bridge = loft(
        [
            face_point(-0.022, EYE_Y + 0.012, 0.022),
            face_point(0, EYE_Y + 0.018, 0.024),
            face_point(0.022, EYE_Y + 0.012, 0.022),
        ],
        [0.0072] * 3,
        5,
    )
    w.add(bridge, 'accent', 'head', 0.95)
    side = lock(
        w,
        [
            face_point(0.130, EYE_Y + 0.012, 0.014),
            (0.214, EYE_Y + 0.020, 0.050),
            (0.226, EYE_Y + 0.018, -0.012),
        ],
        [0.0066] * 3,
        1,
        5,
        4,
    )
    w.both(side, 'accent', 'head', shade=0.9)


def _headphones(w: Wardrobe) -> None:
    d = w.detail
    w.open('headphones', 'accessory', [2])
    if d.plain:
        return
    x, y, z = 0.232, EYE_Y + 0.004, -0.008
    cup = (
        turned_profile(
            [(0, 0), (0.070, 0.0), (0.077, 0.018), (0.070, 0.044), (0.044, 0.050), (0, 0.052)],
            d.around(16),
            (0, 0, 0),
        )
        .turned((0, 0, 0), 'z', -np.pi / 2)
        .moved((x, y, z))
    )
    w.both(cup, 'accent', 'head', shade=0.94)
    if d.fine:
        disc = turned_profile([(0.040, 0.0), (0.036, 0.011), (0, 0.013)], d.around(12))
        w.both(disc.turned((0, 0, 0), 'z', -np.pi / 2).moved((x + 0.048, y, z)), 'white', 'head')
    w.open('headphones.band', 'accessory', [2])
    if d.plain:
        return
    band = hoop(
        (0, y, z), 0.250, 0.292, 0.026, d.around(22), d.around(7), (0.06, np.pi - 0.06), 0.55
    )
    w.add(band, 'white', 'head', 0.95)


def _backpack(w: Wardrobe) -> None:
    d = w.detail
    w.open('backpack', 'accessory', [3])
    y = torso_y(0.54)
    bag = ball((0, y, -0.222), (0.135, 0.170, 0.088), d.around(16), d.along(10, 3), 2.8)
    w.add(
        bag,
        'accent',
        'chest',
        lambda p: mixed(0.80, 0.98, eased_between(y - 0.17, y + 0.1, p[:, 1])),
    )
    if d.plain:
        return
    pocket = ball((0, y - 0.052, -0.302), (0.094, 0.082, 0.040), d.around(13), d.along(8, 3), 2.8)
    w.add(pocket, 'accent', 'chest', 0.78)
    if d.fine:
        w.add(
            strap(
                w,
                [(-0.035, y + 0.165, -0.20), (0, y + 0.205, -0.205), (0.035, y + 0.165, -0.20)],
                0.012,
                5,
                0.8,
            ),
            'accent',
            'chest',
            0.8,
        )
        w.add(
            ball((0, y + 0.045, -0.309), (0.016, 0.012, 0.008), 7, 4),
            'fixed',
            'chest',
            color=MARIGOLD,
        )
    for sign in (1, -1):
        belt = strap(
            w,
            [
                (sign * 0.080, y + 0.10, -0.16),
                (sign * 0.098, torso_y(0.93), -0.045),
                (sign * 0.098, torso_y(0.90), 0.075),
                torso_front(sign * 0.100, 0.66, 0.036),
                torso_front(sign * 0.108, 0.45, 0.036),
                (sign * 0.184, y - 0.07, 0.0),
                (sign * 0.152, y - 0.115, -0.14),
                (sign * 0.105, y - 0.12, -0.19),
            ],
            0.022,
        )
        w.add(belt, 'accent', by.trunk, 0.86)


def _scarf(w: Wardrobe) -> None:
    d = w.detail
    w.open('scarf', 'accessory', [4], ['headscarf.wrap'])
    ring = hoop((0, 0, 0), 0.116, 0.116, 0.046, d.around(20), 3 if d.plain else d.around(9))
    ring = ring.turned((0, 0, 0), 'x', np.pi / 2 + 0.10).moved((0, 1.066, 0.006))
    w.add(ring, 'accent', by.trunk, lambda p: mixed(0.78, 0.97, eased_between(1.02, 1.11, p[:, 1])))
    if d.plain:
        return
    end = lock(
        w,
        [(0.070, 1.055, 0.130), (0.086, 0.965, 0.172), (0.090, 0.83, 0.180)],
        [0.034, 0.044, 0.049],
        0.36,
        9,
        6,
        (0, 0, 1),
    )
    w.add(end, 'accent', by.trunk, lambda p: mixed(0.86, 0.97, eased_between(0.85, 1.0, p[:, 1])))


def _cape(w: Wardrobe) -> None:
    d = w.detail
    w.open('cape', 'accessory', [5])
    rows, columns = d.along(9, 3), d.pick(11, 8, 5, 4)
    grid = []
    for t in np.linspace(0.925, -0.40, rows):
        wide, deep = torso_size(np.array([max(t, 0.16)]))[0]
        out = 0.036 + max(0.0, (0.95 - t) / 1.35) ** 1.1 * 0.125
        spread = np.interp(t, [-0.40, 0.6, 0.925], [1.15, 1.62, 2.1])
        angle = np.linspace(-spread, spread, columns)
        folds = 1 + 0.05 * (0.925 - t) * np.cos(angle * 6)
        x = np.sin(angle) * (wide + out) * folds
        z = -np.cos(angle) * (deep + out) * folds - max(0.0, 0.5 - t) * 0.03
        grid.append(np.column_stack([x, np.full(columns, float(torso_y(t))), z]))
    outside = sheet(grid).facing((0, 0, -1))
    pull = by.hem
    w.add(outside, 'accent', pull, lambda p: mixed(0.80, 0.98, eased_between(0.2, 0.9, p[:, 1])))
    inside = sheet([row - [0, 0, -0.012] for row in grid]).facing((0, 0, 1))
    w.add(inside, 'accent', pull, 0.58)
    if d.fine:
        collar = turned_profile(
            [(0.082, -0.01), (0.100, 0.0), (0.098, 0.022), (0.078, 0.030)],
            d.around(16),
            (0, torso_y(0.93), 0),
            0.93,
        )
        w.add(collar, 'accent', by.trunk, 0.86)
        w.add(
            ball((0, torso_y(0.925), 0.098), (0.022, 0.022, 0.012), 9, 5),
            'fixed',
            by.trunk,
            color=MARIGOLD,
        )


def _flower(w: Wardrobe) -> None:
    d = w.detail
    w.open('flower', 'accessory', [6])
    at = head_point(1.05, 1.18, 0.058)
    out = at - np.array([0, 1.26, -0.02])
    out /= np.linalg.norm(out)
    side = np.cross([0, 1, 0], out)
    side /= np.linalg.norm(side)
    up = np.cross(out, side)
    if not d.fine:
        w.add(ball(at, 0.055, d.pick(6, 6, 6, 4), d.pick(4, 4, 3, 2)), 'accent', 'head')
        return
    for i in range(5):
        a = i / 5 * 2 * np.pi
        petal = at + 0.036 * (np.cos(a) * up + np.sin(a) * side)
        w.add(ball(petal, 0.029, d.pick(6, 5, 4, 4), d.pick(4, 3, 2, 2)), 'accent', 'head', 0.97)
    w.add(bead(w, at + out * 0.018, 0.022, 8, 5), 'fixed', 'head', color=MARIGOLD)


def _bow_tie(w: Wardrobe) -> None:
    d = w.detail
    w.open('bow tie', 'accessory', [7])
    if d.plain:
        return
    y, z = torso_y(0.905), 0.115
    wing = lock(
        w,
        [(0.008, y, z), (0.042, y + 0.004, z + 0.010), (0.080, y + 0.006, z - 0.004)],
        [0.014, 0.034, 0.040],
        0.42,
        9,
        5,
        (0, 0, 1),
    )
    w.both(wing, 'accent', by.trunk, shade=0.97)
    w.add(
        ball((0, y, z + 0.008), (0.019, 0.022, 0.018), d.around(9), d.along(6, 3)),
        'accent',
        by.trunk,
        0.8,
    )


def _beard(w: Wardrobe) -> None:
    """A full beard: a band under the face from ear to ear, and a moustache."""
    d = w.detail
    w.open('beard', 'accessory', [8])
    reach = np.radians(98)
    around = np.linspace(-reach, reach, d.along(19, 7))
    rows = []
    for q, (down, out) in enumerate(
        ((0.505, 0.004), (0.54, 0.026), (0.66, 0.045), (0.80, 0.050), (0.93, 0.035), (1.0, 0.004))
    ):
        if not d.fine and q in (0, 3):
            continue
        dip = 0.130 * np.exp(-((around / np.radians(24)) ** 2)) * (1 - q / 5) if q < 3 else 0
        thick = out * (0.35 + 0.65 * np.sqrt(np.clip(np.cos(around * 0.9), 0, 1)))
        rows.append(
            head_point(around, np.pi * np.clip(down + dip, 0, 1), thick) - [0, 0.035 * q / 5, 0]
        )
    shape = sheet(rows).facing((0, -0.3, 1))
    w.add(shape, 'hair', 'head', strands(1.05, 1.25, 0.74))
    if d.plain:
        return
    half = lock(
        w,
        [
            (0, 1.222, HEAD_HALF_DEPTH + 0.012),
            (0.050, 1.217, HEAD_HALF_DEPTH + 0.006),
            (0.100, 1.200, HEAD_HALF_DEPTH - 0.036),
        ],
        [0.019, 0.022, 0.006],
        0.8,
        8,
        6,
    )
    w.both(half, 'hair', 'head', shade=0.94)


def _held(points) -> np.ndarray:
    """Places beside a hand that hangs, as they lie about the bone of what is held."""
    hanging = np.array([CLEAR_X, HAND_Y, 0.077])
    return np.asarray(points, float) - hanging + JOINTS[BONE['held']]


def _staff(w: Wardrobe) -> None:
    """Bent like a bow, so that it keeps clear of the hat above and of the robe below."""
    d = w.detail
    w.open('staff', 'accessory', [9])
    path = [
        (0.41, 0.02, 0.11),
        (0.31, 0.34, 0.085),
        (CLEAR_X, HAND_Y, 0.077),
        (0.33, 0.95, 0.07),
        (0.42, 1.16, 0.06),
    ]
    pole = loft(
        _held(path),
        [0.019, 0.017, 0.017, 0.018, 0.020],
        d.around(8),
        rows=d.along(11, 3),
    )
    shade = lambda p: mixed(0.8, 1, eased_between(0.4, 1.4, p[:, 1]))
    w.add(pole, 'fixed', 'held', shade, color=WOOD)
    orb = _held((0.44, 1.275, 0.055))
    w.add(ball(orb, 0.064, d.around(12), d.along(8, 3)), 'fixed', 'held', color=LAGOON)
    if d.near:
        crook = hoop(
            orb, 0.098, 0.104, 0.016, d.around(18), d.pick(6, 3, 3, 3), (-np.pi * 0.6, np.pi * 0.82)
        )
        w.add(crook, 'fixed', 'held', 0.9, color=WOOD)
    if d.fine:
        w.add(ball(orb + [0.02, 0.026, 0.052], (0.016, 0.018, 0.008), 7, 4), 'white', 'held')


def _wings(w: Wardrobe) -> None:
    d = w.detail
    w.open('wings', 'accessory', [10])
    y = torso_y(0.68)
    feathers = (
        (0.15, 0.20, 0.00, 'white'),
        (0.05, 0.19, 0.06, 'white'),
        (-0.05, 0.13, 0.10, 'accent'),
    )
    for lift, length, drop, role in feathers[:1] if d.plain else feathers:
        feather = lock(
            w,
            [
                (0.024, y, -0.145),
                (0.115, y + 0.035 + lift, -0.205),
                (0.165 + length * 0.6, y + 0.04 + lift - drop * 0.4, -0.225),
                (0.175 + length, y + 0.015 + lift - drop, -0.228),
            ],
            [0.026, 0.064, 0.066, 0.022],
            0.34,
            11,
            d.pick(8, 6, 6, 8),
            (0, 0, 1),
            rooted=True,
        )
        w.both(
            feather,
            role,
            'upperChest',
            shade=lambda p: mixed(0.82, 0.98, eased_between(0.05, 0.25, np.abs(p[:, 0]))),
        )
    if d.fine:
        w.add(ball((0, y - 0.01, -0.15), (0.05, 0.06, 0.03), 10, 6), 'accent', 'upperChest', 0.8)


def _satchel(w: Wardrobe) -> None:
    d = w.detail
    w.open('satchel', 'accessory', [11])
    x, y = 0.225, 0.515
    w.add(
        ball((x, y, 0.03), (0.052, 0.092, 0.118), d.around(13), d.along(8, 3), 3.2),
        'accent',
        'hips',
        0.9,
    )
    if not d.plain:
        flap = ball(
            (x + 0.014, y + 0.034, 0.03), (0.050, 0.064, 0.122), d.around(13), d.along(7, 3), 3.2
        )
        w.add(flap, 'accent', 'hips', 0.74)
        belt = strap(
            w,
            [
                (x - 0.01, y + 0.07, 0.09),
                torso_front(0.10, 0.42, 0.040),
                torso_front(-0.02, 0.70, 0.040),
                (-0.092, torso_y(0.91), 0.055),
                (-0.098, torso_y(0.93), -0.03),
                (-0.03, torso_y(0.72), -0.155),
                (0.11, torso_y(0.42), -0.150),
                (x - 0.01, y + 0.07, -0.03),
            ],
            0.017,
            16,
        )
        w.add(belt, 'accent', by.trunk, 0.8)
    if d.fine:
        w.add(
            ball((x + 0.062, y + 0.006, 0.03), (0.010, 0.016, 0.016), 7, 4),
            'fixed',
            'hips',
            color=MARIGOLD,
        )


def _ukulele(w: Wardrobe) -> None:
    """Slung across the back, its neck over the right shoulder."""
    d = w.detail
    w.open('ukulele', 'accessory', [12])
    lean = np.radians(28)
    along_neck = np.array([-np.sin(lean), np.cos(lean), 0])
    middle = np.array([0.055, torso_y(0.40), -0.215])
    for shift, size, shade in ((0.0, 0.130, 0.86), (0.135, 0.098, 0.94)):
        at = middle + along_neck * shift
        w.add(
            ball(at, (size, size, 0.050), d.around(14), d.along(7, 3), 2.6),
            'accent',
            'chest',
            shade,
        )
    if d.plain:
        return
    neck = loft(
        [middle + along_neck * s for s in (0.20, 0.34, 0.50)],
        [0.024, 0.021, 0.021],
        d.around(7),
        flat=0.7,
        up=(0, 0, 1),
    )
    w.add(neck, 'fixed', 'chest', color=WOOD)
    if d.near:
        head = loft(
            [middle + along_neck * s for s in (0.49, 0.53, 0.585)],
            [0.026, 0.038, 0.032],
            d.around(8),
            flat=0.45,
            up=(0, 0, 1),
        )
        w.add(head, 'fixed', 'chest', color=DARK_WOOD)
    if d.fine:
        hole = turned_profile([(0.036, 0), (0.034, 0.004), (0, 0.005)], 12).turned(
            (0, 0, 0), 'x', -np.pi / 2
        )
        w.add(hole.moved(middle + along_neck * 0.075 + [0, 0, -0.050]), 'fixed', 'chest', color=INK)
    belt = strap(
        w,
        [
            middle + along_neck * 0.25 + [0, 0, 0.03],
            (-0.090, torso_y(0.94), 0.0),
            torso_front(-0.045, 0.76, 0.040),
            torso_front(0.075, 0.42, 0.040),
            (0.172, torso_y(0.28), 0.0),
            middle + [0.06, -0.08, 0.03],
        ],
        0.016,
        12,
    )
    w.add(belt, 'fixed', by.trunk, color=DARK_WOOD)


def _camera(w: Wardrobe) -> None:
    d = w.detail
    w.open('camera', 'accessory', [13])
    at = torso_front(0, 0.50, 0.070)
    body = ball(at, (0.078, 0.052, 0.040), d.around(13), d.along(8, 3), 3.6)
    w.add(body, 'accent', 'chest', 0.96)
    if d.plain:
        return
    tube = turned_profile(
        [(0.040, 0), (0.040, 0.030), (0.034, 0.036), (0.028, 0.026), (0, 0.024)], d.around(14)
    )
    w.add(
        tube.turned((0, 0, 0), 'x', np.pi / 2).moved(at + [0, -0.002, 0.030]),
        'fixed',
        'chest',
        color=INK,
    )
    if d.fine:
        w.add(ball(at + [0.010, 0.010, 0.058], (0.009, 0.009, 0.004), 7, 4), 'white', 'chest')
        w.add(ball(at + [0.046, 0.056, 0], (0.016, 0.010, 0.014), 8, 4), 'white', 'chest', 0.9)
    for sign in (1, -1):
        belt = strap(
            w,
            [
                at + [sign * 0.070, 0.02, -0.02],
                torso_front(sign * 0.088, 0.74, 0.036),
                (sign * 0.088, torso_y(0.925), 0.02),
                (sign * 0.055, torso_y(0.955), -0.085),
                (0, torso_y(0.96), -0.105),
            ],
            0.010,
            9,
            0.6,
        )
        w.add(belt, 'fixed', by.trunk, color=DARK_WOOD)


def _fox_tail(w: Wardrobe) -> None:
    d = w.detail
    w.open('fox tail', 'accessory', [14])
    tail = loft(
        [(0, 0.545, -0.12), (0.06, 0.47, -0.27), (0.19, 0.60, -0.32), (0.255, 0.79, -0.30)],
        [0.036, 0.078, 0.092, 0.064],
        d.around(11),
        rows=d.along(10, 4),
        up=(0, 0, 1),
    )
    w.add(tail, 'accent', 'hips', lambda p: mixed(0.80, 0.98, eased_between(0.45, 0.7, p[:, 1])))
    w.add(
        ball((0.262, 0.822, -0.298), (0.062, 0.088, 0.062), d.around(10), d.along(7, 3)),
        'fixed',
        'hips',
        0.97,
        color=MILK,
    )


def _balloon(w: Wardrobe) -> None:
    """Its string is tied to the left hand, and it floats above whatever the hand does."""
    d = w.detail
    w.open('balloon', 'accessory', [15])
    at = _held((0.36, 1.80, 0.0))
    hand = JOINTS[BONE['held']]
    if not d.plain:

        def tied(points: np.ndarray) -> np.ndarray:
            free = eased_between(0.02, 0.30, points[:, 1] - hand[1])[:, None]
            return by.rigid('leftHand')(points) * (1 - free) + by.rigid('held')(points) * free

        string = loft(
            [hand, *_held([(0.32, 0.95, 0.06), (0.32, 1.33, 0.02), (0.35, 1.62, 0.0)])],
            [0.0045] * 4,
            4 if d.near else 3,
            rows=d.along(9, 3),
            up=(0, 0, 1),
        )
        w.add(string, 'fixed', tied, color=CREAM)

    def form(p: np.ndarray) -> np.ndarray:
        low = np.clip(-p[:, 1], 0, 1)
        p[:, [0, 2]] *= (1 - 0.22 * low**2)[:, None]
        return p * [0.150, 0.182, 0.150] + at

    shade = lambda p: mixed(0.84, 1, eased_between(-0.18, 0.1, p[:, 1] - at[1]))
    w.add(ball((0, 0, 0), 1.0, d.around(15), d.along(10, 4)).reshaped(form), 'accent', 'held', shade)
    if d.fine:
        knot = ball(at + [-0.006, -0.188, 0], (0.020, 0.016, 0.020), 8, 4)
        w.add(knot, 'accent', 'held', 0.8)
        w.add(ball(at + [0.052, 0.085, 0.106], (0.024, 0.038, 0.016), 8, 5), 'white', 'held')


ACCESSORIES = (
    _glasses,
    _headphones,
    _backpack,
    _scarf,
    _cape,
    _flower,
    _bow_tie,
    _beard,
    _staff,
    _wings,
    _satchel,
    _ukulele,
    _camera,
    _fox_tail,
    _balloon,
)


def add_accessories(w: Wardrobe) -> None:
    for make in ACCESSORIES:
        make(w)
