"""Hair: caps that follow the head, with locks, curls and braids."""

import numpy as np

from art.people import weights as by
from art.people.curve import along, eased, eased_between
from art.people.measure import CHIN, CROWN, HEAD, face_point, head_point
from art.people.shell import Shell, ball, from_rings, hoop, loft
from art.people.wardrobe import Wardrobe


def degrees_from_front(around: np.ndarray) -> np.ndarray:
    return np.degrees(np.abs((np.asarray(around) + np.pi) % (2 * np.pi) - np.pi))


def hairline(*stops: tuple[float, float]):
    """The angle from the crown at which hair ends, by degrees from the front."""
    table = np.array(stops, float)
    return lambda around: np.radians(
        np.interp(degrees_from_front(around), table[:, 0], table[:, 1])
    )


def fringe(
    front: float,
    lobes: float = 0,
    wave: float = 0,
    side: float = 106,
    back: float = 122,
    lean: float = 0,
):
    """A fringe over the brow at `front` degrees from the crown, wavy, longer to one side."""

    def line(around):
        signed = (np.asarray(around) + np.pi) % (2 * np.pi) - np.pi
        far = np.degrees(np.abs(signed))
        brow = front + wave * np.abs(np.sin(signed * lobes)) + lean * np.sin(signed)
        edge = front + wave * 0.5 + 0.6 * lean * np.sign(signed)
        rest = (
            edge + (side - edge) * eased((far - 55) / 27) + (back - side) * eased((far - 82) / 30)
        )
        return np.radians(np.where(far < 55, brow, rest))

    return line


def cap(
    w: Wardrobe,
    line,
    thick: float,
    segments: int = 30,
    rows: int = 7,
    drop=None,
    flare: float = 0.0,
    top: float = 0.0,
    under: bool = False,
) -> Shell:
    """A bowl over the head down to its hairline, then hanging by `drop`; the rim turns inwards.

    What is `under` a hat shows its rim only.
    """
    d = w.detail
    count = d.around(segments) if not d.plain else 6
    around = np.arange(count) / count * 2 * np.pi
    down = line(around)
    rings = []
    levels = d.along(rows, d.pick(4, 3, 2, 2))
    if under:
        levels = d.pick(levels, 2, 1, 1)
    for q in np.linspace(0, 1, levels + 1)[1:]:
        out = thick + top * np.cos(np.clip(down * q, 0, np.pi / 2)) ** 1.5
        rings.append(head_point(around, down * q, out))
    radial = np.column_stack([np.sin(around), np.zeros(count), np.cos(around)])
    if drop is not None:
        length = drop(around)
        base, share = rings[-1], length / max(length.max(), 1e-6)
        steps = d.pick(4, 1 if under else 2, 1, 1)
        for q in np.linspace(0, 1, steps + 1)[1:]:
            hung = base - np.outer(length * q, [0, 1, 0])
            rings.append(hung + radial * (flare * np.sin(q * np.pi / 2) * share)[:, None])
    if not d.plain:
        last = rings[-1]
        if d.fine:
            rings.append(last - radial * 0.007 - [0, 0.009, 0])
        inner = last - radial * max(thick, 0.02) + [0, 0.012, 0]
        rings.append(inner)
        if drop is not None:
            # Hanging hair is seen from its inside as well.
            rings.append(inner + np.outer(length * 0.98, [0, 1, 0]))
    return from_rings(rings, head_point(0, 0, thick + top))


def strands(low: float = CHIN, high: float = CROWN, dark: float = 0.72):
    """Hair is lighter at the crown."""
    return lambda p: dark + (1 - dark) * eased_between(low - 0.02, high + 0.02, p[:, 1])


def add_cap(
    w: Wardrobe, shape: Shell, role: str = 'hair', hangs: bool = False, dark: float = 0.72
) -> None:
    low = min(CHIN, shape.points[:, 1].min())
    w.add(shape, role, by.hanging_hair if hangs else 'head', strands(low, CROWN, dark))


# Heads by hair. What several share is one part.
CROPPED = [0, 6, 7, 15]
FRINGED = [4, 5]


def lock(
    w: Wardrobe,
    points,
    radii,
    flat: float = 0.75,
    segments: int = 8,
    rows: int = 6,
    up=(0, 0, 1),
    rooted: bool = False,
) -> Shell:
    """`rooted`: its beginning is inside something else and needs no cap."""
    d = w.detail
    caps = (not rooted, True)
    return loft(
        points, radii, d.around(segments), rows=d.along(rows, 3), flat=flat, up=up, caps=caps
    )


