import type { Row, Table } from '@junheng/documents';
import { RuleViolation } from '@junheng/kernel';
import type { Indicator, PublishedRow, RecordedShortfall, Standard } from '@junheng/standards';
import { figureOf, textOf } from './assess-cell.js';
import { stageOf } from './assess-input.js';

/** A county's list of found shortfalls: school, item, unit, gap and where it was found. */
export function readShortfalls(table: Table): readonly RecordedShortfall[] {
  const header = (...names: readonly string[]) => names.find((name) => table.headers.includes(name));
  const [school, item] = [header('school', '学校'), header('item', '项目', '指标')];
  const [unit, gap] = [header('unit', '单位'), header('gap', 'amount', '差距值')];
  if (school === undefined || item === undefined || unit === undefined || gap === undefined) {
    throw new RuleViolation('COLUMN_MISSING', 'A list of shortfalls has the columns school, item, unit and gap.', {
      where: table.sheet,
    });
  }
  return table.rows.map((row) => ({
    school: textOf(row, school) ?? '',
    item: textOf(row, item) ?? '',
    unit: textOf(row, unit) ?? '',
    amount: numberOrNull(table, row, gap),
    source: table.sheet,
  }));
}

/** County-level rows of a published table: a row of means and a row of coefficients for each county and stage. */
export function readPublished(table: Table, standard: Standard): readonly PublishedRow[] {
  const indicators = standard.indicators.flatMap((indicator) => {
    const own = table.headers.find((each) => isOwn(each, indicator));
    const header = own ?? table.headers.find((each) => isForeign(each, indicator));
    return header === undefined ? [] : [{ id: indicator.id, header, hasMean: own !== undefined }];
  });
  if (indicators.length === 0) {
    throw new RuleViolation('COLUMN_MISSING', `No column holds an indicator of ${standard.id}.`, {
      where: table.sheet,
      remedy: `Its indicators are: ${standard.indicators.map(({ id, name }) => `${id} (${name.zh})`).join(', ')}.`,
    });
  }
  const composite = table.headers.find(
    (header) => header === 'composite' || header === '综合' || header === '综合差异系数',
  );
  const counties = new Map<string, PublishedRow>();
  for (const row of table.rows) {
    const county =
      textOf(
        row,
        table.headers.find((header) => header === 'county' || header === '县'),
      ) ?? '';
    const stage = stageOf(table, row, 'stage');
    const known = counties.get(`${county} ${stage}`) ?? { county, stage, means: {}, cvs: {}, composite: null };
    const isMean = textOf(row, 'row') === 'mean';
    const cells = indicators.filter(({ hasMean }) => hasMean || !isMean);
    const figures = Object.fromEntries(cells.map(({ id, header }) => [id, numberOrNull(table, row, header)]));
    const printed = composite === undefined ? undefined : textOf(row, composite);
    counties.set(
      `${county} ${stage}`,
      isMean ? { ...known, means: figures } : { ...known, cvs: figures, composite: printed ?? null },
    );
  }
  return [...counties.values()];
}

export function isPublished(table: Table): boolean {
  return table.headers.includes('row') && table.headers.includes('county') && table.headers.includes('stage');
}

function numberOrNull(table: Table, row: Row, header: string): string | null {
  const figure = figureOf(table, row, header, 'number');
  return typeof figure === 'string' ? figure : null;
}

/** The standard's own column: its code (`L2`, `L2_sports`), id or Chinese name. */
function isOwn(header: string, { id, code, name }: Indicator): boolean {
  return header === code || header.startsWith(`${code}_`) || header === id || header === name.zh;
}

/** The same indicator in another standard's table: coefficients have no scale and compare, means need not. */
function isForeign(header: string, { id }: Indicator): boolean {
  return header.replace(/^L\d+_/, '').replaceAll('_', '-') === id;
}
