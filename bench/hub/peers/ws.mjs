// https://github.com/websockets/ws: a server on a port, a message a frame, no compression (its default).
import { listening, port, readPlace, requirePeer } from './serving.mjs';
import { Room, TICK_MS } from './room.mjs';

const { WebSocketServer } = requirePeer('ws');
const room = new Room();
const people = new Map();
const server = new WebSocketServer({ port, host: '127.0.0.1', backlog: 1024 }, listening);

server.on('connection', (socket, request) => {
  const { person, x, z } = readPlace(request.url.split('?')[1]);
  room.join(person, x, z);
  people.set(person, socket);
  socket.on('error', console.error);
  socket.on('message', (data) => room.moveRecord(person, data.buffer, data.byteOffset));
  socket.on('close', () => {
    people.delete(person);
    room.leave(person);
  });
});

setInterval(() => {
  room.advance();
  for (const [person, socket] of people) socket.send(room.frame(person));
}, TICK_MS);
