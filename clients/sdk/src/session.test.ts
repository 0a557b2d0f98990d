import { readFileSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import type { ConnectionState } from './connection_state.ts';
import { FluxError } from './flux_error.ts';
import { backoffPolicy } from './reconnect_policy.ts';
import { Session } from './session.ts';
import { SimulatedTime } from './simulated_time.ts';
import type { SocketHandlers } from './socket.ts';
import { WireModule } from './wire_module.ts';
import { WirePicture } from './wire_picture.ts';

// The real session and codec against a scripted server on simulated time.

const wasm = new URL('../../../build/wasm/flux_wire.wasm', import.meta.url);

interface Opened {
  readonly url: string;
  readonly handlers: SocketHandlers;
  readonly sent: Record<string, unknown>[];
  readonly moves: Uint8Array[];
  isClosed: boolean;
}

let time: SimulatedTime;
let sockets: Opened[];
let tickets: number;
let ticketError: FluxError | null;
let isServerUp: boolean;
let session: Session;
let states: ConnectionState['kind'][];

const welcome = (changes: Record<string, unknown> = {}): string =>
  JSON.stringify({
    t: 'welcome',
    protocol: 1,
    you: 7,
    instance: 1,
    world: 'plaza',
    tick: 100,
    tick_ms: 50,
    at: [0, 0, 0],
    yaw: 0,
    speed_max_cm_s: 600,
    earshot_cm: 1500,
    resumed: false,
    token: 'place-1',
    people: 1,
    ...changes,
  });

// Lets promises settle; the clock does not move.
const settle = async (): Promise<void> => {
  for (let step = 0; step < 10; step += 1) await Promise.resolve();
};
const pass = async (ms: number): Promise<void> => {
  await settle();
  time.pass(ms);
  await settle();
};
const socket = (): Opened => {
  const last = sockets.at(-1);
  if (!last) throw new Error('no socket was opened');
  return last;
};
const ticketOf = (opened: Opened): string | null => new URL(opened.url).searchParams.get('ticket');

const comeIn = async (): Promise<void> => {
  const started = session.start();
  await settle();
  socket().handlers.text(welcome());
  await started;
};

beforeEach(async () => {
  time = new SimulatedTime();
  sockets = [];
  tickets = 0;
  ticketError = null;
  isServerUp = true;
  states = [];
  const wire = await (await WireModule.compile(readFileSync(wasm))).instantiate();
  session = new Session({
    environment: {
      nowMs: time.nowMs,
      after: time.after,
      random: () => 0,
      fetch: async () => {
        if (!isServerUp) throw new TypeError('no network');
        return new Response('ok');
      },
      openSocket: (url, protocol, handlers) => {
        expect(protocol).toBe('flux.v1');
        const opened: Opened = { url, handlers, sent: [], moves: [], isClosed: false };
        sockets.push(opened);
        return {
          sendText: (text) => opened.sent.push(JSON.parse(text) as Record<string, unknown>),
          sendBytes: (bytes) => opened.moves.push(bytes),
          close: () => {
            opened.isClosed = true;
          },
        };
      },
    },
    policy: backoffPolicy(() => 0),
    wire,
    picture: new WirePicture(wire, 64),
    socketOrigin: 'wss://flux.example',
    requestTicket: async () => {
      tickets += 1;
      if (ticketError) throw ticketError;
      return { ticket: `ticket-${tickets}`, instance: 1, realtime: '/v1/realtime' };
    },
  });
  session.on('state', ({ kind }) => states.push(kind));
});

test('comes in with a ticket', async () => {
  await comeIn();
  expect(socket().url).toBe('wss://flux.example/v1/realtime?ticket=ticket-1');
  expect(session.state).toEqual({ kind: 'online' });
  expect(session.self).toBe(7);
  expect(states).toEqual(['online']);
});

test('a refused ticket request fails with its error and opens nothing', async () => {
  ticketError = new FluxError('LIMIT', 'full');
  await expect(session.start()).rejects.toBe(ticketError);
  expect(sockets).toHaveLength(0);
  expect(session.state.kind).toBe('closed');
});

test('a connection that ends before the welcome fails', async () => {
  const started = session.start();
  await settle();
  socket().handlers.closed(1006, '');
  await expect(started).rejects.toMatchObject({ code: 'UNREACHABLE' });
  expect(session.state.kind).toBe('closed');
});

test('a server that never says welcome fails after ten seconds', async () => {
  const started = session.start();
  const outcome = expect(started).rejects.toMatchObject({ code: 'UNREACHABLE' });
  await pass(10_000);
  await outcome;
  expect(socket().isClosed).toBe(true);
});

test('a refusal in words fails with its code', async () => {
  const started = session.start();
  await settle();
  socket().handlers.text('{"t":"error","code":"LIMIT","message":"full"}');
  await expect(started).rejects.toMatchObject({ code: 'LIMIT', message: 'full' });
});

test('comes back with the latest place token, as the same entity', async () => {
  await comeIn();
  socket().handlers.text('{"t":"token","token":"place-2"}');
  socket().handlers.closed(1006, '');
  expect(session.state).toEqual({
    kind: 'reconnecting',
    attempt: 1,
    retryAtMs: time.nowMs() + 250,
  });
  await pass(249);
  expect(sockets).toHaveLength(1);
  await pass(1);
  expect(ticketOf(socket())).toBe('place-2');
  socket().handlers.text(welcome({ resumed: true }));
  expect(session.state.kind).toBe('online');
  expect(tickets).toBe(1);
  expect(session.counters.reconnects).toBe(1);
});

test('while the server is away it tries ever more slowly, for as long as it takes', async () => {
  await comeIn();
  isServerUp = false;
  socket().handlers.closed(1006, '');
  const delays: number[] = [];
  for (let attempt = 1; attempt <= 8; attempt += 1) {
    const { state } = session;
    if (state.kind !== 'reconnecting') throw new Error(`is ${state.kind}`);
    expect(state.attempt).toBe(attempt);
    delays.push(state.retryAtMs - time.nowMs());
    await pass(state.retryAtMs - time.nowMs());
    socket().handlers.closed(1006, '');
    await settle();
  }
  expect(delays).toEqual([250, 500, 1000, 2000, 4000, 8000, 8000, 8000]);
  expect(tickets).toBe(1);
});

test('a token that a living server turns down twice is replaced by a new ticket', async () => {
  await comeIn();
  socket().handlers.closed(1006, '');
  await pass(250);
  socket().handlers.closed(1006, '');
  await pass(500);
  socket().handlers.closed(1006, '');
  await pass(1000);
  expect(ticketOf(socket())).toBe('ticket-2');
  socket().handlers.text(welcome({ you: 9 }));
  expect(session.state.kind).toBe('online');
  expect(session.self).toBe(9);
});

test('a world that is gone meanwhile ends it', async () => {
  await comeIn();
  ticketError = new FluxError('NOT_FOUND', 'gone');
  socket().handlers.closed(4401, '');
  await pass(250);
  expect(session.state).toEqual({ kind: 'closed', reason: { kind: 'failed', error: ticketError } });
});

test('told to wait for a ticket, it waits', async () => {
  await comeIn();
  ticketError = new FluxError('RATE_LIMITED', 'wait', { retryAfterMs: 9000 });
  socket().handlers.closed(4401, '');
  await pass(250);
  expect(session.state).toMatchObject({ kind: 'reconnecting', retryAtMs: time.nowMs() + 9500 });
});

test('after a drain it comes back when told', async () => {
  await comeIn();
  socket().handlers.text('{"t":"drain","reconnect_ms":3000}');
  socket().handlers.closed(1012, '');
  expect(session.state).toMatchObject({ kind: 'reconnecting', retryAtMs: time.nowMs() + 3250 });
});

test('retryNow does not wait', async () => {
  await comeIn();
  socket().handlers.closed(1006, '');
  session.retryNow();
  expect(sockets).toHaveLength(2);
});

test('retryNow gives up the attempt that is under way', async () => {
  await comeIn();
  socket().handlers.closed(1006, '');
  session.retryNow();
  const underWay = socket();
  session.retryNow();
  expect(sockets).toHaveLength(3);
  expect(underWay.isClosed).toBe(true);
});

test('drop is as a lost network: it comes back', async () => {
  await comeIn();
  const first = socket();
  session.drop();
  expect(first.isClosed).toBe(true);
  expect(session.state.kind).toBe('reconnecting');
  first.handlers.text(welcome({ you: 99 }));
  expect(session.self).toBe(7);
});

test('silence is noticed and taken for a lost network', async () => {
  await comeIn();
  await pass(6000);
  expect(session.state.kind).toBe('reconnecting');
});

test.each([
  [4403, 'kicked'],
  [4409, 'elsewhere'],
  [4429, 'refused'],
  [1002, 'refused'],
  [1000, 'left'],
] as const)('close code %i ends it: %s', async (code, kind) => {
  await comeIn();
  socket().handlers.closed(code, 'because');
  expect(session.state).toMatchObject({ kind: 'closed', reason: { kind } });
  await pass(60_000);
  expect(sockets).toHaveLength(1);
});

test('leaving says so and is final', async () => {
  await comeIn();
  const first = socket();
  session.leave();
  expect(first.sent.at(-1)).toEqual({ t: 'leave' });
  expect(first.isClosed).toBe(true);
  expect(session.say('hello', 'near')).toBe(false);
  session.retryNow();
  await pass(60_000);
  expect(sockets).toHaveLength(1);
});

test('a frame before the welcome, and nonsense in between, do no harm', async () => {
  const started = session.start();
  await settle();
  socket().handlers.bytes(new ArrayBuffer(3));
  socket().handlers.text('nonsense');
  socket().handlers.text(welcome());
  await started;
  expect(session.state.kind).toBe('online');
});

test('a bad frame asks for a resync, at most about once a second', async () => {
  await comeIn();
  for (let frame = 0; frame < 40; frame += 1) {
    socket().handlers.bytes(new ArrayBuffer(3));
    await pass(50);
  }
  expect(socket().sent.filter(({ t }) => t === 'resync')).toHaveLength(2);
  expect(session.counters.resets).toBe(2);
});

test('a good frame is in the picture and moves the clock', async () => {
  await comeIn();
  const frames: number[] = [];
  session.on('frame', ({ tick }) => frames.push(tick));
  await pass(50);
  socket().handlers.bytes(Uint8Array.of(1, 1, 101, 0, 0, 0).buffer);
  expect(frames).toEqual([101]);
  expect(session.now()).toBeCloseTo(101, 5);
});

test('moves go out while online only, and again after coming back', async () => {
  const standing = { x: 0, y: 0, z: 0, yaw: 0, pose: 0, flags: 0 };
  session.sendMove(standing);
  await comeIn();
  session.sendMove(standing);
  expect(socket().moves).toHaveLength(1);
  expect(socket().moves[0]?.length).toBe(14);
  session.drop();
  session.sendMove(standing);
  session.retryNow();
  socket().handlers.text(welcome({ resumed: true }));
  await pass(50);
  session.sendMove(standing);
  expect(socket().moves).toHaveLength(1);
});

test('asks for profiles and gives them when they come', async () => {
  await comeIn();
  const id = session.self;
  expect(session.profile(id)).toBeUndefined();
  await pass(50);
  expect(socket().sent.at(-1)).toEqual({ t: 'profiles', ids: [7] });
  socket().handlers.text('{"t":"profiles","profiles":[{"id":7,"name":"Ada","look":3}],"gone":[]}');
  expect(session.profile(id)?.name).toBe('Ada');
});
