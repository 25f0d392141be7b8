import { afterAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { admin, gauge, openLedger, refusalOf, zhushan } from './gauge.fixture.js';
import { EventStore } from './index.js';

const { pool, store, close } = await openLedger();
afterAll(close);

/** What a stream must be after any run of commands: no ledger, no cache, no batches. */
interface Model {
  level: number;
  closed: boolean;
  version: number;
  readonly answers: Map<string, string>;
}

const step = fc.record({
  stream: fc.constantFrom('a', 'b'),
  // Few ids, so that many commands are sent again, also with another content.
  commandId: fc.integer({ min: 1, max: 12 }),
  command: fc.oneof(
    { weight: 6, arbitrary: fc.record({ type: fc.constant('Raise' as const), by: fc.integer({ min: 0, max: 2 }) }) },
    { weight: 1, arbitrary: fc.constant({ type: 'Close' as const }) },
  ),
  expectedVersion: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined, freq: 4 }),
  store: fc.constantFrom(0, 1),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

function expected(models: Map<string, Model>, ids: Map<number, string>, asked: Step): string {
  const { stream, commandId, command, expectedVersion } = asked;
  const content = JSON.stringify([stream, command]);
  const model = models.get(stream) as Model;
  const known = ids.get(commandId);
  if (known !== undefined) return known.startsWith(content) ? known.slice(content.length) : 'COMMAND_ID_REUSED';
  if (expectedVersion !== undefined && expectedVersion !== model.version) return 'VERSION_CONFLICT';
  let answer: string;
  if (command.type === 'Raise' && model.closed) answer = 'GAUGE_CLOSED';
  else {
    const changes = command.type === 'Raise' ? command.by > 0 : !model.closed;
    if (command.type === 'Raise') model.level += command.by;
    else model.closed = true;
    if (changes) model.version += 1;
    answer = `version ${model.version}`;
  }
  ids.set(commandId, content + answer);
  return answer;
}

it('Any run of commands through two stores ends as a run through none would', async () => {
  const stores = [store, new EventStore(pool, { cachedStreams: 1 })];
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      run += 1;
      const models = new Map(['a', 'b'].map((id) => [id, { level: 0, closed: false, version: 0, answers: new Map() }]));
      const ids = new Map<number, string>();
      for (const asked of steps) {
        const { stream, commandId, command, expectedVersion } = asked;
        const request = { tenant: zhushan, category: 'gauge', id: `${run}-${stream}`, command, who: admin };
        let version = 0;
        const attempt = stores[asked.store]?.handle(gauge, {
          ...request,
          commandId: `${run}-${commandId}`,
          ...(expectedVersion === undefined ? {} : { expectedVersion }),
        });
        const outcome = await refusalOf((attempt as Promise<{ version: number }>).then((r) => (version = r.version)));
        expect(outcome === 'accepted' ? `version ${version}` : outcome).toBe(expected(models, ids, asked));
      }
      for (const [id, { level, closed, version }] of models) {
        const found = await new EventStore(pool).load(gauge, zhushan, 'gauge', `${run}-${id}`, admin.scope);
        expect(found).toEqual({ state: { level, closed }, version });
      }
    }),
    { numRuns: 40 },
  );
}, 60_000);
