/** Everything that needs no database, in the order of what is quickest to put right. Goes on after a failure, so that one run names all. */
import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';

const STEPS = {
  format: 'prettier --check --log-level warn .',
  lint: 'eslint --max-warnings 0 .',
  imports: 'node infra/lint/import-graph.mjs',
  canary: 'node infra/lint/canary.mjs',
  types: 'tsc -p tsconfig.base.json',
  unit: 'node infra/test/jest.mjs unit',
  catalogue: 'node infra/catalogue/catalogue.mjs --check',
  schema: 'node infra/catalogue/schema.mjs --check',
};

const named = process.argv.slice(2);
const failed = [];
for (const [name, command] of Object.entries(STEPS)) {
  if (named.length > 0 && !named.includes(name)) continue;
  const begun = performance.now();
  console.log(`── ${name}: ${command}`);
  if ((await run(command)) !== 0) failed.push(name);
  console.log(
    `── ${name}: ${failed.includes(name) ? 'FAILED' : 'ok'} after ${((performance.now() - begun) / 1000).toFixed(1)} s\n`,
  );
}
console.log(failed.length > 0 ? `check: failed in ${failed.join(', ')}` : 'check: all well');
process.exitCode = failed.length > 0 ? 1 : 0;

// npm has put node_modules/.bin on the path.
function run(command) {
  return new Promise((done) => {
    spawn(command, { shell: true, stdio: ['ignore', 'inherit', 'inherit'] }).once('close', done);
  });
}
