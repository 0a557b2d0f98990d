import { enter, FluxError, type GuestRequest, type WorldDocument } from '@flux/sdk';
import { loadWorld } from './api.ts';
import type { Guest } from './guest.ts';
import type { Place } from './place.ts';
import { loadStage } from './stage_loader.ts';
import { visitStore } from './visit_store.ts';
import { watchClient } from './watch_client.ts';
import { loadWire } from './wire.ts';

/**
 * Goes in: settles when the person is inside, or fails with a FluxError and nothing has changed.
 * `spawn`: where the portal that one comes by leads to.
 */
export const enterWorld = async (place: Place, guest: Guest, spawn?: number): Promise<void> => {
  const stage = loadStageOrFail();
  stage.catch(() => undefined); // it is waited for below, or something else has failed before
  const [world, wire] = await Promise.all([loadWorld(place.world), loadWireOrFail()]);
  // What the world is made of is read while the server is asked for a place in it.
  stage.then(({ prepareScene }) => prepareScene(world)).catch(() => undefined);
  const client = await enterInstance(place, { ...guest, spawn }, world, wire);
  await stage.catch((error: unknown) => {
    client.leave();
    throw error;
  });
  const here: Place = { world: place.world, instance: client.welcome?.instance };
  watchClient(client, here);
  visitStore.setState({ visit: { kind: 'inside', place: here, client, world, scene: null } });
};

// The instance of an invitation may be full or gone: any other of that world is better than none.
const enterInstance = async (
  place: Place,
  guest: Guest & { readonly spawn: number | undefined },
  world: WorldDocument,
  wire: Awaited<ReturnType<typeof loadWire>>,
) => {
  const { name, look, spawn } = guest;
  const anywhere: GuestRequest = {
    world: place.world,
    name,
    look,
    ...(spawn === undefined ? {} : { spawn }),
  };
  const options = { origin: location.origin, wire, capacity: capacityFor(world) };
  if (place.instance === undefined) return enter({ ...options, guest: anywhere });
  try {
    return await enter({ ...options, guest: { ...anywhere, instance: place.instance } });
  } catch (error) {
    if (!(error instanceof FluxError) || !ELSEWHERE.has(error.code)) throw error;
    return enter({ ...options, guest: anywhere });
  }
};

const ELSEWHERE: ReadonlySet<string> = new Set(['LIMIT', 'NOT_FOUND', 'INVALID']);

// Some more than the instance holds: who has just left may still be in the picture.
const capacityFor = (world: WorldDocument): number => Math.min(65_536, world.capacity + 1024);

const unreachable = (cause: unknown): never => {
  throw new FluxError('UNREACHABLE', 'A part of the client could not be loaded.', { cause });
};

const loadWireOrFail = () => loadWire().catch(unreachable);
const loadStageOrFail = () => loadStage().catch(unreachable);
