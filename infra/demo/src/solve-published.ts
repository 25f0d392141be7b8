import { writeFileSync } from 'node:fs';
import { published } from './published.js';
import { solve } from './solve.js';

// Run once after a change of the solver: node infra/demo/dist/solve-published.js
const solved = published.map((county) => ({ county: county.county, stage: county.stage, schools: solve(county) }));
const file = new URL('../src/published-schools.generated.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(solved, null, 1)}\n`);
