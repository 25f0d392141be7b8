import { RuleViolation } from '@junheng/kernel';
import type { SchoolFacts } from '@junheng/register-contract';
import type { Explanation, Figure, Figures, Finding } from '@junheng/reporting-contract';
import type { ReturnContext } from './annual-return-commands.js';
import { demandCampaign, isInScope, type KnownCampaign } from './campaign.decider.js';
import { check, isExplained } from './check.formula.js';
import { parseFigure, type RawFigure } from './figure.js';
import { formIndex, isAsked, type PlacedField } from './form-index.js';
import { demandReason } from './free-text.js';

/** A campaign that asks this school, and the school as it was on the return's day. */
export interface AskedSchool {
  readonly campaign: KnownCampaign;
  readonly facts: SchoolFacts;
}

export function demandAsked(context: ReturnContext): AskedSchool {
  const campaign = demandCampaign(context.campaign);
  const facts = context.schoolFacts;
  if (facts && isInScope(campaign, facts)) return { campaign, facts };
  throw new RuleViolation('SCHOOL_NOT_ASKED', `${campaign.campaign} does not ask this school.`, {
    where: 'school',
    lockedBy: facts ? `the scope of ${campaign.campaign}` : `the register: not open here on ${campaign.asOf}`,
    remedy: 'Check the code and the opening date in the register, or the campaign.',
  });
}

export function demandField({ campaign, facts }: AskedSchool, id: string, section?: string): PlacedField {
  const placed = formIndex(campaign.form.content).fields.get(id);
  if (!placed || (section !== undefined && placed.section !== section)) {
    const remedy = placed ? `It stands in the section ${placed.section}.` : 'Look the field up in the form.';
    throw new RuleViolation('FIELD_UNKNOWN', `There is no field ${id} in ${section ?? 'this form'}. ${remedy}`, {
      where: section === undefined ? id : `${section}.${id}`,
      remedy,
    });
  }
  if (isAsked(placed.field, facts)) return placed;
  throw new RuleViolation('FIELD_NOT_ASKED', `${placed.field.label.en} is not asked of this school.`, {
    where: `${placed.section}.${id}`,
    lockedBy: `the register: ${facts.schoolType}, ${facts.stages.join(' and ')}`,
    remedy: 'Leave it out, or have the school reclassified in the register.',
  });
}

/** Only what differs from what stands; each figure in its canonical form. */
export function changesTo(
  asked: AskedSchool,
  raw: Readonly<Record<string, RawFigure>>,
  isSame: (placed: PlacedField, figure: Figure) => boolean,
  section?: string,
): Figures {
  const changes: Record<string, Figure> = {};
  for (const id of Object.keys(raw)) {
    const placed = demandField(asked, id, section);
    const figure = parseFigure(placed.section, placed.field, raw[id], asked.campaign.schoolYear);
    if (!isSame(placed, figure)) changes[id] = figure;
  }
  return changes;
}

/** The findings that stay with a submission; refuses with all of those that forbid it. */
export function demandSound(
  { campaign, facts }: AskedSchool,
  figures: Figures,
  previous: Figures,
  explanations: readonly Explanation[],
): readonly Finding[] {
  for (const { check: id, text } of explanations) demandReason(`explanations.${id}`, text);
  const findings = check(campaign.form.content, facts, figures, previous);
  refuseWith('RETURN_HAS_ERRORS', 'do not hold', 'Correct the figures and submit again.', [
    ...findings.filter(({ level }) => level === 'refuse'),
  ]);
  refuseWith('EXPLANATION_MISSING', 'need an explanation', 'Explain each of them, or correct the figures.', [
    ...findings.filter((finding) => finding.level === 'explain' && !isExplained(finding, explanations)),
  ]);
  return findings;
}

export function refuseWith(code: string, what: string, remedy: string, findings: readonly Finding[]): void {
  const [first] = findings;
  if (!first) return;
  const message = `${findings.length} rules ${what}, the first: ${first.rule.en}. ${remedy}`;
  throw new RuleViolation(code, message, { where: first.fields.join(', '), remedy, findings });
}
