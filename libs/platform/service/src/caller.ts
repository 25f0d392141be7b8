import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Who } from '@junheng/event-store';
import { RuleViolation } from '@junheng/kernel';
import type { Identity } from './identity.js';

/** What the platform knows about a request; it is the GraphQL context. */
export interface RequestContext {
  readonly correlationId: string;
  /** Absent without a token. */
  readonly who?: Who;
  /** When the token ends, in milliseconds since 1970. */
  readonly expiresAt?: number;
  /** Why the token that was sent is worth nothing. */
  readonly refusal?: Error;
  /** Whether every operation that was asked for says so of its answer; absent until the guard has seen one. */
  mayBeKept?: boolean;
  /** The subscriptions of one connection, to be counted. */
  readonly subscriptions?: Set<object>;
}

export function contextOf(identity: Identity, correlationId: string): RequestContext {
  const { expiresAt, ...who } = identity;
  return { correlationId, who: { ...who, correlationId }, expiresAt };
}

/** `@Caller() who: Who` in a resolver or controller: who asks, in which role and scope, as the token says. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Who => {
  const { who } = requestContext(context);
  if (!who) throw new RuleViolation('UNAUTHENTICATED', 'Sign in first.');
  return who;
});

/** `@Correlation() id: string`: what ties a request, its events and its log lines together. */
export const Correlation = createParamDecorator(
  (_: unknown, context: ExecutionContext): string => requestContext(context).correlationId,
);

export function requestContext(context: ExecutionContext): RequestContext {
  if (context.getType<string>() === 'graphql') return context.getArgByIndex<RequestContext>(2);
  return context.switchToHttp().getRequest<{ junheng: RequestContext }>().junheng;
}
