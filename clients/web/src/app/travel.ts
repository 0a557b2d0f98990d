import { type FluxClient, lookCode, type WorldPortal } from '@flux/sdk';
import { toast } from '../hud/toast_store.ts';
import { worldText } from '../language/catalogue.ts';
import { words } from '../language/words.ts';
import { settingsStore } from '../settings/settings_store.ts';
import { asFluxError } from './as_flux_error.ts';
import { enterWorld } from './enter_world.ts';
import { readGuest } from './guest.ts';
import { placePath } from './place.ts';

const WORLD_HERE = /^[a-z0-9-]{1,64}$/;

let isTravelling = false;

/** Takes us through a portal to another world of this server. False: it leads elsewhere. */
export const travel = (portal: WorldPortal, from: FluxClient): boolean => {
  if (!WORLD_HERE.test(portal.to)) return false;
  if (!isTravelling) void go(portal, from);
  return true;
};

// In there first, and only then out of here: when the other world is full, nothing has happened.
const go = async (portal: WorldPortal, from: FluxClient): Promise<void> => {
  isTravelling = true;
  const place = { world: portal.to, instance: undefined };
  toast(words().hud.portal(worldText(portal.label, settingsStore.getState().language)));
  try {
    await enterWorld(place, readGuest({ name: words().entry.namePlaceholder, look: lookCode(0) }));
    history.pushState(null, '', placePath(place));
    from.leave();
  } catch (cause) {
    toast(words().error[asFluxError(cause).code].title);
  } finally {
    isTravelling = false;
  }
};
