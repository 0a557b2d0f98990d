"""What the sixteen figures wear. Each garment is a part and names the figures that wear it."""

import numpy as np

from art.people import weights as by
from art.people.body import (
    SIDES,
    arm_tube,
    bare_arms,
    bare_legs,
    cloth,
    leg_tube,
    mixed,
    strap,
    torso_shell,
)
from art.people.curve import eased_between
from art.people.hats import MARIGOLD
from art.people.measure import CROTCH, HIP_Y, KNEE_Y, torso_front, torso_y
from art.people.shell import Shell, ball, loft, sheet, stacked
from art.people.wardrobe import Wardrobe

# Figures by garment.
HOODIE, ZIP, DRESS, COAT = [0, 13], [1], [2, 9], [3, 10]
DUNGAREES, TUNIC, ROBE, ONESIE = [4, 11], [5, 12], [6], [7]
TEE, JACKET, SKIRT = [8], [14, 15], [15]
LONG_SLEEVES = [0, 3, 4, 5, 10, 12, 13, 14, 15, 7]
SHORT_SLEEVES = [1, 2, 8, 9, 11]
TROUSERS = [4, 6, 8, 10, 14]
LEGGINGS = [0, 3]
WIDE_TROUSERS = [5, 12]
SHORTS = [1, 11, 13]
BARE_LEGS = [1, 2, 9, 11, 13, 15]


def band(x: float, half, span, out: float, rows: int, thick: float = 0.004) -> Shell:
    """A strip of cloth down the front; `half` may be two widths, `out` what it lies on."""
    halves = np.broadcast_to(np.asarray(half, float), (2,)) if np.ndim(half) else (half, half)
    columns = [[], [], []]
    for t, h in zip(np.linspace(*span, rows), np.linspace(*halves, rows)):
        columns[0].append(torso_front(x - h, t, out - 0.003))
        columns[1].append(torso_front(x, t, out + thick))
        columns[2].append(torso_front(x + h, t, out - 0.003))
    return sheet(columns).facing((0, 0, 1))


def _skirted(
    w: Wardrobe,
    span: tuple[float, float, float],
    out: float,
    *,
    rows: tuple[int, int],
    segments: int,
    flare: float,
    fold: float,
    lining: float,
    dark: tuple[float, float, float],
    edge: tuple[str, tuple | None],
    collar: bool = True,
) -> None:
    """What flares below the waist: `span` is its hem, the end of its border, and its upper end.

    `rows` are the border's and the cloth's, `dark` its shade at the hem and where that begins and ends.
    """
    low, seam, high = span
    cloth_shell = torso_shell(
        w, seam - 0.003, high, out, rows[1], segments, flare, fold, hem=0, collar=collar
    )
    w.add(
        cloth_shell,
        'top',
        by.hem,
        lambda p: mixed(dark[0], 0.98, eased_between(dark[1], dark[2], p[:, 1])),
    )
    border = torso_shell(
        w, low, seam + 0.003, out + 0.0005, rows[0], segments, flare, fold, 0, False, lining
    )
    role, color = edge
    w.add(border, role, by.hem, 0.95, color=color)


def _stand_up_collar(w: Wardrobe, role: str, levels, shade: float) -> None:
    """`levels`: half width, half depth and height on the torso."""
    rings = [(wide, deep, torso_y(t)) for wide, deep, t in levels]
    w.add(stacked(rings, w.detail.around(16), tips=(False, False)), role, by.trunk, shade)


def _pelvis(w: Wardrobe, role: str = 'bottom') -> None:
    if w.detail.plain:
        return
    out = 0.002 if w.detail.near else -0.018
    shell = torso_shell(w, 0.02, 0.34, out, rows=4, segments=15, hem=0, collar=False)
    w.add(shell, role, by.trunk, 0.9)


def _arms(w: Wardrobe) -> None:
    w.open('sleeves.long', 'figure', LONG_SLEEVES)
    for side, sign in SIDES:
        tube = arm_tube(w, sign, (0, 0.76), (0.062, 0.059, 0.056, 0.053))
        w.add(tube, 'top', by.arm(side), lambda p: mixed(0.97, 0.88, np.abs(p[:, 0]) / 0.45))
    w.open('sleeves.wide', 'figure', ROBE)
    for side, sign in SIDES:
        tube = arm_tube(w, sign, (0, 0.76), (0.062, 0.064, 0.074, 0.098), 11)
        w.add(tube, 'top', by.arm(side), lambda p: mixed(0.97, 0.84, np.abs(p[:, 0]) / 0.45))
    w.open('sleeves.short', 'figure', SHORT_SLEEVES)
    for side, sign in SIDES:
        tube = arm_tube(w, sign, (0, 0.30), (0.062, 0.064, 0.068), rows=5)
        w.add(tube, 'top', by.arm(side), lambda p: mixed(0.97, 0.86, np.abs(p[:, 0]) / 0.25))
    bare_arms(w, 0.10)


