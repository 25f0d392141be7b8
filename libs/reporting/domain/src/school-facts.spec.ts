import { describe, expect, it } from '@jest/globals';
import { fold } from '@junheng/kernel';
import type { SchoolEvent } from '@junheng/register-contract';
import { leiguPrimary } from './example-return.js';
import { factsOn, schoolHistory } from './school-facts.js';

const { school } = leiguPrimary;
const registered: SchoolEvent = { type: 'SchoolRegistered', ...leiguPrimary };
const on = (day: string, ...events: SchoolEvent[]) => factsOn(fold(schoolHistory, [registered, ...events]), day);

describe('A school’s facts', () => {
  it('are those of the return’s day, not of today', () => {
    const renamed: SchoolEvent = { type: 'SchoolRenamed', school, name: '擂鼓镇中心小学', effectiveOn: '2014-03-01' };
    expect(on('2013-09-01', renamed)?.name).toBe('擂鼓镇小学');
    expect(on('2014-09-01', renamed)?.name).toBe('擂鼓镇中心小学');
  });

  it('are missing before it opened and after it closed', () => {
    const closed: SchoolEvent = { type: 'SchoolClosed', school, effectiveOn: '2013-07-01', reason: '撤并' };
    expect(on('1980-09-01')).toBeNull();
    expect(on('2012-09-01', closed)).toEqual(leiguPrimary);
    expect(on('2013-09-01', closed)).toBeNull();
    expect(on('2014-09-01', closed, { type: 'SchoolReopened', school, effectiveOn: '2014-08-01' })).toEqual(
      leiguPrimary,
    );
  });

  it('end in this county when the school moves to another one', () =>
    expect(
      on('2013-09-01', { type: 'SchoolMovedOut', ...leiguPrimary, to: '420322', effectiveOn: '2013-01-01' }),
    ).toBeNull());

  it('go on after a split for the school that keeps its code', () => {
    const split = (into: string[]): SchoolEvent => ({ type: 'SchoolSplit', school, into, effectiveOn: '2013-01-01' });
    expect(on('2013-09-01', split([school, '2142001009']))).toEqual(leiguPrimary);
    expect(on('2013-09-01', split(['2142001008', '2142001009']))).toBeNull();
  });
});
