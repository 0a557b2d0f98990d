// What every peer's server does besides its work: finds its packages in .tools/peers, says when it listens,
// keeps the tick, and ends when asked.
import { createRequire } from 'node:module';
import { join } from 'node:path';

export const port = Number(process.argv[2]);
if (!Number.isInteger(port) || port < 1 || port > 65535) {
  console.error(`usage: node ${process.argv[1]} PORT`);
  process.exit(2);
}

if (!process.env.PEERS) {
  console.error('PEERS is not set: the folder whose node_modules have the peers (see scripts/bench_hub.sh)');
  process.exit(2);
}
export const requirePeer = createRequire(join(process.env.PEERS, 'package.json'));

export const listening = () => console.log('listening');

process.on('SIGTERM', () => process.exit(0));

// `person`, `x` and `z` of a query, as numbers.
export const readPlace = (query) => {
  const read = new URLSearchParams(query);
  return { person: Number(read.get('person')), x: Number(read.get('x')), z: Number(read.get('z')) };
};
