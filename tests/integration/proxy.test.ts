import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type FluxProcess, startFlux, temporaryFolder } from './flux_process.ts';
import { comeIn, eventually, pause, placeOf } from './person.ts';

let flux: FluxProcess;
let nginx: ChildProcess;
let folder: string;
let url: string;

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => done(port));
    });
  });

/** As docs/operations.md says, in a folder of its own. */
const configuration = (port: number, upstream: number) => `
daemon off; worker_processes 1; error_log "${folder}/error.log"; pid "${folder}/pid";
events {}
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path "${folder}/${name}";`).join('\n  ')}
  map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
  upstream flux { server 127.0.0.1:${upstream}; keepalive 8; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://flux;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $http_x_test_address;
      proxy_set_header X-Forwarded-Proto https;
      proxy_set_header X-Forwarded-Host $http_host;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_read_timeout 90s;
    }
  }
}`;

beforeAll(async () => {
  folder = temporaryFolder();
  mkdirSync(join(folder, 'logs'));
  flux = await startFlux({ args: ['--trust-proxy', '127.0.0.1/32', '--guests-per-minute', '2'] });
  const port = await freePort();
  writeFileSync(join(folder, 'nginx.conf'), configuration(port, flux.port));
  nginx = spawn(
    '/usr/sbin/nginx',
    ['-c', join(folder, 'nginx.conf'), '-p', folder, '-e', join(folder, 'start.log')],
    {
      stdio: 'ignore',
    },
  );
  url = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 100; i++) {
    const up = await fetch(`${url}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) return;
    await pause(100);
  }
  throw new Error(`nginx did not start: ${readFileSync(join(folder, 'start.log'), 'utf8')}`);
});
afterAll(async () => {
  nginx.kill('SIGTERM');
  await flux.stop();
  rmSync(folder, { recursive: true, force: true });
});

const guest = (address: string, base = url) =>
  fetch(`${base}/v1/guest`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-test-address': address,
      'x-forwarded-for': address,
    },
    body: JSON.stringify({ world: 'plaza', name: 'x' }),
  });
const guestFrom = async (address: string, base = url) => (await guest(address, base)).status;

describe('behind a proxy that is trusted', () => {
  test('people come in and see each other', async () => {
    const ada = await comeIn(url, 'Ada');
    const ben = await comeIn(url, 'Ben');
    await eventually(
      'they see each other',
      () => placeOf(ada, ben.self) !== undefined && placeOf(ben, ada.self) !== undefined,
    );
    ada.leave();
    ben.leave();
  });

  test('a connection that the proxy would keep is not used for the realtime', async () => {
    for (let i = 0; i < 2; i++) {
      await (await fetch(`${url}/v1/worlds`)).text();
      const { ticket } = (await (await guest('203.0.113.77')).json()) as { ticket: string };
      await (await fetch(`${url}/v1/worlds`)).text();
      const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/realtime?ticket=${ticket}`, [
        'flux.v1',
      ]);
      const opened = await new Promise((done) => {
        socket.onopen = () => done(true);
        socket.onerror = () => done(false);
      });
      socket.close();
      expect(opened).toBe(true);
    }
  });

  test('limits count the forwarded address, not the proxy', async () => {
    expect(await guestFrom('198.51.100.7')).toBe(201);
    expect(await guestFrom('198.51.100.7')).toBe(201);
    expect(await guestFrom('198.51.100.7')).toBe(429);
    expect(await guestFrom('198.51.100.8')).toBe(201);
  });

  test('the page knows that the person sees https', async () => {
    const page = await (await fetch(`${url}/w/plaza`)).text();
    expect(page).toContain(`content="https://${new URL(url).host}/w/plaza"`);
  });
});

describe('without trust', () => {
  test('a forwarded address is not believed', async () => {
    const strict = await startFlux({ args: ['--guests-per-minute', '2'] });
    expect(await guestFrom('203.0.113.1', strict.url)).toBe(201);
    expect(await guestFrom('203.0.113.2', strict.url)).toBe(201);
    expect(await guestFrom('203.0.113.3', strict.url)).toBe(429);
    await strict.stop();
  });
});
