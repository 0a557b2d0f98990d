import { randomBytes } from 'node:crypto';

import { openRaw, type RawConnection } from './raw_connection.ts';

/** A frame as RFC 6455 section 5.2 has it, with every bit at the test's choice. */
export interface FrameOptions {
  readonly fin?: boolean;
  readonly rsv?: number;
  readonly mask?: boolean;
  /** The length field as written, when it is to lie. */
  readonly claims?: number | bigint;
}

export const frame = (
  opcode: number,
  payload: Uint8Array | string,
  options: FrameOptions = {},
): Buffer => {
  const body = Buffer.from(payload);
  const masked = options.mask ?? true;
  const length = BigInt(options.claims ?? body.length);
  const first = ((options.fin ?? true) ? 0x80 : 0) | ((options.rsv ?? 0) << 4) | opcode;
  const bit = masked ? 0x80 : 0;
  let head: Buffer;
  if (length < 126n) head = Buffer.from([first, bit | Number(length)]);
  else if (length < 65_536n) {
    head = Buffer.alloc(4);
    head.set([first, bit | 126]);
    head.writeUInt16BE(Number(length), 2);
  } else {
    head = Buffer.alloc(10);
    head.set([first, bit | 127]);
    head.writeBigUInt64BE(length, 2);
  }
  if (!masked) return Buffer.concat([head, body]);
  const key = randomBytes(4);
  for (let i = 0; i < body.length; i++) body[i] = (body[i] ?? 0) ^ (key[i % 4] ?? 0);
  return Buffer.concat([head, key, body]);
};

export interface ServerFrame {
  readonly opcode: number;
  readonly payload: Buffer;
}

/** Whole frames at the front of the server's bytes (never masked, never fragmented). */
export const parseFrames = (bytes: Buffer): ServerFrame[] => {
  const frames: ServerFrame[] = [];
  let at = 0;
  while (at + 2 <= bytes.length) {
    let length = (bytes[at + 1] ?? 0) & 0x7f;
    let head = 2;
    if (length === 126) {
      if (at + 4 > bytes.length) break;
      length = bytes.readUInt16BE(at + 2);
      head = 4;
    } else if (length === 127) {
      if (at + 10 > bytes.length) break;
      length = Number(bytes.readBigUInt64BE(at + 2));
      head = 10;
    }
    if (at + head + length > bytes.length) break;
    frames.push({
      opcode: (bytes[at] ?? 0) & 0x0f,
      payload: bytes.subarray(at + head, at + head + length),
    });
    at += head + length;
  }
  return frames;
};

export const takeTicket = async (url: string, name = 'Raw', world = 'plaza'): Promise<string> => {
  const answer = await fetch(`${url}/v1/guest`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ world, name }),
  });
  if (answer.status !== 201) throw new Error(`no ticket: ${answer.status} ${await answer.text()}`);
  const { ticket } = (await answer.json()) as { ticket: string };
  return ticket;
};

export const upgradeRequest = (ticket: string, extra = ''): string =>
  `GET /v1/realtime?ticket=${ticket} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n` +
  `Connection: Upgrade\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n` +
  `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: flux.v1\r\n${extra}\r\n`;

export interface Peer {
  readonly raw: RawConnection;
  frames(): ServerFrame[];
  events(): Record<string, unknown>[];
  waitEvent(kind: string, ms?: number): Promise<Record<string, unknown>>;
  /** The close code that the server sent. */
  closeCode(ms?: number): Promise<number>;
}

/** Opens a realtime connection whose every later byte is the test's own. */
export const openPeer = async (url: string, ticket?: string): Promise<Peer> => {
  const port = Number(new URL(url).port);
  const raw = await openRaw(port);
  raw.write(upgradeRequest(ticket ?? (await takeTicket(url))));
  const start = await raw.until((bytes) => bytes.includes('\r\n\r\n'));
  const head = start.indexOf('\r\n\r\n') + 4;
  if (!start.subarray(0, head).toString().startsWith('HTTP/1.1 101'))
    throw new Error(start.subarray(0, head).toString());
  const frames = () => parseFrames(raw.received().subarray(head));
  const events = () =>
    frames()
      .filter(({ opcode }) => opcode === 1)
      .map(({ payload }) => JSON.parse(payload.toString()) as Record<string, unknown>);
  return {
    raw,
    frames,
    events,
    waitEvent: async (kind, ms) => {
      const find = () => events().find((event) => event['t'] === kind);
      await raw.until(() => find() !== undefined, ms);
      return find() ?? {};
    },
    closeCode: async (ms) => {
      const find = () => frames().find(({ opcode }) => opcode === 8);
      await raw.until(() => find() !== undefined, ms);
      return find()?.payload.readUInt16BE(0) ?? 0;
    },
  };
};
