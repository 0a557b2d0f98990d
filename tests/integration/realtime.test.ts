import type { ChatEvent, FluxClient } from '@flux/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type FluxProcess, startFlux, temporaryFolder } from './flux_process.ts';
import { comeIn, eventually, meet, pause, placeOf, walk } from './person.ts';
import { openPeer, takeTicket } from './websocket_peer.ts';

let flux: FluxProcess;
const guests: FluxClient[] = [];
const guest = async (name: string, url = flux.url): Promise<FluxClient> => {
  const client = await comeIn(url, name);
  guests.push(client);
  return client;
};

beforeAll(async () => {
  flux = await startFlux({
    args: ['--no-address-limits', '--operator-token', 'a-token-for-the-tests'],
  });
});
afterAll(async () => {
  for (const client of guests) client.leave();
  await flux.stop();
});

describe('two people', () => {
  test('see each other walk, to the centimetre', async () => {
    const ada = await guest('Ada');
    const ben = await guest('Ben');
    await eventually('Ben knows Ada', () => placeOf(ben, ada.self) !== undefined);
    const from = ada.welcome?.place ?? { x: 0, y: 0, z: 0 };
    const to = await walk(ada, from, 1.5, -1);
    await eventually('Ben sees where she stopped', () => {
      const place = placeOf(ben, ada.self);
      return place !== undefined && Math.hypot(place.x - to.x, place.z - to.z) < 0.02;
    });
    expect(ben.picture.anomalies).toBe(0);
  });

  test('hear each other, and know each other by name', async () => {
    const ada = await guest('Ada 아다');
    const ben = await guest('Ben');
    // A world has several places to arrive at, further apart than a voice carries.
    await meet(ben, ada);
    const heard = new Promise<ChatEvent>((done) => {
      ben.on('chat', done);
    });
    expect(ada.say('안녕, <b>Ben</b> & all', 'near')).toBe(true);
    const chat = await heard;
    expect(chat).toMatchObject({
      id: ada.self,
      name: 'Ada 아다',
      text: '안녕, <b>Ben</b> & all',
      scope: 'near',
    });
    await eventually('Ben knows her name', () => ben.profile(ada.self)?.name === 'Ada 아다');
  });

  test('one out of earshot does not hear what is said nearby, but hears what is said to all', async () => {
    const ada = await guest('Ada');
    const far = await guest('Far');
    const start = far.welcome?.place ?? { x: 0, y: 0, z: 0 };
    const earshot = far.welcome?.earshot ?? 0;
    // Away from the middle, whichever side they came in on.
    await walk(far, start, start.x >= 0 ? earshot + 12 : -earshot - 12, 0);
    const heard: string[] = [];
    far.on('chat', (chat) => heard.push(chat.text));
    ada.say('psst', 'near');
    ada.say('hello everyone', 'all');
    await eventually('the far one hears', () => heard.includes('hello everyone'));
    expect(heard).not.toContain('psst');
  }, 90_000);
});

describe('a lost connection', () => {
  test('comes back by itself as the same person in the same spot', async () => {
    const ada = await guest('Ada');
    const ben = await guest('Ben');
    const id = ada.self;
    const to = await walk(ada, ada.welcome?.place ?? { x: 0, y: 0, z: 0 }, 1, 1);
    await pause(300);
    ada.drop();
    await eventually('she is away', () => ada.state.kind === 'reconnecting');
    expect(placeOf(ben, id)).toBeDefined();
    await eventually('she is back', () => ada.state.kind === 'online');
    expect(ada.self).toBe(id);
    expect(ada.welcome?.resumed).toBe(true);
    expect(ada.welcome?.place.x).toBeCloseTo(to.x, 1);
    expect(ada.welcome?.place.z).toBeCloseTo(to.z, 1);
  });

  test('a restart of the server brings everyone back to where they were', async () => {
    const data = temporaryFolder();
    const first = await startFlux({ data, args: ['--reconnect-ms', '200'] });
    const ada = await guest('Ada', first.url);
    const to = await walk(ada, ada.welcome?.place ?? { x: 0, y: 0, z: 0 }, 1.2, 0.4);
    await pause(300);
    expect(await first.stop('SIGTERM')).toBe(0);
    const second = await startFlux({ data, listen: `127.0.0.1:${first.port}` });
    await eventually('she is back', () => ada.state.kind === 'online', 20_000);
    expect(ada.welcome?.resumed).toBe(false);
    expect(ada.welcome?.place.x).toBeCloseTo(to.x, 1);
    expect(ada.welcome?.place.z).toBeCloseTo(to.z, 1);
    ada.leave();
    await second.stop();
  });

  test('a server killed outright brings them back to a place of the last ten seconds or so', async () => {
    const data = temporaryFolder();
    const first = await startFlux({ data });
    const ada = await guest('Ada', first.url);
    const from = ada.welcome?.place ?? { x: 0, y: 0, z: 0 };
    await walk(ada, from, 1, 0);
    await first.stop('SIGKILL');
    const second = await startFlux({ data, listen: `127.0.0.1:${first.port}` });
    await eventually('she is back', () => ada.state.kind === 'online', 20_000);
    const place = ada.welcome?.place ?? { x: 99, y: 0, z: 99 };
    expect(Math.hypot(place.x - from.x, place.z - from.z)).toBeLessThan(1.1);
    ada.leave();
    await second.stop();
  });
});

describe('the server decides', () => {
  test('a leap is corrected', async () => {
    const ada = await guest('Ada');
    const from = ada.welcome?.place ?? { x: 0, y: 0, z: 0 };
    const corrected = new Promise<{ x: number }>((done) => {
      ada.on('correct', ({ place }) => done(place));
    });
    ada.sendMove({ x: from.x + 30, y: from.y, z: from.z, yaw: 0, pose: 1, flags: 0 });
    expect((await corrected).x).toBeCloseTo(from.x, 1);
  });

  test('an operator can put someone out, with a reason, and only an operator', async () => {
    const ada = await guest('Ada');
    const kick = (token: string) =>
      fetch(`${flux.url}/v1/worlds/plaza/instances/${ada.welcome?.instance}/kick`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ id: ada.self, reason: 'that was unkind' }),
      });
    expect((await kick('not-the-right-token')).status).toBe(401);
    expect((await kick('a-token-for-the-tests')).ok).toBe(true);
    await eventually('she is out', () => ada.state.kind === 'closed');
    expect(ada.state).toMatchObject({ reason: { kind: 'kicked', message: 'that was unkind' } });
  });

  test('a ticket opens one person: the second connection with it replaces the first', async () => {
    const ticket = await takeTicket(flux.url);
    const first = await openPeer(flux.url, ticket);
    const { you } = await first.waitEvent('welcome');
    const second = await openPeer(flux.url, ticket);
    expect((await second.waitEvent('welcome'))['you']).toBe(you);
    expect(await first.closeCode()).toBe(4409);
    second.raw.close();
  });

  test('the metrics say what happened', async () => {
    const text = await (await fetch(`${flux.url}/metrics`)).text();
    const value = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    expect(value('flux_hub_joins_total')).toBeGreaterThan(5);
    expect(value('flux_hub_resumes_total')).toBeGreaterThan(0);
    expect(value('flux_hub_corrections_total')).toBeGreaterThan(0);
    expect(value('flux_hub_kicks_total')).toBe(1);
    expect(value('flux_hub_frames_total')).toBeGreaterThan(10);
    expect(text).toMatch(/flux_hub_tick_duration_seconds_bucket\{le="\+Inf"\} \d+/);
  });
});
