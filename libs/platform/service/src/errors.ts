import { RuleViolation } from '@junheng/kernel';
import { GraphQLError } from 'graphql';

/** What a client is told. `code` is public API. */
export interface PublicError {
  readonly message: string;
  readonly extensions: { readonly code: string; readonly correlationId: string; readonly [key: string]: unknown };
}

/** `level` is how loud the log should be about it. */
export interface MappedError extends PublicError {
  readonly level: 'none' | 'info' | 'error';
}

const QUIET = new Set(['BAD_USER_INPUT', 'NOT_FOUND']);

/** The one mapper: a rule's refusal keeps its words, a malformed request is told what is wrong, all else stays inside. */
export function mapError(error: unknown, correlationId: string): MappedError {
  const cause = rootOf(error);
  if (cause instanceof RuleViolation) {
    const { code, message, details } = cause;
    return { message, extensions: { ...details, code, correlationId }, level: QUIET.has(code) ? 'none' : 'info' };
  }
  if (cause instanceof GraphQLError || isClientFault(cause)) {
    const message = withoutSuggestions(cause.message);
    return { message, extensions: { code: 'BAD_USER_INPUT', correlationId }, level: 'none' };
  }
  if (hasCode(cause, UNSTORABLE_TEXT)) {
    const message = 'Text holds the character U+0000.';
    return { message, extensions: { code: 'BAD_USER_INPUT', correlationId }, level: 'none' };
  }
  if (hasCode(cause, STATEMENT_TIMEOUT)) {
    const message = 'This takes too long. Ask for less at once.';
    return { message, extensions: { code: 'TIMEOUT', correlationId }, level: 'info' };
  }
  const message = `Something went wrong on our side. Quote ${correlationId} when you report it.`;
  return { message, extensions: { code: 'INTERNAL', correlationId }, level: 'error' };
}

/** The mapped error as GraphQL throws it, for subscriptions, whose errors pass no formatter. */
export function publicError(error: unknown, correlationId: string): GraphQLError {
  const { message, extensions } = mapError(error, correlationId);
  return new GraphQLError(message, { extensions });
}

/** The error that a resolver threw, below what GraphQL wrapped around it. */
export function rootOf(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
}

// Fastify and Mercurius mark what the client did wrong by a status; an error of ours has none.
function isClientFault(error: unknown): error is Error {
  if (!(error instanceof Error) || !('statusCode' in error)) return false;
  const { statusCode } = error;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500;
}

// Of PostgreSQL.
const STATEMENT_TIMEOUT = '57014';
const UNSTORABLE_TEXT = '22021';

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

/** "Did you mean …?" would tell the schema to whom introspection does not. */
const withoutSuggestions = (message: string): string => message.replace(/ Did you mean .*\?$/, '');
