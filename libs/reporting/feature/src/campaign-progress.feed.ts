import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Scope } from '@junheng/event-store';
import { TenantTransaction } from '@junheng/service';
import { ArgsType, Field, ID, Int } from '@nestjs/graphql';
import { CampaignProgress } from './campaign-progress.projection.js';

const POLL_MS = 250;

@ArgsType()
export class ProgressFeedArgs {
  @Field(() => ID) county!: string;
  @Field(() => Int) schoolYear!: number;
}

/** Looks at the county's row while someone listens; what the caller may not see, the row-level security leaves out. */
@Injectable()
export class ProgressFeed {
  constructor(private readonly transaction: TenantTransaction) {}

  async *of(
    { county, schoolYear }: ProgressFeedArgs,
    scope: Scope,
  ): AsyncGenerator<{ readonly campaignProgress: CampaignProgress }> {
    const where = { tenant_id: county, school_year: schoolYear };
    for (let seen = ''; ; await pause(POLL_MS)) {
      const row = await this.transaction.run(scope, (manager) => manager.findOneBy(CampaignProgress, where));
      const now = JSON.stringify(row);
      if (row && now !== seen) yield { campaignProgress: row };
      seen = now;
    }
  }
}
