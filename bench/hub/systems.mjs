// The systems that are compared: how each is started, how it is spoken to, where its ladder begins, and what it leaves
// out of what Flux does for the same frame.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const here = import.meta.dirname;

const needed = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run this by make bench-hub`);
  return value;
};

const peerVersion = (name) => {
  const path = join(needed('PEERS'), 'node_modules', name, 'package.json');
  return JSON.parse(readFileSync(path, 'utf8')).version;
};

const nodeVersion = (node) => execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();

// npm `uwebsockets` 3.0.6 carries a binary for Node 22 that wants a newer C library than Debian 12's; its binary for
// Node 20 does not.
const uwebsocketsNode = () => process.env.UWEBSOCKETS_NODE || process.execPath;

const peer = (script, node = process.execPath) => ({
  command: (port) => [node, [join(here, 'peers', script), String(port)]],
});

const PEER_LEAVES_OUT =
  'sixty nearest, nobody else in the room; no check of moves (speed, bounds, rate), no rate by distance, ' +
  'no byte budget, no recovery of who fell behind, no names, chat, tickets or coming back';

export const systems = [
  {
    name: 'flux',
    begins: 2000,
    command: (port) => [
      needed('FLUX_BINARY'),
      [
        'serve',
        ...['--listen', `127.0.0.1:${port}`],
        ...['--data', mkdtempSync(join(tmpdir(), 'flux-bench-hub-'))],
        ...['--drain-seconds', '1'],
        '--no-address-limits',
      ],
    ],
    swarm: true,
    version: () => process.env.FLUX_COMMIT || 'unknown',
    leavesOut:
      'nothing of the work: everyone is told of everyone, and the swarm compares each picture with the truth',
  },
  {
    name: 'bare',
    begins: 3000,
    command: (port, frameBytes) => [needed('HUB_BARE'), [String(port), String(frameBytes)]],
    dialect: 'records',
    grouped: true,
    version: () => process.env.FLUX_COMMIT || 'unknown',
    leavesOut:
      'everything but the bytes: no interest, no rules, no picture; one frame for all sixty of a group, filled up with zeros',
  },
  {
    name: 'ws',
    begins: 1000,
    ...peer('ws.mjs'),
    dialect: 'records',
    version: () => `${peerVersion('ws')}, Node ${nodeVersion(process.execPath)}`,
    leavesOut: PEER_LEAVES_OUT,
  },
  {
    name: 'uwebsockets',
    begins: 2000,
    command: (port) => peer('uwebsockets.mjs', uwebsocketsNode()).command(port),
    dialect: 'records',
    version: () => `${peerVersion('uwebsockets')}, Node ${nodeVersion(uwebsocketsNode())}`,
    leavesOut: PEER_LEAVES_OUT,
  },
  {
    name: 'socket.io',
    begins: 500,
    ...peer('socketio.mjs'),
    dialect: 'socket.io',
    version: () => `${peerVersion('socket.io')}, Node ${nodeVersion(process.execPath)}`,
    leavesOut: `${PEER_LEAVES_OUT}; volatile frames are dropped for who does not read`,
  },
  {
    name: 'colyseus',
    begins: 250,
    ...peer('colyseus.mjs'),
    dialect: 'colyseus',
    version: () => `${peerVersion('@colyseus/core')}, Node ${nodeVersion(process.execPath)}`,
    leavesOut:
      'sixty nearest, nobody else; a lost patch cannot be told; no check of moves, no rate by distance, no byte budget',
  },
];
