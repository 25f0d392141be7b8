/**
 * The product as it runs: whole commands through GraphQL, the provincial comparison, and the memory of the services
 * while they answer.
 *
 *   npm run bench -- --only command,comparison,memory
 *
 * One PostgreSQL with synchronous_commit=on, the processes of `npm start`, a load generator in a process of its own.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startDatabase } from '@junheng/embedded';
import { migrateDatabase, untilFolded } from './schemas.js';
import { postgresSeconds } from './processor-time.js';
import { COMPARED_YEAR, loadProvince, OPEN_YEAR, PROVINCE, type Province, standardOfFifteen } from './province.js';
import { forgetPeak, load, peakMB, processorSeconds, type Stack, startStack } from './stack.js';
import type { Load, Loaded, Request } from './load.worker.js';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
    only: { type: 'string', default: 'command,comparison,memory' },
    /** Keeps the data for the next run. */
    data: { type: 'string' },
  },
});

const SAVE = `mutation Save($county: ID!, $school: ID!, $commandId: ID!, $figures: Figures!) {
  saveSection(county: $county, school: $school, schoolYear: ${OPEN_YEAR}, commandId: $commandId,
    input: { section: "pupils", figures: $figures }) { id version position } }`;

const COMPARE = `query Compare($region: ID!, $schoolYear: Int!, $standard: ID!) {
  compareCounties(region: $region, schoolYear: $schoolYear, standard: $standard, first: 200) {
    nodes { county name verdict
      stages { stage composite { cv within } indicators { indicator mean cv within } } } } }`;

const SERVICES = ['api', 'projector'] as const;
const COMMAND_CLIENTS = 64;
const COMPARISON_CLIENTS = 16;
/** What a school of that stage changes in one go. */
const GRADES = { primary: ['p_g1', 'p_g2', 'p_g3', 'p_g4', 'p_g5', 'p_g6'], junior: ['j_g7', 'j_g8', 'j_g9'] };

async function commands(stack: Stack, { schools }: Province): Promise<Omit<Load, 'seconds' | 'warmUpSeconds'>> {
  const counties = [...schools.keys()].slice(0, COMMAND_CLIENTS);
  const tokens = await Promise.all(counties.map((county) => stack.token(`officer-${county}`)));
  const requests = counties.map((county, index): Request[] =>
    (schools.get(county) ?? []).map((school) => {
      const stage = school.startsWith('21') ? 'primary' : 'junior';
      const figures = Object.fromEntries(GRADES[stage].map((field) => [field, '#figure#']));
      const variables = { county, school, commandId: '#id#', figures };
      return { token: tokens[index] ?? '', body: JSON.stringify({ query: SAVE, variables }) };
    }),
  );
  return { port: stack.apiPort, requests, clients: COMMAND_CLIENTS, expect: '"position":' };
}

async function comparison(stack: Stack): Promise<Omit<Load, 'seconds' | 'warmUpSeconds'>> {
  const token = await stack.token(`supervisor-${PROVINCE}`);
  const variables = { region: PROVINCE, schoolYear: COMPARED_YEAR, standard: standardOfFifteen.id };
  const request: Request = { token, body: JSON.stringify({ query: COMPARE, variables }) };
  return { port: stack.apiPort, requests: [[request]], clients: COMPARISON_CLIENTS, expect: '"indicator"' };
}

interface Measured extends Loaded {
  /** Processor microseconds of each process for one answer. */
  readonly cost: { readonly api: number; readonly projector: number; readonly postgres: number };
}

async function measured(stack: Stack, work: Omit<Load, 'seconds' | 'warmUpSeconds'>): Promise<Measured[]> {
  const rounds: Measured[] = [];
  for (let round = 0; round < Number(options.rounds); round += 1) {
    const used = () => [
      ...SERVICES.map((service) => processorSeconds(stack.pid(service))),
      postgresSeconds(database.pid) ?? Number.NaN,
    ];
    const before = used();
    const seconds = Number(options.seconds);
    const warmUpSeconds = round === 0 ? 4 : 1;
    const loaded = await load({ ...work, seconds, warmUpSeconds });
    // The warm-up is in these seconds of processor, too: an estimate for whoever looks for the cost.
    const share = (seconds / (seconds + warmUpSeconds) / loaded.answered) * 1e6;
    const [api = 0, projector = 0, postgres = 0] = used().map((now, index) => (now - (before[index] ?? 0)) * share);
    const cost = { api, projector, postgres };
    rounds.push({ ...loaded, cost });
    console.error(JSON.stringify(rounds.at(-1)));
  }
  return rounds;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] as number;
}

function summary(rounds: readonly Measured[]) {
  const of = (value: (round: Measured) => number) => Math.round(median(rounds.map(value)) * 10) / 10;
  return {
    perSecond: of(({ perSecond }) => perSecond),
    p50: of(({ p50 }) => p50),
    p99: of(({ p99 }) => p99),
    bytes: of(({ bytes }) => bytes),
    microseconds: {
      api: of(({ cost }) => cost.api),
      projector: of(({ cost }) => cost.projector),
      postgres: of(({ cost }) => cost.postgres),
      generator: of(({ generator }) => generator),
    },
  };
}

const home = options.data ?? mkdtempSync(path.join(tmpdir(), 'junheng-product-'));
const database = await startDatabase({
  dataDir: path.join(home, 'data'),
  port: 5475,
  settings: { max_wal_size: '4GB' },
});
let stack: Stack | undefined;
try {
  await migrateDatabase(database.ownerUrl);
  const began = performance.now();
  const province = await loadProvince(database.url('junheng_app'));
  console.error(`loaded in ${Math.round(performance.now() - began)} ms`);
  stack = await startStack(database, home);
  await untilFolded(database.ownerUrl);
  for (const service of SERVICES) forgetPeak(stack.pid(service));
  const result: Record<string, unknown> = {};
  const wanted = options.only.split(',');
  const wants = (name: string) => wanted.includes(name) || wanted.includes('memory');
  if (wants('comparison')) result['comparison'] = summary(await measured(stack, await comparison(stack)));
  if (wants('command')) result['command'] = summary(await measured(stack, await commands(stack, province)));
  if (wanted.includes('memory'))
    result['memory'] = Object.fromEntries(SERVICES.map((service) => [service, peakMB(stack?.pid(service) ?? 0)]));
  console.log(JSON.stringify(result, null, 2));
} finally {
  await stack?.stop();
  await database.stop();
  if (options.data === undefined) rmSync(home, { recursive: true, force: true });
}
