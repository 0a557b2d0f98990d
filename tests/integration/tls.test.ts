import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type FluxProcess, startFlux, temporaryFolder } from './flux_process.ts';
import { eventually } from './person.ts';
import { exchange } from './raw_connection.ts';
import { frame, parseFrames, upgradeRequest } from './websocket_peer.ts';

let folder: string;
let flux: FluxProcess;
const cert = () => join(folder, 'cert.pem');
const key = () => join(folder, 'key.pem');

const makeCertificate = (name: string) => {
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
    ]
      .concat(['-subj', `/CN=${name}`, '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'])
      .concat(['-keyout', key(), '-out', cert()]),
    { stdio: 'ignore' },
  );
};

beforeAll(async () => {
  folder = temporaryFolder();
  makeCertificate('first');
  flux = await startFlux({
    args: ['--tls-cert', cert(), '--tls-key', key(), '--no-address-limits'],
  });
});
afterAll(async () => {
  await flux.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface SecureAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly issuer: string;
}

const ask = (path: string, method = 'GET', body?: string): Promise<SecureAnswer> =>
  new Promise((done, failed) => {
    const asked = request(
      `${flux.url}${path}`,
      {
        method,
        rejectUnauthorized: false,
        agent: false,
        headers: { 'content-type': 'application/json' },
      },
      (answer) => {
        let text = '';
        const { issuer } = (answer.socket as TLSSocket).getPeerCertificate();
        answer.on('data', (part: Buffer) => {
          text += part.toString();
        });
        answer.on('end', () =>
          done({
            status: answer.statusCode ?? 0,
            body: text,
            headers: answer.headers,
            issuer: String(issuer?.CN),
          }),
        );
      },
    );
    asked.on('error', failed);
    asked.end(body);
  });

describe('TLS on the same port', () => {
  test('serves the client by https, and says that it must stay so', async () => {
    expect(flux.url).toMatch(/^https:/);
    const { status, headers } = await ask('/');
    expect(status).toBe(200);
    expect(headers['strict-transport-security']).toMatch(/max-age=\d+/);
  });

  test('a person walks and talks over wss', async () => {
    const { body } = await ask(
      '/v1/guest',
      'POST',
      JSON.stringify({ world: 'plaza', name: 'Ada' }),
    );
    const { ticket }: { ticket: string } = JSON.parse(body);
    const socket = connectTls({ port: flux.port, host: '127.0.0.1', rejectUnauthorized: false });
    const parts: Buffer[] = [];
    socket.on('data', (part: Buffer) => parts.push(part));
    await new Promise<void>((done, failed) => {
      socket.once('secureConnect', done);
      socket.once('error', failed);
    });
    socket.write(upgradeRequest(ticket));
    const frames = () => {
      const all = Buffer.concat(parts);
      return parseFrames(all.subarray(all.indexOf('\r\n\r\n') + 4));
    };
    const text = () =>
      frames()
        .filter(({ opcode }) => opcode === 1)
        .map(({ payload }) => payload.toString())
        .join('\n');
    await eventually('welcome', () => text().includes('"welcome"'));
    socket.write(frame(1, JSON.stringify({ t: 'chat', text: 'over wss' })));
    await eventually('chat', () => text().includes('over wss'));
    await eventually('state', () =>
      frames().some(({ opcode, payload }) => opcode === 2 && payload[0] === 1),
    );
    socket.destroy();
  });

  test('SIGHUP brings in a new certificate, and a broken one leaves the old', async () => {
    expect((await ask('/health/live')).issuer).toBe('first');
    makeCertificate('second');
    flux.process.kill('SIGHUP');
    await eventually('reloaded', () => flux.logs().includes('serve.certificate_reloaded'));
    expect((await ask('/health/live')).issuer).toBe('second');
    rmSync(cert());
    flux.process.kill('SIGHUP');
    await eventually('refused', () => flux.logs().includes('serve.certificate_not_reloaded'));
    expect((await ask('/health/live')).issuer).toBe('second');
  });

  test('plain HTTP on the TLS port is turned away without harm', async () => {
    await exchange(flux.port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    expect((await ask('/health/live')).status).toBe(200);
  });
});
