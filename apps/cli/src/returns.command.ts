import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { Session } from './session.js';

interface Target {
  readonly county: string;
  readonly schoolYear: string;
  readonly as?: string;
}

interface Problem {
  readonly code: string;
  readonly message: string;
  /** Sheet, row and column as Excel shows them. */
  readonly where: string | null;
}

interface Report {
  readonly importReturns: {
    readonly saved: number;
    readonly errors: readonly Problem[];
    readonly rows: readonly {
      readonly line: number;
      readonly school: string;
      readonly changes: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[];
      readonly errors: readonly Problem[];
      readonly warnings: readonly Problem[];
    }[];
  };
}

const IMPORT = `mutation ($county: ID!, $schoolYear: Int!, $commandId: ID!, $input: ImportReturnsInput!) {
  importReturns(county: $county, schoolYear: $schoolYear, commandId: $commandId, input: $input) {
    saved errors { code message where }
    rows { line school changes { field before after } errors { code message where } warnings { code message where } }
  }
}`;

const EXPORT = `query ($county: ID!, $schoolYear: Int!, $format: FileFormat!) {
  exportReturns(county: $county, schoolYear: $schoolYear, format: $format) { content }
}`;

export function returnsCommands(program: Command): void {
  const target = (command: Command) =>
    command
      .requiredOption('--county <code>', 'the county whose returns they are')
      .requiredOption('--school-year <year>', 'the year in which the school year begins, such as 2013')
      .option('--as <account>', 'who signs in (default: admin-<county>); the password is read from JUNHENG_PASSWORD');
  target(program.command('import <file>'))
    .description('Tell what a filled template (xlsx or CSV) would change; with --apply, change it.')
    .option('--apply', 'save the rows without errors')
    .action((file: string, options: Target & { apply?: true }) => importFile(file, options));
  target(program.command('export <file>'))
    .description('Write the template with what has been entered, as .xlsx or .csv.')
    .action((file: string, options: Target) => exportFile(file, options));
}

async function importFile(file: string, options: Target & { readonly apply?: true }): Promise<void> {
  const content = (await readFile(file)).toString('base64');
  const session = await Session.open(accountOf(options));
  const { importReturns: report } = await session.ask<Report>(IMPORT, {
    ...variables(options),
    commandId: session.newCommandId(),
    input: { fileName: path.basename(file), content, dryRun: !options.apply },
  });
  for (const { line, school, changes, errors, warnings } of report.rows) {
    for (const { field, before, after } of changes) {
      console.log(`row ${line}  ${school}  ${field}: ${shown(before)} → ${shown(after)}`);
    }
    for (const warning of warnings) console.log(`row ${line}  ${school}  warning ${told(warning)}`);
    for (const error of errors) console.error(`row ${line}  ${school}  error ${told(error)}`);
  }
  for (const error of report.errors) console.error(`error ${told(error)}`);
  const wrong = report.errors.length + report.rows.filter(({ errors }) => errors.length > 0).length;
  const changed = report.rows.filter(({ changes }) => changes.length > 0).length;
  console.log(
    options.apply
      ? `${report.saved} schools saved.`
      : `${changed} schools would change. Nothing was saved: repeat with --apply.`,
  );
  if (wrong > 0) process.exitCode = 1;
}

async function exportFile(file: string, options: Target): Promise<void> {
  const format = path.extname(file).slice(1).toLowerCase();
  if (format !== 'xlsx' && format !== 'csv') throw new Error(`${file} must end in .xlsx or .csv.`);
  const session = await Session.open(accountOf(options));
  const { exportReturns } = await session.ask<{ exportReturns: { content: string } }>(EXPORT, {
    ...variables(options),
    format,
  });
  await writeFile(file, Buffer.from(exportReturns.content, 'base64'));
  console.log(`${file} is written.`);
}

const accountOf = ({ as, county }: Target) => as ?? `admin-${county}`;

function variables({ county, schoolYear }: Target) {
  if (!/^\d{4}$/.test(schoolYear)) throw new Error(`--school-year must be a year such as 2013, not "${schoolYear}".`);
  return { county, schoolYear: Number(schoolYear) };
}

const shown = (figure: unknown) => (figure === null || figure === undefined ? '(none)' : JSON.stringify(figure));

const told = ({ code, message, where }: Problem) => `${code}${where ? ` at ${where}` : ''}: ${message}`;
