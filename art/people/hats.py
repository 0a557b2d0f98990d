"""Hats, scarves and hoods, each with the hair that shows below it."""

import numpy as np

from art.people import weights as by
from art.people.curve import eased, eased_between
from art.people.hair import (
    add_cap,
    bead,
    braid,
    cap,
    degrees_from_front,
    fringe,
    hairline,
    lock,
    strands,
)
from art.people.measure import CHIN, CROWN, HEAD, HEAD_HALF_DEPTH, HEAD_HALF_WIDTH
from art.people.shell import Shell, ball, hoop, sheet, turned_profile
from art.people.wardrobe import Wardrobe

MILK = (1.0, 0.905, 0.768)
MARIGOLD = (0.896, 0.451, 0.048)
STRAW = (0.965, 0.694, 0.254)
CREAM = (0.913, 0.761, 0.571)
# What would pierce a hat or cover a scarf.
UNDER_HATS = ('headphones.band',)


def _hat(w: Wardrobe, profile, at, tilt: float, segments: int = 28, deep: float = 0.96) -> Shell:
    """A lathe worn on the head, its front raised by `tilt` radians."""
    count = w.detail.around(segments) if not w.detail.plain else 6
    return turned_profile(profile, count, at, deep).turned(at, 'x', -tilt)


def _cap_with_peak(w: Wardrobe) -> None:
    d = w.detail
    w.open('cap', 'head', [9], UNDER_HATS)
    add_cap(w, cap(w, fringe(66, 0, 0, 94, 114), 0.012, 26, 5, under=True))
    dome = cap(w, hairline((0, 68), (60, 72), (180, 80)), 0.030, 28, 6, top=0.012)
    w.add(dome, 'accent', 'head', lambda p: 0.82 + 0.18 * eased_between(1.38, 1.5, p[:, 1]))
    peak = ball((0, 0, 0), (0.158, 0.014, 0.135), d.around(18), d.along(6, 3))

    def form(p: np.ndarray) -> np.ndarray:
        p[:, 1] -= 1.15 * p[:, 0] ** 2 + 0.14 * p[:, 2]
        return p + [0, 1.424, 0.208]

    w.add(peak.reshaped(form), 'accent', 'head', 0.84)
    if d.fine:
        w.add(bead(w, (0, CROWN + 0.043, 0), (0.020, 0.012, 0.020), 8, 4), 'accent', 'head', 0.8)


def _beanie(w: Wardrobe) -> None:
    d = w.detail
    w.open('beanie', 'head', [10], UNDER_HATS)
    add_cap(w, cap(w, fringe(60, 0, 0, 98, 116), 0.013, 26, 5, under=True))
    dome = cap(w, hairline((0, 66), (90, 68), (180, 78)), 0.034, 28, 6, top=0.026)
    w.add(dome, 'accent', 'head', lambda p: 0.84 + 0.16 * eased_between(1.40, 1.52, p[:, 1]))
    if d.plain:
        return
    r = HEAD_HALF_WIDTH
    rim = _hat(
        w,
        [
            (r - 0.01, -0.040),
            (r + 0.030, -0.044),
            (r + 0.044, -0.020),
            (r + 0.044, 0.014),
            (r + 0.028, 0.034),
            (r - 0.01, 0.030),
        ],
        (0, 1.402, -0.004),
        0.10,
        28,
        0.95,
    )
    w.add(rim, 'accent', 'head', 0.80)
    w.add(
        bead(w, (0, CROWN + 0.078, -0.012), (0.050, 0.048, 0.050), 11, 7),
        'fixed',
        'head',
        0.96,
        color=MILK,
    )


