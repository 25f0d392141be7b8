import { EventStore, type Receipt, type Who } from '@junheng/event-store';
import type { CampaignScope, Form } from '@junheng/reporting-contract';
import {
  annualReturnForm,
  campaign,
  type CampaignCommand,
  campaignId,
  type CloseCampaign,
} from '@junheng/reporting-domain';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { inForce } from './form-hash.js';
import { withContext } from './looked-up.js';
import { SealableReturns } from './sealable-returns.js';

/** What a caller may ask of a campaign; the handler adds the form in force, the time and the approved returns. */
export type CampaignWish =
  | {
      readonly type: 'OpenCampaign';
      readonly deadline: string;
      readonly scope: CampaignScope;
      /** The platform's annual return when absent. */
      readonly form?: Form;
    }
  | { readonly type: 'MoveDeadline'; readonly deadline: string; readonly reason: string }
  | CloseCampaign
  | { readonly type: 'SealSnapshot' };

export interface CampaignTarget {
  /** The county or province whose ledger the campaign is in. */
  readonly region: string;
  readonly schoolYear: number;
  readonly commandId: string;
  readonly expectedVersion?: number;
  /** Set by the process that carries a province's campaign into its counties. */
  readonly onBehalfOfProvince?: true;
}

export class OnCampaign extends Command<Receipt> {
  constructor(
    readonly target: CampaignTarget,
    readonly wish: CampaignWish,
    readonly who: Who,
  ) {
    super();
  }
}

@CommandHandler(OnCampaign)
export class CampaignHandler implements ICommandHandler<OnCampaign> {
  constructor(
    private readonly store: EventStore,
    private readonly sealable: SealableReturns,
  ) {}

  async execute({ target, wish, who }: OnCampaign): Promise<Receipt> {
    const { region: tenant, schoolYear, commandId, expectedVersion } = target;
    const command = await this.complete(target, wish);
    return this.store.handle(campaign, {
      ...(expectedVersion !== undefined && { expectedVersion }),
      ...{ tenant, category: 'campaign', id: campaignId(schoolYear), command, who, commandId },
    });
  }

  private async complete(target: CampaignTarget, wish: CampaignWish): Promise<CampaignCommand> {
    const level = target.region.length < 6 || target.onBehalfOfProvince ? 'province' : 'county';
    const now = new Date().toISOString();
    switch (wish.type) {
      case 'OpenCampaign': {
        const { form = annualReturnForm, ...rest } = wish;
        const { schoolYear } = target;
        return withContext({ ...rest, schoolYear, form: inForce(form), openedAt: level }, { now });
      }
      case 'MoveDeadline':
        return withContext({ ...wish, movedAt: level }, { now });
      case 'CloseCampaign':
        return wish;
      case 'SealSnapshot':
        return withContext(wish, await this.sealable.of(target.region, target.schoolYear));
    }
  }
}
