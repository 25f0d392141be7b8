import type { Row, Table } from '@junheng/documents';
import { RuleViolation } from '@junheng/kernel';
import { type SchoolType, schoolTypes, settings, sponsors, type Stage, stages } from '@junheng/register-contract';
import type { Figure, RecordedShortfall, SchoolFigures, Standard } from '@junheng/standards';
import { figureOf, misread, textOf } from './assess-cell.js';
import { type Column, columnReader } from './assess-columns.js';

export interface Conflict {
  readonly school: string;
  readonly field: string;
  readonly values: readonly { readonly value: string; readonly source: string }[];
}

export interface SchoolTable {
  readonly schools: readonly SchoolFigures[];
  readonly names: Readonly<Record<string, string>>;
  readonly shortfalls: readonly RecordedShortfall[];
  readonly conflicts: readonly Conflict[];
  readonly ignored: readonly string[];
}

const STAGES: Readonly<Record<string, Stage>> = { 小学: 'primary', 初中: 'junior', 高中: 'senior' };
const TYPES: Readonly<Record<string, SchoolType>> = {
  小学: 'primary',
  教学点: 'teaching-point',
  小学教学点: 'teaching-point',
  初级中学: 'junior',
  初中: 'junior',
  九年一贯制: 'nine-year',
  九年一贯制学校: 'nine-year',
  十二年一贯制: 'twelve-year',
  十二年一贯制学校: 'twelve-year',
  完全中学: 'complete-middle',
  高级中学: 'senior',
  特殊教育: 'special',
};
const SPONSORS = {
  公办: 'county',
  县级: 'county',
  省市属: 'province-or-city',
  高校: 'university',
  企业: 'enterprise',
  民办: 'private',
};
const SETTINGS = { 城区: 'urban', 镇区: 'town', 乡村: 'rural' };

/** A county's schools, one row each (or one row for each stage, when there is a column for it). */
export function readSchools(table: Table, standard: Standard): SchoolTable {
  const read = columnReader(standard);
  const columns = table.headers.map((header) => [header, read(header)] as const);
  const headerOf = (says: Column['says']) => columns.find(([, column]) => column?.says === says)?.[0];
  const school = headerOf('school') ?? headerOf('name');
  const hasPupils = columns.some(([, column]) => column?.says === 'figure' && column.field.endsWith('enrol'));
  if (school === undefined || !hasPupils) {
    const missing =
      school === undefined ? 'the schools (school, 学校)' : 'their pupils (pupils, p_enrol, 小学在校生数)';
    throw new RuleViolation('COLUMN_MISSING', `No column holds ${missing}.`, {
      where: table.sheet,
      remedy: `The columns are: ${table.headers.join(', ')}.`,
    });
  }
  const keys = new Map<string, number>();
  const rows = table.rows.filter((row) => textOf(row, school) !== undefined);
  const parts = rows.map((row) => {
    const facts = factsOf(table, row, { stage: headerOf('stage'), schoolType: headerOf('schoolType') }, columns);
    const key = textOf(row, school) ?? '';
    const unit = headerOf('stage') === undefined ? key : `${key} ${facts.stages.join()}`;
    const earlier = keys.get(unit);
    if (earlier !== undefined) throw misread(table, row, school, `"${key}" is in row ${earlier} already`);
    keys.set(unit, row.line);
    return { row, key, unit, facts };
  });
  const isTwice = (key: string) => parts.filter((part) => part.key === key).length > 1;
  const named = parts.map((part) => ({ ...part, code: isTwice(part.key) ? part.unit : part.key }));
  return {
    schools: named.map(({ row, code, facts }) => ({
      school: code,
      ...facts,
      sponsor: choice(table, row, headerOf('sponsor'), sponsors, SPONSORS) ?? 'county',
      setting: choice(table, row, headerOf('setting'), settings, SETTINGS) ?? 'town',
      figures: figuresOf(table, row, columns),
    })),
    names: Object.fromEntries(named.map(({ row, code }) => [code, textOf(row, headerOf('name')) ?? code])),
    shortfalls: named.flatMap(({ row, code }) => shortfallsOf(table, row, columns, code)),
    conflicts: named.flatMap(({ row, code }) => conflictsOf(row, columns, code)),
    ignored: columns.flatMap(([header, column]) => (column === undefined ? [header] : [])),
  };
}

type Columns = readonly (readonly [string, Column | undefined])[];

function factsOf(
  table: Table,
  row: Row,
  headers: { readonly stage: string | undefined; readonly schoolType: string | undefined },
  columns: Columns,
): Pick<SchoolFigures, 'schoolType' | 'stages'> {
  const stated = choice(table, row, headers.schoolType, schoolTypes, TYPES);
  if (headers.stage !== undefined) {
    const stage = stageOf(table, row, headers.stage);
    return { schoolType: stated ?? stage, stages: [stage] };
  }
  const prefixed = (prefix: string) =>
    columns.some(
      ([header, column]) =>
        column?.says === 'figure' && column.field === `${prefix}_enrol` && textOf(row, header) !== undefined,
    );
  const present = stages.filter((stage) => prefixed(stage.charAt(0)));
  const own: readonly Stage[] = present.length > 0 ? present : ['primary'];
  return { schoolType: stated ?? typeOf(own), stages: own };
}

function typeOf(own: readonly Stage[]): SchoolType {
  if (own.length === 3) return 'twelve-year';
  if (own.length === 2) return own.includes('primary') ? 'nine-year' : 'complete-middle';
  return own[0] ?? 'primary';
}

export function stageOf(table: Table, row: Row, header: string): Stage {
  const stage = choice(table, row, header, stages, STAGES);
  if (stage === undefined) throw misread(table, row, header, 'the stage is missing');
  return stage;
}

function choice<T extends string>(
  table: Table,
  row: Row,
  header: string | undefined,
  options: readonly T[],
  words: Readonly<Record<string, string>>,
): T | undefined {
  const text = textOf(row, header);
  if (header === undefined || text === undefined) return undefined;
  const chosen = options.find((option) => option === text || option === words[text]);
  if (chosen === undefined) throw misread(table, row, header, `"${text}" is none of ${Object.keys(words).join(', ')}`);
  return chosen;
}

function figuresOf(table: Table, row: Row, columns: Columns): Record<string, Figure> {
  return Object.fromEntries(
    columns.flatMap(([header, column]) => {
      if (column?.says !== 'figure') return [];
      const figure = figureOf(table, row, header, column.kind);
      return figure === undefined ? [] : [[column.field, figure] as const];
    }),
  );
}

function shortfallsOf(table: Table, row: Row, columns: Columns, school: string): RecordedShortfall[] {
  return columns.flatMap(([header, column]) => {
    if (column?.says !== 'shortfall') return [];
    const figure = figureOf(table, row, header, column.reached ? 'flag' : 'number');
    if (figure === undefined) return [];
    const amount = figure === true ? '0' : typeof figure === 'string' ? figure : null;
    return [{ school, item: column.item, unit: column.unit, amount, source: table.sheet }];
  });
}

function conflictsOf(row: Row, columns: Columns, school: string): Conflict[] {
  return columns.flatMap(([header, column]) => {
    if (column?.says !== 'rival') return [];
    const [mine] = columns.flatMap(([own, each]) =>
      each?.says === 'figure' && each.field === column.field ? [own] : [],
    );
    const [value, rival] = [textOf(row, mine), textOf(row, header)];
    if (mine === undefined || value === undefined || rival === undefined || value === rival) return [];
    return [
      {
        school,
        field: column.field,
        values: [
          { value, source: mine },
          { value: rival, source: header },
        ],
      },
    ];
  });
}
