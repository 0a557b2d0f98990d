"""Flux' colours: the palette of the art direction as linear RGB triples, and mixing of them.

Everything in art/ works with linear values; hex strings are sRGB and pass through linear().
"""

from __future__ import annotations

import numpy as np

Color = tuple[float, float, float]


def linear(hexadecimal: str) -> Color:
    """The linear triple of an sRGB colour such as 'fff4e3' or '#fff4e3'."""
    digits = hexadecimal.lstrip('#')
    if len(digits) != 6:
        raise ValueError(f'{hexadecimal!r} is not a colour of six hexadecimal digits')
    srgb = np.array([int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)])
    values = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    return tuple(float(value) for value in values)


hex_linear = linear


def srgb_hex(color) -> str:
    """The sRGB hex string ('#rrggbb') of a linear triple: for node extras."""
    values = np.clip(np.asarray(color, float)[:3], 0, 1)
    srgb = np.where(values <= 0.0031308, values * 12.92, 1.055 * values ** (1 / 2.4) - 0.055)
    return '#' + ''.join(f'{int(round(value * 255)):02x}' for value in srgb)


def mix(a, b, t):
    """a at t = 0, b at t = 1. With an array of t the result has a row for each."""
    a, b, t = np.asarray(a, float), np.asarray(b, float), np.asarray(t, float)
    if t.ndim:
        t = t[..., None]
    values = a * (1 - t) + b * t
    return tuple(float(value) for value in values) if values.ndim == 1 else values


MILK = linear('fff4e3')
LIME = linear('f3e2c7')
SAND = linear('e4c79c')
CLAY = linear('d98a62')
BRICK = linear('b9603f')
CORAL = linear('f2795f')
ROSE = linear('e88f93')
MARIGOLD = linear('f3b33e')
BUTTER = linear('fbd98a')
WOOD = linear('a9714b')
UMBER = linear('6b4435')
SAGE = linear('9cbf86')
LEAF = linear('63a36c')
PINE = linear('37806c')
TEAL = linear('2f9193')
LAGOON = linear('57bcc0')
SKY = linear('a9dbe3')
LILAC = linear('b39bdd')
VIOLET = linear('8470c0')
PLUM = linear('5b4376')
INDIGO = linear('44437a')
INK = linear('372b4e')

# From the lightest to the darkest, as the skin and hair digits of a look code count.
SKIN = tuple(linear(tone) for tone in ('f9d3b4', 'edb68c', 'cf8e63', '9c6444', '6a4030'))
HAIR = tuple(
    linear(tone) for tone in ('c96f3e', '5a3a4c', '7a4a33', '33232f', 'd9a24a', 'ede3dc', '3a2a44')
)

# Dark below and inside, light above and outside.
TREE_GREEN = (linear('3f7f5e'), linear('a9ce7a'))
TREE_OLIVE = (linear('5c8a5e'), linear('cbd88e'))
TREE_BLOSSOM = (linear('c9607f'), linear('fbc3be'))
TREE_AMBER = (linear('c9743b'), linear('f9ce72'))
TREE_TEAL = (linear('2d6f6b'), linear('7fc3a0'))
