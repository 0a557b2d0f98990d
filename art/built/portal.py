"""The portal: a ring of cut stones on round steps. What fills it is the client's."""

from __future__ import annotations

import numpy as np

from art.base.forms import box, cylinder, ico, lathe, sphere, sweep, torus, section
from art.base.palette import (
    BUTTER,
    CORAL,
    LAGOON,
    LILAC,
    LIME,
    MARIGOLD,
    MILK,
    ROSE,
    SAGE,
    TEAL,
    mix,
)
from art.base.shape import Shape
from art.built.model import Detail, Light, Parts, block, model

# The opening is 5.8 m wide; its middle stands at MIDDLE over the ground.
OPENING, MIDDLE = 2.9, 3.63
STEPS = [(5.4, LIME), (4.75, ROSE), (4.1, LIME), (3.45, ROSE)]
STONES = 26


def stones(detail: Detail) -> list[Shape]:
    """Wedge-cut stones, every second one larger; the keystone on top stands out."""
    made = []
    for i in range(STONES):
        key = i == 0
        big = i % 2 == 0
        half = np.pi / STONES * 0.965
        turn = 2 * np.pi * i / STONES + np.linspace(-half, half, detail.pick(4, 2))
        thick, deep = (0.66, 0.86) if big else (0.56, 0.7)
        if key:
            thick, deep = 0.86, 0.98
        radius = OPENING + 0.06 + thick / 2
        path = np.stack([radius * np.sin(turn), radius * np.cos(turn), 0 * turn], 1)
        profile = section(deep, thick, 0.07) if detail.fine else section(deep, thick)[[0, 2, 4, 6]]
        color = mix(LIME, MILK, 0.5) if big else mix(ROSE, LIME, 0.42)
        # Along the path clockwise seen from the front: `up` points out of the ring.
        stone = _stone(path, profile)
        made.append(stone.coloured(color).shaded(0.86, 1, -3.5, 3.5).moved(y=MIDDLE))
    return made


def _stone(path: np.ndarray, profile: np.ndarray) -> Shape:
    """A sweep whose `up` is away from the ring's middle at every point of the path."""
    return sweep(path, profile, up=path[0] / np.linalg.norm(path[0]))


def jewels(detail: Detail) -> list[Shape]:
    """Lights around the ring, and a gem on the keystone."""
    made = []
    rim = torus(OPENING + 0.02, 0.085, detail.pick(56, 24), detail.pick(6, 3)).turned(x=90)
    made.append(rim.moved(y=MIDDLE, z=0.16).coloured(mix(BUTTER, MILK, 0.35)).of('glow'))
    back = torus(OPENING + 0.02, 0.085, detail.pick(56, 24), detail.pick(6, 3)).turned(x=90)
    made.append(back.moved(y=MIDDLE, z=-0.16).coloured(mix(LILAC, MILK, 0.2)).of('glow'))
    colors = [LAGOON, MARIGOLD, CORAL, LILAC, SAGE]
    for i in range(2, STONES, 2) if detail.fine else ():
        turn = 2 * np.pi * i / STONES
        gem = ico(0, 0.14).scaled(1, 1, 0.7).coloured(colors[(i // 2) % 5]).of('gloss')
        made.append(gem.moved(3.3 * np.sin(turn), MIDDLE + 3.3 * np.cos(turn), 0.44))
    gem = ico(1, 0.27).scaled(1, 1.15, 0.6).coloured(mix(TEAL, LAGOON, 0.5))
    made.append(gem.moved(0, MIDDLE + 3.38, 0.5).of('gloss'))
    return made


def round_steps(detail: Detail) -> list[Shape]:
    made = []
    n = detail.around(44, 16)
    for i, (radius, color) in enumerate(STEPS):
        top = 0.22 * (i + 1)
        inner = STEPS[i + 1][0] - 0.05 if i + 1 < len(STEPS) else 0
        profile = [(radius, top - 0.22), (radius, top - 0.05), (radius - 0.04, top), (inner, top)]
        profile = detail.pick(profile, [profile[0], (radius, top), profile[3]])
        stone = lathe(profile, detail.pick(2, 4), arc=360 * detail.pick(2, 4) / n)
        for k in range(n // detail.pick(2, 4)):
            tone = mix(color, LIME, 0.5 if (k + i) % 2 else 0.68)
            made.append(
                stone.coloured(tone)
                .turned(y=k * 360 * detail.pick(2, 4) / n)
                .shaded(0.82, 1, top - 0.22, top)
            )
    return made


def pylon(detail: Detail) -> list[Shape]:
    n = detail.around(20, 8)
    post = lathe(
        [
            (0.52, 0),
            (0.52, 0.3),
            (0.4, 0.38),
            (0.34, 0.5),
            (0.29, 2.1),
            (0.36, 2.2),
            (0.46, 2.28),
            (0.46, 2.42),
            (0.2, 2.46),
        ],
        n,
    )
    orb = sphere(0.36, n, detail.pick(12, 6)).moved(y=2.8).coloured(mix(BUTTER, MILK, 0.3))
    ring = torus(0.5, 0.06, detail.pick(24, 10), detail.pick(8, 4)).turned(x=18).moved(y=2.8)
    return [
        post.coloured(mix(LIME, MILK, 0.3)).shaded(0.76, 1),
        orb.of('glow'),
        ring.coloured(MARIGOLD).of('gloss'),
    ]


@model('portal')
def portal(detail: Detail) -> Parts:
    shapes = [*round_steps(detail), *stones(detail), *jewels(detail)]
    solids = [
        cylinder(radius, 0.22 * (i + 1), 16).of('stone') for i, (radius, _) in enumerate(STEPS)
    ]
    for i in range(12):
        turn = 2 * np.pi * (i + 0.5) / 12
        y = MIDDLE + 3.28 * np.cos(turn)
        if y > 0.9:
            stone = box((1.74, 0.66, 0.8)).moved(y=-0.33).turned(z=-np.degrees(turn))
            solids.append(stone.moved(3.28 * np.sin(turn), y).of('stone'))
    lights = [Light(0, MIDDLE, 1.6, '#ffa08a', 26, 13), Light(0, MIDDLE, -1.6, '#b995ff', 18, 11)]
    return Parts(shapes, solids, lights=lights)


@model('pylon')
def pylon_model(detail: Detail) -> Parts:
    return Parts(
        pylon(detail), [block((0.8, 2.5, 0.8))], lights=[Light(0, 2.9, 0, '#ffc27a', 8, 7)]
    )
