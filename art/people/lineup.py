"""A picture of the cast side by side, to judge faces and clothes by.

blender -b -noaudio -P art/people/lineup.py -- OUT.png [WIDTH HEIGHT SAMPLES [FIRST]]
"""

import re
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.dont_write_bytecode = True

from art.base.palette import LIME, TEAL, linear, mix  # noqa: E402
from art.base.preview import preview  # noqa: E402
from art.base.shape import Shape  # noqa: E402
from art.people.cut import baked_wardrobe  # noqa: E402
from art.people.detail import LODS  # noqa: E402
from art.people.drawing import palette, person  # noqa: E402
from art.people.figures import CAST  # noqa: E402
from art.people.posing import STAND, Pose  # noqa: E402
from art.people.shell import sheet  # noqa: E402
from art.people.wardrobe import ROLE  # noqa: E402

LOOKS = ROOT / 'clients' / 'web' / 'src' / 'people' / 'look.ts'
POSES: dict[str, Pose] = {
    'Pip': {
        'leftUpperArm': (0, 0, 32),
        'leftLowerArm': (0, 0, 30),
        'rightUpperArm': (0, 0, -32),
        'rightLowerArm': (0, 0, -30),
        'head': (-4, 0, 0),
        'leftUpperLeg': (0, 0, 5),
        'rightUpperLeg': (0, 0, -5),
    },
    'Mara': {
        'leftUpperArm': (0, 0, 26),
        'leftLowerArm': (0, -18, 84),
        'rightUpperArm': (8, 0, 66),
        'rightLowerArm': (0, 12, 0),
        'head': (0, -4, -6),
        'leftUpperLeg': (0, 0, 3),
        'rightUpperLeg': (0, 0, -3),
    },
    'Juno': {
        'leftUpperArm': (0, 0, -66),
        'leftLowerArm': (0, -10, -6),
        'rightUpperArm': (8, 0, 72),
        'rightLowerArm': (0, 18, 0),
        'head': (2, 6, 4),
    },
    'Rune': {
        'leftUpperArm': (-6, 0, -50),
        'leftLowerArm': (0, -10, -6),
        'rightUpperArm': (0, 0, 60),
        'rightLowerArm': (0, 22, 8),
        'head': (3, -3, 3),
    },
    'Otis': {
        'leftUpperArm': (0, 0, -56),
        'leftLowerArm': (0, -20, 0),
        'rightUpperArm': (0, 0, 56),
        'rightLowerArm': (0, 22, 0),
        'head': (-2, 0, 3),
    },
    'Sol': {
        'leftUpperArm': (-14, 0, -62),
        'leftLowerArm': (0, -34, 0),
        'rightUpperArm': (-14, 0, 62),
        'rightLowerArm': (0, 34, 0),
        'head': (0, 5, -5),
    },
    'Kit': {
        'leftUpperArm': (0, 0, -48),
        'leftLowerArm': (0, -10, -60),
        'rightUpperArm': (-10, 0, 62),
        'rightLowerArm': (0, 52, 0),
        'head': (0, 4, 5),
        'leftUpperLeg': (0, 8, 4),
        'rightUpperLeg': (0, -4, -3),
    },
    'Noor': {
        'leftUpperArm': (-20, 0, -66),
        'leftLowerArm': (0, -58, 0),
        'rightUpperArm': (-20, 0, 66),
        'rightLowerArm': (0, 58, 0),
        'head': (2, -6, -4),
    },
}
LAUGHS = {'Pip', 'Mara', 'Sol', 'Kit', 'Lin', 'Ada', 'Bo', 'Tom'}
ORDER = ('Pip', 'Mara', 'Juno', 'Rune', 'Otis', 'Sol', 'Kit', 'Noor')


def swatches() -> dict[str, list[str]]:
    """The client's own colours."""
    text = LOOKS.read_text(encoding='utf-8')
    found = {}
    for field in ('skin', 'hair', 'top', 'bottom', 'accent'):
        listed = re.search(rf'const {field.upper()} = \[(.*?)\]', text, re.S)
        if not listed:
            raise ValueError(f'{LOOKS} has no list of colours called {field.upper()}')
        found[field] = re.findall(r"'#([0-9a-f]{6})'", listed.group(1))
    return found


def person_shapes(member: dict, at: tuple[float, float], turn: float, colours) -> list[Shape]:
    name = member['name']
    body, choices = person(
        baked_wardrobe(LODS[0]), member['look'], POSES.get(name, STAND), name in LAUGHS
    )
    color = body.shade * palette(choices, colours)[body.role]
    glossy = (body.role == ROLE['eye'])[body.faces[:, 0]]
    made = []
    for surface, rows in (('gloss', glossy), ('solid', ~glossy)):
        shape = Shape(
            body.points,
            body.faces[rows],
            body.normals,
            np.column_stack([color, np.ones(len(color))]),
            surface,
        )
        made.append(shape.turned(y=turn).moved(at[0], -body.points[:, 1].min(), at[1]))
    return made


def backdrop() -> Shape:
    curve = [(z, 0.0) for z in np.linspace(14, -2.4, 8)]
    curve += [
        (-2.4 - 2.2 * np.sin(t), 2.2 - 2.2 * np.cos(t)) for t in np.linspace(0.1, np.pi / 2, 10)
    ]
    curve += [(-4.6, y) for y in (4, 7, 10)]
    shell = sheet([[(x, y, z) for z, y in curve] for x in np.linspace(-14, 14, 9)]).facing(
        (0, 1, 1)
    )
    rise = np.clip((shell.points[:, 1] - 0.1) / 2.6, 0, 1)
    color = mix(LIME, mix(TEAL, linear('ffffff'), 0.45), rise)
    return Shape(
        shell.points, shell.faces, shell.normals(), np.column_stack([color, np.ones(len(rise))])
    )


def main() -> None:
    words = sys.argv[sys.argv.index('--') + 1 :] if '--' in sys.argv else []
    if not words:
        raise SystemExit('say where the picture goes: -- OUT.png [WIDTH HEIGHT SAMPLES [FIRST]]')
    width, height, samples, first = (
        int(n) for n in (*words[1:], *('480', '270', '12', '0')[len(words) - 1 :])
    )
    named = {member['name']: member for member in CAST}
    order = ORDER if first == 0 else [member['name'] for member in CAST[first : first + 8]]
    colours, shapes = swatches(), [backdrop()]
    places = zip(
        order,
        (-2.34, -1.74, -1.10, -0.32, 0.42, 1.10, 1.78, 2.36),
        (0.45, 0.10, -0.35, 0.30, -0.30, 0.40, 0.0, 0.40),
        (8, 7, 6, 3, 0, -5, -7, -9),
    )
    for name, x, z, turn in places:
        shapes += person_shapes(named[name], (x, z), turn, colours)
    preview(
        words[0],
        shapes,
        eye=(0, 1.42, 9.6),
        target=(0, 0.85, 0),
        lens=60,
        size=(width, height),
        samples=samples,
        ground=None,
    )


main()
