import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';

/** A table of the acceptance cases, row by row as printed. */
export function acceptanceCase(name: string): Record<string, string>[] {
  const file = fileURLToPath(new URL(`../../apps/cli/fixtures/${name}.csv`, import.meta.url));
  return parse(readFileSync(file), { columns: true, bom: true });
}

export interface PublishedStage {
  readonly province: string;
  readonly county: string;
  readonly stage: string;
  readonly means: readonly string[];
  readonly cvs: readonly string[];
  readonly composite: string;
}

/** What counties published of themselves: eight means, eight coefficients, their mean. */
export function publishedStages(): PublishedStage[] {
  const rows = acceptanceCase('published-cv');
  return rows
    .filter(({ row }) => row === 'mean')
    .map(({ province, county, stage, ...means }) => {
      const cvs = rows.find((each) => each['row'] === 'cv' && each['county'] === county && each['stage'] === stage)!;
      return {
        province: province!,
        county: county!,
        stage: stage!,
        means: eight(means),
        cvs: eight(cvs),
        composite: cvs['composite']!,
      };
    });
}

const eight = (row: Record<string, string>): string[] =>
  Object.entries(row).flatMap(([column, figure]) => (/^L\d_/.test(column) ? [figure] : []));
