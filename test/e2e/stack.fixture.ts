import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from './client.fixture.js';
import { meetingPlace } from './e2e.config.js';
import { settled } from './ledger.fixture.js';
import { type Addresses, START_SECONDS, startProgram } from './program.fixture.js';
import { until } from './until.fixture.js';

export interface Stack extends Addresses {
  readonly client: Client;
}

type Outcome = Addresses | { readonly failure: string };

/** For `beforeAll`: whoever comes first starts it, and loads the demo. */
export const START_MS = (START_SECONDS + 10) * 1_000;

/** The running system with the demo in it: started by the first spec file that asks, shared by all, ended after the last. */
export async function sharedStack(): Promise<Stack> {
  const folder = meetingPlace();
  const file = path.join(folder, 'stack.json');
  if (await isFirst(folder)) {
    const outcome = await start(path.join(folder, 'home'));
    await writeFile(`${file}.part`, JSON.stringify(outcome));
    await rename(`${file}.part`, file);
  }
  const look = () =>
    readFile(file, 'utf8').then(
      (text) => JSON.parse(text) as Outcome,
      () => undefined,
    );
  const outcome = await until('the shared stack', look, START_SECONDS);
  if ('failure' in outcome) throw new Error(`The stack did not start: ${outcome.failure}`);
  return { ...outcome, client: new Client(outcome) };
}

const isFirst = (folder: string): Promise<boolean> =>
  mkdir(path.join(folder, 'starting')).then(
    () => true,
    () => false,
  );

async function start(home: string): Promise<Outcome> {
  try {
    const { pid, api, issuer } = await startProgram(home, { ownGroup: false });
    await settled(home);
    return { pid, home, api, issuer };
  } catch (error) {
    return { failure: String(error) };
  }
}
