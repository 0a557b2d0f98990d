import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type FluxProcess, startFlux } from './flux_process.ts';
import { exchange, openRaw, statusOf } from './raw_connection.ts';
import { frame, openPeer, takeTicket, upgradeRequest } from './websocket_peer.ts';

const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

let flux: FluxProcess;
beforeAll(async () => {
  flux = await startFlux({ args: ['--no-address-limits'] });
});
afterAll(async () => {
  await flux.stop();
});

const ping = (n: number) => JSON.stringify({ t: 'ping', n });

describe('RFC 6455: messages', () => {
  test('a message in fragments, with a ping between them, is one message', async () => {
    const peer = await openPeer(flux.url);
    const text = Buffer.from(ping(41));
    peer.raw.write(frame(TEXT, text.subarray(0, 5), { fin: false }));
    peer.raw.write(frame(PING, 'between'));
    peer.raw.write(frame(0, text.subarray(5, 9), { fin: false }));
    peer.raw.write(frame(0, text.subarray(9)));
    expect(await peer.waitEvent('pong')).toMatchObject({ n: 41 });
    const pong = peer.frames().find(({ opcode }) => opcode === PONG);
    expect(pong?.payload.toString()).toBe('between');
    peer.raw.close();
  });

  test('a frame byte by byte is one message', async () => {
    const peer = await openPeer(flux.url);
    for (const byte of frame(TEXT, ping(7))) {
      peer.raw.write(Buffer.from([byte]));
      await new Promise((done) => setImmediate(done));
    }
    expect(await peer.waitEvent('pong')).toMatchObject({ n: 7 });
    peer.raw.close();
  });

  test('a character split between two fragments is whole again', async () => {
    const peer = await openPeer(flux.url);
    const text = Buffer.from(JSON.stringify({ t: 'chat', text: '가나다' }));
    const cut = text.indexOf('나') + 1;
    peer.raw.write(frame(TEXT, text.subarray(0, cut), { fin: false }));
    peer.raw.write(frame(0, text.subarray(cut)));
    expect(await peer.waitEvent('chat')).toMatchObject({ text: '가나다' });
    peer.raw.close();
  });

  test('a close is echoed with its code', async () => {
    const peer = await openPeer(flux.url);
    peer.raw.write(frame(CLOSE, Buffer.from([0x03, 0xe8, 0x62, 0x79, 0x65])));
    expect(await peer.closeCode()).toBe(1000);
    await peer.raw.ended();
  });
});

describe('RFC 6455: violations are told with the right code', () => {
  const bad: [string, () => Buffer, number][] = [
    ['a frame without a mask', () => frame(TEXT, ping(1), { mask: false }), 1002],
    ['a reserved bit', () => frame(TEXT, ping(1), { rsv: 4 }), 1002],
    ['an unknown opcode', () => frame(3, 'x'), 1002],
    ['an unknown control opcode', () => frame(11, 'x'), 1002],
    ['a fragmented ping', () => frame(PING, 'x', { fin: false }), 1002],
    ['a ping of 126 bytes', () => frame(PING, Buffer.alloc(126)), 1002],
    ['a continuation of nothing', () => frame(0, 'x'), 1002],
    [
      'a new message inside another',
      () => Buffer.concat([frame(TEXT, '{', { fin: false }), frame(TEXT, '}')]),
      1002,
    ],
    ['text that is not UTF-8', () => frame(TEXT, Buffer.from([0x22, 0xc0, 0xaf, 0x22])), 1007],
    ['a close with one byte', () => frame(CLOSE, Buffer.from([3])), 1002],
    ['a close with a reserved code', () => frame(CLOSE, Buffer.from([0x03, 0xed])), 1002],
    ['a message of 5,000 bytes', () => frame(TEXT, Buffer.alloc(5000, 0x20)), 1009],
    ['a header that claims 2^40 bytes', () => frame(TEXT, '', { claims: 1n << 40n }), 1009],
    ['a header with the top bit of the length', () => frame(TEXT, '', { claims: 1n << 63n }), 1002],
    ['a binary message of an unknown kind', () => frame(BINARY, Buffer.from([0x77, 1, 2])), 1003],
    ['an empty binary message', () => frame(BINARY, ''), 1003],
  ];
  test.each(bad)('%s', async (_, bytes, code) => {
    const peer = await openPeer(flux.url);
    await peer.waitEvent('welcome');
    peer.raw.write(bytes());
    const got = await peer.closeCode();
    // A length with the top bit is both malformed and too large.
    if (code === 1002) expect([1002, 1009]).toContain(got);
    else expect(got).toBe(code);
    await peer.raw.ended();
  });
});

