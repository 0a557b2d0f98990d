// The room of the servers that have none of their own (ws, uWebSockets, Socket.IO): where everyone is, who is
// near whom, and the frame that tells it. Written as well as a good JavaScript server does it: typed
// arrays, each person's record laid out once a move and copied as three words, a grid for finding neighbours, and
// neighbours looked for twice a second and not every tick. bench/hub/record.h has the layout.
export const TICK_MS = 50;
export const RECORD_BYTES = 12;
const HEADER_BYTES = 8;
const NEAR_PEOPLE = 60;
const NEIGHBOURS_EVERY_TICKS = 10;
const CELL_CM = 500;
const SIDE_CM = 6000;
const CELLS = SIDE_CM / CELL_CM;
const BANDS = 64;
const FRAME_KIND = 1;
const PEOPLE_MAX = 65536;

const cellOf = (cm) => Math.min(CELLS - 1, Math.max(0, Math.floor((cm + SIDE_CM / 2) / CELL_CM)));

export class Room {
  #bytes = new ArrayBuffer(PEOPLE_MAX * RECORD_BYTES);
  #words = new Uint32Array(this.#bytes);
  #view = new DataView(this.#bytes);
  #neighbours = new Map(); // person -> Uint16Array
  #grid = Array.from({ length: CELLS * CELLS }, () => []);
  #x = new Int16Array(PEOPLE_MAX);
  #z = new Int16Array(PEOPLE_MAX);
  #found = new Uint16Array(PEOPLE_MAX);
  #distances = new Float64Array(PEOPLE_MAX);
  #bands = new Uint16Array(BANDS);
  #tick = 0;

  join(person, x, z) {
    this.#view.setUint16(person * RECORD_BYTES + 4, person, true);
    this.move(person, x, z, 0, 0, 0);
    this.#neighbours.set(person, null);
  }

  leave(person) {
    this.#neighbours.delete(person);
  }

  move(person, x, z, yaw, pose, number) {
    const at = person * RECORD_BYTES;
    this.#x[person] = x;
    this.#z[person] = z;
    this.#view.setUint32(at, number, true);
    this.#view.setInt16(at + 6, x, true);
    this.#view.setInt16(at + 8, z, true);
    this.#view.setUint8(at + 10, yaw);
    this.#view.setUint8(at + 11, pose);
  }

  // A move as the binary clients send it: a record.
  moveRecord(person, buffer, offset) {
    const view = new DataView(buffer, offset, RECORD_BYTES);
    this.move(
      person,
      view.getInt16(6, true),
      view.getInt16(8, true),
      view.getUint8(10),
      view.getUint8(11),
      view.getUint32(0, true),
    );
  }

  // Before the frames of a tick are composed.
  advance() {
    this.#tick += 1;
    for (const cell of this.#grid) cell.length = 0;
    for (const person of this.#neighbours.keys()) {
      this.#grid[cellOf(this.#z[person]) * CELLS + cellOf(this.#x[person])].push(person);
    }
  }

  // The sixty nearest, found again for a tenth of all in each tick. Their order means nothing.
  nearest(person) {
    const known = this.#neighbours.get(person);
    if (known && (person + this.#tick) % NEIGHBOURS_EVERY_TICKS !== 0) return known;
    const found = this.#search(person);
    this.#neighbours.set(person, found);
    return found;
  }

  // Rings of cells outwards, until what was passed over cannot be nearer than the sixtieth.
  #search(person) {
    const column = cellOf(this.#x[person]);
    const row = cellOf(this.#z[person]);
    let count = 0;
    for (let reach = 0; reach < CELLS; reach += 1) {
      for (let r = Math.max(0, row - reach); r <= Math.min(CELLS - 1, row + reach); r += 1) {
        const edge = Math.abs(r - row) === reach;
        for (let c = Math.max(0, column - reach); c <= Math.min(CELLS - 1, column + reach); c += 1) {
          if (edge || Math.abs(c - column) === reach) count = this.#gather(person, r, c, count);
        }
      }
      const certain = (reach * CELL_CM) ** 2;
      let within = 0;
      for (let i = 0; i < count && within < NEAR_PEOPLE; i += 1) {
        if (this.#distances[i] <= certain) within += 1;
      }
      if (within === NEAR_PEOPLE) return this.#select(count, certain);
    }
    return this.#select(count, 2 * SIDE_CM ** 2);
  }

  #gather(person, row, column, count) {
    for (const other of this.#grid[row * CELLS + column]) {
      const dx = this.#x[other] - this.#x[person];
      const dz = this.#z[other] - this.#z[person];
      this.#found[count] = other;
      this.#distances[count] = dx * dx + dz * dz;
      count += 1;
    }
    return count;
  }

  // The nearest sixty without sorting: by bands of distance. Within the last band any will do.
  #select(count, most) {
    if (count <= NEAR_PEOPLE) return this.#found.slice(0, count);
    const bandOf = (distance) => Math.min(BANDS - 1, Math.floor((distance / most) * BANDS));
    this.#bands.fill(0);
    for (let i = 0; i < count; i += 1) this.#bands[bandOf(this.#distances[i])] += 1;
    let last = 0;
    let before = 0;
    while (before + this.#bands[last] < NEAR_PEOPLE) {
      before += this.#bands[last];
      last += 1;
    }
    let rest = NEAR_PEOPLE - before;
    const near = new Uint16Array(NEAR_PEOPLE);
    let at = 0;
    for (let i = 0; i < count && at < NEAR_PEOPLE; i += 1) {
      const band = bandOf(this.#distances[i]);
      if (band > last || (band === last && rest === 0)) continue;
      if (band === last) rest -= 1;
      near[at] = this.#found[i];
      at += 1;
    }
    return near;
  }

  // The whole picture of those near.
  frame(person) {
    const near = this.nearest(person);
    const frame = Buffer.allocUnsafe(HEADER_BYTES + near.length * RECORD_BYTES);
    const words = new Uint32Array(frame.buffer, frame.byteOffset, frame.length / 4);
    words[0] = FRAME_KIND | (near.length << 16);
    words[1] = this.#tick;
    let at = HEADER_BYTES / 4;
    for (let i = 0; i < near.length; i += 1) {
      const from = near[i] * (RECORD_BYTES / 4);
      words[at] = this.#words[from];
      words[at + 1] = this.#words[from + 1];
      words[at + 2] = this.#words[from + 2];
      at += 3;
    }
    return frame;
  }
}
