import { type Day } from '@junheng/register-contract';
import { RuleViolation } from '@junheng/kernel';

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A day of the calendar: `2014-02-30` is none. */
export function isDay(text: string): boolean {
  const match = DAY.exec(text);
  if (!match) return false;
  const [, year, month, day] = match;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.toISOString().startsWith(text);
}

export function demandDay(day: Day, where: string): void {
  if (isDay(day)) return;
  throw new RuleViolation('DATE_INVALID', `"${day}" is no day of the calendar.`, {
    where,
    remedy: 'Give the day as year-month-day, such as 2013-09-01.',
  });
}

/** History is told in order: what takes effect before the last recorded change would rewrite it. */
export function demandOrder(noun: string, effectiveOn: Day, since: Day): void {
  demandDay(effectiveOn, 'effectiveOn');
  if (effectiveOn >= since) return;
  throw new RuleViolation(`${noun}_DATE_BACKWARDS`, `The last change took effect on ${since}, after ${effectiveOn}.`, {
    where: 'effectiveOn',
    lockedBy: `a change that took effect on ${since}`,
    remedy: `Give a day on or after ${since}.`,
  });
}
