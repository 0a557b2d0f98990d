"""Makes people.glb, impostors.webp and impostors.json."""

import json
from pathlib import Path

from PIL import Image

from art.base.glb import write_glb
from art.base.result import result
from art.people.cut import baked_wardrobe, wardrobe_of
from art.people.detail import LODS
from art.people.figures import tables
from art.people.impostors import atlas, layout
from art.people.model import lod_node, skeleton

SOURCES = ['art/people', 'art/base']
# Bytes as they travel; triangles of the richest of all that a look can wear, at each level.
BUDGET = {'bytes': 420_000, 'full': 4500, 'half': 1500, 'quarter': 600, 'crowd': 220}


@result('people.glb', sources=SOURCES, budget=BUDGET)
def make_people(path: Path, extras: dict) -> None:
    nodes = [lod_node(baked_wardrobe(detail)) for detail in LODS]
    write_glb(path, nodes, skin=skeleton(), extras={**extras, **tables()})


@result('impostors.webp', sources=SOURCES, budget={'bytes': 160_000})
def make_impostors(path: Path, extras: dict) -> None:
    picture = atlas(baked_wardrobe(LODS[1]))
    Image.fromarray(picture, 'RGBA').save(path, lossless=True, exact=True, quality=100, method=6)


@result('impostors.json', sources=SOURCES, budget={'bytes': 2_000})
def make_layout(path: Path, extras: dict) -> None:
    path.write_text(json.dumps(layout(wardrobe_of(LODS[1]))) + '\n', encoding='utf-8')
