import { expect, test } from 'vitest';
import { FluxError } from './flux_error.ts';
import { lookCode } from './ids.ts';
import { createServerApi } from './server_api.ts';

const request = { world: 'plaza', name: 'Ada', look: lookCode(7) };

const answering = (status: number, body: string, headers: Record<string, string> = {}) => {
  const calls: { url: string; init: RequestInit | undefined }[] = [];
  const api = createServerApi('https://flux.example', async (url, init) => {
    calls.push({ url, init });
    return new Response(body, { status, headers });
  });
  return { api, calls };
};

const failure = async (promise: Promise<unknown>): Promise<FluxError> => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof FluxError)) throw new Error(`expected a FluxError, got ${String(error)}`);
  return error;
};

test('asks for a ticket', async () => {
  const { api, calls } = answering(
    201,
    '{"ticket":"t","instance":1,"realtime":"/v1/realtime","expires_in":60,"world":{"id":"plaza"}}',
  );
  expect(await api.guest(request)).toMatchObject({ ticket: 't', realtime: '/v1/realtime' });
  expect(calls[0]?.url).toBe('https://flux.example/v1/guest');
  expect(JSON.parse(String(calls[0]?.init?.body))).toEqual({
    world: 'plaza',
    name: 'Ada',
    look: 7,
  });
});

test('a problem becomes an error with its code, its sentence and its wait', async () => {
  const { api } = answering(
    429,
    '{"title":"Too many requests","status":429,"detail":"Wait a little.","code":"RATE_LIMITED"}',
    { 'Retry-After': '12' },
  );
  const error = await failure(api.guest(request));
  expect(error).toMatchObject({
    code: 'RATE_LIMITED',
    message: 'Wait a little.',
    retryAfterMs: 12_000,
  });
});

test('a page from something in between is judged by its status', async () => {
  expect((await failure(answering(502, '<h1>Bad gateway</h1>').api.worlds())).code).toBe(
    'UNREACHABLE',
  );
  expect((await failure(answering(404, 'nothing').api.world('x'))).code).toBe('NOT_FOUND');
  expect((await failure(answering(500, '').api.world('x'))).code).toBe('INTERNAL');
});

test('a server that does not answer is unreachable', async () => {
  const api = createServerApi('', () => Promise.reject(new TypeError('failed to fetch')));
  expect((await failure(api.worlds())).code).toBe('UNREACHABLE');
});

test.each([
  '',
  '[]',
  '{}',
  '{"ticket":1}',
  '{"ticket":"t","instance":1,"realtime":"https://evil.example/"}',
])('does not take %s for a ticket', async (body) => {
  expect((await failure(answering(201, body).api.guest(request))).code).toBe('INTERNAL');
});

test('lists worlds whose texts are plain or in several languages', async () => {
  const { api } = answering(
    200,
    '[{"id":"a","name":"A","description":"d","people":2},{"id":"b","name":{"en":"B","ko":"비"},"people":"?"},7]',
  );
  expect(await api.worlds()).toEqual([
    { id: 'a', name: { en: 'A' }, description: { en: 'd' }, people: 2 },
    { id: 'b', name: { en: 'B', ko: '비' }, description: { en: '' }, people: 0 },
  ]);
});
