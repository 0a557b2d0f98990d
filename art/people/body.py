"""What every figure has under its clothes, and the limbs' tubes that sleeves and trousers share."""

import numpy as np

from art.people import weights as by
from art.people.curve import eased_between
from art.people.measure import ARM, CHIN, HIP_X, KNEE_Y, SHOULDER_X, SHOULDER_Y, torso_size, torso_y
from art.people.shell import Shell, ball, circle, from_rings, loft, stacked
from art.people.wardrobe import Wardrobe

SIDES = (('left', 1), ('right', -1))


def mixed(a: float, b: float, t) -> np.ndarray:
    return a + (b - a) * np.asarray(t)


def arm_tube(
    w: Wardrobe, sign: int, span, radii, segments: int = 10, rows: int = 8, cuff: bool = True
) -> Shell:
    """Along the arm from share `span[0]` to `span[1]`; closer rings at the elbow, a rolled cuff."""
    d = w.detail
    k = np.linspace(*span, d.along(rows, 2 if d.plain else 3))
    if span[0] < 0.3 and span[1] > 0.5 and not d.plain:
        near = [0.40] if not d.fine else [0.345, 0.40, 0.455]
        k = np.sort(np.concatenate([k[np.abs(k - 0.40) > 0.06], near]))
    r = np.interp(k, np.linspace(*span, len(radii)), radii)
    if span[0] == 0 and not d.plain:
        # A ball about the joint: however the arm turns, the shoulder stays as round.
        angle = np.radians([75, 45, 20] if d.fine else [60])
        k = np.concatenate([-np.sin(angle) * radii[0] / ARM, k])
        r = np.concatenate([np.cos(angle) * radii[0], r])
    if cuff and d.fine:
        k, r = np.append(k, [span[1] + 0.02, span[1] + 0.005]), np.append(r, [r[-1], r[-1] * 0.72])
    path = np.column_stack([SHOULDER_X + k * ARM, np.full(len(k), SHOULDER_Y), np.zeros(len(k))])
    shell = loft(path, r, d.around(segments), flat=0.96, caps=(False, d.near))
    return shell if sign > 0 else shell.mirrored()


def leg_tube(
    w: Wardrobe,
    sign: int,
    top: float,
    bottom: float,
    radii,
    segments: int = 11,
    rows: int = 8,
    cuff: bool = True,
) -> Shell:
    d = w.detail
    y = np.linspace(top, bottom, d.along(rows, 2 if d.plain else 3))
    if bottom < KNEE_Y - 0.06 and top > KNEE_Y + 0.06 and not d.plain:
        near = [KNEE_Y] if not d.fine else [KNEE_Y + 0.03, KNEE_Y, KNEE_Y - 0.03]
        y = np.sort(np.concatenate([y[np.abs(y - KNEE_Y) > 0.035], near]))[::-1]
    r = np.interp(-y, np.linspace(-top, -bottom, len(radii)), radii)
    if cuff and d.fine:
        y, r = np.append(y, [bottom - 0.012, bottom - 0.004]), np.append(r, [r[-1], r[-1] * 0.72])
    path = np.column_stack([np.full(len(y), HIP_X), y, np.full(len(y), -0.003)])
    shell = loft(path, r, d.around(segments), up=(0, 0, 1), caps=(False, cuff and d.near))
    return shell if sign > 0 else shell.mirrored()


def _flared(t: np.ndarray, out: float | np.ndarray, flare: float, low: float) -> np.ndarray:
    """Half width and depth of a garment at heights t, and how much of it is flare."""
    size = torso_size(np.clip(t, 0.14 if flare or low < 0.14 else 0, 1.05))
    extra = np.clip((0.45 - t) / 0.45, 0, None)[:, None] ** 1.3 * flare
    return np.hstack([size + (out + extra) * [1, 0.92], extra])