describe('the opening handshake', () => {
  const asks = (change: (request: string) => string) => async () =>
    statusOf(await exchange(flux.port, change(upgradeRequest(await takeTicket(flux.url)))));

  test('no ticket, a spoiled ticket and a foreign one are 401', async () => {
    const ticket = await takeTicket(flux.url);
    const spoiled = ticket.slice(0, -2) + (ticket.endsWith('A') ? 'BB' : 'AA');
    expect(statusOf(await exchange(flux.port, upgradeRequest(spoiled)))).toBe(401);
    expect(statusOf(await exchange(flux.port, upgradeRequest('')))).toBe(401);
    expect(statusOf(await exchange(flux.port, upgradeRequest('e30.AAAA')))).toBe(401);
  });

  test.each<[string, (request: string) => string, number]>([
    ['another subprotocol', (r) => r.replace('flux.v1', 'chat.v9'), 400],
    ['another version of WebSocket', (r) => r.replace('Version: 13', 'Version: 8'), 426],
    ['no key', (r) => r.replace(/Sec-WebSocket-Key: .*\r\n/, ''), 400],
    ['a key of the wrong length', (r) => r.replace(/Key: .*\r\n/, 'Key: c2hvcnQ=\r\n'), 400],
    [
      'another site as origin',
      (r) => r.replace('Host: 127.0.0.1', 'Host: 127.0.0.1\r\nOrigin: https://evil.example'),
      403,
    ],
    ['no upgrade', (r) => r.replace('Upgrade: websocket\r\n', ''), 400],
  ])('%s is refused', async (_, change, status) => {
    const got = await asks(change)();
    if (status === 400) expect([400, 426]).toContain(got);
    else expect(got).toBe(status);
  });

  test('no subprotocol at all is accepted', async () => {
    const request = upgradeRequest(await takeTicket(flux.url)).replace(
      'Sec-WebSocket-Protocol: flux.v1\r\n',
      '',
    );
    const raw = await openRaw(flux.port);
    raw.write(request);
    const head = (await raw.until((bytes) => bytes.includes('\r\n\r\n'))).toString('latin1');
    expect(statusOf(head)).toBe(101);
    expect(head.split('\r\n\r\n')[0]?.toLowerCase()).not.toContain('sec-websocket-protocol');
    raw.close();
  });
});

describe('events', () => {
  test('repeated abuse is closed with a reason, and the others go on', async () => {
    const good = await openPeer(flux.url);
    const bad = await openPeer(flux.url);
    for (let i = 0; i < 40; i++) bad.raw.write(frame(TEXT, 'nonsense'));
    expect(await bad.closeCode()).toBe(4429);
    good.raw.write(frame(TEXT, ping(5)));
    expect(await good.waitEvent('pong')).toMatchObject({ n: 5 });
    good.raw.close();
  });

  test('leave ends the connection with 1000', async () => {
    const peer = await openPeer(flux.url);
    peer.raw.write(frame(TEXT, JSON.stringify({ t: 'leave' })));
    expect(await peer.closeCode()).toBe(1000);
  });

  test('chat of 500 characters is heard whole, of 501 refused', async () => {
    const peer = await openPeer(flux.url);
    peer.raw.write(frame(TEXT, JSON.stringify({ t: 'chat', text: '가'.repeat(501) })));
    expect(await peer.waitEvent('error')).toMatchObject({ code: 'TOO_LARGE', about: 'chat' });
    peer.raw.write(frame(TEXT, JSON.stringify({ t: 'chat', text: '가'.repeat(500) })));
    expect(await peer.waitEvent('chat')).toMatchObject({ text: '가'.repeat(500) });
    peer.raw.close();
  });
});
