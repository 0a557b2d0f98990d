"""Impostors: small pictures of every figure for the far end of a crowd.

A row is a figure with the head its cast member wears; a column is a direction and a step. The
picture holds no colours but what a look is coloured by: see the channels in layout().
"""

import numpy as np

from art.people.drawing import rasterise
from art.people.figures import CAST, FIGURES, choices_of
from art.people.posing import STAND, Dressed, dress, posed, step
from art.people.wardrobe import ROLE, Wardrobe

CELL = (32, 56)
DIRECTIONS = 8
FRAMES = {'stand': STAND, 'stepA': step(24), 'stepB': step(-24)}
METRES_HIGH = 2.16
METRES = (METRES_HIGH * CELL[0] / CELL[1], METRES_HIGH)
FOOT = 0.05
FINER = 4
# Of shade, role, upwardness and cover.
STEPS = np.array([8, 16, 32, 51])
# What has a colour of its own is drawn as the pale role at its own brightness.
PALE = ROLE['white']


def heads_worn() -> list[int]:
    """The head of each figure: its cast member's."""
    heads = [0] * len(FIGURES)
    for member in CAST:
        choices = choices_of(member['look'])
        heads[choices['figure']] = choices['head']
    return heads


def seen_from(body: Dressed, direction: int) -> Dressed:
    """Turned for an eye on +z that stands `direction` eighths of a turn to the body's left."""
    angle = -2 * np.pi * direction / DIRECTIONS
    c, s = np.cos(angle), np.sin(angle)
    turn = np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])
    return Dressed(
        body.points @ turn.T, body.normals @ turn.T, body.faces, body.shade, body.role, body.weights
    )


def draw(body: Dressed) -> np.ndarray:
    """One cell of shade, role, upwardness and cover, each a byte."""
    width, height = CELL[0] * FINER, CELL[1] * FINER
    pixel = METRES[1] / height
    screen = np.column_stack(
        [
            width / 2 + body.points[:, 0] / pixel,
            height - (body.points[:, 1] + FOOT) / pixel,
            body.points[:, 2],
        ]
    )
    owner, inside = rasterise(screen, body.faces, width, height)
    corners = body.faces[np.maximum(owner, 0)]
    normal = np.einsum('hwk,hwkc->hwc', inside, body.normals[corners])
    shade = np.einsum('hwk,hwkc->hwc', inside, body.shade[corners]).mean(-1)
    # What turns away from the eye is a little darker: that keeps small people round.
    shade = shade * (0.74 + 0.26 * np.clip(normal[:, :, 2], 0, 1))
    role = body.role[corners[:, :, 0]]
    role = np.where(role == ROLE['fixed'], PALE, role)
    return _shrunk(owner >= 0, role, shade, 0.5 + 0.5 * normal[:, :, 1])


def _shrunk(cover: np.ndarray, role: np.ndarray, shade: np.ndarray, up: np.ndarray) -> np.ndarray:
    """FINER squared pixels become one: it takes the commonest role and that role's mean."""

    def blocks(rows: np.ndarray) -> np.ndarray:
        split = rows.reshape(CELL[1], FINER, CELL[0], FINER)
        return split.transpose(0, 2, 1, 3).reshape(CELL[1], CELL[0], -1)

    cover, role, shade, up = (blocks(rows) for rows in (cover, role, shade, up))
    counts = np.stack([(cover & (role == r)).sum(-1) for r in range(len(ROLE))], -1)
    # Eyes are small and still what one looks for.
    counts[:, :, ROLE['eye']] *= 3
    winner = counts.argmax(-1)
    own = cover & (role == winner[:, :, None])
    total = np.maximum(own.sum(-1), 1)
    cell = np.stack(
        [
            (shade * own).sum(-1) / total * 255,
            winner * 16,
            (up * own).sum(-1) / total * 255,
            cover.mean(-1) * 255,
        ],
        -1,
    )
    # Fewer values pack into far fewer bytes, and nobody sees so fine a difference so far away.
    cell = np.clip(np.round(cell / STEPS) * STEPS, 0, 255)
    cell[cell[:, :, 3] == 0] = 0
    return cell.astype(np.uint8)


def atlas(wardrobe: Wardrobe) -> np.ndarray:
    columns = DIRECTIONS * len(FRAMES)
    made = np.zeros((CELL[1] * len(FIGURES), CELL[0] * columns, 4), np.uint8)
    for row, (figure, head) in enumerate(zip(FIGURES, heads_worn())):
        body = dress(wardrobe, {'figure': row, 'head': head, 'accessory': 0})
        for frame, pose in enumerate(FRAMES.values()):
            standing = posed(body, figure, pose)
            # The lower foot stays on the ground.
            standing.points[:, 1] -= standing.points[:, 1].min()
            for direction in range(DIRECTIONS):
                y, x = row * CELL[1], (direction * len(FRAMES) + frame) * CELL[0]
                made[y : y + CELL[1], x : x + CELL[0]] = draw(seen_from(standing, direction))
    return made


def layout() -> dict:
    return {
        'about': 'Cell (column, row) starts at pixel (column * cell[0], row * cell[1]) from the '
        'top left. Row = figure; column = direction * frames + frame.',
        'cell': list(CELL),
        'columns': DIRECTIONS * len(FRAMES),
        'rows': len(FIGURES),
        'metres': [round(value, 4) for value in METRES],
        'foot': FOOT,
        'directions': DIRECTIONS,
        'direction': 'n: the eye stands n / 8 turn from where the body faces, towards its left',
        'frames': list(FRAMES),
        'heads': heads_worn(),
        'channels': {
            'r': 'shade that multiplies the colour of the role',
            'g': 'role * 16; read without filtering',
            'b': 'normal y: 0 down, 128 level, 255 up',
            'a': 'cover',
        },
    }
