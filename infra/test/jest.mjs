/**
 * Runs jest with native ES modules: `jest.mjs [unit|int|e2e] [jest options]`, every kind when none is named.
 * Its last line says how many tests there were, so that a run of none is no success.
 */
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { resolve } from 'node:path';

const KINDS = { unit: '\\.spec\\.(ts|mjs)$', int: '\\.int-spec\\.ts$', e2e: '\\.e2e-spec\\.ts$' };
const root = resolve(import.meta.dirname, '../..');
const [kind, ...rest] = process.argv.slice(2);
const [selection, options] = kind in KINDS ? [['--testRegex', KINDS[kind]], rest] : [[], process.argv.slice(2)];

const report = resolve(root, `tmp/jest-${process.pid}.json`);
await mkdir(resolve(root, 'tmp'), { recursive: true });
const jest = spawn(
  process.execPath,
  [
    ...[
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      resolve(root, 'node_modules/jest/bin/jest.js'),
    ],
    // An option that takes a list goes on until the next option.
    ...[...selection, '--json', '--outputFile', report, '--maxWorkers=2', ...options],
  ],
  { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => jest.kill(signal));
const code = await new Promise((done) => jest.once('close', done));

const result = await readFile(report, 'utf8').then(JSON.parse, () => undefined);
await rm(report, { force: true });
const passed = result?.numPassedTests ?? 0;
const failed = (result?.numFailedTests ?? 1) + (result?.numRuntimeErrorTestSuites ?? 0);
const skipped = (result?.numPendingTests ?? 0) + (result?.numTodoTests ?? 0);
console.log(`jest: ${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = code === 0 && failed === 0 && passed > 0 ? 0 : 1;
