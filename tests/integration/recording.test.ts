import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FluxClient, hostEnvironment } from '@flux/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  type FluxProcess,
  type RunResult,
  runFlux,
  startFlux,
  startReplay,
  temporaryFolder,
} from './flux_process.ts';
import { comeIn, eventually, type Place, pause, placeOf, walk } from './person.ts';

const TOKEN = 'a-token-for-the-tests';
const WORLD = 'garden'; // small: a crowd is soon in place
const CROWD = 40;
const GONE = 3;

interface Standing {
  readonly at: number;
  readonly duration: number;
  readonly speed: number;
  readonly paused: boolean;
  readonly world: string;
  readonly time: number;
  readonly trouble: string;
}

interface Recordings {
  readonly remembered: readonly { readonly instance: number; readonly seconds: number }[];
  readonly files: readonly {
    readonly name: string;
    readonly state: string;
    readonly seconds?: number;
  }[];
  readonly bytes: number;
}

/** Who a witness knew of at a moment, as the server said. */
interface Sight {
  readonly wallMs: number;
  readonly people: ReadonlySet<number>;
}

interface Stand {
  readonly wallMs: number;
  readonly place: Place;
}

let folder: string;
let flux: FluxProcess;
let ada: FluxClient;
let swarm: Promise<RunResult>;
let instance: number;
const sights: Sight[] = [];
const names = new Map<number, string>();
const stands: Stand[] = [];
const running: FluxProcess[] = [];
const clients: FluxClient[] = [];

const fileOf = (name: string): string => join(folder, 'recordings', `${name}.flxr`);

