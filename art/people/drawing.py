"""A small rasteriser: draws people into arrays, without a graphics card."""

import numpy as np

from art.base.palette import linear
from art.people.figures import FIGURES, choices_of
from art.people.posing import STAND, Dressed, Pose, dress, posed
from art.people.wardrobe import ROLE, Wardrobe

NEAR = -1e9


def rasterise(
    screen: np.ndarray, faces: np.ndarray, width: int, height: int, seen_from_behind: bool = True
) -> tuple[np.ndarray, np.ndarray]:
    """Nearest triangle at each pixel, (h, w), -1 for none, and where in it, (h, w, 3).

    `screen` has pixels right and down, and nearness as its third number.
    """
    owner = np.full((height, width), -1, int)
    depth = np.full((height, width), NEAR)
    inside = np.zeros((height, width, 3))
    corner = screen[faces]
    a, b, c = corner[:, 0, :2], corner[:, 1, :2], corner[:, 2, :2]
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    low = np.clip(np.floor(corner[:, :, :2].min(1)), 0, [width, height]).astype(int)
    high = np.clip(np.ceil(corner[:, :, :2].max(1)) + 1, 0, [width, height]).astype(int)
    # Front faces wind clockwise on a screen whose y goes down.
    front = area < -1e-9 if not seen_from_behind else np.abs(area) > 1e-9
    for i in np.flatnonzero(front & (high > low).all(1)):
        x = np.arange(low[i, 0], high[i, 0]) + 0.5
        y = (np.arange(low[i, 1], high[i, 1]) + 0.5)[:, None]
        p, q, r = corner[i]
        u = ((q[0] - x) * (r[1] - y) - (q[1] - y) * (r[0] - x)) / area[i]
        v = ((r[0] - x) * (p[1] - y) - (r[1] - y) * (p[0] - x)) / area[i]
        t = 1 - u - v
        near = u * p[2] + v * q[2] + t * r[2]
        window = np.s_[low[i, 1] : high[i, 1], low[i, 0] : high[i, 0]]
        hit = (u >= 0) & (v >= 0) & (t >= 0) & (near > depth[window])
        owner[window][hit] = i
        depth[window][hit] = near[hit]
        inside[window][hit] = np.stack(np.broadcast_arrays(u, v, t), -1)[hit]
    return owner, inside


def palette(choices: dict[str, int], swatches: dict[str, list[str]]) -> np.ndarray:
    """The linear colour of each role for these choices, as the client works them out."""
    table = np.ones((len(ROLE), 3))
    skin = np.array(linear(swatches['skin'][choices['skin']]))
    accent = np.array(linear(swatches['accent'][choices['accent']]))
    table[ROLE['skin']] = skin
    table[ROLE['hair']] = linear(swatches['hair'][choices['hair']])
    table[ROLE['top']] = linear(swatches['top'][choices['top']])
    table[ROLE['bottom']] = linear(swatches['bottom'][choices['bottom']])
    table[ROLE['accent']] = accent
    table[ROLE['shoes']] = accent * 0.45 + np.array([0.147, 0.058, 0.036]) * 0.55
    table[ROLE['blush']] = skin * 0.66 + np.array([0.913, 0.227, 0.156]) * 0.34
    table[ROLE['eye']] = np.array(linear('3a2e52')) * 0.8
    table[ROLE['white']] = linear('fff4e3')
    return table


def person(
    wardrobe: Wardrobe, look: int, pose: Pose | None = None, laughing: bool = False
) -> tuple[Dressed, dict[str, int]]:
    choices = choices_of(look)
    body = dress(wardrobe, choices)
    return (
        posed(body, FIGURES[choices['figure']], STAND if pose is None else pose, laughing),
        choices,
    )
