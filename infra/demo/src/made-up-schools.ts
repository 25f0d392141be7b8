import { readFileSync } from 'node:fs';
import type { SolvedSchool } from './solve.js';

/** The made-up schools of one published county and stage. */
export interface MadeUpCounty {
  readonly county: string;
  readonly stage: 'primary' | 'junior';
  readonly schools: readonly SolvedSchool[];
}

const file = new URL('./published-schools.generated.json', import.meta.url);

/** What `solve` found, as committed: floats may differ between machines, the demo may not. */
export function madeUpCounties(): readonly MadeUpCounty[] {
  return JSON.parse(readFileSync(file, 'utf8')) as MadeUpCounty[];
}
