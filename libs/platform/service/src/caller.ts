import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { Who } from '@junheng/event-store';
import { RuleViolation } from '@junheng/kernel';

/** What the platform puts into the GraphQL context. */
export interface RequestContext {
  readonly correlationId: string;
  /** Absent without a token. */
  readonly who?: Who;
  /** When the token ends, in milliseconds since 1970. */
  readonly expiresAt?: number;
  /** Why the token that was sent is worth nothing. */
  readonly refusal?: RuleViolation;
}

/** `@Caller() who: Who` in a resolver: who asks, in which role and scope, as the token says. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Who => {
  const { who } = GqlExecutionContext.create(context).getContext<RequestContext>();
  if (!who) throw new RuleViolation('UNAUTHENTICATED', 'Sign in first.');
  return who;
});