def bead(w: Wardrobe, at, size, segments: int = 9, rows: int = 6) -> Shell:
    return ball(at, size, w.detail.around(segments), w.detail.along(rows, 3))


def _shared(w: Wardrobe) -> None:
    w.open('hair.crop', 'head', CROPPED)
    add_cap(w, cap(w, fringe(50, 1, 2, 92, 116), 0.018, 28, 6))
    w.open('hair.fringe', 'head', FRINGED)
    add_cap(w, cap(w, fringe(58, 2, 6, 100, 118, 6), 0.024, 30, 7, top=0.006))


def _side_parting(w: Wardrobe) -> None:
    w.open('hair.parting', 'head', [0])
    if w.detail.plain:
        return
    for lean, lift, front in ((0.0, 0.050, 0.020), (0.055, 0.044, 0.022), (0.11, 0.034, 0.014)):
        start = head_point(-0.95, 0.42, 0.0)
        over = head_point(-0.15 + lean * 2, 0.50, lift)
        fall = face_point(0.055 + lean * 0.9, 1.415 - lean * 0.35, front + 0.012)
        tip = face_point(0.115 + lean * 0.75, 1.375 - lean * 0.5, front - 0.006)
        w.add(
            lock(w, [start, over, fall, tip], [0.045, 0.066, 0.050, 0.010], 0.7),
            'hair',
            'head',
            strands(1.3),
        )


def _bob(w: Wardrobe) -> None:
    w.open('hair.bob', 'head', [1], ['ears'])
    drop = lambda a: 0.125 * eased((degrees_from_front(a) - 52) / 22)
    add_cap(w, cap(w, fringe(64, 4, 5, 116, 124, 4), 0.030, 32, 7, drop, 0.030, 0.012), hangs=True)


def _long(w: Wardrobe) -> None:
    w.open('hair.long', 'head', [2], ['ears'])
    drop = lambda a: 0.29 * eased((degrees_from_front(a) - 64) / 36)
    add_cap(w, cap(w, fringe(56, 2, 8, 112, 120, 9), 0.030, 32, 7, drop, 0.022, 0.010), hangs=True)


def _afro(w: Wardrobe) -> None:
    d = w.detail
    w.open('hair.afro', 'head', [3])
    cloud = bead(w, (0, 0, 0), 1.0, 22 if not d.plain else 40, 14 if not d.plain else 26)

    def form(p: np.ndarray) -> np.ndarray:
        lump = (np.sin(p[:, 0] * 7 + 1) * np.sin(p[:, 1] * 6 + 2) * np.sin(p[:, 2] * 7)) * 0.045
        q = p * np.array([0.268, 0.232, 0.248]) * (1 + lump)[:, None] + [0, 1.425, -0.052]
        # The face stays free.
        free = (q[:, 2] > 0.03) & (q[:, 1] < 1.375)
        q[free, 2] = 0.03
        return q

    shape = cloud.reshaped(form)
    w.add(shape, 'hair', 'head', strands(1.2, 1.66, 0.62))
    if not d.plain:
        add_cap(w, cap(w, fringe(48, 1, 0, 90, 96), 0.022, 26, 5))


def _bun(w: Wardrobe) -> None:
    w.open('hair.bun', 'head', [4])
    w.add(
        bead(w, (0, CROWN + 0.052, -0.03), (0.088, 0.076, 0.088), 13, 8),
        'hair',
        'head',
        strands(CROWN - 0.02, CROWN + 0.12),
    )
    if w.detail.fine:
        tie = hoop((0, CROWN + 0.006, -0.03), 0.060, 0.060, 0.016, w.detail.around(16), 6)
        w.add(tie.turned((0, CROWN + 0.006, -0.03), 'x', np.pi / 2), 'accent', 'head', 0.95)


def _ponytail(w: Wardrobe) -> None:
    w.open('hair.ponytail', 'head', [5])
    tail = lock(
        w,
        [
            (0, 1.41, -0.18),
            (0, 1.43, -0.26),
            (0, 1.33, -0.315),
            (0, 1.17, -0.305),
            (0.01, 1.03, -0.27),
        ],
        [0.034, 0.058, 0.068, 0.052, 0.010],
        0.9,
        9,
        9,
    )
    w.add(tail, 'hair', by.hanging_hair, strands(1.0, 1.45))
    if not w.detail.plain:
        w.add(bead(w, (0, 1.413, -0.202), (0.044, 0.044, 0.028), 9, 5), 'accent', 'head', 0.95)


