import { describe, expect, it, jest } from '@jest/globals';
import { type Message, Rational } from '@junheng/kernel';
import type { ShortfallRecorded } from '@junheng/evaluation-domain';
import { assessCounty, builtInStandard, type Gap, type SchoolFigures, stageUnits } from '@junheng/standards';
import { decided } from './decided.js';
import { demoPlan } from './demo-plan.js';
import { published } from './published.js';

// Workbooks and fractions take their time beside other specs on a small machine.
jest.setTimeout(60_000);

type Recorded = Message & { readonly tenant: string };
type Registered = Recorded & Omit<SchoolFigures, 'figures'> & { readonly name: string };
type Submitted = Recorded & { readonly school: string; readonly figures: SchoolFigures['figures'] };

const events = [...decided(demoPlan(), '2026-01-01T08:00:00+08:00')].flatMap(({ step, events }) =>
  events.map((event): Recorded => ({ ...event, tenant: step.tenant })),
);
const of = <Event extends Recorded>(county: string, type: string) =>
  events.filter((event) => event.tenant === county && event.type === type) as Event[];

function assess(standardId: string, county: string) {
  const standard = builtInStandard(standardId)!;
  const figures = new Map(of<Submitted>(county, 'ReturnSubmitted').map((event) => [event.school, event.figures]));
  const schools = of<Registered>(county, 'SchoolRegistered');
  const units = schools.flatMap((school) =>
    stageUnits({ ...school, figures: figures.get(school.school) ?? {} }, standard.split),
  );
  const shortfalls = of<Recorded & Omit<ShortfallRecorded, 'type'>>(county, 'ShortfallRecorded').flatMap(
    ({ school, items }) => items.map((item) => ({ ...item, school })),
  );
  return { assessment: assessCounty(standard, units, { shortfalls }), schools };
}

describe.each(published)('$county in its ledger ($stage)', ({ county, stage, means, cvs, composite }) => {
  const assessed = assess('cn-basic-2012', county).assessment.stages.find((each) => each.stage === stage)!;
  const printed = (value: string | null, like: string) => Rational.of(value!).toFixed(like.split('.')[1]?.length ?? 0);

  it('is assessed with the published means and coefficients of variation', () => {
    expect(assessed.indicators.map(({ mean }, at) => printed(mean, means[at]!))).toEqual(means);
    expect(assessed.indicators.map(({ cv }) => printed(cv, '0.000'))).toEqual(cvs);
    expect(printed(assessed.composite!.cv, '0.000')).toBe(composite);
  });

  it('is complete and balanced', () => {
    expect(assessed.completeness.missing).toEqual([]);
    expect(assessed.balance).toBe('pass');
  });
});

describe('Leigu in its ledger', () => {
  const { assessment, schools } = assess('hubei-2012', '420323');
  const nameOf = new Map(schools.map(({ school, name }) => [school, name]));
  const gaps = (origin: Gap['origin']) =>
    assessment.gaps
      .filter((gap) => gap.origin === origin)
      .map(({ school, item, amount }) => [nameOf.get(school), item, amount]);

  it('lacks by formula what its gap list says', () => {
    const lacking = gaps('computed').filter(([, , amount]) => amount !== '0');
    expect(lacking).toEqual(
      expect.arrayContaining([
        ['擂鼓中学', 'teaching-rooms', '2732'],
        ['擂鼓镇小学', 'land', '7044'],
        ['擂鼓镇小学', 'teaching-rooms', '2655'],
        ['腰庄小学', 'land', '1045'],
        ['鼓锣小学', 'teaching-rooms', '279'],
      ]),
    );
    expect(lacking).toHaveLength(5);
  });

  it('shows what the county found where no formula speaks', () => {
    expect(gaps('recorded')).toEqual(
      expect.arrayContaining([
        ['擂鼓镇小学', 'class-size', '12'],
        ['擂鼓镇小学', '图书', '12720'],
        ['护驾小学', 'class-size', '6'],
        ['护驾小学', 'green', '1754'],
        ['护驾小学', 'beds', '44'],
      ]),
    );
    expect(gaps('recorded')).toHaveLength(32);
  });

  it('does not know what the source has lost, and never calls it zero', () => {
    const unknown = gaps('unknown');
    expect(unknown).toEqual(
      expect.arrayContaining([
        ['腰庄小学', 'teaching-rooms', null],
        ['护驾小学', 'teaching-rooms', null],
        ['鼓锣小学', 'green', null],
      ]),
    );
    expect(unknown.every(([, , amount]) => amount === null)).toBe(true);
  });
});
