import { builtInStandard, contentHash, type Standard } from '@junheng/standards';
import { annualReturnForm, askedFields } from '@junheng/reporting-domain';
import { sha256 } from './command-id.js';
import { GAP_LIST, leigu, SPEECH } from './leigu.js';
import { madeUpFigures } from './made-up-figures.js';
import { type MadeUpCounty, madeUpCounties } from './made-up-schools.js';
import { demoRegions, regionName } from './regions.js';
import {
  adoptionStep,
  campaignStep,
  countyAdmin,
  type DemoSchool,
  named,
  regionStep,
  registerStep,
  returnSteps,
  supervisor,
} from './steps.js';
import type { DemoStep } from './step.js';

/** The one school year that the sources speak of; the years of the published tables are not in them. */
const SCHOOL_YEAR = 2013;

/** Every command that builds the demo, in an order in which each is accepted. */
export function demoPlan(): DemoStep[] {
  return [...demoRegions.map(regionStep), ...leiguSteps(), ...publishedSteps()];
}

function* leiguSteps(): Generator<DemoStep> {
  const county = '420323';
  const hubei = standard('hubei-2012');
  yield named({
    tenant: '42',
    category: 'standard',
    id: hubei.id,
    command: {
      type: 'PublishStandard',
      standard: hubei.id,
      region: '42',
      content: hubei,
      hash: contentHash(hubei, sha256),
    },
    who: supervisor('42'),
  });
  for (const each of leigu) yield registerStep(each, '2000-09-01');
  yield adoptionStep(county, SCHOOL_YEAR, hubei);
  yield adoptionStep(county, SCHOOL_YEAR, standard('cn-basic-2012'));
  yield campaignStep(county, SCHOOL_YEAR);
  for (const each of leigu) {
    const { school, conflict, shortfalls } = each;
    const unknown = { check: 'unknown', field: null, text: `《${GAP_LIST}》没有给出这些数字。` };
    yield* returnSteps(each, SCHOOL_YEAR, { ...unknownFigures(each), ...each.known }, [unknown]);
    const of = { tenant: county, id: `${school}-${SCHOOL_YEAR}`, who: countyAdmin(county) } as const;
    const at = { school, schoolYear: SCHOOL_YEAR };
    if (conflict) {
      const values = [
        { value: conflict.listed, source: `《${GAP_LIST}》` },
        { value: conflict.spoken, source: SPEECH },
      ];
      const command = { type: 'RecordFigureConflict', ...at, field: conflict.field, values } as const;
      yield named({ ...of, category: 'annualReturn', command });
    }
    const command = { type: 'RecordShortfalls', ...at, items: shortfalls } as const;
    yield named({ ...of, category: 'shortfall', command });
  }
}

/** What the return requires and no source gives is known to be unknown, never zero. */
function unknownFigures({ stage }: DemoSchool): Record<string, null> {
  const asked = askedFields(annualReturnForm, { stages: [stage], schoolType: stage });
  return Object.fromEntries(asked.filter(({ field }) => field.required).map(({ field }) => [field.id, null]));
}

function* publishedSteps(): Generator<DemoStep> {
  const made = madeUpCounties();
  for (const county of new Set(made.map((each) => each.county))) {
    const schools = made.filter((each) => each.county === county).flatMap(schoolsOf);
    for (const { school } of schools) yield registerStep(school, '2000-09-01');
    yield adoptionStep(county, SCHOOL_YEAR, standard('cn-basic-2012'));
    yield campaignStep(county, SCHOOL_YEAR);
    for (const { school, solved } of schools) {
      yield* returnSteps(school, SCHOOL_YEAR, madeUpFigures(school.stage, solved));
    }
  }
}

/** 示例 in its name tells everywhere that the school is made up. */
function schoolsOf({ county, stage, schools }: MadeUpCounty) {
  return schools.map((solved, index) => {
    const serial = String(index + 1).padStart(2, '0');
    const category = stage === 'primary' ? '21' : '31';
    const school: DemoSchool = {
      county,
      school: `${category}${county.slice(0, 2)}${county.slice(2)}${serial}`,
      name: `${regionName(county)}示例${stage === 'primary' ? '小学' : '中学'}${serial}`,
      stage,
      setting: solved.pupils < 200 ? 'rural' : solved.pupils < 700 ? 'town' : 'urban',
      cluster: null,
    };
    return { school, solved };
  });
}

function standard(id: string): Standard {
  const found = builtInStandard(id);
  if (!found) throw new Error(`There is no standard ${id}.`);
  return found;
}
