import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AnnualReturnHandler } from './annual-return.handler.js';
import { ReturnOfHandler } from './annual-return.query.js';
import { AnnualReturnResolver } from './annual-return.resolver.js';
import { CampaignFindingsHandler } from './campaign-findings.query.js';
import { CampaignHandler } from './campaign.handler.js';
import { ProgressFeed } from './campaign-progress.feed.js';
import {
  CampaignsHandler,
  FormOfCampaignHandler,
  ProgressOfCampaignHandler,
  ReturnsOfCampaignHandler,
  SealedReturnsHandler,
} from './campaign.query.js';
import { CampaignResolver } from './campaign.resolver.js';
import { ExportReturnsHandler } from './export-returns.query.js';
import { ImportPlans } from './import-plan.js';
import { ImportReturnsHandler } from './import-returns.handler.js';
import { ReturnContexts } from './return-context.js';
import { ReturnsResolver } from './returns.resolver.js';
import { SealableReturns } from './sealable-returns.js';
import { JoinCampaignsHandler, SpreadCampaignHandler } from './spread-campaign.handler.js';

/** Needs `EventStore` and `TenantTransaction` from a global module. */
@Module({
  imports: [CqrsModule],
  providers: [
    ...[ReturnContexts, SealableReturns, ImportPlans, ProgressFeed],
    ...[CampaignHandler, AnnualReturnHandler, ImportReturnsHandler, SpreadCampaignHandler, JoinCampaignsHandler],
    ...[CampaignsHandler, ReturnsOfCampaignHandler, ProgressOfCampaignHandler, SealedReturnsHandler],
    ...[FormOfCampaignHandler, CampaignFindingsHandler, ReturnOfHandler, ExportReturnsHandler],
    ...[CampaignResolver, AnnualReturnResolver, ReturnsResolver],
  ],
})
export class ReportingModule {}
