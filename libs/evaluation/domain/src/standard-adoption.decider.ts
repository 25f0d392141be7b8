import { type Decider, RuleViolation } from '@junheng/kernel';
import { parseStandard, type Standard } from '@junheng/standards';

/** Stream `adoption-<standard>` in the county's ledger. It carries the content, so that the county replays alone. */
export type StandardAdoptionEvent = StandardAdopted | StandardAdoptionEnded;

export interface StandardAdopted {
  readonly type: 'StandardAdopted';
  readonly standard: string;
  readonly version: string;
  readonly hash: string;
  readonly content: Standard;
  readonly fromSchoolYear: number;
}

export interface StandardAdoptionEnded {
  readonly type: 'StandardAdoptionEnded';
  readonly standard: string;
  /** The last school year that is judged by it. */
  readonly untilSchoolYear: number;
}

export type StandardAdoptionCommand =
  | {
      readonly type: 'AdoptStandard';
      readonly standard: string;
      readonly version: string;
      readonly hash: string;
      readonly content: unknown;
      readonly fromSchoolYear: number;
      /** Code of the county that adopts it. */
      readonly county: string;
    }
  | { readonly type: 'EndStandardAdoption'; readonly standard: string; readonly untilSchoolYear: number };

export interface AdoptionPeriod {
  readonly version: string;
  readonly hash: string;
  readonly fromSchoolYear: number;
  readonly untilSchoolYear: number | null;
}

/** In the order of the school years; the last one may be open. */
export type AdoptionState = readonly AdoptionPeriod[];

export const standardAdoption: Decider<AdoptionState, StandardAdoptionCommand, StandardAdoptionEvent> = {
  initial: [],

  decide(command, periods) {
    const last = periods.at(-1);
    switch (command.type) {
      case 'AdoptStandard': {
        const { standard, version, hash, fromSchoolYear, county } = command;
        const content = parseStandard(command.content);
        requireSame(content, standard, version);
        requireInForce(content, county, fromSchoolYear);
        if (periods.some((period) => period.version === version && period.hash !== hash)) {
          throw new RuleViolation('STANDARD_CONTENT_DIFFERS', `Version ${version} was adopted with another content.`, {
            where: 'content',
            lockedBy: `adoption of version ${version}`,
            remedy: 'Adopt the content that was published under this version.',
          });
        }
        const isAdopted = last?.version === version && last.untilSchoolYear === null;
        if (isAdopted && last.fromSchoolYear === fromSchoolYear) return [];
        requireLater(last, fromSchoolYear);
        return [{ type: 'StandardAdopted', standard, version, hash, content, fromSchoolYear }];
      }
      case 'EndStandardAdoption': {
        const { standard, untilSchoolYear } = command;
        if (last === undefined) {
          throw new RuleViolation('ADOPTION_ABSENT', `The standard "${standard}" is not adopted.`, {
            where: 'standard',
          });
        }
        if (last.untilSchoolYear === untilSchoolYear) return [];
        if (last.untilSchoolYear !== null) {
          throw new RuleViolation('ADOPTION_ENDED', `The adoption ended with school year ${last.untilSchoolYear}.`, {
            where: 'untilSchoolYear',
            lockedBy: `end of adoption in ${last.untilSchoolYear}`,
            remedy: 'Adopt the standard again for a later school year.',
          });
        }
        if (untilSchoolYear < last.fromSchoolYear) {
          throw new RuleViolation('ADOPTION_END_TOO_EARLY', `It is adopted from school year ${last.fromSchoolYear}.`, {
            where: 'untilSchoolYear',
            remedy: `End it with school year ${last.fromSchoolYear} or later.`,
          });
        }
        return [{ type: 'StandardAdoptionEnded', standard, untilSchoolYear }];
      }
    }
  },

  evolve(periods, event) {
    const earlier = periods.slice(0, -1);
    const last = periods.at(-1);
    switch (event.type) {
      case 'StandardAdopted': {
        const { version, hash, fromSchoolYear } = event;
        const closed = last && { ...last, untilSchoolYear: last.untilSchoolYear ?? fromSchoolYear - 1 };
        const adopted = { version, hash, fromSchoolYear, untilSchoolYear: null };
        return closed ? [...earlier, closed, adopted] : [adopted];
      }
      case 'StandardAdoptionEnded':
        return last ? [...earlier, { ...last, untilSchoolYear: event.untilSchoolYear }] : periods;
    }
  },
};

/** The version that judges a school year; a figure of 2013 is never judged by what was adopted for 2020. */
export function adoptionInForce(periods: AdoptionState, schoolYear: number): AdoptionPeriod | undefined {
  return periods.find(
    ({ fromSchoolYear, untilSchoolYear }) =>
      fromSchoolYear <= schoolYear && (untilSchoolYear === null || schoolYear <= untilSchoolYear),
  );
}

function requireSame(content: Standard, standard: string, version: string): void {
  if (content.id === standard && content.version === version) return;
  throw new RuleViolation('STANDARD_ID_FOREIGN', `The content is "${content.id}" version ${content.version}.`, {
    where: 'content',
    remedy: `Adopt it as "${content.id}" version ${content.version}.`,
  });
}

function requireInForce(content: Standard, county: string, schoolYear: number): void {
  if (!county.startsWith(content.region)) {
    throw new RuleViolation('STANDARD_REGION_FOREIGN', `The standard is for region ${content.region}.`, {
      where: 'content.region',
      remedy: 'Adopt a national standard or one of the own province.',
    });
  }
  const asOf = `${schoolYear}-09-01`;
  if (asOf >= content.validFrom && (content.validTo === null || asOf <= content.validTo)) return;
  const end = content.validTo === null ? '' : ` to ${content.validTo}`;
  throw new RuleViolation(
    'STANDARD_NOT_VALID_FOR_YEAR',
    `It is valid from ${content.validFrom}${end}, not on ${asOf}.`,
    {
      where: 'fromSchoolYear',
      remedy: 'Adopt it for a school year that begins while it is valid.',
    },
  );
}

function requireLater(last: AdoptionPeriod | undefined, fromSchoolYear: number): void {
  if (last === undefined) return;
  const earliest = Math.max(last.fromSchoolYear, last.untilSchoolYear ?? 0) + 1;
  if (fromSchoolYear >= earliest) return;
  throw new RuleViolation('ADOPTION_NOT_LATER', `Version ${last.version} judges the school years before ${earliest}.`, {
    where: 'fromSchoolYear',
    lockedBy: `adoption of version ${last.version} from ${last.fromSchoolYear}`,
    remedy: `Adopt the next version from school year ${earliest}.`,
  });
}
