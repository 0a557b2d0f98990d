// slow_line: a line to a server like a phone's: everything between them, requests, pictures and WebSockets,
// shares one width each way and comes late. A browser's own throttling knows neither workers nor sockets.
import { connect, createServer } from 'node:net';

/** What browsers' tools call fast 4G: 9 Mbit/s down and 1.5 up, less a tenth, and 60 ms there and back. */
export const FAST_4G = { downBytesS: 1_012_500, upBytesS: 168_750, roundTripMs: 60 };

/** One direction: bytes leave one after the other at the line's width, and arrive half a round trip later. */
function lane(bytesS, delayMs) {
  let free = 0;
  return (bytes, arrive) => {
    const now = performance.now();
    free = Math.max(free, now) + (bytes / bytesS) * 1000;
    setTimeout(arrive, free + delayMs - now);
  };
}

// As small as a packet's worth many: large ones would let one answer hold the line.
const PIECE_BYTES = 16 * 1024;

function carry(from, to, send) {
  from.on('data', (data) => {
    for (let at = 0; at < data.length; at += PIECE_BYTES) {
      const piece = data.subarray(at, at + PIECE_BYTES);
      send(piece.length, () => to.destroyed || to.write(piece));
    }
  });
  from.on('end', () => send(0, () => to.end()));
  from.on('error', () => to.destroy());
  from.on('close', () => send(0, () => to.destroy()));
}

/** Opens a line to `url`'s port; settles with the URL of its near end and `close()`. */
export async function openSlowLine(url, { downBytesS, upBytesS, roundTripMs } = FAST_4G) {
  const [down, up] = [lane(downBytesS, roundTripMs / 2), lane(upBytesS, roundTripMs / 2)];
  const sockets = new Set();
  const server = createServer((near) => {
    const far = connect(Number(new URL(url).port), '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('close', () => sockets.delete(socket));
    }
    // Opening a connection takes a round trip by itself, which this machine's own does not.
    near.pause();
    setTimeout(() => near.resume(), roundTripMs);
    carry(near, far, up);
    carry(far, near, down);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
