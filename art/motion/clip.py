"""A clip: named channels as curves over some seconds. README.md has the list of channels.

    clip = Clip('wave', 2.0, loop=True, fade=0.2)
    clip.right(out=clip.keys((0, 120), (1, 130)), elbow=30)
    clip.head(lean=clip.swing(5, cycles=2))
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from art.motion.curve import Curve, Value, curve, through

RATE = 30

ARM = ('out', 'forward', 'twist', 'elbow', 'shrug', 'reach', 'bend', 'wrist', 'thumb',
       'hold', 'x', 'y', 'z', 'swivel')
FOOT = ('x', 'z', 'lift', 'roll', 'turn', 'knee')
TURNS = ('pitch', 'yaw', 'lean')

# How one stands: what every channel is until a clip says otherwise.
STAND: dict[str, float] = {
    'hips.x': 0, 'hips.y': -0.006, 'hips.z': 0,
    **{f'{part}.{turn}': 0 for part in ('hips', 'trunk', 'head') for turn in TURNS},
    **{f'{side}.{name}': 0 for side in ('left', 'right') for name in ARM},
    **{f'{side}Foot.{name}': 0 for side in ('left', 'right') for name in FOOT},
    'leftFoot.x': 0.09, 'rightFoot.x': -0.09, 'leftFoot.turn': 9, 'rightFoot.turn': 9,
    'leftEye': 1, 'rightEye': 1, 'jaw': 0,
}
for _side in ('left', 'right'):
    STAND |= {f'{_side}.out': 22, f'{_side}.elbow': 17, f'{_side}.twist': 14, f'{_side}.forward': 3}

# What changes its sign when left and right change places.
_SIDEWAYS = ('hips.x', 'leftFoot.x', 'rightFoot.x', 'hips.yaw', 'hips.lean', 'trunk.yaw',
             'trunk.lean',
             'head.yaw', 'head.lean')


@dataclass
class Clip:
    name: str
    seconds: float
    loop: bool
    fade: float
    stride: float = 0
    channels: dict[str, Curve] = field(default_factory=dict)
    # Seconds during which a foot must not slip: side -> spans. Not named: the whole clip.
    planted: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    # What the ground does under the clip: metres gone forwards and degrees turned left.
    travel: Curve = field(default_factory=lambda: curve(0))
    turning: Curve = field(default_factory=lambda: curve(0))

    def __post_init__(self) -> None:
        frames = self.seconds * RATE
        if abs(frames - round(frames)) > 1e-6:
            raise ValueError(f'{self.name}: {self.seconds} s are not whole frames of 1/{RATE} s')

    @property
    def frames(self) -> int:
        return round(self.seconds * RATE)

    def times(self) -> np.ndarray:
        """Of every frame; of a loop, the last shows the first again."""
        return np.arange(self.frames + 1) / RATE

    def keys(self, *keys: tuple[float, float]) -> Curve:
        return through(keys, self.seconds if self.loop else None)

    def shares(self, *keys: tuple[float, float]) -> Curve:
        """Keys at shares of the clip, 0 to 1, instead of seconds."""
        return self.keys(*((share * self.seconds, value) for share, value in keys))

    def swing(self, amount: float, cycles: float = 1, late: float = 0) -> Curve:
        """A sine of so many cycles over the clip, `late` by a share of a cycle."""
        if self.loop and abs(cycles - round(cycles)) > 1e-9:
            raise ValueError(f'{self.name}: a loop holds whole cycles, not {cycles}')
        return Curve(lambda t: amount * np.sin(2 * np.pi * (cycles * t / self.seconds - late)))

    def envelope(self, come: float, go: float) -> Curve:
        """0, up to 1 within `come` seconds, and back to 0 in the last `go`."""
        return through(((0, 0), (come, 1), (self.seconds - go, 1), (self.seconds, 0)))

    def set(self, **channels: Value) -> None:
        for name, value in channels.items():
            self.put(name, value)

    def put(self, channel: str, value: Value) -> None:
        if channel not in STAND:
            raise KeyError(f'{self.name}: no channel is called {channel!r}')
        self.channels[channel] = curve(value)

    def add(self, channel: str, value: Value) -> None:
        """On top of what the channel is already."""
        self.put(channel, self.curve(channel) + value)

    def curve(self, channel: str) -> Curve:
        return self.channels.get(channel, curve(STAND[channel]))

    def part(self, part: str, values: dict[str, Value]) -> None:
        for name, value in values.items():
            self.put(f'{part}.{name}', value)

    def hips(self, **values: Value) -> None:
        self.part('hips', values)

    def trunk(self, **values: Value) -> None:
        self.part('trunk', values)

    def head(self, **values: Value) -> None:
        self.part('head', values)

    def left(self, **values: Value) -> None:
        self.part('left', values)

    def right(self, **values: Value) -> None:
        self.part('right', values)

    def both(self, **values: Value) -> None:
        self.left(**values)
        self.right(**values)

    def left_foot(self, **values: Value) -> None:
        self.part('leftFoot', values)

    def right_foot(self, **values: Value) -> None:
        self.part('rightFoot', values)

    def eyes(self, value: Value) -> None:
        self.put('leftEye', value)
        self.put('rightEye', value)

    def blink(self, *seconds: float) -> None:
        """Shuts the eyes for a moment at each of these times."""
        lids = curve(1)
        for at in seconds:
            lids = lids + through(((at - 0.07, 0), (at, -0.92), (at + 0.03, -0.92), (at + 0.13, 0)))
        self.eyes(lids)

    def sampled(self) -> dict[str, np.ndarray]:
        """Every channel at every frame."""
        t = self.times()
        made = {name: self.curve(name)(t) for name in STAND}
        if self.loop:
            for values in made.values():
                values[-1] = values[0]
        return made

    def mirrored(self, name: str) -> Clip:
        """The same with left and right changed."""
        def other(text: str) -> str:
            if text.startswith('left'):
                return 'right' + text[4:]
            return 'left' + text[5:] if text.startswith('right') else text

        made = Clip(name, self.seconds, self.loop, self.fade, self.stride, travel=self.travel,
                    turning=-self.turning, planted={other(s): v for s, v in self.planted.items()})
        for channel, value in self.channels.items():
            made.put(other(channel), -value if channel in _SIDEWAYS else value)
        return made
