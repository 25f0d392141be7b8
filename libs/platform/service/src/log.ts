import { AsyncLocalStorage } from 'node:async_hooks';
import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

const SECRET_FIELDS = ['authorization', 'cookie', 'password', 'secret', 'token', 'access_token', 'refresh_token'];
const PERSONAL_FIELDS = ['headers', 'body', 'variables', 'args', 'payload', 'parameters', 'detail', 'phone', 'email'];

const PERSONAL_TEXT: readonly (readonly [pattern: RegExp, word: string])[] = [
  [/eyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[token]'],
  [/\b(postgres(?:ql)?:\/\/[^:/@\s"]+):[^@\s"]+@/g, '$1:[secret]@'],
  [/(?<!\d)\d{17}[\dXx](?!\w)/g, '[id number]'],
  [/(?<!\d)1[3-9]\d{9}(?!\d)/g, '[phone]'],
  [/[\w.+-]+@[\w-]+\.[\w.]*[a-z]/gi, '[email]'],
];

const correlation = new AsyncLocalStorage<string>();

/** Every line logged while `work` runs carries the id. */
export const withCorrelation = <T>(correlationId: string, work: () => T): T => correlation.run(correlationId, work);

/** Structured lines with the correlation id, without secrets and without personal data. */
export function createLog(name: string, level: string, destination?: DestinationStream): Log {
  const fields = [...SECRET_FIELDS, ...PERSONAL_FIELDS];
  const options = {
    name,
    level,
    base: { name },
    mixin: () => {
      const correlationId = correlation.getStore();
      return correlationId === undefined ? {} : { correlationId };
    },
    redact: { paths: [...fields, ...fields.map((field) => `*.${field}`)], censor: '[redacted]' },
    serializers: { err: describe, error: describe },
    hooks: { streamWrite: maskText },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Nest's own lines, in the same form. */
export function nestLog(log: Log): LoggerService {
  const say =
    (level: 'info' | 'warn' | 'error' | 'debug') =>
    (message: unknown, ...rest: unknown[]) => {
      const context = rest.findLast((item) => typeof item === 'string');
      if (message instanceof Error) log[level]({ err: message, context }, message.message);
      else log[level]({ context }, String(message));
    };
  return { log: say('debug'), error: say('error'), warn: say('warn'), debug: say('debug'), verbose: say('debug') };
}

// A database error carries rows in its other properties; a driver's carries the statement with its parameters.
function describe(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error ? { code: error.code } : {};
  return { type: error.name, message: error.message, ...code, stack: error.stack };
}

const maskText = (line: string): string =>
  PERSONAL_TEXT.reduce((text, [pattern, word]) => text.replace(pattern, word), line);
