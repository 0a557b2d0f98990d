"""The tables a look code chooses from: sixteen figures, heads and accessories, and the cast."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """Proportions against the middle figure (all 1, 1.5 m tall)."""

    name: str
    legs: float
    torso: float
    girth: float
    head: float
    arms: float


FIGURES = (
    Figure('hoodie', 0.98, 0.98, 1.00, 1.00, 1.00),
    Figure('shorts and zip', 1.06, 0.98, 0.94, 0.98, 1.00),
    Figure('dress', 1.04, 0.97, 0.92, 0.99, 0.96),
    Figure('long coat', 1.36, 1.08, 0.92, 0.96, 1.18),
    Figure('dungarees', 0.96, 1.16, 1.32, 1.03, 1.12),
    Figure('tunic', 1.02, 0.98, 0.95, 0.98, 0.98),
    Figure('robe', 0.80, 0.96, 1.06, 0.99, 0.96),
    Figure('onesie', 0.62, 0.74, 0.98, 0.97, 0.78),
    Figure('tall tee', 1.28, 1.04, 0.93, 0.96, 1.12),
    Figure('small dress', 0.66, 0.72, 0.92, 0.97, 0.76),
    Figure('short coat', 1.00, 1.02, 1.16, 1.00, 1.02),
    Figure('small dungarees', 0.76, 0.80, 0.92, 0.98, 0.82),
    Figure('long tunic', 1.22, 1.06, 0.96, 0.98, 1.10),
    Figure('hoodie and shorts', 0.92, 1.02, 1.20, 1.03, 1.00),
    Figure('jacket', 1.16, 1.03, 1.04, 0.98, 1.06),
    Figure('jacket and skirt', 1.12, 1.00, 0.90, 0.98, 1.02),
)

HEADS = (
    'side parting',
    'bob',
    'long hair',
    'afro',
    'bun',
    'ponytail',
    'quiff',
    'curls',
    'two braids',
    'cap',
    'beanie',
    'sun hat and braid',
    'headscarf',
    'wizard hat and beard',
    'fox hood',
    'crop',
)

ACCESSORIES = (
    'nothing',
    'glasses',
    'headphones',
    'backpack',
    'scarf',
    'cape',
    'flower',
    'bow tie',
    'beard',
    'staff',
    'wings',
    'satchel',
    'ukulele',
    'camera',
    'fox tail',
    'balloon',
)

FIELDS = ('figure', 'skin', 'hair', 'head', 'top', 'bottom', 'accessory', 'accent')


def look_code(**choices: int) -> int:
    """Eight nibbles from the lowest, in the order of FIELDS."""
    unknown = set(choices) - set(FIELDS)
    if unknown:
        raise ValueError(f'a look has no {sorted(unknown)}')
    code = 0
    for place, field in enumerate(FIELDS):
        value = choices.get(field, 0)
        if not 0 <= value < 16:
            raise ValueError(f'{field} {value} is not one of sixteen')
        code |= value << (4 * place)
    return code


def choices_of(look: int) -> dict[str, int]:
    return {field: (look >> (4 * place)) & 15 for place, field in enumerate(FIELDS)}


def _of(
    name: str,
    figure: int,
    skin: int,
    hair: int,
    head: int,
    top: int,
    bottom: int,
    accessory: int,
    accent: int,
) -> dict:
    code = look_code(
        figure=figure,
        skin=skin,
        hair=hair,
        head=head,
        top=top,
        bottom=bottom,
        accessory=accessory,
        accent=accent,
    )
    return {'name': name, 'look': code}


# Colours are places in the swatch lists of clients/web/src/people/look.ts.
CAST = (
    _of('Pip', 7, 0, 3, 14, 11, 11, 14, 11),
    _of('Mara', 0, 1, 0, 1, 0, 0, 2, 1),
    _of('Juno', 3, 4, 1, 3, 1, 6, 4, 0),
    _of('Rune', 6, 0, 5, 13, 3, 6, 9, 9),
    _of('Otis', 4, 2, 2, 10, 10, 1, 8, 0),
    _of('Sol', 2, 1, 4, 11, 6, 8, 6, 2),
    _of('Kit', 1, 3, 6, 6, 2, 9, 3, 8),
    _of('Noor', 5, 2, 6, 12, 4, 4, 0, 4),
    _of('Ada', 15, 3, 1, 4, 7, 0, 13, 5),
    _of('Bo', 13, 7, 7, 9, 13, 4, 12, 12),
    _of('Lin', 9, 5, 10, 8, 5, 8, 15, 7),
    _of('Theo', 14, 8, 14, 7, 9, 10, 1, 13),
    _of('Ines', 12, 6, 8, 2, 14, 3, 11, 10),
    _of('Emil', 8, 9, 1, 0, 8, 0, 7, 2),
    _of('Yuna', 10, 1, 1, 5, 10, 6, 0, 0),
    _of('Tom', 11, 2, 3, 15, 3, 1, 10, 5),
)


def tables() -> dict:
    """What people.glb tells the client about its choices."""
    return {
        'figures': [dict(vars(figure)) for figure in FIGURES],
        'heads': list(HEADS),
        'accessories': list(ACCESSORIES),
        'cast': list(CAST),
    }
