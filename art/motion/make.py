"""Writes motions.glb: the skeleton's nodes and all clips."""

from __future__ import annotations

from pathlib import Path

from art.base.glb import Animation, Node, write_glb
from art.base.result import result
from art.motion.bones import NAMES, OFFSET, PARENT
from art.motion.catalogue import clips
from art.motion.clip import Clip
from art.motion.tracks import tracks

SOURCES = ['art/motion', 'art/people/skeleton.json', 'art/base/glb.py', 'art/base/shape.py']


@result('motions.glb', sources=SOURCES, budget={'bytes': 130_000, 'animations': 27})
def make(path: Path, extras: dict) -> None:
    write_glb(path, [_node(0)], animations=[_animation(clip) for clip in clips().values()],
              extras=extras)


def _node(bone: int) -> Node:
    children = [_node(child) for child, parent in enumerate(PARENT) if parent == bone]
    return Node(NAMES[bone], translation=OFFSET[bone].tolist(), children=children)


def _animation(clip: Clip) -> Animation:
    """extras: stride is of a cycle, travel of what is not one, turn in degrees to the left."""
    extras = {'loop': clip.loop, 'stride': clip.stride, 'fade': clip.fade}
    for name, ground in (('travel', clip.travel), ('turn', clip.turning)):
        covered = float(ground(clip.times())[-1])
        if covered and not (name == 'travel' and clip.stride):
            extras[name] = round(covered, 4)
    channels = [(track.bone, track.path, track.times, track.values) for track in tracks(clip)]
    return Animation(clip.name, channels, extras)
