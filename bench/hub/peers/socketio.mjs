// https://socket.io/docs: a binary event a frame, volatile as its documentation advises for positions; moves as
// events with plain arguments.
import { createServer } from 'node:http';

import { listening, port, requirePeer } from './serving.mjs';
import { Room, TICK_MS } from './room.mjs';

const { Server } = requirePeer('socket.io');
const room = new Room();
const people = new Map();
const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false });

io.on('connection', (socket) => {
  const person = Number(socket.handshake.query.person);
  room.join(person, Number(socket.handshake.query.x), Number(socket.handshake.query.z));
  people.set(person, socket);
  socket.on('move', (x, z, yaw, pose, number) => room.move(person, x, z, yaw, pose, number));
  socket.on('disconnect', () => {
    people.delete(person);
    room.leave(person);
  });
});

http.listen(port, '127.0.0.1', 1024, listening);

setInterval(() => {
  room.advance();
  for (const [person, socket] of people) socket.volatile.emit('frame', room.frame(person));
}, TICK_MS);