const order = async (path: string, body: unknown, token: string | null = TOKEN) => {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (token !== null) headers['authorization'] = `Bearer ${token}`;
  return fetch(flux.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
};

/** Asks for a recording; the status of the answer. */
const keep = async (name: string, more: object = {}, token: string | null = TOKEN) => {
  const path = `/v1/worlds/${WORLD}/instances/${instance}/recording`;
  return (await order(path, { name, ...more }, token)).status;
};

const recordings = async (): Promise<Recordings> => {
  const headers = { authorization: `Bearer ${TOKEN}` };
  return (await (await fetch(`${flux.url}/v1/recordings`, { headers })).json()) as Recordings;
};

const written = async (name: string): Promise<void> => {
  for (let tries = 0; tries < 100; tries++) {
    const state = (await recordings()).files.find((file) => file.name === name)?.state;
    if (state === 'done') return;
    if (state === 'failed') break;
    await pause(50);
  }
  throw new Error(`${name} was not written: ${JSON.stringify(await recordings())}`);
};

const idsIn = (client: FluxClient): Set<number> =>
  new Set(client.picture.id.subarray(0, client.picture.count));

const look = (client: FluxClient): void => {
  const people = idsIn(client);
  sights.push({ wallMs: Date.now(), people });
  for (const id of people) {
    const name = client.profile(id as FluxClient['self'])?.name;
    if (name !== undefined) names.set(id, name);
  }
};

const visit = async (url: string, name: string): Promise<FluxClient> => {
  const client = await comeIn(url, name, hostEnvironment, WORLD);
  clients.push(client);
  return client;
};

/** The latest moment with a second of looking about behind it. */
const lateMoment = (): number => (sights.at(-1)?.wallMs ?? 0) - 1000;

/** Those known at some time before this moment, and not for a second to both sides of it. */
const goneBy = (wallMs: number): number[] => {
  const lately = new Set(
    sights.filter((one) => Math.abs(one.wallMs - wallMs) < 1000).flatMap((one) => [...one.people]),
  );
  const before = sights.filter((one) => one.wallMs < wallMs).flatMap((one) => [...one.people]);
  return [...new Set(before)].filter((id) => !lately.has(id));
};

/** Ada comes, stands in one spot, walks to another, and looks about until some of the crowd went. */
const livePast = async (): Promise<void> => {
  ada = await visit(flux.url, 'Ada 아다');
  instance = ada.welcome?.instance ?? 0;
  const looking = setInterval(() => look(ada), 100);
  const wishes = `--world ${WORLD} --clients ${CROWD} --seconds 2 --churn 6`;
  swarm = runFlux(`swarm --url ${flux.url} ${wishes}`.split(' '));
  await eventually('the crowd is in', () => ada.picture.count >= CROWD);
  let place = ada.welcome?.place ?? { x: 0, y: 0, z: 0 };
  await pause(500);
  stands.push({ wallMs: Date.now(), place });
  await pause(500);
  expect(await keep('early')).toBe(202);
  place = await walk(ada, place, 1.5, -1);
  await pause(500);
  stands.push({ wallMs: Date.now(), place });
  ada.say('기억해, <b>remember</b>', 'all');
  await eventually('some went', () => goneBy(lateMoment()).length >= GONE);
  clearInterval(looking);
};

beforeAll(async () => {
  folder = temporaryFolder();
  flux = await startFlux({
    data: folder,
    args: ['--no-address-limits', '--operator-token', TOKEN].concat([
      '--record-minutes',
      '2',
      '--record-words',
    ]),
  });
  running.push(flux);
  await livePast();
  expect(await keep('crowd')).toBe(202);
  await written('crowd');
});

afterAll(async () => {
  for (const client of clients) client.leave();
  for (const process of running) await process.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the operator', () => {
  test('keeps the window of an instance', async () => {
    const { files, remembered, bytes } = await recordings();
    expect(files.map(({ name, state }) => `${name} ${state}`).sort()).toEqual([
      'crowd done',
      'early done',
    ]);
    expect(files.find(({ name }) => name === 'crowd')?.seconds).toBeGreaterThan(4);
    expect(remembered[0]?.seconds).toBeGreaterThan(4);
    expect(bytes).toBeGreaterThan(readFileSync(fileOf('crowd')).length);
  });

  test('must have the token', async () => {
    expect(await keep('stolen', {}, null)).toBe(401);
    expect(await keep('stolen', {}, 'not-the-right-token')).toBe(401);
    expect((await fetch(`${flux.url}/v1/recordings`)).status).toBe(401);
    expect((await order('/v1/recordings/early/stop', {}, null)).status).toBe(401);
  });

  test('is told what cannot be', async () => {
    expect(await keep('crowd')).toBe(409);
    expect(await keep('../crowd')).toBe(400);
    expect(await keep('other', { continue: 'yes' })).toBe(400);
    const path = `/v1/worlds/${WORLD}/instances`;
    expect((await order(`${path}/${instance + 7}/recording`, { name: 'n' })).status).toBe(404);
    expect((await order(`${path}/one/recording`, { name: 'n' })).status).toBe(404);
    expect((await order('/v1/recordings/crowd/stop', {})).status).toBe(404);
  });

  test('may let it go on, once at a time, and stop it', async () => {
    expect(await keep('on', { continue: true })).toBe(202);
    await pause(600);
    expect(await keep('twice', { continue: true })).toBe(409);
    expect((await order('/v1/recordings/on/stop', {})).status).toBe(202);
    await written('on');
  });
});

describe('a replay', () => {
  let replay: FluxProcess;
  let watcher: FluxClient;

  // Node takes a connection that fetch() has used for a WebSocket too, which no browser does and the server
  // does not know: under another name the same server is asked over connections of its own.
  const steering = (): string => `${replay.url.replace('127.0.0.1', 'localhost')}/v1/replay`;
  const standing = async (): Promise<Standing> =>
    (await (await fetch(steering())).json()) as Standing;
  const put = async (wanted: object): Promise<Response> =>
    fetch(steering(), {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(wanted),
    });
  /** Jumps there and stands still. */
  const show = async (wallMs: number): Promise<void> => {
    const { at, time } = await standing();
    expect((await put({ at: at + (wallMs - time) / 1000, paused: true })).status).toBe(200);
  };
  const near = (place: Place | undefined, wanted: Place | undefined): boolean =>
    place !== undefined &&
    wanted !== undefined &&
    Math.hypot(place.x - wanted.x, place.y - wanted.y, place.z - wanted.z) < 0.03;

  beforeAll(async () => {
    replay = await startReplay(fileOf('crowd'));
    running.push(replay);
    expect(await standing()).toMatchObject({ at: 0, speed: 1, paused: false, world: WORLD });
    watcher = await visit(replay.url, 'Watcher');
  });

  test('has the one world, and says that it is one', async () => {
    const worlds = (await (await fetch(`${replay.url}/v1/worlds`)).json()) as object[];
    expect(worlds).toHaveLength(1);
    expect(worlds[0]).toMatchObject({ id: WORLD, replay: true });
    expect((await standing()).trouble).toBe('');
  });

  test('shows everyone who was there, under their ids, and nobody who had gone', async () => {
    const wallMs = lateMoment();
    const around = sights.filter((one) => Math.abs(one.wallMs - wallMs) < 1000);
    const stayed = [...names.keys()].filter((id) => around.every(({ people }) => people.has(id)));
    expect(stayed.length).toBeGreaterThan(CROWD / 2);
    await show(wallMs);
    await eventually('all who stayed are shown', () => {
      const shown = idsIn(watcher);
      return stayed.every((id) => shown.has(id));
    });
    const gone = goneBy(wallMs);
    expect(gone.length).toBeGreaterThanOrEqual(GONE);
    const shown = idsIn(watcher);
    expect(gone.filter((id) => shown.has(id))).toEqual([]);
    expect(watcher.picture.anomalies).toBe(0);
  });

  test('knows their names', async () => {
    const known = [...idsIn(watcher)].filter((id) => names.has(id));
    expect(known).toContain(ada.self);
    expect(known.length).toBeGreaterThan(CROWD / 2);
    const told = () =>
      known.filter((id) => watcher.profile(id as FluxClient['self'])?.name === names.get(id));
    await eventually('all names are told', () => told().length === known.length);
  });

  test('jumps forward and back to where somebody stood', async () => {
    const [first, second] = stands;
    for (const stand of [second, first, second]) {
      await show(stand?.wallMs ?? 0);
      await eventually('she is where she stood', () =>
        near(placeOf(watcher, ada.self), stand?.place),
      );
    }
  });

  test('tells again what was said', async () => {
    const heard: string[] = [];
    watcher.on('chat', (chat) => {
      if (chat.id === ada.self) heard.push(`${chat.name}: ${chat.text}`);
    });
    await show((stands[1]?.wallMs ?? 0) - 500);
    expect((await put({ paused: false, speed: 1 })).status).toBe(200);
    await eventually('the words are heard', () => heard.length > 0);
    expect(heard).toEqual(['Ada 아다: 기억해, <b>remember</b>']);
  });

  test('stands still when paused', async () => {
    await put({ paused: true });
    const { at } = await standing();
    const { tick } = watcher.picture;
    await eventually('time passes for who watches', () => watcher.picture.tick > tick + 6);
    expect(await standing()).toMatchObject({ at, paused: true });
  });

  test('goes four times as fast when asked', async () => {
    await put({ at: 0, speed: 4, paused: false });
    const ticked = watcher.picture.tick;
    await eventually('time passes', () => watcher.picture.tick >= ticked + 20);
    const { at } = await standing();
    const ticks = watcher.picture.tick - ticked;
    expect((at * 20) / ticks).toBeGreaterThan(2.8);
    expect((at * 20) / ticks).toBeLessThan(5.2);
  });

  test('refuses what cannot be, and goes on as it was', async () => {
    await put({ at: 1, speed: 1, paused: true });
    for (const wrong of [{ speed: 100 }, { at: -1 }, { at: 1e9 }, { paused: 'no' }, { at: '2' }])
      expect([(await put(wrong)).status, wrong]).toEqual([400, wrong]);
    expect(await standing()).toMatchObject({ at: 1, speed: 1, paused: true });
  });

  test('ends with SIGTERM, and tells who watches', async () => {
    expect(await replay.stop('SIGTERM')).toBe(0);
    running.splice(running.indexOf(replay), 1);
    await eventually('the watcher knows', () => watcher.state.kind !== 'online');
  });
});

describe('a file that is cut off', () => {
  test('says so, and plays what is whole', async () => {
    const bytes = readFileSync(fileOf('crowd'));
    const cut = join(folder, 'cut.flxr');
    writeFileSync(cut, bytes.subarray(0, bytes.length - 100));
    const replay = await startReplay(cut, ['--speed', '8']);
    running.push(replay);
    expect(replay.logs()).toContain('cut off');
    expect(replay.logs()).toContain('playing what is whole');
    const watcher = await visit(replay.url, 'Watcher');
    await eventually('they are there', () => watcher.picture.count >= CROWD / 2);
    const { trouble, duration } = (await (
      await fetch(`${replay.url}/v1/replay`)
    ).json()) as Standing;
    expect(trouble).toContain('cut off');
    expect(duration).toBeGreaterThan(0.5);
  });

  test('with nothing whole in it is refused by its name', async () => {
    const cut = join(folder, 'nothing.flxr');
    writeFileSync(cut, readFileSync(fileOf('crowd')).subarray(0, 300));
    const { code, stderr } = await runFlux(['replay', cut]);
    expect(code).toBe(2);
    expect(stderr).toContain(cut);
  });
});

test('the crowd noticed nothing of it', async () => {
  expect(await swarm).toMatchObject({ code: 0 });
});
