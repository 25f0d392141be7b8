/**
 * Breaks every rule on purpose and fails when the lint does not say so: a rule that is silently off looks like clean code.
 * The files are written where they would really be, linted by the real commands, and removed even when this is killed.
 */
import { execFile, spawn } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const BOUNDARY = '@nx/enforce-module-boundaries';
const IMPORTS = '@typescript-eslint/no-restricted-imports';
const SYNTAX = 'no-restricted-syntax';

/** Each file, and every complaint that it must draw: the rule, and a word of what it says. */
const cases = [
  {
    why: 'a domain imports Nest',
    file: 'libs/register/domain/src/canary-nest.ts',
    text: `import { Injectable } from '@nestjs/common';\nexport const canary = Injectable;\n`,
    draws: [
      [BOUNDARY, 'not allowed to import "@nestjs/common"'],
      [IMPORTS, 'knows no framework'],
    ],
  },
  {
    why: 'a domain imports the event store',
    file: 'libs/register/domain/src/canary-platform.ts',
    text: `import * as store from '@junheng/event-store';\nexport const canary = store;\n`,
    draws: [[BOUNDARY, 'type:domain']],
  },
  {
    why: 'a decider reads the clock, the machine and waits',
    file: 'libs/register/domain/src/canary.decider.ts',
    text: `import { hostname } from 'node:os';\nexport const canary = async () => [Date.now(), new Date(), Math.random(), await Promise.resolve(hostname())];\n`,
    draws: [
      [IMPORTS, 'knows no machine'],
      [SYNTAX, 'Time rides in the command'],
      [SYNTAX, 'Chance rides in the command'],
      [SYNTAX, 'is synchronous'],
    ],
  },
  {
    why: 'a feature imports the domain of another context',
    file: 'libs/reporting/feature/src/canary-foreign.ts',
    text: `import * as foreign from '@junheng/register-domain';\nexport const canary = foreign;\n`,
    draws: [
      [BOUNDARY, 'scope:reporting'],
      ['no-foreign-domain', 'libs/register/domain'],
    ],
  },
  {
    why: 'a feature imports an app',
    file: 'libs/reporting/feature/src/canary-app.ts',
    text: `import * as app from '../../../../apps/api/src/policy.js';\nexport const canary = app;\n`,
    draws: [[BOUNDARY, 'relative']],
  },
  {
    why: 'two projects import each other',
    file: 'libs/kernel/src/canary-cycle.ts',
    text: `import * as standards from '@junheng/standards';\nexport const canary = standards;\n`,
    draws: [[BOUNDARY, 'Circular dependency']],
  },
  {
    why: 'the other half of that',
    file: 'libs/standards/domain/src/canary-cycle.ts',
    text: `import * as kernel from '@junheng/kernel';\nexport const canary = kernel;\n`,
    draws: [[BOUNDARY, 'Circular dependency']],
  },
  {
    why: 'two files import each other, one of them types only',
    file: 'libs/reporting/feature/src/canary-left.ts',
    text: `import { right } from './canary-right.js';\nexport type Left = string;\nexport const left = right;\n`,
    draws: [['no-circular', 'canary-right.ts']],
  },
  {
    why: 'the other half of that',
    file: 'libs/reporting/feature/src/canary-right.ts',
    text: `import type { Left } from './canary-left.js';\nexport const right: Left = '';\n`,
    draws: [],
  },
  {
    why: 'a file that nobody needs',
    file: 'libs/reporting/feature/src/canary-orphan.ts',
    text: `export const canary = 1;\n`,
    draws: [['no-orphans', 'nobody imports it']],
  },
  {
    why: 'the environment is read outside *.config.ts',
    file: 'libs/reporting/feature/src/canary-environment.ts',
    text: `import { env } from 'node:process';\nexport const canary = [env, process.env['HOME']];\n`,
    draws: [
      [SYNTAX, '*.config.ts'],
      [SYNTAX, '*.config.ts'],
    ],
  },
  {
    why: 'a resolver decides and reads tables',
    file: 'libs/reporting/feature/src/canary.resolver.ts',
    text: `import { type Repository } from 'typeorm';\nexport function canary(rows: Repository<object>, now: boolean) {\n  if (now) return rows;\n  return null;\n}\n`,
    draws: [
      [IMPORTS, 'No storage'],
      [SYNTAX, 'belongs in the decider'],
    ],
  },
  {
    why: 'a query reads the ledger',
    file: 'libs/reporting/feature/src/canary.query.ts',
    text: `import * as store from '@junheng/event-store';\nexport const canary = store;\n`,
    draws: [[IMPORTS, 'never the ledger']],
  },
  {
    why: 'a feature takes the global database connection',
    file: 'libs/reporting/feature/src/canary-database.ts',
    text: `import { DataSource } from 'typeorm';\nexport const canary = DataSource;\n`,
    draws: [[IMPORTS, 'TenantTransaction']],
  },
  {
    why: 'types are evaded, a promise is dropped, a case forgotten, a disable left over',
    file: 'libs/reporting/feature/src/canary-types.ts',
    text: [
      `import { Rational } from '@junheng/kernel';`,
      `export const canary: any = 1;`,
      `export type OnlyAType = Rational;`,
      `export function dropped() {\n  Promise.resolve();\n}`,
      `export function forgotten(side: 'left' | 'right') {\n  switch (side) {\n    case 'left':\n      dropped();\n  }\n}`,
      `// eslint-disable-next-line eqeqeq -- nothing here needs it`,
      `export class Crowded {\n  constructor(readonly a: 1, readonly b: 1, readonly c: 1, readonly d: 1, readonly e: 1, readonly f: 1) {}\n}`,
      `export const seven = (a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1) => [a, b, c, d, e, f, g];`,
      '',
    ].join('\n'),
    draws: [
      ['@typescript-eslint/no-explicit-any', 'any'],
      ['@typescript-eslint/consistent-type-imports', 'type'],
      ['@typescript-eslint/no-floating-promises', 'Promises must be'],
      ['@typescript-eslint/switch-exhaustiveness-check', '"right"'],
      [SYNTAX, 'five constructor parameters'],
      ['@typescript-eslint/max-params', '7'],
      [null, 'Unused eslint-disable'],
    ],
  },
  {
    why: 'a file of 301 lines',
    file: 'libs/reporting/feature/src/canary-long.ts',
    text: Array.from({ length: 301 }, (_, line) => `export const line${line} = ${line};\n`).join(''),
    draws: [['max-lines', '301']],
  },
  {
    why: 'clean code, where only its loneliness may be named: an injected class stays a value import',
    file: 'libs/reporting/feature/src/canary-clean.handler.ts',
    text: `import { Injectable } from '@nestjs/common';\nimport { ModuleRef } from '@nestjs/core';\n\n@Injectable()\nexport class Canary {\n  constructor(readonly modules: ModuleRef) {}\n}\n`,
    draws: [['no-orphans', 'nobody imports it']],
    only: true,
  },
];