def _legs(w: Wardrobe) -> None:
    top = CROTCH + 0.07
    inside = lambda p: mixed(0.94, 0.74, eased_between(top - 0.14, top, p[:, 1]))
    for name, figures, bottom, radii in (
        ('legs.trousers', TROUSERS, 0.085, (0.076, 0.080, 0.074)),
        ('legs.leggings', LEGGINGS, 0.070, (0.072, 0.062, 0.053)),
        ('legs.wide', WIDE_TROUSERS, 0.070, (0.076, 0.084, 0.094)),
        ('legs.shorts', SHORTS, KNEE_Y + 0.012, (0.076, 0.083, 0.088)),
    ):
        w.open(name, 'figure', figures)
        _pelvis(w)
        for side, sign in SIDES:
            rows = 5 if name == 'legs.shorts' else 8
            w.add(leg_tube(w, sign, top, bottom, radii, rows=rows), 'bottom', by.leg(side), inside)
    w.open('legs.onesie', 'figure', ONESIE)
    for side, sign in SIDES:
        tube = leg_tube(w, sign, top, 0.085, (0.086, 0.082, 0.074))
        w.add(tube, 'top', by.leg(side), inside)
    w.open('legs.bare', 'figure', BARE_LEGS)
    bare_legs(w, HIP_Y)
    if w.detail.fine:
        for side, sign in SIDES:
            sock = leg_tube(w, sign, 0.100, 0.05, (0.0565, 0.054), 9, 3, cuff=False)
            w.add(sock, 'white', by.leg(side), 0.92)


def _hood(w: Wardrobe, role: str = 'top') -> None:
    """A hood thrown back: a thick roll on the shoulders and its bag behind."""
    d = w.detail
    y = torso_y(0.955)
    roll = loft(
        [
            (0, y - 0.055, 0.115),
            (0.075, y - 0.02, 0.075),
            (0.105, y + 0.01, -0.02),
            (0.06, y + 0.015, -0.105),
            (0, y + 0.012, -0.125),
            (-0.06, y + 0.015, -0.105),
            (-0.105, y + 0.01, -0.02),
            (-0.075, y - 0.02, 0.075),
            (0, y - 0.055, 0.115),
        ],
        [0.018, 0.030, 0.042, 0.048, 0.050, 0.048, 0.042, 0.030, 0.018],
        d.around(8),
        rows=d.pick(11, 7, 5, 5),
        caps=(False, False),
    )
    w.add(
        roll,
        role,
        by.trunk,
        lambda p: mixed(0.82, 0.98, eased_between(y - 0.04, y + 0.05, p[:, 1])),
    )
    if d.fine:
        bag = ball((0, y - 0.075, -0.115), (0.092, 0.075, 0.052), d.around(12), d.along(7, 4))
        w.add(bag, role, by.trunk, 0.88)


def _hoodie(w: Wardrobe) -> None:
    d = w.detail
    w.open('hoodie', 'figure', HOODIE)
    w.add(torso_shell(w, 0.03, 0.93, 0.026, 9, hem=0.03), 'top', by.trunk, cloth(0.46, 0.72))
    if d.plain:
        return
    _hood(w)
    if not d.fine:
        return
    w.add(torso_shell(w, 0.0, 0.065, 0.022, 3, hem=0.014), 'top', by.trunk, 0.76)
    pocket = band(0, (0.098, 0.07), (0.15, 0.36), 0.033, d.along(6, 4), 0.005)
    w.add(pocket, 'top', by.trunk, 0.80, flat=True)
    for x in (0.036, -0.036):
        string = loft(
            [
                torso_front(x, 0.90, 0.022),
                torso_front(x * 1.05, 0.80, 0.034),
                torso_front(x * 1.12, 0.66, 0.036),
            ],
            [0.0065, 0.0065, 0.008],
            5,
            rows=d.along(5, 3),
        )
        w.add(string, 'white', by.trunk, 0.95)


def _zip_top(w: Wardrobe) -> None:
    d = w.detail
    w.open('zip top', 'figure', ZIP)
    w.add(torso_shell(w, 0.06, 0.94, 0.018, 9), 'top', by.trunk, cloth(0.46, 0.72))
    if d.plain:
        return
    w.add(band(0, 0.024, (0.08, 0.92), 0.021, d.along(10, 5)), 'white', by.trunk, 0.95, flat=True)
    if d.fine:
        _stand_up_collar(
            w,
            'accent',
            ((0.084, 0.078, 0.90), (0.088, 0.082, 0.93), (0.080, 0.074, 0.96), (0.066, 0.062, 0.95)),
            0.94,
        )
        w.add(torso_shell(w, 0.05, 0.10, 0.019, 3, hem=0.012), 'accent', by.trunk, 0.88)


