"""Soft shade baked into the colours: how open each point lies, in the lilac of evening shade.

A part is worn with many others, so it is darkened only by what is always there with it: the body,
its own pieces and, for clothes, one figure's whole outfit. Needs Blender, whose rays it casts.
"""

import numpy as np

from art.base.bake import SHADE, openness
from art.base.shape import Shape
from art.people.figures import FIGURES
from art.people.wardrobe import Part, Wardrobe

REACH = 0.30
STRENGTH = 0.80
SAMPLES = 28


def _company(wardrobe: Wardrobe, part: Part) -> list[Part]:
    """The part and what surrounds it whenever it is shown."""
    others = [other for other in wardrobe.parts.values() if other.slot == 'always']
    if part.slot == 'figure':
        first = part.choices[0]
        others += [o for o in wardrobe.parts.values() if o.slot == 'figure' and first in o.choices]
    elif part.slot == 'accessory':
        tunic = [f.name for f in FIGURES].index('tall tee')
        others += [o for o in wardrobe.parts.values() if o.slot == 'figure' and tunic in o.choices]
    return others if part in others else [*others, part]


def bake(wardrobe: Wardrobe) -> None:
    """Multiplies the shade of every piece that has volume by how open it lies."""
    for part in wardrobe.parts.values():
        blockers = [
            Shape(piece.shell.points, piece.shell.faces)
            for other in _company(wardrobe, part)
            for piece in other.pieces
            if not piece.flat
        ]
        for piece in part.pieces:
            if piece.flat and piece.shell.points[:, 1].min() > 1.1:
                continue
            shell = piece.shell
            free = openness(blockers, shell.points, shell.normals(), SAMPLES, REACH)
            light = 1 - STRENGTH * (1 - np.clip(free * 1.15, 0, 1))
            piece.shade = piece.shade * (SHADE + (1 - SHADE) * light[:, None])