def _sun_hat(w: Wardrobe) -> None:
    d = w.detail
    w.open('sun hat', 'head', [11], UNDER_HATS)
    add_cap(w, cap(w, fringe(61, 2, 7, 112, 124, 6), 0.026, 30, 6, under=True))
    beads = braid(
        w,
        [
            (0.13, 1.22, -0.10),
            (0.195, 1.13, -0.03),
            (0.175, 1.02, 0.085),
            (0.155, 0.90, 0.135),
            (0.150, 0.80, 0.145),
        ],
        d.pick(7, 4, 3, 1),
        0.050,
    )
    for bit in beads:
        w.add(bit, 'hair', by.hanging_hair, strands(0.8, 1.3))
    at = (0, 1.405, -0.028)
    profile = [
        (0.15, -0.002),
        (0.25, -0.010),
        (0.33, -0.028),
        (0.372, -0.046),
        (0.380, -0.040),
        (0.33, -0.014),
        (0.25, 0.006),
        (0.213, 0.020),
        (0.202, 0.085),
        (0.172, 0.150),
        (0.10, 0.183),
        (0, 0.188),
    ]
    if not d.fine:
        profile = [profile[i] for i in ((0, 3, 4, 7, 9, 11) if not d.plain else (3, 7, 9, 11))]
    w.add(
        _hat(w, profile, at, 0.10, 32, 0.98),
        'fixed',
        'head',
        lambda p: 0.80 + 0.17 * eased_between(1.34, 1.44, p[:, 1]),
        color=STRAW,
    )
    if not d.plain:
        ribbon = _hat(
            w, [(0.208, 0.020), (0.219, 0.026), (0.213, 0.072), (0.202, 0.078)], at, 0.10, 28, 0.98
        )
        w.add(ribbon, 'accent', 'head', 0.97)
    if d.fine:
        w.add(
            bead(w, (0.150, 0.765, 0.145), (0.027, 0.020, 0.027), 8, 4), 'accent', by.hanging_hair
        )
        w.add(
            bead(w, (0.150, 0.728, 0.145), (0.031, 0.034, 0.030), 8, 4),
            'hair',
            by.hanging_hair,
            0.85,
        )


def _headscarf(w: Wardrobe) -> None:
    d = w.detail
    w.open('headscarf', 'head', [12], (*UNDER_HATS, 'ears'))
    line = hairline((0, 52), (35, 58), (58, 86), (72, 126), (95, 140), (180, 142))

    def drop(around):
        far = np.radians(degrees_from_front(around))
        return np.interp(far, [0, 1.0, 1.35, 1.9, np.pi], [0, 0.0, 0.08, 0.16, 0.19])

    shape = cap(w, line, 0.029, 34, 8, drop, 0.055, 0.006)
    w.add(
        shape, 'accent', by.hanging_hair, lambda p: 0.80 + 0.18 * eased_between(1.0, 1.45, p[:, 1])
    )
    # The scarf wound about the neck: an accessory's scarf takes its place.
    w.open('headscarf.wrap', 'head', [12])
    if d.plain:
        return
    for y, wide, deep, thick, shade, tip in (
        (1.090, 0.122, 0.124, 0.040, 0.92, 0.10),
        (1.035, 0.138, 0.132, 0.044, 0.86, -0.05),
    ):
        ring = hoop((0, 0, 0), wide, deep, thick, d.around(18), d.around(8))
        w.add(
            ring.turned((0, 0, 0), 'x', np.pi / 2 + tip).moved((0, y, 0.004)),
            'accent',
            by.trunk,
            shade,
        )
        if not d.fine:
            break
    end = lock(
        w,
        [(-0.045, 1.045, 0.150), (-0.075, 0.975, 0.180), (-0.088, 0.86, 0.172)],
        [0.036, 0.054, 0.064],
        0.3,
        9,
        5,
        (0, 0, 1),
    )
    w.add(end, 'accent', by.trunk, lambda p: 0.84 + 0.12 * eased_between(0.86, 1.0, p[:, 1]))
    if d.fine:
        w.add(
            bead(w, (-0.040, 1.052, 0.184), (0.019, 0.019, 0.012), 8, 4),
            'fixed',
            by.trunk,
            color=MARIGOLD,
        )


def _long_beard(w: Wardrobe) -> None:
    d = w.detail
    columns = []
    share = np.linspace(0, 1, d.pick(6, 4, 3, 2))
    wide = np.interp(share, [0, 0.25, 0.6, 1], [0.165, 0.168, 0.118, 0.010])
    front = np.interp(share, [0, 0.3, 0.7, 1], [0.168, 0.200, 0.198, 0.180])
    for u in np.linspace(-1, 1, d.pick(9, 7, 5, 3)):
        x = u * wide
        y = 1.190 - share * 0.345 + 0.055 * u * u * (1 - share)
        z = front - 0.115 * u * u * np.interp(share, [0, 1], [1.1, 0.2]) + 0.007 * np.cos(u * 9)
        columns.append(np.column_stack([x, y, z]))
    face = sheet(columns).facing((0, 0, 1))
    shade = lambda p: 0.78 + 0.22 * eased_between(0.86, 1.2, p[:, 1])
    w.add(face, 'hair', 'head', shade)
    if d.fine:
        back = sheet([c - [0, 0, 0.04] for c in columns]).facing((0, 0, -1))
        w.add(back, 'hair', 'head', 0.62)
    if not d.plain:
        for sign in (1, -1):
            half = lock(
                w,
                [
                    (0, 1.226, HEAD_HALF_DEPTH + 0.016),
                    (sign * 0.06, 1.222, HEAD_HALF_DEPTH + 0.008),
                    (sign * 0.128, 1.194, HEAD_HALF_DEPTH - 0.042),
                ],
                [0.020, 0.023, 0.006],
                0.8,
                8,
                6,
            )
            w.add(half, 'hair', 'head')


