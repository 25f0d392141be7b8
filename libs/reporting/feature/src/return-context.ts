import { Injectable } from '@nestjs/common';
import { EventStore } from '@junheng/event-store';
import {
  annualReturn,
  type AnnualReturnCommand,
  campaign,
  campaignId,
  factsOn,
  type ReturnContext,
  schoolHistory,
} from '@junheng/reporting-domain';

export interface ReturnKey {
  readonly county: string;
  readonly school: string;
  readonly schoolYear: number;
}

export const returnId = ({ school, schoolYear }: Omit<ReturnKey, 'county'>): string => `${school}-${schoolYear}`;

/** Checks compare with last year; saving a section does not, so it does not wait for that stream. */
const COMPARES: ReadonlySet<AnnualReturnCommand['type']> = new Set(['SubmitReturn', 'CorrectReturn']);

/** Looks up what a return's rules must know. The county's own ledger holds all of it. */
@Injectable()
export class ReturnContexts {
  constructor(private readonly store: EventStore) {}

  async of({ county, school, schoolYear }: ReturnKey, type: AnnualReturnCommand['type']): Promise<ReturnContext> {
    // The campaign's stream belongs to no school, so a school's own scope would not reach it.
    const scope = { region: county };
    const lastYear = returnId({ school, schoolYear: schoolYear - 1 });
    const [opened, history, last] = await Promise.all([
      this.store.load(campaign, county, 'campaign', campaignId(schoolYear), scope),
      this.store.load(schoolHistory, county, 'school', school, scope),
      COMPARES.has(type) ? this.store.load(annualReturn, county, 'annualReturn', lastYear, scope) : undefined,
    ]);
    return {
      now: new Date().toISOString(),
      campaign: opened.state,
      schoolFacts: opened.state.status === 'absent' ? null : factsOn(history.state, opened.state.asOf),
      previous: last?.state.approved?.figures ?? {},
    };
  }
}
