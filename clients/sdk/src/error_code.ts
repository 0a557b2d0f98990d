/** The codes of docs/protocol.md section 5.4, and one of our own: nobody answered at all. */
export const ERROR_CODES = [
  'INVALID',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'TOO_LARGE',
  'RATE_LIMITED',
  'LIMIT',
  'UNAVAILABLE',
  'INTERNAL',
] as const;

export type ServerErrorCode = (typeof ERROR_CODES)[number];
export type ErrorCode = ServerErrorCode | 'UNREACHABLE';

export const isServerErrorCode = (value: unknown): value is ServerErrorCode =>
  (ERROR_CODES as readonly unknown[]).includes(value);
