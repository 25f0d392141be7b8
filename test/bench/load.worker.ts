/**
 * The load generator, a process of its own: closed-loop clients that each wait for their answer before they ask again.
 * Reads one {@link Load} from its parent, answers with one {@link Loaded}.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { KeepAliveClient } from './keep-alive-client.js';

export interface Request {
  readonly token: string;
  /** `#id#` becomes a fresh UUID, `#figure#` a fresh figure. */
  readonly body: string;
}

export interface Load {
  readonly port: number;
  /** Client `n` goes round `requests[n % requests.length]`. */
  readonly requests: readonly (readonly Request[])[];
  readonly clients: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
  /** What the body of a good answer holds. */
  readonly expect: string;
}

export interface Loaded {
  readonly answered: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
  readonly bytes: number;
  /** Processor microseconds of the generator for each answer. */
  readonly generator: number;
}

async function run({ port, requests, clients, warmUpSeconds, seconds, expect }: Load): Promise<Loaded> {
  let milliseconds: number[] = [];
  let bytes = 0;
  let stop = false;
  const loop = async (number: number) => {
    const client = await KeepAliveClient.open(port);
    const own = requests[number % requests.length] ?? [];
    for (let turn = 0; !stop; turn += 1) {
      const { token, body } = own[turn % own.length] as Request;
      const began = performance.now();
      const answer = await client.post('/graphql', token, fresh(body));
      milliseconds.push(performance.now() - began);
      bytes = answer.body.length;
      if (answer.status !== 200 || answer.body.indexOf(expect) < 0 || answer.body.indexOf('"errors"') >= 0)
        throw new Error(`Unexpected answer ${answer.status}: ${answer.body.toString('utf8', 0, 500)}`);
    }
    client.close();
  };
  const all = Promise.all(Array.from({ length: clients }, (_, number) => loop(number)));
  await Promise.race([all, pause(warmUpSeconds)]);
  milliseconds = [];
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  await Promise.race([all, pause(seconds)]);
  const elapsed = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  const sorted = milliseconds.toSorted((a, b) => a - b);
  stop = true;
  await all;
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return {
    answered: sorted.length,
    perSecond: (sorted.length / elapsed) * 1000,
    p50: at(0.5),
    p99: at(0.99),
    worst: at(1),
    bytes,
    generator: (user + system) / sorted.length,
  };
}

const fresh = (body: string) =>
  body.replace('#id#', () => randomUUID()).replaceAll('#figure#', () => String(randomInt(1, 3000)));

const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

process.once('message', (load: Load) => {
  run(load).then(
    (loaded) => process.send?.(loaded, () => process.disconnect()),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
