// near_doll: the full doll with every choice of a look in one geometry; the shader hides what a look
// does not wear.

import { addAccessories } from './accessories.ts';
import { addBody } from './body.ts';
import { addFace } from './face.ts';
import { addHeads } from './heads.ts';
import { addOutfits } from './outfits.ts';
import { Pile, type PileArrays } from './pile.ts';

export function nearDoll(): PileArrays {
  const pile = new Pile();
  addBody(pile);
  addFace(pile);
  addOutfits(pile);
  addHeads(pile);
  addAccessories(pile);
  return pile.arrays();
}
