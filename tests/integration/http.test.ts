import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type FluxProcess, startFlux } from './flux_process.ts';
import { exchange, openRaw, statusOf } from './raw_connection.ts';

let flux: FluxProcess;
beforeAll(async () => {
  flux = await startFlux({ args: ['--no-address-limits'] });
});
afterAll(async () => {
  await flux.stop();
});

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

/** Without fetch's own decompression and cache rules. */
const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  new Promise((done, failed) => {
    const asked = request(`${flux.url}${path}`, { method, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () =>
        done({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(parts),
        }),
      );
    });
    asked.on('error', failed);
    asked.end();
  });

const scriptPath = async (): Promise<string> => {
  const page = (await get('/')).body.toString();
  const path = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1];
  if (path === undefined) throw new Error(`no script in ${page.slice(0, 500)}`);
  return path;
};

describe('the client is served', () => {
  test('with the headers that protect it', async () => {
    const { status, headers } = await get('/');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("script-src 'self'");
    expect(/script-src[^;]*/.exec(policy)?.[0]).not.toContain('unsafe-inline');
    expect(policy).toContain('frame-ancestors');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBeDefined();
    expect(headers['permissions-policy']).toContain('microphone');
  });

  test('compressed as the browser can take it, and cached for a year where the name has a hash', async () => {
    const path = await scriptPath();
    const plain = await get(path);
    const br = await get(path, { 'accept-encoding': 'gzip, br' });
    const gz = await get(path, { 'accept-encoding': 'gzip, br;q=0' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(br.headers['content-encoding']).toBe('br');
    expect(gz.headers['content-encoding']).toBe('gzip');
    expect(br.body.length).toBeLessThan(plain.body.length / 2);
    expect(plain.headers['content-type']).toMatch(/^text\/javascript/);
    expect(plain.headers['cache-control']).toContain('immutable');
    expect(plain.headers.vary).toMatch(/accept-encoding/i);
  });

  test('not again when the browser has it', async () => {
    const path = await scriptPath();
    const tag = String((await get(path)).headers.etag);
    expect(tag).toMatch(/^"/);
    expect((await get(path, { 'if-none-match': tag })).status).toBe(304);
    expect((await get(path, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  test('in ranges', async () => {
    const path = await scriptPath();
    const whole = (await get(path)).body;
    const part = await get(path, { range: 'bytes=10-19' });
    expect(part.status).toBe(206);
    expect(part.body).toEqual(whole.subarray(10, 20));
    expect(part.headers['content-range']).toBe(`bytes 10-19/${whole.length}`);
    const tail = await get(path, { range: 'bytes=-5' });
    expect(tail.body).toEqual(whole.subarray(-5));
    expect((await get(path, { range: 'bytes=99999999-' })).status).toBe(416);
  });

  test('by name and world in link previews', async () => {
    const page = (await get('/w/plaza', { host: 'meet.example' })).body.toString();
    expect(page).toMatch(/<meta property="og:title" content="[^"]*Plaza[^"]*"/);
    expect(page).toMatch(/<meta property="og:url" content="http:\/\/meet\.example\/w\/plaza"/);
    expect(page).toMatch(/<meta property="og:description" content="[^"]+"/);
    const image = /<meta property="og:image" content="http:\/\/meet\.example([^"]+)"/.exec(
      page,
    )?.[1];
    expect(image).toBeDefined();
    expect((await get(image ?? '')).headers['content-type']).toMatch(/^image\//);
  });

  test('an unknown world is a page with status 404, and what was asked for is not echoed raw', async () => {
    const { status, body } = await get('/w/%22%3E%3Cscript%3Ealert(1)%3C/script%3E');
    expect(status).toBe(404);
    expect(body.toString()).not.toContain('<script>alert');
  });

  test('HEAD has the headers and no body', async () => {
    const { status, headers, body } = await get('/', {}, 'HEAD');
    expect(status).toBe(200);
    expect(Number(headers['content-length'])).toBeGreaterThan(100);
    expect(body).toHaveLength(0);
  });

  test.each(['/../etc/passwd', '/assets/..%2f..%2fetc/passwd', '/%00', '/assets/nothing.js'])(
    '%s is nothing',
    async (path) => {
      const answer = await exchange(
        flux.port,
        `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      );
      expect([400, 404]).toContain(statusOf(answer));
    },
  );
});

describe('the API', () => {
  const guest = (
    body: string,
    headers: Record<string, string> = { 'content-type': 'application/json' },
  ) => fetch(`${flux.url}/v1/guest`, { method: 'POST', headers, body });

  test('worlds are listed and served as documents', async () => {
    const worlds = (await (await fetch(`${flux.url}/v1/worlds`)).json()) as {
      id: string;
      people: number;
    }[];
    expect(worlds.map(({ id }) => id)).toContain('plaza');
    const plaza = (await (await fetch(`${flux.url}/v1/worlds/plaza`)).json()) as { format: string };
    expect(plaza.format).toBe('flux.world');
    expect((await fetch(`${flux.url}/v1/worlds/nowhere`)).status).toBe(404);
  });

  test.each([
    ['not json', 400, 'INVALID'],
    ['[]', 400, 'INVALID'],
    ['{"world":"plaza"}', 400, 'INVALID'],
    ['{"world":"plaza","name":""}', 400, 'INVALID'],
    ['{"world":"plaza","name":5}', 400, 'INVALID'],
    ['{"world":"plaza","name":"x","look":-1}', 400, 'INVALID'],
    ['{"world":"plaza","name":"x","look":4294967296}', 400, 'INVALID'],
    ['{"world":"plaza","name":"x","instance":65}', 404, 'NOT_FOUND'],
    ['{"world":"nowhere","name":"x"}', 404, 'NOT_FOUND'],
    [`{"world":"plaza","name":"${'x'.repeat(33)}"}`, 413, 'TOO_LARGE'],
  ])('guest %s is %i', async (body, status, code) => {
    const answer = await guest(body);
    expect([status, 400]).toContain(answer.status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const problem = (await answer.json()) as { code: string; detail: string; status: number };
    expect([code, 'INVALID']).toContain(problem.code);
    expect(problem.status).toBe(answer.status);
    expect(problem.detail.length).toBeGreaterThan(5);
  });

  test('a body of another type, a body too large and a wrong method are refused', async () => {
    expect(
      (await guest('{"world":"plaza","name":"x"}', { 'content-type': 'text/plain' })).status,
    ).toBe(415);
    expect((await guest(`{"name":"${'x'.repeat(100_000)}"}`)).status).toBe(413);
    expect((await fetch(`${flux.url}/v1/guest`)).status).toBe(405);
  });

  test('health and metrics are there', async () => {
    expect((await fetch(`${flux.url}/health/live`)).status).toBe(200);
    const metrics = await fetch(`${flux.url}/metrics`);
    expect(metrics.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await metrics.text();
    for (const name of [
      'process_cpu_seconds_total',
      'http_requests_total',
      'hub_clients',
      'hub_instances',
      'hub_frames_total',
    ])
      expect(text).toContain(`# TYPE flux_${name}`);
    for (const line of text.trim().split('\n'))
      expect(line).toMatch(
        /^(# (HELP|TYPE) flux_.*|flux_[a-z_]+(\{[^}]*\})? -?[0-9.e+-]+|flux_[a-z_]+(\{[^}]*\})? \+Inf)$/,
      );
  });
});

describe('requests that are built to be misread', () => {
  const body = '{"world":"plaza","name":"x"}';
  test.each<[string, string]>([
    [
      'both Content-Length and Transfer-Encoding',
      `POST /v1/guest HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    [
      'two Content-Lengths',
      `POST /v1/guest HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde`,
    ],
    ['a folded header', `GET / HTTP/1.1\r\nHost: x\r\nX-A: b\r\n c\r\n\r\n`],
    ['a bare line feed', `GET / HTTP/1.1\nHost: x\n\n`],
    ['a bare carriage return', `GET / HTTP/1.1\r\nHost: x\r\nX: a\rb\r\n\r\n`],
    ['two hosts', `GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n`],
    ['no host', `GET / HTTP/1.1\r\n\r\n`],
    ['a space before the colon', `GET / HTTP/1.1\r\nHost : x\r\n\r\n`],
    [
      'another transfer coding',
      `POST /v1/guest HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
    ],
    [
      'a length with a sign',
      `POST /v1/guest HTTP/1.1\r\nHost: x\r\nContent-Length: +${body.length}\r\n\r\n${body}`,
    ],
    ['a NUL', `GET / HTTP/1.1\r\nHost: x\r\nX: \0\r\n\r\n`],
  ])('%s is refused and the connection ended', async (_, bytes) => {
    const answer = await exchange(flux.port, bytes);
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toHaveLength(1);
    expect([400, 411, 501]).toContain(statusOf(answer));
  });

  test('nothing can ride behind a request with a body', async () => {
    const answer = await exchange(
      flux.port,
      `POST /v1/guest HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}` +
        'GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n',
    );
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toHaveLength(1);
  });

  test('a head that is too large is 431, one that never ends is closed', async () => {
    const large = await exchange(
      flux.port,
      `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`,
    );
    expect(statusOf(large)).toBe(431);
    const slow = await openRaw(flux.port);
    slow.write('GET / HTTP/1.1\r\nHost: x\r\n');
    const drip = setInterval(() => slow.write('X-A: b\r\n'), 500);
    const answer = await slow.ended(20_000).finally(() => clearInterval(drip));
    expect(statusOf(answer.toString('latin1'))).toBe(408);
  });
});
