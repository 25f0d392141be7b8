import type { RecordedEvent } from '@junheng/event-store';
import type { Process } from '@junheng/processes';
import type { RegionEvent } from '@junheng/register-contract';
import type { CampaignEvent } from '@junheng/reporting-contract';
import { hasSchools } from './asked-county.projection.js';
import { JoinCampaigns, SPREAD, SpreadCampaign } from './spread-campaign.handler.js';

const COUNTY_DIGITS = 6;

const spread = (event: RecordedEvent<{ readonly schoolYear: number }>) =>
  event.tenant.length < COUNTY_DIGITS ? [new SpreadCampaign(event)] : [];

/** A province opens one campaign; each of its counties gets it in its own ledger, whichever is there first. */
export const spreadCampaign: Process<CampaignEvent | RegionEvent> = {
  name: SPREAD,
  on: {
    CampaignOpened: spread,
    CampaignDeadlineMoved: spread,
    CampaignClosed: spread,
    RegionRegistered: (event) => (hasSchools(event.data.kind) ? [new JoinCampaigns(event)] : []),
  },
};
