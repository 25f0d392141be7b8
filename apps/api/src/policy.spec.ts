import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { ROLES } from '@junheng/service';
import { policy } from './policy.js';

const table = Object.entries(policy).map(
  ([operation, { roles }]) =>
    `| \`${operation}\` | ${ROLES.map((role) => (roles.includes(role) ? '●' : '')).join(' | ')} |`,
);
const cells = (row: string) => row.split('|').map((cell) => cell.trim());

describe('The policy', () => {
  it('is the table of the README', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    const rows = readme.split('\n').filter((line) => line.startsWith('| `'));
    expect(rows.map(cells)).toEqual(table.map(cells));
  });

  it('lets an auditor and an operator change nothing', () => {
    const changes = Object.entries(policy).filter(([operation]) => operation.startsWith('Mutation.'));
    expect(changes.filter(([, { roles }]) => roles.includes('auditor') || roles.includes('operator'))).toEqual([]);
  });
});