def _wizard(w: Wardrobe) -> None:
    d = w.detail
    w.open('wizard hat', 'head', [13], (*UNDER_HATS, 'beard', 'ears'))
    drop = lambda a: 0.10 * eased((degrees_from_front(a) - 80) / 25)
    add_cap(w, cap(w, fringe(60, 1, 0, 118, 124), 0.028, 28, 5, drop, 0.02, under=True), hangs=True)
    _long_beard(w)
    at = (0, CHIN + 0.735 * HEAD, -0.022)
    brim = [(0.14, 0.004), (0.325, -0.026), (0.332, -0.018), (0.25, 0.006), (0.19, 0.03)]
    if not d.fine:
        brim = [brim[i] for i in ((1, 2, 4) if d.near else (1, 4))]
    w.add(_hat(w, brim, at, 0.08, 30, 0.97), 'accent', 'head', 0.84)
    y, z = at[1], at[2]
    cone = lock(
        w,
        [
            (0, y + 0.010, z),
            (0, y + 0.13, z - 0.012),
            (0.012, y + 0.27, z - 0.035),
            (0.060, y + 0.39, z - 0.060),
            (0.145, y + 0.455, z - 0.055),
            (0.212, y + 0.430, z - 0.045),
        ],
        [0.214, 0.165, 0.115, 0.075, 0.045, 0.012],
        0.97,
        d.pick(22, 20, 24, 28),
        d.pick(11, 12, 11, 11),
        (0, 0, 1),
        rooted=True,
    )
    w.add(cone, 'accent', 'head', lambda p: 0.86 + 0.12 * eased_between(y, y + 0.2, p[:, 1]))
    if not d.plain:
        ribbon = [(0.196, 0.020), (0.226, 0.026), (0.214, 0.068), (0.180, 0.072)]
        if not d.fine:
            ribbon = ribbon[1:]
        ribbon = _hat(w, ribbon, at, 0.04, 26, 0.97)
        w.add(ribbon, 'fixed', 'head', 0.95, color=MARIGOLD)
    if d.fine:
        w.add(bead(w, (0.224, y + 0.418, z - 0.045), 0.032, 10, 6), 'fixed', 'head', color=MARIGOLD)


def _fox_hood(w: Wardrobe) -> None:
    d = w.detail
    w.open('fox hood', 'head', [14], (*UNDER_HATS, 'ears'))
    line = hairline((0, 58), (30, 62), (55, 84), (75, 128), (100, 148), (180, 152))
    hood = cap(w, line, 0.034, 32, 8, top=0.012)
    w.add(hood, 'accent', 'head', lambda p: 0.82 + 0.16 * eased_between(1.1, 1.4, p[:, 1]))
    if not d.plain:
        add_cap(w, cap(w, fringe(64, 3, 6, 74, 62), 0.014, 24, 4, under=True))
    for sign in (1, -1):
        base, tip = np.array([sign * 0.128, 1.452, -0.01]), np.array([sign * 0.070, 0.185, 0.012])
        ear = lock(
            w,
            [base, base + tip * 0.5 + [sign * 0.014, 0, 0], base + tip],
            [0.088, 0.082, 0.020],
            0.5,
            11,
            6,
            (0, 0, 1),
            rooted=True,
        )
        w.add(ear, 'accent', 'head', 0.97)
        if not d.plain:
            inner = base + [0, 0.025, 0.030]
            lobe = lock(
                w,
                [inner, inner + tip * 0.45, inner + tip * 0.84],
                [0.056, 0.050, 0.011],
                0.4,
                8,
                5,
                (0, 0, 1),
            )
            w.add(lobe, 'fixed', 'head', 0.96, color=CREAM)


HATS = (_cap_with_peak, _beanie, _sun_hat, _headscarf, _wizard, _fox_hood)


def add_hats(w: Wardrobe) -> None:
    for hat in HATS:
        hat(w)