def _tee(w: Wardrobe) -> None:
    d = w.detail
    w.open('tee', 'figure', TEE)
    w.add(torso_shell(w, 0.06, 0.93, 0.016, 9), 'top', by.trunk, cloth(0.46, 0.72))
    if d.fine:
        for low in (0.50, 0.62):
            stripe = torso_shell(w, low, low + 0.055, 0.0185, 3, hem=0, collar=False)
            w.add(stripe, 'accent', by.trunk, 0.97, flat=True)


def _dress(w: Wardrobe) -> None:
    d = w.detail
    w.open('dress', 'figure', DRESS)
    _skirted(
        w,
        (-0.36, -0.255, 0.46),
        0.014,
        rows=(4, 9),
        segments=24,
        flare=0.155,
        fold=0.045,
        lining=0.08,
        dark=(0.84, 0.30, 0.62),
        edge=('bottom', None),
        collar=False,
    )
    bodice = torso_shell(w, 0.44, 0.85, 0.013, 5, hem=0, collar=False)
    w.add(bodice, 'top', by.trunk, cloth(0.7, 0.95, 0.92))
    if d.plain:
        return
    chest = torso_shell(w, 0.80, 0.93, 0.007, 4, hem=0)
    w.add(chest, 'bottom', by.trunk, 0.97)
    w.add(torso_shell(w, 0.435, 0.50, 0.022, 3, hem=0.008), 'accent', by.trunk, 0.95)


def _coat(w: Wardrobe) -> None:
    d = w.detail
    w.open('coat', 'figure', COAT)
    out = 0.021
    segments = d.pick(22, 29, 22, 22)
    shell = torso_shell(w, -0.36, 0.93, out, 12, segments, 0.10, fold=0.03, lining=0.10)
    shade = lambda p: mixed(0.78, 0.98, eased_between(0.2, 0.75, p[:, 1]))
    if not d.near:
        w.add(shell, 'top', by.hem, shade)
        return
    # The two facets in the middle are its front, which shows another colour.
    front, rest = shell.split(lambda p: np.abs(np.arctan2(p[:, 0], p[:, 2])) < np.radians(27))
    w.add(rest, 'top', by.hem, shade)
    w.add(front, 'accent', by.hem, 0.96)
    levels = (
        (0.105, 0.098, 0.87),
        (0.114, 0.106, 0.90),
        (0.098, 0.092, 0.965),
        (0.072, 0.068, 0.955),
    )
    _stand_up_collar(w, 'top', levels if d.fine else levels[1:], 0.86)
    if d.fine:
        for t in (0.66, 0.47, 0.28):
            at = torso_front(0.066, t, out + 0.006)
            w.add(
                ball(at, (0.014, 0.014, 0.008), 8, 4),
                'fixed',
                by.trunk,
                color=(0.147, 0.058, 0.036),
            )


def _shirt(w: Wardrobe) -> None:
    low = 0.40 if w.detail.fine else 0.10
    w.add(torso_shell(w, low, 0.93, 0.006, 6, hem=0), 'top', by.trunk, cloth(0.5, 0.75, 0.9))


def _dungarees(w: Wardrobe) -> None:
    d = w.detail
    w.open('dungarees', 'figure', DUNGAREES)
    _shirt(w)
    w.add(torso_shell(w, 0.02, 0.50, 0.017, 7, hem=0), 'bottom', by.trunk, cloth(0.46, 0.7, 0.84))
    rows = d.along(6, 3)
    columns = [
        [
            torso_front(x, t, 0.016 if abs(x) < 0.09 else 0.008)
            for t in np.linspace(0.47, 0.76, rows)
        ]
        for x in np.linspace(-0.098, 0.098, d.along(7, 3))
    ]
    w.add(sheet(columns).facing((0, 0, 1)), 'bottom', by.trunk, 0.94, flat=True)
    if d.plain:
        return
    for x in (0.082, -0.082):
        sign = np.sign(x)
        brace = strap(
            w,
            [
                torso_front(x, 0.72, 0.016),
                torso_front(x, 0.82, 0.016),
                (sign * 0.096, torso_y(0.905), 0.03),
                (sign * 0.09, torso_y(0.89), -0.06),
                (sign * 0.07, torso_y(0.72), -0.128),
                (sign * 0.05, torso_y(0.48), -0.138),
            ],
            0.021,
        )
        w.add(brace, 'bottom', by.trunk, 0.9)
        if d.fine:
            w.add(
                ball(torso_front(x, 0.715, 0.024), (0.015, 0.015, 0.008), 8, 4), 'accent', by.trunk
            )
    if d.fine:
        pocket = band(0, (0.062, 0.066), (0.52, 0.66), 0.022, 4, 0.003)
        w.add(pocket, 'bottom', by.trunk, 0.78, flat=True)


