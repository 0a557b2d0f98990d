import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';

import { type FluxProcess, runFlux, startFlux, temporaryFolder } from './flux_process.ts';

const running: FluxProcess[] = [];
const folders: string[] = [];
const start = async (...options: Parameters<typeof startFlux>) => {
  const flux = await startFlux(...options);
  running.push(flux);
  return flux;
};
const folder = () => {
  const made = temporaryFolder();
  folders.push(made);
  return made;
};

afterEach(async () => {
  for (const flux of running.splice(0)) await flux.stop('SIGKILL');
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

describe('starting', () => {
  test('says when it is ready, and is', async () => {
    const flux = await start();
    const health = await fetch(`${flux.url}/health/ready`);
    expect(health.status).toBe(200);
  });

  test('takes options from the environment, and the command line wins', async () => {
    const flux = await start({
      env: { FLUX_LISTEN: '127.0.0.1:1', FLUX_REQUESTS_PER_SECOND: '7' },
    });
    expect(flux.port).not.toBe(1);
  });

  test.each([
    [['serve', '--listen', 'nowhere'], 'listen'],
    [['serve', '--listen', '127.0.0.1:70000'], '70000'],
    [['serve', '--fly'], '--fly'],
    [['serve', '--shards', 'many'], 'shards'],
    [['serve', '--shards', '99'], '99'],
    [['serve', 'please'], 'please'],
    [['serve', '--tls-cert', '/tmp/x'], '--tls-key'],
    [['serve', '--log-level', 'loud'], 'log-level'],
    [['dance'], 'dance'],
  ])('refuses %j with one sentence and exit code 2', async (args, word) => {
    const result = await runFlux(args);
    expect(result.code).toBe(2);
    expect(result.stdout).toBe('');
    expect(result.stderr.trim().split('\n')).toHaveLength(1);
    expect(result.stderr).toContain(word);
  });

  test('a port in use is one sentence and exit code 2', async () => {
    const flux = await start();
    const second = await runFlux([
      'serve',
      '--listen',
      `127.0.0.1:${flux.port}`,
      '--data',
      folder(),
    ]);
    expect(second.code).toBe(2);
    expect(second.stderr.trim().split('\n')).toHaveLength(1);
    expect(second.stderr).toContain(String(flux.port));
  });

  test('a second process on one data folder is refused, and the first goes on', async () => {
    const flux = await start();
    const second = await runFlux(['serve', '--listen', '127.0.0.1:0', '--data', flux.data]);
    expect(second.code).toBe(2);
    expect(second.stderr).toContain(flux.data);
    expect((await fetch(`${flux.url}/health/live`)).status).toBe(200);
  });

  test('a data folder that cannot be written is one sentence and exit code 2', async () => {
    const home = folder();
    const file = join(home, 'file');
    writeFileSync(file, '');
    const result = await runFlux([
      'serve',
      '--listen',
      '127.0.0.1:0',
      '--data',
      join(file, 'data'),
    ]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('data');
    if (process.getuid?.() !== 0) {
      const closed = join(home, 'closed');
      mkdirSync(closed);
      chmodSync(closed, 0o500);
      const refused = await runFlux([
        'serve',
        '--listen',
        '127.0.0.1:0',
        '--data',
        join(closed, 'data'),
      ]);
      expect(refused.code).toBe(2);
    }
  });

  test('a broken world stops the start and names the file and the place in it', async () => {
    const data = folder();
    mkdirSync(join(data, 'worlds'));
    writeFileSync(
      join(data, 'worlds', 'mine.json'),
      '{"format":"flux.world","version":1,"id":"mine","name":5}',
    );
    const result = await runFlux(['serve', '--listen', '127.0.0.1:0', '--data', data]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('mine.json');
    expect(result.stderr).toContain('/name');
  });

  test('a world in the data folder is served', async () => {
    const data = folder();
    const shipped: object = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../worlds/garden.json'), 'utf8'),
    );
    mkdirSync(join(data, 'worlds'));
    writeFileSync(
      join(data, 'worlds', 'mine.json'),
      JSON.stringify({ ...shipped, id: 'mine', name: { en: 'My own place' } }),
    );
    const flux = await start({ data });
    const world = (await (await fetch(`${flux.url}/v1/worlds/mine`)).json()) as {
      name: { en: string };
    };
    expect(world.name.en).toBe('My own place');
  });

  test('help and version say what they should', async () => {
    const version = await runFlux(['version']);
    expect(version.code).toBe(0);
    expect(version.stdout).toMatch(/^flux \d+\.\d+\.\d+\n$/);
    const help = await runFlux(['help', 'serve']);
    expect(help.code).toBe(0);
    for (const word of [
      '--listen',
      'FLUX_LISTEN',
      '--tls-cert',
      '--no-address-limits',
      'FLUX_DATA',
    ])
      expect(help.stdout).toContain(word);
    expect((await runFlux(['help', 'swarm'])).stdout).toContain('--clients');
    expect((await runFlux([])).code).toBe(2);
  });
});

describe('stopping', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('%s ends with 0', async (signal) => {
    const flux = await start();
    expect(await flux.stop(signal)).toBe(0);
  });

  test('kill -9 at any moment leaves no half-written file', async () => {
    const data = folder();
    for (let round = 0; round < 5; round++) {
      const flux = await start({ data });
      await flux.stop('SIGKILL');
      const key = readFileSync(join(data, 'ticket.key'));
      expect(key).toHaveLength(32);
    }
    expect(readdirSync(data).filter((name) => name.startsWith('ticket.key.'))).toEqual([]);
    expect(existsSync(join(data, 'lock'))).toBe(true);
  });
});
