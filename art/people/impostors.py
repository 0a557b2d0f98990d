"""Impostors: small pictures of people for the far end of a crowd, bodies and heads apart.

A row has the body of a figure from every direction and in every step, and then the head of the same
number from every direction: whoever draws them puts the head over the body's neck. The picture holds no
colours but what a look is coloured by: see the channels in layout().
"""

import numpy as np

from art.people.drawing import rasterise
from art.people.figures import FIGURES, Figure
from art.people.measure import BONE, JOINTS
from art.people.posing import STAND, Dressed, bone_matrices, clothed, posed, step, turns_of, worn_parts
from art.people.wardrobe import ROLE, Part, Wardrobe

# A body's cell and a head's, in pixels of so many metres.
PIXEL = 2.16 / 64
BODY = (32, 42)
HEAD = (24, 33)
# The body's cell begins below the ground, the head's ends above its joint.
FOOT = 0.05
HEAD_TOP = 0.76
DIRECTIONS = 8
FRAMES = {'stand': STAND, 'stepA': step(24), 'stepB': step(-24)}
MIDDLE = Figure('middle', 1, 1, 1, 1, 1)
# What may hide hair that hangs behind: the figure that is nearest to the middle one.
SHOULDERS = [figure.name for figure in FIGURES].index('tall tee')
FINER = 4
# Of shade, role, upwardness and cover.
STEPS = np.array([8, 16, 32, 51])
# What has a colour of its own is drawn as the pale role at its own brightness.
PALE = ROLE['white']


def seen_from(body: Dressed, direction: int) -> Dressed:
    """Turned for an eye on +z that stands `direction` eighths of a turn to the body's left."""
    angle = -2 * np.pi * direction / DIRECTIONS
    c, s = np.cos(angle), np.sin(angle)
    turn = np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])
    return Dressed(
        body.points @ turn.T, body.normals @ turn.T, body.faces, body.shade, body.role, body.weights
    )


def draw(body: Dressed, size: tuple[int, int], low: float, behind: Dressed | None = None):
    """One cell of shade, role, upwardness and cover, each a byte; it begins at height `low`.

    What is `behind` hides and is not drawn.
    """
    width, height = size[0] * FINER, size[1] * FINER
    pixel = PIXEL / FINER
    drawn = len(body.faces)
    points, faces = body.points, body.faces
    if behind is not None:
        faces = np.concatenate([faces, behind.faces + len(points)])
        points = np.concatenate([points, behind.points])
    screen = np.column_stack(
        [width / 2 + points[:, 0] / pixel, height - (points[:, 1] - low) / pixel, points[:, 2]]
    )
    owner, inside = rasterise(screen, faces, width, height)
    owner = np.where(owner < drawn, owner, -1)
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

    high, wide = (side // FINER for side in cover.shape)

    def blocks(rows: np.ndarray) -> np.ndarray:
        split = rows.reshape(high, FINER, wide, FINER)
        return split.transpose(0, 2, 1, 3).reshape(high, wide, -1)

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


def _is_of_head(part: Part) -> bool:
    return part.slot == 'head' or part.name in ('face', 'ears')


def split_person(wardrobe: Wardrobe, figure: int, head: int) -> tuple[Dressed, Dressed]:
    """Somebody without things carried: the body, and the head with all that hangs from it."""
    worn = worn_parts(wardrobe, {'figure': figure, 'head': head, 'accessory': 0})
    return (
        clothed([part for part in worn if not _is_of_head(part)]),
        clothed([part for part in worn if _is_of_head(part)]),
    )


def body_cells(wardrobe: Wardrobe, figure: int) -> tuple[np.ndarray, list[float]]:
    """A strip of cells, and how high the head's joint is in each frame."""
    body, _ = split_person(wardrobe, figure, 0)
    made = np.zeros((BODY[1], BODY[0] * DIRECTIONS * len(FRAMES), 4), np.uint8)
    necks = []
    for frame, pose in enumerate(FRAMES.values()):
        standing = posed(body, FIGURES[figure], pose)
        # The lower foot stays on the ground.
        ground = standing.points[:, 1].min()
        standing.points[:, 1] -= ground
        joint = bone_matrices(FIGURES[figure], turns_of(pose))[BONE['head']]
        necks.append(float((joint[:, :3] @ JOINTS[BONE['head']] + joint[:, 3])[1] - ground))
        for direction in range(DIRECTIONS):
            x = (direction * len(FRAMES) + frame) * BODY[0]
            made[:, x : x + BODY[0]] = draw(seen_from(standing, direction), BODY, -FOOT)
    return made, necks


def head_cells(wardrobe: Wardrobe, head: int) -> np.ndarray:
    """The middle figure's, less what its body hides."""
    parts = [posed(part, MIDDLE, STAND) for part in split_person(wardrobe, SHOULDERS, head)]
    low = JOINTS[BONE['head'], 1] + HEAD_TOP - HEAD[1] * PIXEL
    cells = []
    for direction in range(DIRECTIONS):
        body, worn = (seen_from(part, direction) for part in parts)
        cells.append(draw(worn, HEAD, low, behind=body))
    return np.concatenate(cells, axis=1)


def atlas(wardrobe: Wardrobe) -> np.ndarray:
    across = BODY[0] * DIRECTIONS * len(FRAMES)
    made = np.zeros((BODY[1] * len(FIGURES), across + HEAD[0] * DIRECTIONS, 4), np.uint8)
    for row in range(len(FIGURES)):
        y = row * BODY[1]
        made[y : y + BODY[1], :across], _ = body_cells(wardrobe, row)
        made[y : y + HEAD[1], across:] = head_cells(wardrobe, row)
    return made


def layout(wardrobe: Wardrobe) -> dict:
    return {
        'about': 'In pixels from the top left. The body of figure f is at (column * body[0], f * body[1]), '
        'column = direction * frames + frame; head h at (head[0] * direction behind the last body, '
        'h * body[1]). A body is in the middle of its cell, its ground foot metres above the lower '
        'edge; a head is in the middle of its own, its joint head_top metres below the upper edge. '
        'The joint is necks[figure][frame] metres over the ground.',
        'body': list(BODY),
        'head': list(HEAD),
        'pixel': round(PIXEL, 5),
        'foot': FOOT,
        'head_top': HEAD_TOP,
        'directions': DIRECTIONS,
        'direction': 'n: the eye stands n / 8 turn from where the body faces, towards its left',
        'frames': list(FRAMES),
        'necks': [
            [round(neck, 3) for neck in body_cells(wardrobe, figure)[1]]
            for figure in range(len(FIGURES))
        ],
        'channels': {
            'r': 'shade that multiplies the colour of the role',
            'g': 'role * 16; read without filtering',
            'b': 'normal y: 0 down, 128 level, 255 up',
            'a': 'cover',
        },
    }
