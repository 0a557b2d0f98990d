"""A contact sheet to look at: five frames of every clip as plain figures, from front and side.

    /usr/bin/python3 -m art.motion.sheet FILE.png [CLIP ...]
"""

from __future__ import annotations

import sys

import numpy as np
from PIL import Image, ImageDraw

from art.motion.catalogue import clips
from art.motion.clip import Clip
from art.motion.figure import Limb, limbs
from art.motion.pose import Body
from art.motion.tracks import read, tracks

CELL, TALL, SCALE = 118, 150, 78  # pixels, pixels, pixels a metre
FRAMES = 5
GROUND, LINE = '#f3e2c7', '#5b4376'


def figures(clip: Clip) -> Body:
    last = clip.seconds * (1 - 1 / FRAMES if clip.loop else 1)
    return read(tracks(clip), np.linspace(0, last, FRAMES))


def _draw(draw: ImageDraw.ImageDraw, parts: list[Limb], frame: int, left: int, top: int,
          from_side: bool) -> None:
    """Back to front: each part as round dots along its length."""
    across = 2 if from_side else 0
    dots = [(-part.points[frame, i, 0] if from_side else part.points[frame, i, 2],
             part.points[frame, i], part.radii[i], part.color)
            for part in parts for i in range(part.points.shape[1])]
    for far, at, radius, color in sorted(dots, key=lambda dot: dot[0]):
        x = left + CELL / 2 + at[across] * SCALE
        y = top + TALL - 14 - at[1] * SCALE
        r = np.asarray(radius) * SCALE
        wide = r[2 if from_side else 0] if r.ndim else r
        high = r[1] if r.ndim else r
        draw.ellipse((x - wide, y - high, x + wide, y + high), fill=color)


def sheet(names: list[str]) -> Image.Image:
    found = clips()
    wide = CELL * FRAMES
    columns = 2 if len(names) > 3 else 1
    rows = -(-len(names) // columns)
    picture = Image.new('RGB', (columns * (wide + 20), rows * (2 * TALL + 18)), '#fff4e3')
    draw = ImageDraw.Draw(picture)
    for place, name in enumerate(names):
        left, top = place // rows * (wide + 20), place % rows * (2 * TALL + 18)
        made = figures(found[name])
        parts = limbs(made)
        draw.text((left + 4, top), f'{name}  {found[name].seconds:.1f} s', fill=LINE)
        for row, from_side in enumerate((False, True)):
            y = top + 14 + row * TALL
            draw.rectangle((left, y + TALL - 14, left + wide, y + TALL - 4), fill=GROUND)
            for frame in range(FRAMES):
                _draw(draw, parts, frame, left + frame * CELL, y, from_side)
    return picture


def main() -> None:
    if len(sys.argv) < 2:
        raise SystemExit('usage: python3 -m art.motion.sheet FILE.png [CLIP ...]')
    names = sys.argv[2:] or list(clips())
    missing = [name for name in names if name not in clips()]
    if missing:
        raise SystemExit(f'no clip is called {", ".join(missing)}; there are {", ".join(clips())}')
    sheet(names).save(sys.argv[1])


if __name__ == '__main__':
    main()
