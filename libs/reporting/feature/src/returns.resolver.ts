import type { Who } from '@junheng/event-store';
import { Caller, type Page, PageInfo } from '@junheng/service';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { Args, Field, Mutation, ObjectType, Query, Resolver, Subscription } from '@nestjs/graphql';
import { AnnualReturnAnswer } from './annual-return.answer.js';
import { ReturnArgs, ReturnOf } from './annual-return.query.js';
import { CampaignProgress, CampaignSchool } from './campaign-progress.projection.js';
import { ProgressFeed, ProgressFeedArgs } from './campaign-progress.feed.js';
import { ReturnsArgs, ReturnsOfCampaign } from './campaign.query.js';
import { ExportArgs, ExportReturns, ReturnsFile } from './export-returns.query.js';
import { ImportReport } from './import.answer.js';
import { ImportReturns, ImportReturnsArgs, ImportReturnsInput } from './import-returns.handler.js';

@ObjectType()
export class CampaignSchoolPage {
  @Field(() => [CampaignSchool]) nodes!: CampaignSchool[];
  @Field(() => PageInfo) pageInfo!: PageInfo;
}

@Resolver()
export class ReturnsResolver {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly progress: ProgressFeed,
  ) {}

  @Query(() => CampaignSchoolPage, { description: 'The schools that a campaign asks, with how far they have come' })
  returns(@Args() args: ReturnsArgs, @Caller() who: Who): Promise<Page<CampaignSchool>> {
    return this.queries.execute(new ReturnsOfCampaign(args, who.scope));
  }

  @Query(() => AnnualReturnAnswer, { nullable: true })
  annualReturn(@Args() args: ReturnArgs, @Caller() who: Who): Promise<AnnualReturnAnswer | null> {
    return this.queries.execute(new ReturnOf(args, who.scope));
  }

  @Query(() => ReturnsFile, { description: 'The template with what has been entered; it can be imported again' })
  exportReturns(@Args() args: ExportArgs, @Caller() who: Who): Promise<ReturnsFile> {
    return this.queries.execute(new ExportReturns(args, who.scope));
  }

  @Mutation(() => ImportReport, { description: 'Saves what a file says, school by school; a dry run only tells' })
  importReturns(
    @Args() { county, schoolYear, commandId }: ImportReturnsArgs,
    @Args('input') { fileName, content, dryRun }: ImportReturnsInput,
    @Caller() who: Who,
  ): Promise<ImportReport> {
    const file = { name: fileName, content, dryRun };
    return this.commands.execute(new ImportReturns({ county, schoolYear, commandId }, file, who));
  }

  @Subscription(() => CampaignProgress, {
    name: 'campaignProgress',
    description: 'One county’s progress: now, and after each change',
  })
  followProgress(@Args() args: ProgressFeedArgs, @Caller() who: Who) {
    return this.progress.of(args, who.scope);
  }
}
