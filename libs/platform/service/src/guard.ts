import { RuleViolation } from '@junheng/kernel';
import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import type { RequestContext } from './caller.js';
import { publicError } from './errors.js';
import { untilExpiry } from './expiry.js';
import { assertPolicyCovers, forbidden, type Policy, refuseOutside } from './policy.js';

/** Told about each root field that was answered. */
export type OperationObserver = (operation: string, milliseconds: number, failed: boolean) => void;

/**
 * Puts the policy in front of every root field, in the schema itself: no resolver can be registered in a way that
 * goes around it, and each field of a document is judged on its own.
 */
export function protectSchema(
  schema: GraphQLSchema,
  policy: Policy,
  observe: OperationObserver = () => undefined,
): GraphQLSchema {
  assertPolicyCovers(schema, policy);
  for (const type of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      field.resolve = guarded(`${type?.name}.${field.name}`, policy, field.resolve ?? defaultFieldResolver, observe);
    }
  }
  const subscriptions = schema.getSubscriptionType();
  for (const field of Object.values(subscriptions?.getFields() ?? {})) {
    const operation = `${subscriptions?.name}.${field.name}`;
    if (!field.subscribe) throw new Error(`${operation} has nothing to subscribe to.`);
    field.subscribe = guardedSubscription(operation, policy, field.subscribe);
  }
  return schema;
}

type Resolver = GraphQLFieldResolver<unknown, RequestContext, Record<string, unknown>>;

function guarded(operation: string, policy: Policy, resolve: Resolver, observe: OperationObserver): Resolver {
  return async (source, args, context, info) => {
    const begun = performance.now();
    let failed = true;
    try {
      authorise(operation, policy, args, context);
      context.mayBeKept = context.mayBeKept !== false && policy[operation]?.kept === true;
      const answer: unknown = await resolve(source, args, context, info);
      failed = false;
      return answer;
    } finally {
      observe(operation, performance.now() - begun, failed);
    }
  };
}

const MOST_SUBSCRIPTIONS = 20;

function guardedSubscription(operation: string, policy: Policy, subscribe: Resolver): Resolver {
  return async (source, args, context, info) => {
    const { correlationId, expiresAt, subscriptions = new Set() } = context;
    try {
      authorise(operation, policy, args, context);
      if (subscriptions.size >= MOST_SUBSCRIPTIONS) {
        throw new RuleViolation('BAD_USER_INPUT', `At most ${MOST_SUBSCRIPTIONS} subscriptions on one connection.`);
      }
      const events = (await subscribe(source, args, context, info)) as AsyncIterable<unknown>;
      const mine = {};
      subscriptions.add(mine);
      return untilExpiry(events, { expiresAt, correlationId, ended: () => subscriptions.delete(mine) });
    } catch (error) {
      throw publicError(error, correlationId);
    }
  };
}

/** Throws unless the policy lets this caller do this with these arguments. */
export function authorise(operation: string, policy: Policy, args: object, context: RequestContext): void {
  const row = Object.hasOwn(policy, operation) ? policy[operation] : undefined;
  if (context.refusal !== undefined) throw context.refusal;
  if (!row) throw forbidden();
  if (row.public) return;
  const { who, expiresAt = 0 } = context;
  if (!who) throw new RuleViolation('UNAUTHENTICATED', 'Sign in first.');
  if (expiresAt <= Date.now()) throw new RuleViolation('UNAUTHENTICATED', 'The token has expired.');
  if (!row.roles.some((role) => role === who.role)) throw forbidden();
  if (row.scope !== 'any') refuseOutside(who.scope, args);
}
