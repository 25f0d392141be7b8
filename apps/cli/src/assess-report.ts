import type { Stage } from '@junheng/register-contract';
import type {
  CountyAssessment,
  Gap,
  IndicatorAssessment,
  PublishedAssessment,
  Standard,
  StageAssessment,
} from '@junheng/standards';
import type { AssessDocument } from './assess.js';
import { aligned, rounded } from './aligned.js';

const STAGES: Readonly<Record<Stage, string>> = {
  primary: 'primary 小学',
  junior: 'junior 初中',
  senior: 'senior 高中',
};
const YES_NO = { true: 'within', false: 'ABOVE', null: '' } as const;

/** The document of `junheng assess` as a person reads it. Figures are rounded here and nowhere before. */
export function report(document: AssessDocument, standard: Standard): string {
  const { id, version, name, hash } = document.standard;
  const parts = [`${name.zh} · ${id} version ${version} · sha256 ${hash.slice(0, 12)}`, `File: ${document.file}`];
  if (document.published !== undefined) parts.push('', publishedTable(document.published, standard));
  if (document.county !== undefined) parts.push(...countyParts(document.county, document, standard));
  return parts.join('\n');
}

function countyParts(county: CountyAssessment, document: AssessDocument, standard: Standard): string[] {
  const parts: string[] = [];
  const names = document.names ?? {};
  for (const stage of county.stages) {
    if (stage.completeness.expected > 0) parts.push('', stageTable(stage, standard));
  }
  if (document.split?.length) {
    const rows = document.split.map(({ school, stage, field, whole, part }) => [
      names[school] ?? school,
      STAGES[stage],
      field,
      whole,
      rounded(part, 6),
    ]);
    parts.push('', 'Shared resources by weighted pupils', aligned(['school', 'stage', 'field', 'whole', 'part'], rows));
  }
  for (const { school, field, values } of document.conflicts ?? []) {
    const sources = values.map(({ value, source }) => `${value} (${source})`).join(' against ');
    parts.push('', `CONFLICT ${names[school] ?? school}, ${field}: ${sources}. The first one is used.`);
  }
  if (county.gaps.length > 0) parts.push('', 'Gaps', gapTable(county.gaps, names, standard));
  if (county.schools.length > 0) {
    const rows = county.schools.map(({ school, stage, verdict }) => [
      names[school] ?? school,
      stage ? STAGES[stage] : '',
      verdict,
    ]);
    parts.push('', 'Schools', aligned(['school', 'stage', 'verdict'], rows));
  }
  const rows = county.conditions.map(({ condition, stage, verdict, value }) => [
    condition,
    stage ? STAGES[stage] : '',
    value === null ? '' : String(value),
    verdict,
  ]);
  parts.push(
    '',
    'Conditions',
    aligned(['condition', 'stage', 'value', 'verdict'], rows),
    '',
    `County: ${county.verdict}`,
  );
  if (document.ignoredColumns?.length) parts.push('', `Columns not used: ${document.ignoredColumns.join(', ')}`);
  return parts;
}

function stageTable(stage: StageAssessment, standard: Standard): string {
  const present = stage.indicators.filter(({ units }) => units > 0);
  const absent = stage.indicators.filter(({ units }) => units === 0).map((each) => label(each.indicator, standard));
  const rows = present.map((each) => indicatorRow(each, standard));
  const { composite } = stage;
  if (composite !== null) {
    const cv = composite.cv === null ? intervalText(composite.interval) : rounded(composite.cv, 6);
    rows.push(['composite 综合', '', '', cv, composite.limit ?? '', verdictText(composite)]);
  }
  const table = aligned(['indicator', 'mean', 'S', 'CV', 'limit', ''], rows);
  const { expected, reported } = stage.completeness;
  const head = `${STAGES[stage.stage]}: ${stage.pupils} pupils, ${reported} of ${expected} schools complete, balance ${stage.balance ?? 'not applicable'}`;
  return [head, table, ...(absent.length > 0 ? [`No figures for: ${absent.join(', ')}`] : [])].join('\n');
}

function indicatorRow(each: IndicatorAssessment, standard: Standard): string[] {
  const measures = each.status === 'incomplete' ? each.ofReported : each;
  const mark = each.status === 'incomplete' ? '*' : '';
  return [
    label(each.indicator, standard),
    measures?.mean ? rounded(measures.mean, 6) + mark : '',
    measures?.deviation ? rounded(measures.deviation, 6) + mark : '',
    each.cv === null ? (each.status === 'incomplete' ? intervalText(each.interval) : each.status) : rounded(each.cv, 6),
    each.limit ?? '',
    each.status === 'incomplete' ? `${verdictText(each)} ${each.missing.length} missing`.trim() : verdictText(each),
  ];
}

function verdictText({
  within,
  borderline,
}: {
  readonly within: boolean | null;
  readonly borderline: boolean;
}): string {
  return `${YES_NO[`${within}`]}${borderline ? ' BORDERLINE' : ''}`;
}

function intervalText(interval: { readonly low: string; readonly high: string | null } | null): string {
  return interval === null
    ? 'unknown'
    : `${rounded(interval.low, 3)} … ${interval.high === null ? '?' : rounded(interval.high, 3)}`;
}

function gapTable(gaps: readonly Gap[], names: Readonly<Record<string, string>>, standard: Standard): string {
  const rows = gaps
    .filter(({ amount }) => amount !== '0')
    .map(({ school, stage, item, amount, unit, origin, conflict }) => [
      names[school] ?? school,
      stage ? STAGES[stage] : '',
      label(item, standard),
      amount === null ? 'unknown' : rounded(amount, 2),
      unit,
      conflict === null ? origin : `${origin}; recorded ${conflict}`,
    ]);
  return rows.length === 0 ? '(none)' : aligned(['school', 'stage', 'item', 'gap', 'unit', 'origin'], rows);
}

function publishedTable(published: readonly PublishedAssessment[], standard: Standard): string {
  const codes = standard.indicators.map(({ id }) => id);
  const rows = published.flatMap((each) => {
    const cells = codes.map((code) => each.indicators.find(({ indicator }) => indicator === code));
    const { composite, printedComposite, agreement } = each;
    const print = printedComposite === null ? '' : `${printedComposite} ${agreement ?? ''}`;
    return [
      [each.county, STAGES[each.stage], 'mean', ...cells.map((cell) => cell?.mean ?? ''), '', '', ''],
      [
        '',
        '',
        'CV',
        ...cells.map((cell) => cell?.cv ?? ''),
        composite?.cv ?? '',
        print,
        `${each.balance ?? ''}${each.borderline ? ' BORDERLINE' : ''}`,
      ],
    ];
  });
  const heads = standard.indicators.map(({ code }) => code);
  return aligned(['county', 'stage', '', ...heads, 'composite', 'printed', 'balance'], rows);
}

function label(id: string, standard: Standard): string {
  const indicator = standard.indicators.find((each) => each.id === id);
  if (indicator !== undefined) return `${indicator.code} ${indicator.name.zh}`;
  return standard.norms.find((norm) => norm.id === id)?.name.zh ?? id;
}
