/**
 * The catalogue of event types: `catalogue.mjs` writes it, `--check` compares, `--release` freezes what it holds.
 * `events.generated.json` follows the code; `events.released.json` says what stored events look like, and only grows.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import prettier from 'prettier';
import { breakages } from './compatibility.mjs';
import { readEvents } from './event-schema.mjs';

const CONTEXTS = {
  register: { events: ['libs/register/contract'], upcasts: ['libs/register/contract', 'libs/register/domain'] },
  reporting: { events: ['libs/reporting/contract'], upcasts: ['libs/reporting/contract', 'libs/reporting/domain'] },
  evaluation: { events: ['libs/evaluation/domain'], upcasts: ['libs/evaluation/domain'] },
};
const GENERATED = resolve(import.meta.dirname, 'events.generated.json');
const RELEASED = resolve(import.meta.dirname, 'events.released.json');

const events = readEvents(resolve(import.meta.dirname, '../..'), CONTEXTS);
const released = JSON.parse(await readFile(RELEASED, 'utf8').catch(() => '{}'));
const text = await prettier.format(JSON.stringify(events), { parser: 'json', printWidth: 120 });
const complaints = breakages(released, events);

if (process.argv.includes('--check')) {
  const committed = await readFile(GENERATED, 'utf8').catch(() => '');
  if (committed !== text) complaints.push('events.generated.json is not what the code says: run `npm run catalogue`');
} else {
  await writeFile(GENERATED, text);
  if (process.argv.includes('--release') && complaints.length === 0) await writeFile(RELEASED, text);
}
for (const complaint of complaints) console.error(complaint);
console.log(
  `catalogue: ${Object.keys(events).length} event types, ${Object.keys(released).length} released, ${complaints.length} complaints`,
);
process.exitCode = complaints.length > 0 ? 1 : 0;