def _tunic(w: Wardrobe) -> None:
    d = w.detail
    w.open('tunic', 'figure', TUNIC)
    _skirted(
        w,
        (-0.225, -0.158, 0.93),
        0.014,
        rows=(3, 11),
        segments=20,
        flare=0.085,
        fold=0.03,
        lining=0.02,
        dark=(0.82, 0.32, 0.75),
        edge=('accent', None),
    )
    if d.fine:
        placket = band(0, 0.020, (0.60, 0.91), 0.017, 6)
        w.add(placket, 'accent', by.trunk, 0.95, flat=True)


def _robe(w: Wardrobe) -> None:
    d = w.detail
    w.open('robe', 'figure', ROBE)
    _skirted(
        w,
        (-0.475, -0.398, 0.93),
        0.016,
        rows=(3, 13),
        segments=22,
        flare=0.125,
        fold=0.03,
        lining=0.04,
        dark=(0.80, 0.16, 0.75),
        edge=('fixed', MARIGOLD),
    )
    if not d.plain:
        belt = torso_shell(w, 0.40, 0.47, 0.036, 3, hem=0.010)
        w.add(belt, 'fixed', by.trunk, 0.95, color=MARIGOLD)


def _onesie(w: Wardrobe) -> None:
    d = w.detail
    w.open('onesie', 'figure', ONESIE)
    w.add(torso_shell(w, 0.02, 0.94, 0.014, 9), 'top', by.trunk, cloth(0.46, 0.7, 0.88))
    if d.plain:
        return
    columns = []
    for u in np.linspace(-1, 1, d.along(7, 4)):
        column = []
        for t in np.linspace(0.10, 0.82, d.along(9, 4)):
            half = 0.098 * np.sqrt(max(0.04, 1 - ((t - 0.43) / 0.43) ** 2))
            column.append(torso_front(u * half, t, 0.019 if abs(u) < 0.9 else 0.0125))
        columns.append(column)
    w.add(
        sheet(columns).facing((0, 0, 1)),
        'fixed',
        by.trunk,
        0.97,
        color=(0.896, 0.752, 0.57),
        flat=True,
    )


def _jacket(w: Wardrobe) -> None:
    d = w.detail
    w.open('jacket', 'figure', JACKET)
    w.add(torso_shell(w, 0.14, 0.93, 0.021, 8), 'top', by.trunk, cloth(0.5, 0.75))
    if d.plain:
        return
    shirt = band(0, (0.046, 0.062), (0.15, 0.92), 0.0225, d.along(9, 4))
    w.add(shirt, 'accent', by.trunk, 0.95, flat=True)
    for sign in (1, -1):
        lapel = loft(
            [
                torso_front(sign * 0.05, 0.15, 0.022),
                torso_front(sign * 0.054, 0.50, 0.024),
                torso_front(sign * 0.066, 0.80, 0.026),
                (sign * 0.084, torso_y(0.935), 0.03),
            ],
            [0.010, 0.013, 0.024, 0.016],
            d.around(7),
            rows=d.along(7, 4),
            flat=0.6,
            up=(0, 0, 1),
        )
        w.add(lapel, 'top', by.trunk, 0.84)
    if d.fine:
        w.add(torso_shell(w, 0.10, 0.165, 0.024, 3, hem=0.012), 'top', by.trunk, 0.78)


def _skirt(w: Wardrobe) -> None:
    w.open('skirt', 'figure', SKIRT)
    shell = torso_shell(w, -0.20, 0.34, 0.010, 7, 20, 0.125, fold=0.05, lining=0.12)
    w.add(
        shell,
        'bottom',
        by.hem,
        lambda p: mixed(0.84, 0.98, eased_between(0.32, 0.6, p[:, 1])),
    )


GARMENTS = (
    _arms,
    _legs,
    _hoodie,
    _zip_top,
    _tee,
    _dress,
    _coat,
    _dungarees,
    _tunic,
    _robe,
    _onesie,
    _jacket,
    _skirt,
)


def add_outfits(w: Wardrobe) -> None:
    for garment in GARMENTS:
        garment(w)
