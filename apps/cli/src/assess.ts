import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readTable, type Table } from '@junheng/documents';
import { RuleViolation } from '@junheng/kernel';
import type { Stage } from '@junheng/register-contract';
import {
  assessCounty,
  assessPublished,
  builtInStandard,
  builtInStandards,
  contentHash,
  type CountyAssessment,
  parseStandard,
  type PublishedAssessment,
  sharedFigure,
  type Standard,
  stageUnits,
  type StageUnitFigures,
} from '@junheng/standards';
import { type Conflict, readSchools } from './assess-input.js';
import { isPublished, readPublished, readShortfalls } from './assess-published.js';

export interface AssessRequest {
  readonly file: string;
  readonly standard: string;
  readonly stage?: Stage;
  readonly shortfalls?: string;
  readonly conditions?: Readonly<Record<string, string | boolean>>;
}

export interface SplitPart {
  readonly school: string;
  readonly stage: Stage;
  readonly field: string;
  readonly whole: string;
  readonly part: string;
}

/** The answer to `junheng assess`, as `--json` prints it. */
export interface AssessDocument {
  readonly file: string;
  readonly standard: {
    readonly id: string;
    readonly version: string;
    readonly hash: string;
    readonly name: Standard['name'];
  };
  readonly county?: CountyAssessment;
  readonly names?: Readonly<Record<string, string>>;
  readonly split?: readonly SplitPart[];
  readonly conflicts?: readonly Conflict[];
  readonly ignoredColumns?: readonly string[];
  readonly published?: readonly PublishedAssessment[];
}

/** Assesses a file without any server. Throws a RuleViolation that names what is wrong and where. */
export async function assess(request: AssessRequest): Promise<{ document: AssessDocument; standard: Standard }> {
  const standard = await standardOf(request.standard);
  const table = await tableOf(request.file);
  const { id, version, name } = standard;
  const head = { file: basename(request.file), standard: { id, version, hash: contentHash(standard, sha256), name } };
  if (isPublished(table)) {
    const rows = readPublished(table, standard).filter(
      ({ stage }) => request.stage === undefined || stage === request.stage,
    );
    return { standard, document: { ...head, published: rows.map((row) => assessPublished(standard, row)) } };
  }
  const { schools, names, shortfalls, conflicts, ignored } = readSchools(table, standard);
  const units = schools.flatMap((school) => stageUnits(school, standard.split));
  const recorded = request.shortfalls === undefined ? [] : readShortfalls(await tableOf(request.shortfalls));
  const county = assessCounty(
    standard,
    units.filter(({ stage }) => request.stage === undefined || stage === request.stage),
    { shortfalls: [...shortfalls, ...recorded], conditions: request.conditions ?? {} },
  );
  return {
    standard,
    document: { ...head, county, names, split: splitParts(standard, units), conflicts, ignoredColumns: ignored },
  };
}

async function standardOf(name: string): Promise<Standard> {
  if (!name.endsWith('.json')) {
    const standard = builtInStandard(name);
    if (standard !== undefined) return standard;
    const known = builtInStandards.map(({ id }) => id).join(', ');
    throw new RuleViolation('STANDARD_UNKNOWN', `There is no standard "${name}". Known are: ${known}.`, {
      where: '--standard',
      remedy: 'Name one of them, or a .json file with the content of a standard.',
    });
  }
  const text = (await contentOf(name)).toString('utf8');
  try {
    return parseStandard(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new RuleViolation('STANDARD_INVALID', `${name} is no JSON: ${error.message}.`, { where: name });
  }
}

async function tableOf(file: string): Promise<Table> {
  return readTable({ name: basename(file), content: await contentOf(file) });
}

async function contentOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new RuleViolation('FILE_UNREADABLE', `${file} cannot be read (${reason}).`, { where: file });
  }
}

/** What each stage of a school with several gets of the shared resources in the file. */
function splitParts(standard: Standard, units: readonly StageUnitFigures[]): readonly SplitPart[] {
  const terms = standard.indicators.flatMap(({ numerator }) => [...numerator.primary, ...numerator.junior]);
  const norms = standard.norms.flatMap((norm) =>
    norm.kind === 'per-pupil' && norm.of === 'shared' ? [norm.field] : [],
  );
  const fields = new Set([...terms.filter((term) => term.of === 'shared').map(({ field }) => field), ...norms]);
  return units
    .filter(({ stages }) => stages.length > 1)
    .flatMap((unit) =>
      [...fields].flatMap((field) => {
        const whole = unit.figures[field];
        const part = sharedFigure(unit, field);
        if (typeof whole !== 'string' || part === null) return [];
        return [{ school: unit.school, stage: unit.stage, field, whole, part: part.toDecimal(12) }];
      }),
    );
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
