import { createHash } from 'node:crypto';
import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { RuleViolation } from '@junheng/kernel';

export const PAGE_LIMIT = 200;

@ObjectType()
export class PageInfo {
  @Field() hasNextPage!: boolean;
  @Field(() => String, { nullable: true }) endCursor!: string | null;
}

@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 50, description: 'At most 200.' }) first!: number;
  @Field(() => String, { nullable: true }) after?: string | null;
}

/** The sort key of the last row that was shown. */
export type CursorKey = readonly (string | number | boolean | null)[];

export interface Page<Row> {
  readonly nodes: Row[];
  readonly pageInfo: PageInfo;
}

/** Opaque to clients. `list` names the ordering, so that a cursor of one list does not fit another. */
export function encodeCursor(list: string, key: CursorKey): string {
  const body = JSON.stringify(key);
  return Buffer.from(`${checksum(list, body)}${body}`).toString('base64url');
}

export function decodeCursor(list: string, cursor: string): CursorKey {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [sum, body] = [text.slice(0, 8), text.slice(8)];
  if (sum !== checksum(list, body)) throw new RuleViolation('BAD_USER_INPUT', 'This is no cursor of this list.');
  return JSON.parse(body) as CursorKey;
}

/** Refuses a page size that is not 1 to 200; a query fetches one row more to know whether there is a next page. */
export function pageSize({ first }: PageArgs): number {
  if (first >= 1 && first <= PAGE_LIMIT) return first;
  throw new RuleViolation('BAD_USER_INPUT', `"first" must be 1 to ${PAGE_LIMIT}.`, { where: 'first' });
}

/** Cuts `rows`, fetched with `first + 1`, to a page. */
export function page<Row>(list: string, first: number, rows: readonly Row[], key: (row: Row) => CursorKey): Page<Row> {
  const nodes = rows.slice(0, first);
  const last = nodes.at(-1);
  return {
    nodes,
    pageInfo: {
      hasNextPage: rows.length > first,
      endCursor: last === undefined ? null : encodeCursor(list, key(last)),
    },
  };
}

const checksum = (list: string, body: string): string =>
  createHash('sha256').update(`${list}\n${body}`).digest('base64url').slice(0, 8);
