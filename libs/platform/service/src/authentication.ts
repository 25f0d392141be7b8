import { randomUUID } from 'node:crypto';
import { RuleViolation } from '@junheng/kernel';
import { contextOf, type RequestContext } from './caller.js';
import type { IdentityVerifier } from './identity.js';

const CORRELATION_ID = /^[\w-]{8,64}$/;
const BEARER = /^Bearer +(\S+)$/i;

/** The client's `x-request-id` where it is a plain id, since it goes into events and logs; otherwise a fresh one. */
export function correlationIdOf(header: unknown): string {
  return typeof header === 'string' && CORRELATION_ID.test(header) ? header : randomUUID();
}

/** Never throws: what is wrong with the token is told to whoever asks for something that needs one. */
export async function authenticate(
  verifier: IdentityVerifier,
  authorization: unknown,
  correlationId: string,
): Promise<RequestContext> {
  if (authorization === undefined) return { correlationId };
  const token = typeof authorization === 'string' ? BEARER.exec(authorization)?.[1] : undefined;
  try {
    if (token === undefined) throw new RuleViolation('UNAUTHENTICATED', 'Send the token as "Bearer <token>".');
    return contextOf(await verifier.verify(token), correlationId);
  } catch (error) {
    return { correlationId, refusal: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** The token of a WebSocket, whose browser cannot send headers: `connectionParams: { authorization: 'Bearer …' }`. */
export function authorizationOf(payload: unknown): unknown {
  if (typeof payload !== 'object' || payload === null) return undefined;
  const { authorization, Authorization, headers } = payload as Record<string, unknown>;
  return authorization ?? Authorization ?? (headers === undefined ? undefined : authorizationOf(headers));
}
