import { describe, expect, it } from '@jest/globals';
import { Rational } from '@junheng/kernel';
import type { LineOutcome } from './assessment.js';
import { cnQuality2017 } from './cn-quality-2017.js';
import { lineOutcome, linesVerdict } from './school-verdict.formula.js';

const rule = cnQuality2017.schools?.rule;
const floor = Rational.of(rule?.kind === 'lines' ? rule.floor : '0');
const lineOf = (id: string, stage: 'primary' | 'junior') =>
  Rational.of(cnQuality2017.indicators.find((each) => each.id === id)?.line?.[stage] ?? '0');
const verdict = (reaches: number, ...rest: LineOutcome[]) =>
  linesVerdict([...Array<LineOutcome>(reaches).fill('reaches'), ...rest], 6);

describe('A line of the quality balance', () => {
  it.each([
    ['above-qualification', '3.57', '4.505'],
    ['backbone-teachers', '0.85', '0.85'],
    ['sports-art-teachers', '0.765', '0.765'],
    ['teaching-rooms', '3.825', '4.93'],
    ['sports', '6.375', '8.67'],
    ['equipment', '1700', '2125'],
    ['multimedia', '1.955', '2.04'],
  ])('%s has its floor at %s (primary) and %s (junior)', (id, primary, junior) => {
    expect(lineOf(id, 'primary').times(floor).toDecimal(12)).toBe(primary);
    expect(lineOf(id, 'junior').times(floor).toDecimal(12)).toBe(junior);
  });

  it('is reached at the line itself, and the floor at the floor itself', () => {
    const line = lineOf('above-qualification', 'junior');
    expect(lineOutcome(Rational.of('5.3'), line, floor)).toBe('reaches');
    expect(lineOutcome(Rational.of('5.299999999999'), line, floor)).toBe('floor');
    expect(lineOutcome(Rational.of('4.505'), line, floor)).toBe('floor');
    expect(lineOutcome(Rational.of('4.504999999999'), line, floor)).toBe('below');
    expect(lineOutcome(null, line, floor)).toBe('unknown');
  });
});

describe('A school of the quality balance', () => {
  it('passes with all seven, or with six and the other above its floor', () => {
    expect(verdict(7)).toBe('pass');
    expect(verdict(6, 'floor')).toBe('pass');
  });

  it('fails with six when the other lies below its floor', () => expect(verdict(6, 'below')).toBe('fail'));

  it('fails with five, wherever the others lie', () => expect(verdict(5, 'floor', 'floor')).toBe('fail'));

  it('stays open while an unknown figure may decide', () => {
    expect(verdict(6, 'unknown')).toBe('incomplete');
    expect(verdict(5, 'floor', 'unknown')).toBe('incomplete');
  });

  it('fails in spite of an unknown figure when that cannot save it', () => {
    expect(verdict(5, 'below', 'unknown')).toBe('fail');
    expect(verdict(4, 'floor', 'floor', 'unknown')).toBe('fail');
  });
});
