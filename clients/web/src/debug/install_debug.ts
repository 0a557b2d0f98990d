import { type EntityId, entityId, type FluxClient } from '@flux/sdk';
import { visitStore } from '../app/visit_store.ts';
import { hudStore } from '../hud/hud_store.ts';
import type { DebugPerson, FluxDebug } from './flux_debug.ts';

const inside = () => {
  const { visit } = visitStore.getState();
  return visit.kind === 'inside' ? visit : null;
};

const rowOf = (client: FluxClient, row: number): DebugPerson => {
  const { id, to, pose, look } = client.picture;
  const who = entityId(id[row] ?? 0);
  return {
    id: who,
    name: nameOf(client, who),
    x: to[row * 4] ?? Number.NaN,
    y: to[row * 4 + 1] ?? Number.NaN,
    z: to[row * 4 + 2] ?? Number.NaN,
    yaw: to[row * 4 + 3] ?? Number.NaN,
    pose: pose[row] ?? 0,
    look: look[row] ?? 0,
  };
};

const nameOf = (client: FluxClient, id: EntityId): string => client.profile(id)?.name ?? '';

const selfOf = (): DebugPerson | null => {
  const visit = inside();
  if (!visit?.scene) return null;
  const { client, scene } = visit;
  const row = client.picture.find(client.self);
  const look = row < 0 ? 0 : (client.picture.look[row] ?? 0);
  return { id: client.self, name: nameOf(client, client.self), look, ...scene.self() };
};

const peersOf = (): readonly DebugPerson[] => {
  const client = inside()?.client;
  if (!client) return [];
  return Array.from({ length: client.picture.count }, (_, row) => rowOf(client, row)).filter(
    ({ id }) => id !== client.self,
  );
};

const flux: FluxDebug = {
  get state() {
    const { visit } = visitStore.getState();
    return visit.kind === 'inside' ? visit.client.state.kind : visit.kind;
  },
  get ready() {
    return Boolean(inside()?.scene);
  },
  get self() {
    return selfOf();
  },
  get eye() {
    return inside()?.scene?.eye() ?? null;
  },
  peers: peersOf,
  get counters() {
    const client = inside()?.client;
    return client ? { ...client.counters, pingMs: client.pingMs, jitterMs: client.jitterMs } : null;
  },
  get scene() {
    return inside()?.scene?.stats() ?? null;
  },
  say: (text, scope = 'near') => inside()?.client.say(text, scope) ?? false,
  emote: (name) => {
    const visit = inside();
    if (!visit?.client.emote(name)) return false;
    visit.scene?.playEmote(name);
    return true;
  },
  walkTo: (x, z) =>
    inside()?.scene?.walkTo(x, z) ?? Promise.reject(new Error('The world is not drawn yet.')),
  follow: (id) => {
    const scene = inside()?.scene;
    scene?.follow(id === null ? null : entityId(id));
    return Boolean(scene);
  },
  get following() {
    return hudStore.getState().following;
  },
  sit: () => inside()?.scene?.toggleSitting(),
  get seatNear() {
    return hudStore.getState().isSeatNear;
  },
  get hand() {
    return hudStore.getState().isHandRaised;
  },
  set hand(isHandRaised) {
    hudStore.setState({ isHandRaised });
  },
  get photoMode() {
    return hudStore.getState().isPhotoMode;
  },
  set photoMode(isPhotoMode) {
    hudStore.setState({ isPhotoMode });
  },
  look: (dx, dy) => inside()?.scene?.look(dx, dy),
  connection: {
    drop: () => inside()?.client.drop(),
    retryNow: () => inside()?.client.retryNow(),
    leave: () => inside()?.client.leave(),
  },
};

/** Puts window.flux there. */
export const installDebug = (): void => {
  window.flux = flux;
};
