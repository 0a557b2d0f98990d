"""The wardrobe collects the pieces of one level of detail, sorted into parts that a look shows."""

from dataclasses import dataclass, field
from typing import Callable

import numpy as np

from art.people.detail import Detail
from art.people.shell import Shell
from art.people.weights import Weights, rigid

SLOTS = ('always', 'figure', 'head', 'accessory')
ROLES = ('skin', 'hair', 'top', 'bottom', 'accent', 'shoes', 'blush', 'fixed', 'eye', 'white')
ROLE = {name: index for index, name in enumerate(ROLES)}

Shade = float | Callable[[np.ndarray], np.ndarray]


@dataclass
class Piece:
    """A surface of one role. `shade` multiplies the role's colour, or is the colour itself."""

    shell: Shell
    role: int
    shade: np.ndarray
    weights: np.ndarray
    # What lies flat on something else takes that thing's shade.
    flat: bool = False


@dataclass
class Part:
    """What is shown or not shown as one: by the choice in its slot of the look code."""

    name: str
    slot: str
    choices: list[int]
    hides: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)

    def extras(self) -> dict:
        made = {'name': self.name, 'slot': self.slot, 'choices': self.choices}
        return {**made, 'hides': self.hides} if self.hides else made

    @property
    def triangles(self) -> int:
        return sum(len(piece.shell.faces) for piece in self.pieces)


class Wardrobe:
    """`open` a part, then `add` pieces to it."""

    def __init__(self, detail: Detail) -> None:
        self.detail = detail
        self.parts: dict[str, Part] = {}
        self._open: Part | None = None

    def open(self, name: str, slot: str, choices=(), hides=()) -> 'Wardrobe':
        if slot not in SLOTS:
            raise ValueError(f'{name}: a look has no slot {slot!r}')
        if name in self.parts:
            raise ValueError(f'two parts are called {name!r}')
        if slot != 'always' and not choices:
            raise ValueError(f'{name} is shown by no choice')
        chosen = sorted(choices) if slot != 'always' else list(range(16))
        self._open = self.parts[name] = Part(name, slot, chosen, list(hides))
        return self

    def add(
        self,
        shell: Shell,
        role: str,
        weights: str | Weights,
        shade: Shade = 1.0,
        color=None,
        flat: bool = False,
    ) -> None:
        """`shade` is a number or a function of the points; `color` is for the role 'fixed'."""
        if self._open is None:
            raise ValueError('a piece needs an open part')
        weigh = rigid(weights) if isinstance(weights, str) else weights
        value = shade(shell.points) if callable(shade) else np.full(len(shell.points), shade)
        base = np.ones(3) if color is None else np.asarray(color, float)
        rgb = np.clip(np.asarray(value)[:, None] * base, 0, 1)
        self._open.pieces.append(Piece(shell, ROLE[role], rgb, weigh(shell.points), flat))

    def both(self, shell: Shell, role: str, weights: str | Weights, **more) -> None:
        """The piece and its mirror image; a bone's name follows the side."""
        self.add(shell, role, weights, **more)
        other = weights
        if isinstance(weights, str) and weights.startswith('left'):
            other = 'right' + weights[4:]
        self.add(shell.mirrored(), role, other, **more)

    def drop_empty(self) -> None:
        """A plain level of detail leaves some parts out."""
        self.parts = {name: part for name, part in self.parts.items() if part.pieces}
