import { demandDay } from '@junheng/register-domain';
import type { Day } from '@junheng/register-contract';
import type { SelectQueryBuilder } from 'typeorm';

interface Dated {
  readonly valid_from: Day;
  readonly valid_to: Day | null;
}

/** Leaves the versions that held on a day; without a day, the ones that nothing has followed. */
export function asOf<Row extends Dated>(rows: SelectQueryBuilder<Row>, day: Day | null | undefined) {
  const { alias } = rows;
  if (day == null) return rows.andWhere(`${alias}.valid_to IS NULL`);
  demandDay(day, 'asOf');
  return rows.andWhere(`${alias}.valid_from <= :day AND (${alias}.valid_to IS NULL OR ${alias}.valid_to > :day)`, {
    day,
  });
}
