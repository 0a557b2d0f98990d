// bench/hub/model: from what make bench-hub measured to what larger machines, and more of them, carry. Arithmetic on
// assumptions, each of which is printed: nothing here was measured but what the first lines say.
//
//   node bench/hub/model.mjs [build/bench/hub.json]
import { readFileSync } from 'node:fs';

const path = process.argv[2] ?? 'build/bench/hub.json';

const assumed = {
  cores: 16,
  coresForFrames: 0.7, // the rest: ticks, the kernel's network interrupts, the platform's own requests
  shardEfficiency: 0.85, // of each core, when shards share caches and one network card
  hz: 20,
  hzByWorth: 8, // mean frames a second to a person when frames go out only for news
  tickUsAPerson: 1.3, // the part of a tick that one thread must do for an instance
  tickShare: 0.5, // of the 50 ms that it may take
  headerBytes: 66 + 29, // Ethernet, IPv4, TCP with timestamps; a TLS record
  acknowledgeShare: 0.5, // packets back for each frame
  farBytesMost: 16_000, // state sent to one person a second in the mean, whatever the crowd
  moving: 0.4,
  movesAS: 10,
  moveBytesUp: 14 + 6 + 95, // a move, its WebSocket header and mask, the same headers
  replicaBytes: 7, // a mover's news in a shared cell buffer, to each other server that shows it
  linkGbitS: 25,
  linkShare: 0.6,
};

const read = () => {
  let result;
  try {
    result = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    console.error(`${path} cannot be read (${error.message}): run make bench-hub first`);
    process.exit(2);
  }
  const row = result.rows.find((each) => each.system === 'flux');
  if (!(row?.people_borne > 0)) {
    console.error(`${path} has no row in which Flux held anybody: run make bench-hub ONLY=flux first`);
    process.exit(2);
  }
  return { row, machine: result.machine, commit: result.commit };
};

const { row, machine, commit } = read();
const frameUs = row.cpu_us_per_frame;
const stateBytes = Math.min(row.bytes_per_person_s, assumed.farBytesMost);

// People whose frames the cores can send, and whose bytes the link can carry.
const serverCarries = (hz) => {
  const framesAS = (assumed.cores * assumed.coresForFrames * assumed.shardEfficiency * 1e6) / frameUs;
  const byCpu = framesAS / hz;
  const byLink = (assumed.linkGbitS * 1e9 * assumed.linkShare) / 8 / bytesToEach(hz);
  return { people: Math.floor(Math.min(byCpu, byLink)), limit: byCpu < byLink ? 'processor' : 'network' };
};

const bytesToEach = (hz) => (stateBytes * hz) / assumed.hz + hz * assumed.headerBytes;

const instancePeople = Math.floor((50_000 * assumed.tickShare) / assumed.tickUsAPerson);

const gbit = (bytes) => (bytes * 8) / 1e9;

// One world on as many servers as its people need. Each server is sent the shared buffers of every other.
const worldNeeds = (people, hz) => {
  const { people: each } = serverCarries(hz);
  const servers = Math.ceil(people / each);
  const newsAS = people * assumed.moving * assumed.movesAS * assumed.replicaBytes;
  return {
    servers,
    out: gbit(people * bytesToEach(hz)),
    up: gbit(people * (assumed.moving * assumed.movesAS * assumed.moveBytesUp + hz * assumed.acknowledgeShare * 66)),
    intoEach: gbit((newsAS * (servers - 1)) / servers),
    between: gbit(newsAS * (servers - 1)),
    // A server knows everyone in the world: 60 bytes each; and keeps its own people's connections.
    memoryGb: (Math.min(people, each) * row.kb_per_person * 1000 + people * 60) / 1e9,
  };
};

const lay = (lines) => {
  const widths = lines[0].map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  return lines.map((line) => `  ${line.map((cell, i) => cell.padStart(widths[i])).join('  ')}`).join('\n');
};

const count = (value) => value.toLocaleString('en-US');

console.log(`Measured (${machine.cpu}, ${machine.cores} cores, commit ${commit}): Flux held ${count(row.costs_at)} people;`);
console.log(
  `  ${frameUs.toFixed(1)} us of processor time a frame, ${count(Math.round(row.bytes_per_person_s))} bytes a second to each, ` +
    `${row.kb_per_person.toFixed(1)} kB of memory each.\n`,
);
console.log('Assumed (none of it measured by make bench-hub):');
const sentences = [
  `a server has ${assumed.cores} cores of this speed; ${assumed.coresForFrames * 100} % of their time may go to frames, and shards reach ${assumed.shardEfficiency * 100} % of so many single ones`,
  `a frame costs on a network card what it costs on loopback, where the receiver's half is included: on the safe side`,
  `a frame's cost does not grow with the crowd: what one person is sent is bounded at ${count(assumed.farBytesMost)} bytes a second in the mean, and cells are encoded once for all`,
  `${assumed.hz} frames a second to each; or ${assumed.hzByWorth} in the mean, where frames go out only when something near changed`,
  `each frame is a TCP segment of its own, with ${assumed.headerBytes} bytes of headers and TLS; one acknowledgement for two`,
  `one thread does an instance's tick in ${assumed.tickUsAPerson} us a person (bench_hub_tick's order), within ${assumed.tickShare * 100} % of 50 ms`,
  `${assumed.moving * 100} % of people move, ${assumed.movesAS} moves a second, ${assumed.moveBytesUp} bytes each on the wire`,
  `a world over several servers sends each server every other's shared cell buffers, ${assumed.replicaBytes} bytes a move; Flux does not do so today: this says what it would take`,
  `a server's link is ${assumed.linkGbitS} Gbit/s, ${assumed.linkShare * 100} % of it used`,
];
for (const sentence of sentences) console.log(`  - ${sentence}`);

const servers = [['16-core servers', '20 Hz to each', `${assumed.hzByWorth} Hz in the mean`, 'limited by']];
for (const many of [1, 2, 4, 16, 64]) {
  const full = serverCarries(assumed.hz);
  const worth = serverCarries(assumed.hzByWorth);
  servers.push([String(many), count(many * full.people), count(many * worth.people), `${full.limit} / ${worth.limit}`]);
}
console.log(`\nPeople carried, in instances of at most ${count(instancePeople)} (one tick thread each):\n${lay(servers)}`);

const worlds = [['one world of', 'Hz', 'servers', 'out Gbit/s', 'in Gbit/s', 'a server out', 'replicas into each', 'between all', 'GB RAM each']];
for (const people of [10_000, 100_000, 1_000_000]) {
  for (const hz of [assumed.hz, assumed.hzByWorth]) {
    const needs = worldNeeds(people, hz);
    worlds.push([
      count(people),
      String(hz),
      String(needs.servers),
      needs.out.toFixed(1),
      needs.up.toFixed(2),
      (needs.out / needs.servers).toFixed(2),
      needs.intoEach.toFixed(3),
      needs.between.toFixed(2),
      needs.memoryGb.toFixed(2),
    ]);
  }
}
console.log(`\nOne world:\n${lay(worlds)}`);
console.log(
  `\nWhere it ends: a tick over a whole world of more than ${count(instancePeople)} must be divided by ground over servers, each\n` +
    'ticking its own cells; and far cells must be merged, or what each person is sent would grow with the crowd.',
);
