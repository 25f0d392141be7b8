import { Injectable } from '@nestjs/common';
import { EventStore } from '@junheng/event-store';
import type { SealedReturn } from '@junheng/reporting-contract';
import {
  annualReturn,
  campaign,
  campaignId,
  factsOn,
  isInScope,
  schoolHistory,
  type SealSnapshot,
} from '@junheng/reporting-domain';
import { TenantTransaction } from '@junheng/service';
import { contentHash } from './form-hash.js';
import { returnId } from './return-context.js';
import { ReturnStanding } from './return-standing.projection.js';

/** Gathers what a snapshot freezes: the read model says which schools, their own streams say which figures. */
@Injectable()
export class SealableReturns {
  constructor(
    private readonly store: EventStore,
    private readonly transaction: TenantTransaction,
  ) {}

  async of(county: string, schoolYear: number): Promise<SealSnapshot['context']> {
    const scope = { region: county };
    const { state } = await this.store.load(campaign, county, 'campaign', campaignId(schoolYear), scope);
    if (state.status === 'absent') return { returns: {}, hash: '' };
    const position = (await this.store.head(county)) ?? 0;
    const counted = await this.transaction.run(
      scope,
      (manager) =>
        manager.find(ReturnStanding, {
          where: { tenant_id: county, school_year: schoolYear, counted: true },
          order: { school_code: 'ASC' },
        }),
      { tenant: county, position },
    );
    const found = await Promise.all(
      counted.map(async ({ school_code: school }) => {
        const [{ state: entered }, history] = await Promise.all([
          this.store.load(annualReturn, county, 'annualReturn', returnId({ school, schoolYear }), scope),
          this.store.load(schoolHistory, county, 'school', school, scope),
        ]);
        const facts = factsOn(history.state, state.asOf);
        if (!entered.approved || !facts || !isInScope(state, facts)) return [];
        return [[school, { ...facts, ...entered.approved }] as const];
      }),
    );
    const returns: Readonly<Record<string, SealedReturn>> = Object.fromEntries(found.flat());
    return { returns, hash: contentHash(returns) };
  }
}
