import type { Scope } from '@junheng/event-store';
import { RuleViolation } from '@junheng/kernel';
import type { GraphQLSchema } from 'graphql';
import type { Role } from './identity.js';

/** Who may use an operation, as far as the caller's scope reaches. */
export interface PolicyRow {
  readonly roles: readonly Role[];
  /** Needs no token. */
  readonly public?: true;
  /** Its arguments may lie outside of the caller's scope, as for published standards and for the operator. */
  readonly scope?: 'any';
  /** Its answer follows from its arguments, the caller's role and scope, and rows of the read models: nothing else, no clock. */
  readonly kept?: true;
}

/**
 * Operation → who may use it; what is absent is denied. `Query.county`, `Mutation.submitReturn`,
 * `Subscription.progress`, and `Http.<handler>` for a controller's method.
 */
export type Policy = Readonly<Record<string, PolicyRow>>;

export function rootFields(schema: GraphQLSchema): string[] {
  return [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
    type ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`) : [],
  );
}

/** Throws when a root field has no row, or a row no field: both are how a policy goes wrong unseen. */
export function assertPolicyCovers(schema: GraphQLSchema, policy: Policy): void {
  const fields = new Set(rootFields(schema));
  const rows = Object.keys(policy).filter((operation) => !operation.startsWith('Http.'));
  const bare = [...fields].filter((field) => !Object.hasOwn(policy, field));
  const idle = rows.filter((row) => !fields.has(row));
  const nobody = rows.filter((row) => policy[row]?.roles.length === 0 && policy[row].public !== true);
  const faults = [
    ...bare.map((field) => `${field} has no row`),
    ...idle.map((row) => `${row} is no operation`),
    ...nobody.map((row) => `${row} is for nobody`),
  ];
  if (faults.length > 0) throw new Error(`The policy does not fit the schema: ${faults.join(', ')}.`);
}

const REGION_ARGUMENTS = new Set(['region', 'regions', 'county', 'counties', 'tenant', 'tenants']);
const SCHOOL_ARGUMENTS = new Set(['school', 'schools']);

/** Refuses arguments, at any depth, that name a region or a school beyond the scope. */
export function refuseOutside(scope: Scope, value: unknown, name = ''): void {
  if (Array.isArray(value)) return value.forEach((item) => refuseOutside(scope, item, name));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).forEach(([key, item]) => refuseOutside(scope, item, key));
  }
  if (value === undefined || value === null) return;
  const outsideRegion = REGION_ARGUMENTS.has(name) && !(typeof value === 'string' && value.startsWith(scope.region));
  const otherSchool = SCHOOL_ARGUMENTS.has(name) && scope.school !== undefined && value !== scope.school;
  if (outsideRegion || otherSchool) throw forbidden();
}

/** The same words whether the thing exists or not. */
export const forbidden = () => new RuleViolation('FORBIDDEN', 'You may not do this, or not there.');