const files = cases.map(({ file }) => resolve(root, file));

/** Outlives this process for a moment: when our end of the pipe closes, for whatever reason, it removes the files. */
const reaper = spawn(
  process.execPath,
  [
    '-e',
    `process.stdin.resume().on('end', () => ${JSON.stringify(files)}.forEach((f) => fs.rmSync(f, { force: true })))`,
  ],
  { stdio: ['pipe', 'ignore', 'ignore'], detached: true },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

const silent = await flyCanaries().finally(() => Promise.all(files.map((file) => rm(file, { force: true }))));
reaper.unref();
for (const line of silent) console.error(line);
const expected = cases.reduce((sum, { draws }) => sum + draws.length, 0);
console.log(`canary: ${expected} complaints expected, ${silent.length} differences`);
process.exit(silent.length > 0 ? 1 : 0);

async function flyCanaries() {
  await Promise.all(cases.map(({ text }, at) => writeFile(files[at], text)));
  const [complaints, imports] = await Promise.all([lint(), readImports()]);
  return cases.flatMap(({ why, file, draws, only }, at) => {
    const drawn = [...complaints.get(files[at]), ...imports.filter((line) => line.startsWith(`${file} `))];
    const missing = [];
    for (const [rule, words] of draws) {
      const found = drawn.findIndex((line) => line.includes(`(${rule})`) && line.includes(words));
      if (found < 0) missing.push(`${file}: ${why}, and ${rule} did not say "${words}"`);
      else drawn.splice(found, 1);
    }
    if (only) missing.push(...drawn.map((line) => `${file}: ${why}, but drew: ${line}`));
    return missing;
  });
}

async function lint() {
  const { stdout, stderr } = await run(
    'node_modules/eslint/bin/eslint.js',
    '--max-warnings',
    '0',
    '--format',
    'json',
    ...files,
  );
  if (!stdout.startsWith('[')) throw new Error(`eslint did not run:\n${stdout}${stderr}`);
  return new Map(
    JSON.parse(stdout).map(({ filePath, messages }) => [
      filePath,
      messages.map(({ ruleId, message }) => `${message} (${ruleId})`),
    ]),
  );
}

async function readImports() {
  const { stderr } = await run('infra/lint/import-graph.mjs');
  return stderr.split('\n');
}

function run(script, ...args) {
  return new Promise((done) => {
    execFile(process.execPath, [script, ...args], { cwd: root, maxBuffer: 1 << 26 }, (_, stdout, stderr) =>
      done({ stdout, stderr }),
    );
  });
}
