import { describe, expect, it, jest } from '@jest/globals';
import { decided, type DecidedStep } from './decided.js';
import { demoPlan } from './demo-plan.js';
import { scalePlan } from './scale-plan.js';

// Thousands of commands with all their checks, beside other specs on a small machine.
jest.setTimeout(60_000);

const NOW = '2026-01-01T08:00:00+08:00';
const types = (steps: readonly DecidedStep[]) => {
  const counts: Record<string, number> = {};
  for (const { type } of steps.flatMap(({ events }) => events)) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
};

describe('The demo', () => {
  const plan = demoPlan();
  const steps = [...decided(plan, NOW)];

  it('is a plan that every decider accepts in its order', () => {
    expect(types(steps)).toMatchObject({
      RegionRegistered: 14,
      SchoolRegistered: 203,
      StandardPublished: 1,
      StandardAdopted: 9,
      CampaignOpened: 8,
      ReturnSubmitted: 203,
      ReturnApproved: 203,
      FigureConflictRecorded: 2,
      ShortfallRecorded: 5,
    });
  });

  it('changes nothing when it is loaded twice', () => {
    const again = [...decided([...plan, ...demoPlan()], NOW)].slice(plan.length);
    expect(demoPlan()).toEqual(plan);
    expect(new Set(plan.map(({ tenant, commandId }) => `${tenant} ${commandId}`)).size).toBe(plan.length);
    expect(again.flatMap(({ events }) => events)).toEqual([]);
  });

  it('reports made-up schools without a single finding that must be explained', () => {
    const submitted = steps.flatMap(({ events }) => events).filter(({ type }) => type === 'ReturnSubmitted');
    const made = submitted.filter(
      (event) =>
        !String((event as { school?: string }).school).startsWith('2142') &&
        !String((event as { school?: string }).school).startsWith('3142'),
    );
    const levels = made
      .flatMap((event) => (event as unknown as { findings: { level: string }[] }).findings)
      .map(({ level }) => level);
    expect(made).toHaveLength(198);
    expect(new Set(levels)).toEqual(new Set(['warn']));
  });

  it('tells by the name that a school is made up', () => {
    const names = steps
      .flatMap(({ events }) => events)
      .flatMap((event) => ('name' in event && event.type === 'SchoolRegistered' ? [String(event.name)] : []));
    expect(names.filter((name) => !name.includes('示例'))).toEqual([
      '擂鼓中学',
      '擂鼓镇小学',
      '腰庄小学',
      '护驾小学',
      '鼓锣小学',
    ]);
  });
});

describe('A plan at scale', () => {
  const scale = { counties: 2, schoolsPerCounty: 30, years: 3 };

  it('is accepted by every decider, year after year', () => {
    const counts = types([...decided(scalePlan(scale), NOW)]);
    expect(counts).toMatchObject({ SchoolRegistered: 60, CampaignOpened: 6, ReturnApproved: 180 });
  });

  it('is the same for the same seed and another for another one', () => {
    expect([...scalePlan(scale)]).toEqual([...scalePlan(scale)]);
    expect([...scalePlan({ ...scale, seed: 2 })]).not.toEqual([...scalePlan(scale)]);
  });
});
