import type { Environment } from './environment.ts';
import { isServerErrorCode, type ServerErrorCode } from './error_code.ts';
import { FluxError } from './flux_error.ts';
import type { LookCode } from './ids.ts';
import type { WorldDocument, WorldText } from './world_document.ts';

export interface GuestRequest {
  readonly world: string;
  readonly name: string;
  readonly look: LookCode;
  readonly instance?: number;
  /** Which of the world's spawns, as a portal names it. */
  readonly spawn?: number;
}

export interface GuestTicket {
  readonly ticket: string;
  readonly instance: number;
  /** Where to connect, relative to the server. */
  readonly realtime: string;
}

export interface WorldSummary {
  readonly id: string;
  readonly name: WorldText;
  readonly description: WorldText;
  readonly people: number;
}

/** The requests of docs/protocol.md section 1. All fail with FluxError only. */
export interface ServerApi {
  guest(request: GuestRequest): Promise<GuestTicket>;
  worlds(): Promise<readonly WorldSummary[]>;
  world(id: string): Promise<WorldDocument>;
}

/** `origin`: 'https://flux.example', or '' for the page's own. */
export const createServerApi = (origin: string, fetch: Environment['fetch']): ServerApi => {
  const ask = async (path: string, init?: RequestInit): Promise<unknown> => {
    const response = await reach(() => fetch(`${origin}${path}`, init));
    const body = await reach(() => response.text());
    if (!response.ok) throw problem(response, body);
    return readJson(body);
  };

  return {
    guest: async (request) => {
      const answer = await ask('/v1/guest', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(request),
      });
      if (!isTicket(answer)) throw unreadable();
      return answer;
    },
    worlds: async () => {
      const answer = await ask('/v1/worlds');
      const list: unknown = isRecord(answer) ? answer['worlds'] : answer;
      if (!Array.isArray(list)) throw unreadable();
      return list.map(readSummary).filter((summary) => summary !== null);
    },
    world: async (id) => {
      const answer = await ask(`/v1/worlds/${encodeURIComponent(id)}`);
      if (!isRecord(answer) || answer['format'] !== 'flux.world') throw unreadable();
      return answer as unknown as WorldDocument;
    },
  };
};

const reach = async <Value>(request: () => Promise<Value>): Promise<Value> => {
  try {
    return await request();
  } catch (cause) {
    throw new FluxError('UNREACHABLE', 'The server could not be reached.', { cause });
  }
};

const unreadable = (): FluxError =>
  new FluxError('INTERNAL', 'The server answered something that is not understood.');

const readJson = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new FluxError('INTERNAL', 'The server answered something that is not JSON.', { cause });
  }
};

const CODE_OF_STATUS: Readonly<Record<number, ServerErrorCode>> = {
  400: 'INVALID',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  413: 'TOO_LARGE',
  429: 'RATE_LIMITED',
};

// RFC 9457. Something between us and the server may answer in its place, with a page of its own: then
// the status speaks. A gateway that cannot reach the server counts as unreachable.
const problem = (response: Response, body: string): FluxError => {
  const details = parseProblem(body);
  const fallback: ServerErrorCode | 'UNREACHABLE' =
    response.status >= 502 && response.status <= 504 ? 'UNREACHABLE' : 'INTERNAL';
  const code = isServerErrorCode(details?.['code'])
    ? details['code']
    : (CODE_OF_STATUS[response.status] ?? fallback);
  const text = details?.['detail'] ?? details?.['title'];
  const message = typeof text === 'string' ? text : `The server answered ${response.status}.`;
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return new FluxError(
    code,
    message,
    Number.isFinite(seconds) ? { retryAfterMs: seconds * 1000 } : {},
  );
};

const parseProblem = (body: string): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTicket = (value: unknown): value is GuestTicket =>
  isRecord(value) &&
  typeof value['ticket'] === 'string' &&
  typeof value['instance'] === 'number' &&
  typeof value['realtime'] === 'string' &&
  value['realtime'].startsWith('/');

const readText = (value: unknown): WorldText | null => {
  if (typeof value === 'string') return { en: value };
  if (!isRecord(value) || typeof value['en'] !== 'string') return null;
  const { en, ko } = value;
  return typeof ko === 'string' ? { en, ko } : { en };
};

const readSummary = (value: unknown): WorldSummary | null => {
  if (!isRecord(value) || typeof value['id'] !== 'string') return null;
  const people = value['people'];
  return {
    id: value['id'],
    name: readText(value['name']) ?? { en: value['id'] },
    description: readText(value['description']) ?? { en: '' },
    people: typeof people === 'number' ? people : 0,
  };
};
