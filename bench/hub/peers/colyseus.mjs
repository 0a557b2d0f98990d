// https://docs.colyseus.io/state/view: the state's people are seen through a StateView a client, to which those
// near are added and from which those who went are removed; patches go out at 20 Hz.
import { listening, port, requirePeer } from './serving.mjs';
import { Room as Ground } from './room.mjs';

const { Room, Server } = requirePeer('@colyseus/core');
const { schema, StateView, t } = requirePeer('@colyseus/schema');
const { WebSocketTransport } = requirePeer('@colyseus/ws-transport');

const VIEWS_EVERY_MS = 50; // a tenth of all views each time

const Person = schema(
  { x: t.int16(), z: t.int16(), yaw: t.uint8(), pose: t.uint8(), number: t.uint32() },
  'Person',
);
const Crowd = schema({ people: t.map(Person).view() }, 'Crowd');

class CrowdRoom extends Room {
  state = new Crowd();
  patchRate = 50;
  autoDispose = false;
  ground = new Ground();
  seen = new Map(); // client -> Set of people in its view
  numbers = new Map(); // client -> person

  onCreate() {
    this.maxClients = Number.POSITIVE_INFINITY;
    this.seatReservationTimeout = 60;
    this.onMessage('move', (client, move) => {
      const number = this.numbers.get(client);
      const person = this.state.people.get(String(number));
      if (!person) return;
      person.x = move.x;
      person.z = move.z;
      person.yaw = move.yaw;
      person.pose = move.pose;
      person.number = move.number;
      this.ground.move(number, move.x, move.z, move.yaw, move.pose, move.number);
    });
    this.clock.setInterval(() => this.renewViews(), VIEWS_EVERY_MS);
  }

  onJoin(client, { person, x, z }) {
    client.view = new StateView();
    this.seen.set(client, new Set());
    this.numbers.set(client, person);
    this.ground.join(person, x, z);
    this.state.people.set(String(person), new Person().assign({ x, z, yaw: 0, pose: 0, number: 0 }));
  }

  onLeave(client) {
    const number = this.numbers.get(client);
    this.state.people.delete(String(number));
    this.ground.leave(number);
    this.seen.delete(client);
    this.numbers.delete(client);
    for (const seen of this.seen.values()) seen.delete(number);
  }

  renewViews() {
    this.ground.advance();
    for (const [client, seen] of this.seen) {
      const near = this.ground.nearest(this.numbers.get(client));
      if (near === client.userData) continue; // not searched anew this time
      client.userData = near;
      const wanted = new Set(near);
      for (const number of seen) {
        if (wanted.has(number)) continue;
        const person = this.state.people.get(String(number));
        if (person) client.view.remove(person);
        seen.delete(number);
      }
      for (const number of wanted) {
        if (seen.has(number)) continue;
        client.view.add(this.state.people.get(String(number)));
        seen.add(number);
      }
    }
  }
}

const server = new Server({
  transport: new WebSocketTransport(),
  greet: false,
  gracefullyShutdown: false,
});
server.define('crowd', CrowdRoom);
await server.listen(port, '127.0.0.1', 1024);
listening();
