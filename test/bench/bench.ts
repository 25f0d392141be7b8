/**
 * Everything that is measured, in one run: `npm run bench`, or `npm run bench -- --only append,command`.
 * Prints a table against the targets and writes tmp/bench.json.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

interface Row {
  readonly what: string;
  readonly measured: number;
  readonly unit: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

interface Suite {
  readonly names: readonly string[];
  readonly script: string;
  readonly args: (wanted: readonly string[]) => readonly string[];
  readonly rows: (answer: never) => readonly Row[];
}

interface Appended {
  readonly ratios: readonly { one: string; other: string; writers: number; ratio: number; atLeast: number }[];
}
interface Rebuilt {
  readonly sizes: readonly { events: number; eventsPerSecond: number; eventsPerProcessorSecond: number }[];
  readonly largeToSmall: number;
}
interface Lagged {
  readonly milliseconds: { readonly p50: number; readonly p99: number };
}
interface Run {
  readonly command?: { readonly perSecond: number; readonly p99: number };
  readonly comparison?: { readonly p50: number; readonly p99: number; readonly perSecond: number };
  readonly memory?: Readonly<Record<'api' | 'projector', number>>;
}

const suites: readonly Suite[] = [
  {
    names: ['append'],
    script: 'append.bench.js',
    args: () => ['--json', '--rounds', '3', '--seconds', '2'],
    rows: ({ ratios }: Appended) =>
      ratios.map(({ one, other, writers, ratio, atLeast }) => {
        return { what: `append: ${one} against ${other}, ${writers} writers`, measured: ratio, unit: 'times', atLeast };
      }),
  },
  {
    names: ['rebuild'],
    script: 'rebuild.bench.js',
    args: () => [],
    rows: ({ sizes, largeToSmall }: Rebuilt) => [
      ...sizes.flatMap(({ events, eventsPerSecond, eventsPerProcessorSecond }): Row[] => [
        { what: `rebuild of ${events} events`, measured: eventsPerSecond, unit: 'events/s' },
        {
          what: `rebuild of ${events} events, on one core`,
          measured: eventsPerProcessorSecond,
          unit: 'events/s',
          atLeast: 20_000,
        },
      ]),
      { what: 'rebuild: large against small', measured: largeToSmall, unit: 'times', atLeast: 0.8 },
    ],
  },
  {
    names: ['lag'],
    script: 'lag.bench.js',
    args: () => ['20'],
    rows: ({ milliseconds: { p50, p99 } }: Lagged) => [
      { what: 'lag: commit to visible, p50', measured: p50, unit: 'ms' },
      { what: 'lag: commit to visible, p99', measured: p99, unit: 'ms', atMost: 150 },
    ],
  },
  {
    names: ['command', 'comparison', 'memory'],
    script: 'product.bench.js',
    args: (wanted) => ['--only', wanted.join()],
    rows: ({ command, comparison, memory }: Run) => [
      ...(command
        ? [{ what: 'command: GraphQL, 64 clients', measured: command.perSecond, unit: 'a second', atLeast: 800 }]
        : []),
      ...(command ? [{ what: 'command: GraphQL, 64 clients, p99', measured: command.p99, unit: 'ms' }] : []),
      ...(comparison
        ? [
            { what: 'comparison: 16 clients, p50', measured: comparison.p50, unit: 'ms' },
            { what: 'comparison: 16 clients, p99', measured: comparison.p99, unit: 'ms', atMost: 50 },
            { what: 'comparison: 16 clients', measured: comparison.perSecond, unit: 'a second' },
          ]
        : []),
      ...(['api', 'projector'] as const).flatMap((service) =>
        memory ? [{ what: `memory: ${service}, at its peak`, measured: memory[service], unit: 'MB', atMost: 300 }] : [],
      ),
    ],
  },
];

const { values: options } = parseArgs({ options: { only: { type: 'string' } } });
const names = suites.flatMap((suite) => suite.names);
const wanted = options.only?.split(',') ?? names;
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) throw new Error(`There is no ${unknown.join(', ')}; there are ${names.join(', ')}.`);

const began = new Date();
const answers: Record<string, unknown> = {};
const rows: Row[] = [];
for (const { names, script, args, rows: rowsOf } of suites) {
  const mine = names.filter((name) => wanted.includes(name));
  if (mine.length === 0) continue;
  console.error(`measuring ${mine.join(', ')} (load ${loadavg()[0]?.toFixed(1)})`);
  const path = fileURLToPath(new URL(script, import.meta.url));
  const answer: unknown = JSON.parse(
    execFileSync(process.execPath, [path, ...args(mine)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }),
  );
  answers[mine.join()] = answer;
  rows.push(...rowsOf(answer as never));
}

const verdictOf = ({ measured, atLeast = -Infinity, atMost = Infinity }: Row) =>
  measured >= atLeast && measured <= atMost ? 'met' : 'MISSED';
const targetOf = ({ atLeast, atMost }: Row) =>
  atLeast !== undefined ? `>= ${atLeast}` : atMost !== undefined ? `<= ${atMost}` : '';

const machine = {
  cpu: cpus()[0]?.model ?? '',
  cores: cpus().length,
  memoryGB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  load: loadavg()[0],
};
writeFileSync('tmp/bench.json', JSON.stringify({ began, machine, rows, answers }, null, 2));
console.log(`\n${machine.cores} cores of ${machine.cpu}, ${machine.memoryGB} GB, Node ${machine.node}\n`);
for (const row of rows) {
  const target = targetOf(row);
  const measured = row.measured >= 100 ? row.measured.toFixed(0) : row.measured.toFixed(2);
  console.log(
    `${row.what.padEnd(44)} ${measured.padStart(9)} ${row.unit.padEnd(9)} ${target.padStart(9)}  ${target && verdictOf(row)}`.trimEnd(),
  );
}