def _quiff(w: Wardrobe) -> None:
    w.open('hair.quiff', 'head', [6])
    tufts = (
        (-0.11, 0.09, -0.02, 0.15, 0.075),
        (-0.04, 0.125, 0.03, 0.20, 0.085),
        (0.05, 0.115, 0.07, 0.20, 0.085),
        (0.12, 0.07, 0.10, 0.16, 0.070),
        (-0.08, 0.0, 0.02, 0.15, 0.085),
        (0.03, 0.0, 0.07, 0.18, 0.095),
        (0.11, -0.03, 0.09, 0.13, 0.075),
        (-0.02, -0.09, 0.03, 0.12, 0.085),
    )
    chosen = (
        tufts
        if w.detail.rank == 0
        else (
            tufts[:6]
            if w.detail.near
            else tufts[1:4] + tufts[5:6] if not w.detail.plain else tufts[1:2]
        )
    )
    for x, z, lean, length, r in chosen:
        y = CHIN + (0.93 - 0.5 * abs(x)) * HEAD - 0.035
        tuft = lock(
            w,
            [
                (x, y - 0.03, z - 0.03),
                (x + lean * 0.25, y + length * 0.52, z + 0.02),
                (x + lean, y + length, z - 0.015),
            ],
            [r, r * 0.82, 0.008],
            0.8,
            8,
            5,
        )
        w.add(tuft, 'hair', 'head', strands(1.40, 1.62))


def _curls(w: Wardrobe) -> None:
    d = w.detail
    w.open('hair.curls', 'head', [7])
    if d.plain:
        w.add(ball((0, 1.43, -0.02), (0.225, 0.11, 0.215), 6, 3), 'hair', 'head', strands(1.3))
        return
    rows = ((0.10, 2, 0.088), (0.64, 6, 0.086), (1.16, 9, 0.076), (1.66, 9, 0.062))
    line = fringe(56, 0, 0, 96, 118)
    for down, count, size in (
        rows if d.fine else ((0.10, 1, 0.12), (0.80, 5, 0.105), (1.40, 5, 0.090))
    ):
        for i in range(count):
            around = (i + 0.5 * (count % 2) + 0.25) / count * 2 * np.pi
            if down > float(line(np.array([around]))[0]) + 0.06:
                continue
            at = head_point(around, down, 0.020)
            wobble = 1 + 0.12 * np.sin(i * 2.4 + down * 5)
            curl = ball(
                at,
                (size * wobble, size * 0.88, size * wobble),
                d.pick(7, 5, 4, 4),
                d.pick(4, 3, 2, 2),
            )
            w.add(curl, 'hair', 'head', strands(1.24, 1.56, 0.7))


def braid(w: Wardrobe, points, count: int, size: float) -> list[Shell]:
    """Beads along a path, each a little smaller."""
    path, _ = along(points, count)
    return [
        bead(w, at, (size - 0.0018 * i, size * 0.96 - 0.0015 * i, size - 0.0018 * i), 9, 5)
        for i, at in enumerate(path)
    ]


def _two_braids(w: Wardrobe) -> None:
    d = w.detail
    w.open('hair.braids', 'head', [8], ['ears'])
    parting = hairline((0, 36), (14, 52), (40, 70), (58, 92), (85, 112), (115, 122), (180, 122))
    add_cap(w, cap(w, parting, 0.026, 32, 7))
    beads = braid(
        w,
        [(0.19, 1.24, -0.03), (0.228, 1.13, 0.01), (0.225, 1.0, 0.055), (0.212, 0.90, 0.085)],
        d.pick(6, 4, 2, 1),
        0.050,
    )
    for bit in beads:
        w.both(bit, 'hair', by.hanging_hair, shade=strands(0.9, 1.3))
    if not d.plain:
        w.both(
            bead(w, (0.210, 0.866, 0.090), (0.026, 0.020, 0.026), 8, 4), 'accent', by.hanging_hair
        )
        w.both(
            bead(w, (0.209, 0.832, 0.092), (0.030, 0.034, 0.028), 8, 4),
            'hair',
            by.hanging_hair,
            shade=0.85,
        )


STYLES = (_shared, _side_parting, _bob, _long, _afro, _bun, _ponytail, _quiff, _curls, _two_braids)


def add_hair(w: Wardrobe) -> None:
    for style in STYLES:
        style(w)
