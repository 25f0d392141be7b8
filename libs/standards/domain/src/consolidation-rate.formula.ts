import { Rational } from '@junheng/kernel';

/** 初中三年巩固率: pupils of one intake, as reported. */
export interface Intake {
  readonly entrants: Rational;
  readonly transfersIn: Rational;
  readonly transfersOut: Rational;
  readonly deaths: Rational;
  readonly graduates: Rational;
}

/** Two readings are in use and differ, so a rate without the name of its reading is no figure. */
export type ConsolidationReading = 'graduates-of-remaining' | 'stayers-of-entrants';

/**
 * In per cent, exact.
 * graduates-of-remaining: graduates / (entrants + in − deaths − out);
 * stayers-of-entrants: (graduates − in + out) / (entrants − deaths). `null` when nobody is left to divide by.
 * Source: 5-data-dictionary 5.3.
 */
export function consolidationRate(reading: ConsolidationReading, intake: Intake): Rational | null {
  const { entrants, transfersIn, transfersOut, deaths, graduates } = intake;
  const rates = {
    'graduates-of-remaining': [graduates, entrants.plus(transfersIn).minus(deaths).minus(transfersOut)],
    'stayers-of-entrants': [graduates.minus(transfersIn).plus(transfersOut), entrants.minus(deaths)],
  } as const;
  const [stayed, of] = rates[reading];
  return of.isZero ? null : stayed.times(Rational.of(100)).dividedBy(of);
}
