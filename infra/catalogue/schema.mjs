/** The API's schema as committed: `schema.mjs` writes apps/api/schema.graphql, `--check` fails when it is not what the code says. */
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const COMMITTED = resolve(root, 'apps/api/schema.graphql');

run('build', 'node_modules/.bin/nx', 'run-many', '-t', 'build');
const schema = `${run('schema', 'apps/api/dist/schema.js').trim()}\n`;
if (!process.argv.includes('--check')) await writeFile(COMMITTED, schema);
const same = schema === (await readFile(COMMITTED, 'utf8').catch(() => ''));
console.log(same ? 'schema: as committed' : 'schema.graphql is not what the code says: run `npm run schema`');
process.exitCode = same ? 0 : 1;

function run(what, ...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (status === 0) return stdout;
  process.stderr.write(`${stdout}${stderr}`);
  console.error(`schema: ${what} failed`);
  process.exit(1);
}
