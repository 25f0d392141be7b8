import { EventStore, type RecordedEvent } from '@junheng/event-store';
import { RuleViolation } from '@junheng/kernel';
import { commandIdFrom, processWho } from '@junheng/processes';
import type { CampaignDeadlineMoved, CampaignOpened } from '@junheng/reporting-contract';
import { campaign, campaignId, type KnownCampaign } from '@junheng/reporting-domain';
import { TenantTransaction } from '@junheng/service';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AskedCounty, hasSchools } from './asked-county.projection.js';
import { type CampaignWish, OnCampaign } from './campaign.handler.js';
import { Campaign } from './campaign.projection.js';

export const SPREAD = 'spread-campaign';

type Origin = Pick<RecordedEvent<object>, 'tenant' | 'position' | 'meta'>;

/** Carries what a province did with a campaign into every county that it asks. */
export class SpreadCampaign extends Command<void> {
  constructor(readonly event: Origin & { readonly type: string; readonly data: { readonly schoolYear: number } }) {
    super();
  }
}

/** Gives a county that has just been registered the campaigns of its province. */
export class JoinCampaigns extends Command<void> {
  constructor(readonly event: Origin) {
    super();
  }
}

@CommandHandler(SpreadCampaign)
export class SpreadCampaignHandler implements ICommandHandler<SpreadCampaign> {
  constructor(
    private readonly store: EventStore,
    private readonly transaction: TenantTransaction,
    private readonly commands: CommandBus,
  ) {}

  async execute({ event }: SpreadCampaign): Promise<void> {
    const { tenant, data } = event;
    const province = await campaignOf(this.store, tenant, data.schoolYear);
    if (!province) return;
    const wish = wishOf(event, province);
    for (const county of await this.counties(tenant, province.scope.regions ?? [tenant])) {
      await send(this.commands, event, county, { schoolYear: data.schoolYear, wish });
    }
  }

  private async counties(region: string, regions: readonly string[]): Promise<readonly string[]> {
    const known = await this.transaction.run({ region }, (manager) =>
      manager.findBy(AskedCounty, { abolished: false }),
    );
    return known
      .filter(({ kind }) => hasSchools(kind))
      .map(({ tenant_id }) => tenant_id)
      .filter((county) => regions.some((prefix) => county.startsWith(prefix)));
  }
}

@CommandHandler(JoinCampaigns)
export class JoinCampaignsHandler implements ICommandHandler<JoinCampaigns> {
  constructor(
    private readonly store: EventStore,
    private readonly transaction: TenantTransaction,
    private readonly commands: CommandBus,
  ) {}

  async execute({ event }: JoinCampaigns): Promise<void> {
    const { tenant: county } = event;
    for (const region of [county.slice(0, 2), county.slice(0, 4)]) {
      const position = await this.store.head(region);
      if (position === undefined) continue;
      const open = await this.transaction.run(
        { region },
        (manager) => manager.findBy(Campaign, { tenant_id: region, status: 'open' }),
        { tenant: region, position },
      );
      for (const { school_year: schoolYear } of open) {
        const province = await campaignOf(this.store, region, schoolYear);
        const regions = province?.scope.regions ?? [region];
        if (!province || !regions.some((prefix) => county.startsWith(prefix))) continue;
        await send(this.commands, event, county, { schoolYear, wish: opening(province) });
      }
    }
  }
}

async function campaignOf(store: EventStore, region: string, schoolYear: number): Promise<KnownCampaign | undefined> {
  const { state } = await store.load(campaign, region, 'campaign', campaignId(schoolYear), { region });
  return state.status === 'absent' ? undefined : state;
}

function wishOf({ type, data }: SpreadCampaign['event'], province: KnownCampaign): CampaignWish {
  switch (type as 'CampaignOpened' | 'CampaignDeadlineMoved' | 'CampaignClosed') {
    case 'CampaignOpened': {
      const { deadline, form, scope } = data as Omit<CampaignOpened, 'type'>;
      return opening({ ...province, deadline, form, scope });
    }
    case 'CampaignDeadlineMoved': {
      const { deadline, reason } = data as Omit<CampaignDeadlineMoved, 'type'>;
      return { type: 'MoveDeadline', deadline, reason };
    }
    case 'CampaignClosed':
      return { type: 'CloseCampaign' };
  }
}

/** A county's ledger is complete in itself: it gets the form's content, not a reference to the province's. */
function opening({ deadline, form, scope }: Pick<KnownCampaign, 'deadline' | 'form' | 'scope'>): CampaignWish {
  const { regions: _, ...asked } = scope;
  return { type: 'OpenCampaign', deadline, form: form.content, scope: asked };
}

async function send(
  commands: CommandBus,
  event: Origin,
  county: string,
  { schoolYear, wish }: { schoolYear: number; wish: CampaignWish },
): Promise<void> {
  const commandId = commandIdFrom(SPREAD, event, `${county}/${schoolYear}`);
  const target = { region: county, schoolYear, commandId, onBehalfOfProvince: true } as const;
  try {
    await commands.execute(new OnCampaign(target, wish, processWho(SPREAD, county, event)));
  } catch (error) {
    // A county with a campaign of its own must not keep the others from theirs; its command log has the refusal.
    if (!(error instanceof RuleViolation) || error.code === 'VERSION_CONFLICT') throw error;
  }
}
