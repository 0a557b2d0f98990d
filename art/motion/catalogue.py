"""All clips by name, in the order in which they stand in motions.glb."""

from __future__ import annotations

from functools import lru_cache

from art.motion import air, dances, emotes, gaits, seated, stands
from art.motion.clip import Clip

NAMES = ('idle', 'idle.look', 'idle.shift', 'idle.stretch', 'walk', 'run', 'start', 'stop',
         'turn.left', 'turn.right', 'jump', 'fall', 'land', 'sit', 'rest', 'wave', 'dance', 'clap',
         'point', 'laugh', 'cheer', 'bow', 'shrug', 'think', 'heart', 'groove', 'hand')


@lru_cache(maxsize=1)
def clips() -> dict[str, Clip]:
    made = [make() for room in (stands, gaits, air, seated, emotes, dances) for make in room.CLIPS]
    found = {clip.name: clip for clip in made}
    if sorted(found) != sorted(NAMES) or len(found) != len(made):
        raise ValueError(f'the clips are {sorted(found)}, not {sorted(NAMES)}')
    return {name: found[name] for name in NAMES}
