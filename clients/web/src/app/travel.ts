import { type FluxClient, lookCode, type WorldPortal } from '@flux/sdk';
import { toast } from '../hud/toast_store.ts';
import { worldText } from '../language/catalogue.ts';
import { words } from '../language/words.ts';
import { settingsStore } from '../settings/settings_store.ts';
import { asFluxError } from './as_flux_error.ts';
import { enterWorld } from './enter_world.ts';
import { readGuest } from './guest.ts';
import { type Place, placePath } from './place.ts';

const WORLD_HERE = /^[a-z0-9-]{1,64}$/;

let isTravelling = false;

/** Takes us through a portal to another world of this server. False: it leads elsewhere. */
export const travel = (portal: WorldPortal, from: FluxClient): boolean => {
  if (!WORLD_HERE.test(portal.to)) return false;
  const place = { world: portal.to, instance: undefined };
  if (isTravelling) return true;
  toast(words().hud.portal(worldText(portal.label, settingsStore.getState().language)));
  void go(place, from, portal.spawn).then((arrived) => {
    if (arrived) history.pushState(null, '', placePath(place));
  });
  return true;
};

/** Takes us where the browser's back or forward leads, which its address names already. */
export const travelBack = async (place: Place, from: FluxClient): Promise<boolean> =>
  go(place, from);

// In there first, and only then out of here: when the other world is full, nothing has happened.
const go = async (place: Place, from: FluxClient, spawn?: number): Promise<boolean> => {
  if (isTravelling) return false;
  isTravelling = true;
  try {
    const guest = readGuest({ name: words().entry.namePlaceholder, look: lookCode(0) });
    await enterWorld(place, guest, spawn);
    from.leave();
    return true;
  } catch (cause) {
    toast(words().error[asFluxError(cause).code].title);
    return false;
  } finally {
    isTravelling = false;
  }
};
