// npm `uwebsockets`: µWebSockets.js with its binaries inside, used as its documentation shows.
import { listening, port, readPlace, requirePeer } from './serving.mjs';
import { Room, TICK_MS } from './room.mjs';

const uWS = requirePeer('uwebsockets');
const room = new Room();
const people = new Map();

uWS
  .App()
  .ws('/*', {
    compression: uWS.DISABLED,
    maxPayloadLength: 4096,
    idleTimeout: 120,
    upgrade: (response, request, context) => {
      response.upgrade(
        readPlace(request.getQuery()),
        request.getHeader('sec-websocket-key'),
        request.getHeader('sec-websocket-protocol'),
        request.getHeader('sec-websocket-extensions'),
        context,
      );
    },
    open: (socket) => {
      const { person, x, z } = socket.getUserData();
      room.join(person, x, z);
      people.set(person, socket);
    },
    message: (socket, message) => room.moveRecord(socket.getUserData().person, message, 0),
    close: (socket) => {
      const { person } = socket.getUserData();
      people.delete(person);
      room.leave(person);
    },
  })
  .listen('127.0.0.1', port, (token) => {
    if (!token) throw new Error(`cannot listen on ${port}`);
    listening();
  });

setInterval(() => {
  room.advance();
  for (const [person, socket] of people) socket.send(room.frame(person), true);
}, TICK_MS);
