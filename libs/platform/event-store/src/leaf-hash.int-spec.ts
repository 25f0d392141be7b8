import { afterAll, expect, it } from '@jest/globals';
import type { Decider } from '@junheng/kernel';
import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';
import { admin, openLedger, zhushan } from './gauge.fixture.js';

// Its types promise an ES module, its code is CommonJS.
const reference = canonicalize as unknown as (value: unknown) => string;

const { owner, store, close } = await openLedger();
afterAll(close);

type Said = { type: 'Said'; [key: string]: unknown };
const echo: Decider<null, Said, Said> = { initial: null, decide: (command) => [command], evolve: () => null };

const NASTY: Record<string, unknown>[] = [
  {},
  { text: '县 é e\u0301 𠮷 \u2028 \u2029 \u007f \u0080 \u001f \b\f\n\r\t "quoted" \\back\\slash / </script>' },
  { '€': 1, '\r': 2, '\ufb33': 3, '1': 4, '😀': 5, '\u0080': 6, ö: 7, '': 8 },
  {
    numbers: [0, -0, 1e21, 1e-7, 0.1, 5e-324, 1.7976931348623157e308, 9007199254740991, -1.5, 333333333.33333329, 1e20],
  },
  { nested: { z: [{ b: null, a: true }, [], {}], a: { '\\u0000': '\\ud800' } }, absent: undefined },
  { figures: { p_enrol: '1610.32', j_enrol: '0', s_enrol: null } },
];

it.each(NASTY)('The leaf hash of %j can be computed again from the stored row', async (payload) => {
  const commandId = `odd "id" 县 ${NASTY.indexOf(payload)}`;
  const who = { ...admin, correlationId: 'c-𠮷', reason: 'because\n"so"', onBehalfOf: 'principal-4203230001' };
  const { position } = await store.handle(echo, {
    ...{ tenant: zhushan, category: 'note', id: '县 "1"', who, commandId },
    command: { type: 'Said', ...payload },
  });
  const [event] = await store.events(zhushan, { from: position, limit: 1 });
  expect(event?.data).toEqual(JSON.parse(JSON.stringify(payload)));
  expect(event?.meta).toEqual({ ...who, scope: undefined });

  const { rows } = await owner.query('SELECT leaf_hash FROM ledger.event WHERE position = $1', [position]);
  const leaf = createHash('sha256').update('\0').update(reference(event)).digest();
  expect(rows[0].leaf_hash).toEqual(leaf);
});

it('Events of one tenant are never recorded before the event before them', async () => {
  const { rows } = await owner.query(`
    SELECT count(*)::int AS backwards FROM (
      SELECT recorded_at < lag(recorded_at) OVER (ORDER BY position) AS earlier FROM ledger.event) e WHERE earlier`);
  expect(rows).toEqual([{ backwards: 0 }]);
});
