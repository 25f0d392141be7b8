import type { Command } from 'commander';
import { cliConfig } from './cli.config.js';
import { openDatabases } from './databases.js';

export function migrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('Bring the schemas of the database up to date and end.')
    .action(async () => {
      const databases = await openDatabases(cliConfig());
      await databases.stop();
      console.log('The schemas are up to date.');
    });
}