def torso_shell(
    w: Wardrobe,
    low: float,
    high: float,
    out: float,
    rows: int = 8,
    segments: int = 18,
    flare: float = 0.0,
    fold: float = 0.0,
    hem: float = 0.016,
    collar: bool = True,
    lining: float | None = None,
) -> Shell:
    """A garment about the trunk from height `low` to `high` (0 crotch, 1 chin), rolled at the hem.

    `flare` widens what is below the waist; `lining` is how high its inside is seen.
    """
    d = w.detail
    t = np.linspace(low, high, d.along(rows, 2 if d.plain else 3))
    table = np.column_stack([_flared(t, out, flare, low), torso_y(t)])
    if lining is not None and d.near:
        steps = max(2, round((lining - low) / (0.085 if d.fine else 0.17)) + 1)
        inside = np.linspace(lining, low, steps)
        # Nearer the body further up: where the cloth folds over a lap, the inside stays inside.
        within = out - np.linspace(0.085, 0.016, steps)
        lined = _flared(inside, within[:, None], flare, low)
        table = np.vstack([np.column_stack([lined, torso_y(inside) + 0.004]), table])
    elif d.fine and hem:
        first, inner = table[0], 1 - hem / max(table[0, 0], 0.08)
        roll = [
            [*first[:2] * inner * 0.94, first[2], first[3] + 0.03],
            [*first[:2] * inner, first[2], first[3] - hem * 0.5],
        ]
        table = np.vstack([roll, table])
    if collar and d.fine:
        last = table[-1]
        table = np.vstack([table, [*last[:2] * 0.84, 0, last[3] - 0.008]])
    unit = circle(d.around(segments), 2.3)
    angle = np.arange(len(unit)) / len(unit) * 2 * np.pi
    rings = []
    for wide, deep, extra, y in table:
        swell = 1 + extra * fold * np.cos(angle * 6)
        x, z = unit[:, 0] * wide * swell, unit[:, 1] * deep * swell
        rings.append(np.column_stack([x, np.full(len(x), y), z]))
    # Seen from afar a garment closes at the chin: there is no neck.
    closed = [0, CHIN + 0.01, 0] if d.plain and high > 0.9 else None
    return from_rings(rings, None, closed, wound=True)


def strap(w: Wardrobe, points, thick: float, rows: int = 12, flat: float = 0.42) -> Shell:
    """A flat band over shoulders and chest, whose ends are hidden in what they hold."""
    return loft(
        points,
        [thick] * len(points),
        w.detail.around(7),
        rows=w.detail.along(rows, 5),
        flat=flat,
        up=(0, 0.3, 1),
        caps=(False, False),
    )


def cloth(low: float, high: float, dark: float = 0.84):
    """A garment's shade: a little darker towards its lower end."""
    return lambda p: mixed(dark, 0.97, eased_between(low, high, p[:, 1]))


def _hand(w: Wardrobe) -> None:
    d = w.detail
    wrist = SHOULDER_X + 0.76 * ARM
    x = wrist + np.array([-0.03, 0.0, 0.024, 0.054, 0.084, 0.106, 0.118])
    high = np.array([0.029, 0.030, 0.040, 0.046, 0.045, 0.035, 0.020])
    if d.plain:
        w.both(ball((wrist + 0.05, SHOULDER_Y, 0), (0.07, 0.036, 0.046), 4, 2), 'skin', 'leftHand')
        return
    if not d.near:
        x, high = x[[0, 3, 5]], high[[0, 3, 4]]
    elif d.rank:
        x, high = x[[0, 2, 3, 5, 6]], high[[0, 2, 3, 5, 6]]
    path = np.column_stack([x, np.full(len(x), SHOULDER_Y), np.zeros(len(x))])
    palm = loft(path, high, d.pick(8, 6, 4, 4), up=(0, 1, 0), flat=0.68, caps=(False, True))
    w.both(palm, 'skin', 'leftHand', shade=0.98)
    if not d.near:
        return
    thumb = loft(
        [
            (wrist + 0.014, SHOULDER_Y, 0.018),
            (wrist + 0.034, SHOULDER_Y, 0.042),
            (wrist + 0.052, SHOULDER_Y, 0.058),
            (wrist + 0.062, SHOULDER_Y, 0.064),
        ],
        [0.019, 0.019, 0.017, 0.010],
        d.pick(6, 4, 4, 4),
        caps=(False, True),
    )
    w.both(thumb, 'skin', 'leftThumbProximal', shade=0.98)


