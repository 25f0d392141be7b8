import pg from 'pg';
import { admin, gauge, zhushan } from './gauge.fixture.js';
import { EventStore } from './index.js';

// Appends from many hands until it is killed, and prints each command once it has its receipt.
const [url, name] = process.argv.slice(2);
const store = new EventStore(new pg.Pool({ connectionString: url, max: 4 }));

async function write(writer: number): Promise<never> {
  for (let count = 1; ; count += 1) {
    const commandId = `${name}-${writer}-${count}`;
    const command = { type: 'Raise', by: 1 } as const;
    const { version, position } = await store.handle(gauge, {
      ...{ tenant: zhushan, category: 'gauge', id: `killed-${writer % 8}`, command, who: admin, commandId },
    });
    process.stdout.write(`${commandId} ${version} ${position}\n`);
  }
}
await Promise.all(Array.from({ length: 16 }, (_, writer) => write(writer)));
