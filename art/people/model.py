"""The parts of a level of detail as one skinned shape, and the skeleton it hangs on.

A vertex says by the alpha of its colour which part it is of (its number / 255); the node's extras
list the parts. Two hundred small meshes would weigh more in JSON than all their triangles.
"""

import numpy as np

from art.base.glb import Joint, Node
from art.base.shape import Shape
from art.people.measure import BONES, JOINTS, PARENTS
from art.people.wardrobe import Wardrobe
from art.people.weights import strongest


def skeleton() -> list[Joint]:
    return [
        Joint(bone['name'], parent, at - (JOINTS[parent] if parent >= 0 else 0))
        for bone, parent, at in zip(BONES, PARENTS, JOINTS)
    ]


def lod_shape(wardrobe: Wardrobe) -> Shape:
    """All parts as one skinned shape."""
    rows: dict[str, list[np.ndarray]] = {
        k: [] for k in ('position', 'normal', 'color', 'joints', 'weights', 'role')
    }
    faces, start = [], 0
    for number, part in enumerate(wardrobe.parts.values()):
        for piece in part.pieces:
            count = len(piece.shell.points)
            joints, weights = strongest(piece.weights)
            alpha = np.full((count, 1), number / 255)
            for key, value in (
                ('position', piece.shell.points),
                ('normal', piece.shell.normals()),
                ('color', np.column_stack([piece.shade, alpha])),
                ('joints', joints),
                ('weights', weights),
                ('role', np.full((count, 1), piece.role)),
            ):
                rows[key].append(value)
            faces.append(piece.shell.faces + start)
            start += count
    table = {key: np.concatenate(value) for key, value in rows.items()}
    more = {key: table[key] for key in ('joints', 'weights', 'role')}
    return Shape(
        table['position'], np.concatenate(faces), table['normal'], table['color'], 'solid', more
    )


def lod_node(wardrobe: Wardrobe) -> Node:
    name = wardrobe.detail.name
    parts = [part.extras() for part in wardrobe.parts.values()]
    return Node(name, [lod_shape(wardrobe)], skinned=True, extras={'lod': name, 'parts': parts})