def _foot_form(points: np.ndarray) -> np.ndarray:
    toe = np.clip((points[:, 2] - 0.03) / 0.1, -0.2, 1)
    points[:, 0] = HIP_X + (points[:, 0] - HIP_X) * (1 + 0.13 * toe) + 0.004
    # Low at the toes, up to the ankle at the heel.
    points[:, 1] *= (
        1 - 0.2 * np.clip(toe, 0, 1) + 0.45 * np.clip(-(points[:, 2] - 0.01) / 0.06, 0, 1)
    )
    return points


def _shoe(w: Wardrobe) -> None:
    d = w.detail
    at = (HIP_X, 0.046, 0.03)
    if d.plain:
        upper = ball(at, (0.058, 0.056, 0.105), 4, 2, 2.35)
    else:
        upper = ball(at, (0.059, 0.055, 0.1), d.pick(10, 7, 4, 4), d.pick(6, 4, 3, 3), 2.35)
    flat = upper.reshaped(lambda p: np.column_stack([p[:, 0], np.maximum(p[:, 1], 0.01), p[:, 2]]))
    shoe = flat.reshaped(_foot_form)
    for name, part in (('left', shoe), ('right', shoe.mirrored())):
        w.add(part, 'shoes', by.foot(name), lambda p: mixed(0.80, 1.0, p[:, 1] / 0.08))
    if not d.near:
        return
    levels = [(0.055, 0.096, 0.0), (0.0575, 0.1, 0.010), (0.053, 0.094, 0.025)]
    sole = stacked(
        levels, d.pick(10, 7, 4, 4), 2.3, (HIP_X, 0, 0.03), tips=(False, False)
    ).reshaped(_foot_form)
    for name, part in (('left', sole), ('right', sole.mirrored())):
        w.add(part, 'white', by.foot(name), 0.93)


def _neck(w: Wardrobe) -> None:
    if w.detail.plain:
        return
    t = np.array([0.80, 0.88, 0.94, 1.0, 1.06] if w.detail.fine else [0.84, 1.04])
    size = np.minimum(torso_size(t), [0.098, 0.088])
    levels = np.column_stack([size, torso_y(t)])
    shell = stacked(levels, w.detail.around(12), tips=(False, False))
    # The head's shade falls on the neck.
    w.add(shell, 'skin', by.trunk, lambda p: mixed(0.97, 0.80, eased_between(1.03, 1.09, p[:, 1])))


def add_body(w: Wardrobe) -> None:
    """Neck, hands and shoes; everything else is covered by clothes or comes with them."""
    w.open('body', 'always')
    _neck(w)
    _hand(w)
    _shoe(w)


def bare_arms(w: Wardrobe, start: float) -> None:
    for side, sign in SIDES:
        tube = arm_tube(w, sign, (start, 0.80), (0.039, 0.036, 0.031), 9, 6, cuff=False)
        w.add(tube, 'skin', by.arm(side), 0.97)


def bare_legs(w: Wardrobe, top: float, radii=(0.058, 0.052, 0.046)) -> None:
    for side, sign in SIDES:
        tube = leg_tube(w, sign, top, 0.06, radii, 9, 6, cuff=False)
        w.add(
            tube,
            'skin',
            by.leg(side),
            lambda p: mixed(0.96, 0.78, eased_between(top - 0.12, top, p[:, 1])),
        )
