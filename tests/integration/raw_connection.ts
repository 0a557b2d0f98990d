import { connect, type Socket } from 'node:net';

/** A TCP connection on which a test says exactly the bytes it wants. */
export interface RawConnection {
  readonly socket: Socket;
  write(bytes: string | Uint8Array): void;
  /** Everything received so far. */
  received(): Buffer;
  /** Settles when the predicate holds of what was received; fails after `ms`. */
  until(holds: (received: Buffer) => boolean, ms?: number): Promise<Buffer>;
  /** Settles when the peer ends the connection. */
  ended(ms?: number): Promise<Buffer>;
  close(): void;
}

const soon = <T>(promise: Promise<T>, ms: number, what: string): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((_, failed) => {
    timer = setTimeout(() => failed(new Error(`${what}: not within ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

export const openRaw = async (port: number, host = '127.0.0.1'): Promise<RawConnection> => {
  const socket = connect(port, host);
  const parts: Buffer[] = [];
  const listeners = new Set<() => void>();
  let over = false;
  const tell = () => {
    for (const listener of listeners) listener();
  };
  socket.on('data', (part: Buffer) => {
    parts.push(part);
    tell();
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    over = true;
    tell();
  });
  await new Promise<void>((done, failed) => {
    socket.once('connect', done);
    socket.once('error', failed);
  });
  const received = () => Buffer.concat(parts);
  const wait = (holds: () => boolean, ms: number, what: string) =>
    soon(
      new Promise<Buffer>((done, failed) => {
        const look = () => {
          if (holds()) done(received());
          else if (over) failed(new Error(`${what}: the connection ended`));
          else return;
          listeners.delete(look);
        };
        listeners.add(look);
        look();
      }),
      ms,
      what,
    );
  return {
    socket,
    write: (bytes) => {
      socket.write(bytes);
    },
    received,
    until: (holds, ms = 15_000) => wait(() => holds(received()), ms, 'waiting for bytes'),
    ended: (ms = 15_000) => wait(() => over, ms, 'waiting for the end'),
    close: () => {
      socket.destroy();
    },
  };
};

/** Says one HTTP request, byte for byte, and gives the answer to the connection's end. */
export const exchange = async (port: number, request: string, ms = 15_000): Promise<string> => {
  const raw = await openRaw(port);
  raw.write(request);
  const answer = await raw.ended(ms);
  raw.close();
  return answer.toString('latin1');
};

export const statusOf = (answer: string): number => Number(answer.slice(9, 12));
