"""What a model of the built kit is, and the list of them.

A file of this folder defines a model by a function of the wanted detail:

    @model('bench')
    def bench(detail: Detail) -> Parts: ...

It is called twice: fine for NAME and coarse for NAME.low. Solids, seats, lights and sounds are taken
from the fine one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Callable

from art.base.forms import box
from art.base.shape import Shape


@dataclass
class Detail:
    """How much there is to be: fine for eyes near by, else for far ones and weak machines."""

    fine: bool

    def around(self, segments: int, least: int = 6) -> int:
        """Segments of something round."""
        return segments if self.fine else max(least, round(segments * 0.45))

    def edge(self, chamfer: float) -> float:
        """A chamfer's width: none from afar."""
        return chamfer if self.fine else 0.0

    def pick(self, fine, coarse):
        return fine if self.fine else coarse


@dataclass
class Seat:
    """Where hips come; yaw in degrees, 0 looks along +z."""

    x: float
    y: float
    z: float
    yaw: float = 0


@dataclass
class Light:
    x: float
    y: float
    z: float
    color: str = '#ffc27a'
    intensity: float = 12
    range: float = 9


@dataclass
class Sound:
    x: float
    y: float
    z: float
    sound: str


@dataclass
class Parts:
    """A model's shapes in its own frame: origin on the ground, front towards +z."""

    shapes: list[Shape]
    solids: list[Shape] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    lights: list[Light] = field(default_factory=list)
    sounds: list[Sound] = field(default_factory=list)
    # Whether the ground below darkens the model's foot: not for what hangs or lies flat.
    grounded: bool = True
    # How dark the deepest corners get: less where one is meant to be inside.
    shade: float = 1.0
    # Edges no longer than this get shade into the middle of walls; None leaves faces whole.
    shade_edge: float | None = None


MODELS: dict[str, Callable[[Detail], Parts]] = {}


def model(name: str) -> Callable:
    def register(make: Callable[[Detail], Parts]) -> Callable[[Detail], Parts]:
        if name in MODELS:
            raise ValueError(f'two models called {name}')
        MODELS[name] = make
        return make

    return register


def block(
    size, x: float = 0, y: float = 0, z: float = 0, yaw: float = 0, ground: str = 'stone'
) -> Shape:
    """A box to bump into or stand on; its foot at y."""
    return box(size).turned(y=yaw).moved(x, y, z).of(ground)
