import { contentHash, type Standard } from '@junheng/standards';
import { annualReturnForm, campaignId, formIndex } from '@junheng/reporting-domain';
import { commandId, sha256 } from './command-id.js';
import type { DemoRegion } from './regions.js';
import type { Stated } from './stated.js';
import type { DemoActor, DemoStep, UnnamedStep } from './step.js';

export type DemoFigures = Readonly<Record<string, string | readonly string[] | boolean | null>>;

export interface DemoSchool {
  readonly county: string;
  readonly school: string;
  readonly name: string;
  readonly stage: 'primary' | 'junior';
  readonly setting: 'urban' | 'town' | 'rural';
  readonly cluster: string | null;
}

type Explanations = Extract<Stated['annualReturn'], { type: 'SubmitReturn' }>['explanations'];

const form = {
  id: annualReturnForm.id,
  version: annualReturnForm.version,
  hash: contentHash(annualReturnForm, sha256),
  content: annualReturnForm,
};

/** Open for as long as anyone may want to try the demo: a campaign takes no figures after its deadline. */
const DEADLINE = '2049-12-31T18:00:00+08:00';

export function named(step: UnnamedStep, part = ''): DemoStep {
  return { ...step, commandId: commandId(`${step.tenant}/${step.category}-${step.id}/${step.command.type}/${part}`) };
}

export const supervisor = (province: string): DemoActor => ({
  actor: `supervisor-${province}`,
  role: 'province-supervisor',
  scope: { region: province },
});

export const countyAdmin = (county: string): DemoActor => ({
  actor: `admin-${county}`,
  role: 'county-admin',
  scope: { region: county },
});

export function regionStep({ code, name, kind }: DemoRegion): DemoStep {
  const parent = code.length === 2 ? null : code.slice(0, -2);
  const command = { type: 'RegisterRegion', code, name, kind, parent, validFrom: '2000-01-01' } as const;
  return named({ tenant: code, category: 'region', id: code, command, who: supervisor(code.slice(0, 2)) });
}

export function adoptionStep(county: string, fromSchoolYear: number, content: Standard): DemoStep {
  const { id: standard, version } = content;
  const hash = contentHash(content, sha256);
  const command = { type: 'AdoptStandard', standard, version, hash, content, fromSchoolYear, county } as const;
  return named({ tenant: county, category: 'adoption', id: standard, command, who: countyAdmin(county) });
}

export function campaignStep(county: string, schoolYear: number): DemoStep {
  return named({
    tenant: county,
    category: 'campaign',
    id: campaignId(schoolYear),
    command: { type: 'OpenCampaign', schoolYear, form, deadline: DEADLINE, scope: {}, openedAt: 'county' },
    who: countyAdmin(county),
  });
}

export function registerStep(
  { county, school, name, stage, setting, cluster }: DemoSchool,
  openedOn: string,
): DemoStep {
  const facts = { school, name, schoolType: stage, sponsor: 'county', setting, cluster } as const;
  const command = { type: 'RegisterSchool', ...facts, county, openedOn } as const;
  return named({ tenant: county, category: 'school', id: school, command, who: countyAdmin(county) });
}

/** A school fills in its return section by section and its principal submits it; the county approves. */
export function* returnSteps(
  { county, school }: DemoSchool,
  schoolYear: number,
  figures: DemoFigures,
  explanations: Explanations = [],
): Generator<DemoStep> {
  const of = { tenant: county, category: 'annualReturn', id: `${school}-${schoolYear}` } as const;
  const at = { school, schoolYear };
  const scope = { region: county, school };
  const reporter: DemoActor = { actor: `reporter-${school}`, role: 'school-reporter', scope };
  const principal: DemoActor = { actor: `principal-${school}`, role: 'school-principal', scope };
  for (const [section, part] of sections(figures)) {
    const command = { type: 'SaveSection', ...at, section, figures: part } as const;
    yield named({ ...of, command, who: reporter }, section);
  }
  yield named({ ...of, command: { type: 'SubmitReturn', ...at, explanations }, who: principal });
  yield named({ ...of, command: { type: 'ApproveReturn', ...at }, who: countyAdmin(county) });
}

function sections(figures: DemoFigures): Map<string, Record<string, DemoFigures[string]>> {
  const { fields } = formIndex(annualReturnForm);
  const sections = new Map<string, Record<string, DemoFigures[string]>>();
  for (const [id, figure] of Object.entries(figures)) {
    const placed = fields.get(id);
    if (!placed) throw new Error(`The annual return has no field ${id}.`);
    const section = sections.get(placed.section) ?? {};
    section[id] = figure;
    sections.set(placed.section, section);
  }
  return sections;
}
