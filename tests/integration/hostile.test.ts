import { randomBytes } from 'node:crypto';
import type { FluxClient } from '@flux/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type FluxProcess, startFlux } from './flux_process.ts';
import { comeIn, eventually, pause } from './person.ts';
import { openRaw, type RawConnection } from './raw_connection.ts';
import { frame, openPeer, takeTicket, upgradeRequest } from './websocket_peer.ts';

let flux: FluxProcess;
let witness: FluxClient;

beforeAll(async () => {
  flux = await startFlux({ args: ['--no-address-limits'] });
  witness = await comeIn(flux.url, 'Witness');
});
afterAll(async () => {
  witness.leave();
  await flux.stop();
});

const TURN_MS = 200;

/** The others notice nothing: a person's own round trips and frames go on while it happens. */
const undisturbed = async (ms: number): Promise<void> => {
  const { frames } = witness.counters;
  const place = witness.welcome?.place ?? { x: 0, y: 0, z: 0 };
  for (let step = 0; step < ms / TURN_MS; step += 1) {
    witness.sendMove({ ...place, yaw: (step % 8) / 8, pose: 0, flags: 0 });
    await pause(TURN_MS);
  }
  expect(witness.state.kind).toBe('online');
  // Each turn comes back as news, however hostile the others are.
  expect(witness.counters.frames - frames).toBeGreaterThanOrEqual(ms / TURN_MS - 2);
  expect((await fetch(`${flux.url}/health/live`)).status).toBe(200);
};

describe('others notice nothing of', () => {
  test('random bytes, before and after the handshake', async () => {
    const opened: RawConnection[] = [];
    for (let i = 0; i < 100; i++) {
      const raw = await openRaw(flux.port);
      raw.write(randomBytes(1 + ((i * 97) % 3000)));
      opened.push(raw);
    }
    for (let i = 0; i < 30; i++) {
      const peer = await openPeer(flux.url);
      peer.raw.write(randomBytes(2000));
      opened.push(peer.raw);
    }
    await undisturbed(3000);
    for (const raw of opened) raw.close();
  });

  test('huge frames', async () => {
    for (let i = 0; i < 20; i++) {
      const peer = await openPeer(flux.url);
      peer.raw.write(frame(2, randomBytes(1 << 20)));
      await peer.raw.ended();
    }
    await undisturbed(1500);
  });

  test('half-open connections and people who vanish', async () => {
    const opened: RawConnection[] = [];
    for (let i = 0; i < 300; i++) opened.push(await openRaw(flux.port));
    for (let i = 0; i < 20; i++) {
      const raw = await openRaw(flux.port);
      raw.write(upgradeRequest(await takeTicket(flux.url)));
      raw.close();
    }
    await undisturbed(3000);
    for (const raw of opened) raw.close();
  });

  test('a thousand connections that never read', async () => {
    const readers: RawConnection[] = [];
    for (let i = 0; i < 1000; i++) {
      const raw = await openRaw(flux.port);
      raw.write(upgradeRequest(await takeTicket(flux.url, `S${i}`)));
      raw.socket.pause();
      readers.push(raw);
    }
    await eventually('they are in', () => witness.people >= 1000, 30_000);
    // Somebody talks to everyone and moves all the while, so that there is much to send.
    const place = witness.welcome?.place ?? { x: 0, y: 0, z: 0 };
    for (let i = 0; i < 100; i++) {
      witness.sendMove({ ...place, x: place.x + (i % 2) * 0.1, yaw: 0, pose: 0, flags: 0 });
      if (i % 20 === 0) witness.say('x'.repeat(500), 'all');
      await pause(50);
    }
    await undisturbed(2000);
    expect(witness.pingMs).toBeLessThan(1000);
    for (const raw of readers) raw.close();
    await eventually('their places are kept for their return', () => witness.people >= 1000, 5000);
  }, 120_000);

  test('a flood of moves', async () => {
    const peer = await openPeer(flux.url);
    await peer.waitEvent('welcome');
    const move = Buffer.alloc(14);
    move[0] = 0x10;
    // Fewer than end the connection, then many more.
    for (let i = 0; i < 900; i++) {
      move.writeUInt16LE(i, 1);
      peer.raw.write(frame(2, move));
    }
    await undisturbed(2000);
    for (let i = 0; i < 20_000; i++) peer.raw.write(frame(2, move));
    expect(await peer.closeCode()).toBe(4429);
    await undisturbed(2000);
    peer.raw.close();
    const text = await (await fetch(`${flux.url}/metrics`)).text();
    expect(
      Number(/flux_hub_moves_total\{result="dropped"\} (\d+)/.exec(text)?.[1]),
    ).toBeGreaterThan(800);
  });
});

describe('limits per address', () => {
  test('connections, guests and requests are each bounded, and counted', async () => {
    const strict = await startFlux({
      args: [
        '--connections-per-address',
        '20',
        '--guests-per-minute',
        '3',
        '--requests-per-second',
        '10',
      ],
    });
    const guests: number[] = [];
    for (let i = 0; i < 5; i++) {
      const answer = await fetch(`${strict.url}/v1/guest`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ world: 'plaza', name: 'x' }),
      });
      guests.push(answer.status);
      if (answer.status === 429)
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(guests).toEqual([201, 201, 201, 429, 429]);

    const statuses: number[] = [];
    for (let i = 0; i < 60; i++) statuses.push((await fetch(`${strict.url}/health/live`)).status);
    expect(statuses).toContain(429);
    await pause(3000);

    const opened: RawConnection[] = [];
    for (let i = 0; i < 30; i++) opened.push(await openRaw(strict.port));
    await pause(500);
    const closed = opened.filter(({ socket }) => socket.destroyed).length;
    expect(closed).toBeGreaterThanOrEqual(9);
    for (const raw of opened) raw.close();
    await pause(500);

    const text = await (await fetch(`${strict.url}/metrics`)).text();
    const metric = (pattern: RegExp) => Number(pattern.exec(text)?.[1]);
    expect(metric(/flux_net_refused_total\{reason="address"\} (\d+)/)).toBeGreaterThanOrEqual(9);
    expect(metric(/flux_limit_refused_total\{limit="guests"\} (\d+)/)).toBe(2);
    expect(metric(/flux_limit_refused_total\{limit="requests"\} (\d+)/)).toBeGreaterThan(0);
    await strict.stop();
  });

  test('lifting them is said in the log', () => {
    expect(flux.logs()).toContain('serve.no_address_limits');
  });
});
