"""What a model of the green kit and of the backdrop is, and the lists of them.

A file of this folder defines a model by a function of the wanted detail:

    @plant('tree-olive', trunk=(0.2, 2.0))
    def olive(fine: bool) -> list[Shape]: ...

It is called twice: fine for NAME and not for NAME.low, for far eyes and weak machines.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Callable, Sequence

from art.base.forms import cylinder
from art.base.shape import Shape

Make = Callable[[bool], list[Shape]]


@dataclass
class Spot:
    """An empty NAME.kind.N: a seat, a light, a sound. yaw in degrees, 0 looks along +z."""

    kind: str
    at: Sequence[float]
    yaw: float = 0
    extras: dict = field(default_factory=dict)


@dataclass
class Plant:
    """`solids` is what one bumps into; the triangles are how many it may have, near by and afar."""

    name: str
    make: Make
    triangles: int
    triangles_low: int
    solids: Sequence[Shape] = ()
    spots: Sequence[Spot] = ()


GREEN: dict[str, Plant] = {}
FAR: dict[str, Plant] = {}


def plant(
    name: str,
    triangles: int,
    low: int,
    trunk: tuple[float, float] | None = None,
    solids: Sequence[Shape] = (),
    spots: Sequence[Spot] = (),
    leaves: float | None = None,
) -> Callable[[Make], Make]:
    """Lists a model of green.glb with its budgets.

    trunk: (radius, height) of a post in the way. leaves: the height where they rustle, if they do.
    """

    def register(make: Make) -> Make:
        stops = list(solids)
        if trunk:
            stops.append(cylinder(trunk[0], trunk[1], 6).of('wood'))
        rustle = [Spot('sound', (0, leaves, 0), extras={'sound': 'leaves'})] if leaves else []
        _list(GREEN, Plant(name, make, triangles, low, stops, [*spots, *rustle]))
        return make

    return register


def backdrop(name: str, triangles: int, low: int) -> Callable[[Make], Make]:
    """Lists a model of far.glb."""

    def register(make: Make) -> Make:
        _list(FAR, Plant(name, make, triangles, low))
        return make

    return register


def _list(plants: dict[str, Plant], made: Plant) -> None:
    if made.name in plants:
        raise ValueError(f'two models called {made.name}')
    plants[made.name] = made
