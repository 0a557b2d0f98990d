"""Everything there is to wear, cut at a level of detail."""

from functools import lru_cache

from art.people.body import add_body
from art.people.carried import add_accessories
from art.people.detail import Detail
from art.people.face import add_face
from art.people.hair import add_hair
from art.people.hats import add_hats
from art.people.outfits import add_outfits
from art.people.wardrobe import Wardrobe

EVERYTHING = (add_body, add_face, add_outfits, add_hair, add_hats, add_accessories)


@lru_cache
def wardrobe_of(detail: Detail) -> Wardrobe:
    wardrobe = Wardrobe(detail)
    for add in EVERYTHING:
        add(wardrobe)
    wardrobe.drop_empty()
    return wardrobe


@lru_cache
def baked_wardrobe(detail: Detail) -> Wardrobe:
    """The same with its soft shade."""
    from art.people.shading import bake  # here, because it needs Blender

    wardrobe = wardrobe_of(detail)
    bake(wardrobe)
    return wardrobe
