import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type Environment,
  enter,
  type FluxClient,
  hostEnvironment,
  lookCode,
  POSE,
  WireModule,
} from '@flux/sdk';

const wire = WireModule.compile(
  readFileSync(resolve(import.meta.dirname, '../../build/wasm/flux_wire.wasm')),
);

/** Somebody who came in through the SDK, as the web client does. */
export const comeIn = async (
  url: string,
  name: string,
  environment: Environment = hostEnvironment,
  world = 'plaza',
): Promise<FluxClient> =>
  enter({
    origin: url,
    guest: { world, name, look: lookCode(7) },
    wire: await wire,
    capacity: 2000,
    environment,
  });

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Looks every 20 ms until it holds. */
export const eventually = async (
  what: string,
  holds: () => boolean,
  ms = 15_000,
): Promise<void> => {
  const until = Date.now() + ms;
  while (!holds()) {
    if (Date.now() > until) throw new Error(`${what}: not within ${ms} ms`);
    await pause(20);
  }
};

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Where a client's picture has somebody, in metres; undefined when it does not know them. */
export const placeOf = (client: FluxClient, id: number): Place | undefined => {
  const { picture } = client;
  const row = picture.find(id);
  if (row < 0) return undefined;
  return {
    x: (picture.exact[4 * row] ?? 0) / 100,
    y: (picture.exact[4 * row + 1] ?? 0) / 100,
    z: (picture.exact[4 * row + 2] ?? 0) / 100,
  };
};

/** Walks by steps that a person could do; settles at the end. */
export const walk = async (
  client: FluxClient,
  from: Place,
  dx: number,
  dz: number,
): Promise<Place> => {
  const steps = Math.max(1, Math.ceil(Math.hypot(dx, dz) / 0.2));
  for (let step = 1; step <= steps; step++) {
    client.sendMove({
      x: from.x + (dx * step) / steps,
      y: from.y,
      z: from.z + (dz * step) / steps,
      yaw: 0.25,
      pose: step === steps ? POSE.idle : POSE.walk,
      flags: 0,
    });
    await pause(55);
  }
  return { x: from.x + dx, y: from.y, z: from.z + dz };
};

/** Walks one who has just come in up to another who has, until that one sees them close by. */
export const meet = async (who: FluxClient, other: FluxClient): Promise<void> => {
  const from = who.welcome?.place ?? { x: 0, y: 0, z: 0 };
  const to = other.welcome?.place ?? { x: 0, y: 0, z: 0 };
  const arrived = await walk(who, from, to.x - from.x + 1, to.z - from.z);
  await eventually('they are side by side', () => {
    const place = placeOf(other, who.self);
    return place !== undefined && Math.hypot(place.x - arrived.x, place.z - arrived.z) < 0.1;
  });
};
