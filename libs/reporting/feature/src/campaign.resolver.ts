import type { Who } from '@junheng/event-store';
import type { CampaignScope, Form } from '@junheng/reporting-contract';
import { Caller, type Page, PageInfo, Receipt } from '@junheng/service';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { Args, Field, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { CampaignFinding, CampaignFindings, CampaignFindingsArgs } from './campaign-findings.query.js';
import { OnCampaign } from './campaign.handler.js';
import { CampaignProgress } from './campaign-progress.projection.js';
import { Campaign } from './campaign.projection.js';
import {
  Campaigns,
  CampaignsArgs,
  FormArgs,
  FormOfCampaign,
  ProgressArgs,
  ProgressOfCampaign,
  SealedReturns,
  SealedReturnsArgs,
} from './campaign.query.js';
import { ReturnForm } from './form.answer.js';
import { CampaignTargetArgs, MoveDeadlineInput, OpenCampaignInput } from './reporting.args.js';
import { SealedReturnRow } from './snapshot.projection.js';
import { stated } from './stated.js';

@ObjectType()
export class CampaignPage {
  @Field(() => [Campaign]) nodes!: Campaign[];
  @Field(() => PageInfo) pageInfo!: PageInfo;
}

@ObjectType()
export class CampaignProgressPage {
  @Field(() => [CampaignProgress]) nodes!: CampaignProgress[];
  @Field(() => PageInfo) pageInfo!: PageInfo;
}

@ObjectType()
export class SealedReturnPage {
  @Field(() => [SealedReturnRow]) nodes!: SealedReturnRow[];
  @Field(() => PageInfo) pageInfo!: PageInfo;
}

@Resolver()
export class CampaignResolver {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Query(() => CampaignPage)
  campaigns(@Args() args: CampaignsArgs, @Caller() who: Who): Promise<Page<Campaign>> {
    return this.queries.execute(new Campaigns(args, who.scope));
  }

  @Query(() => CampaignProgressPage, { description: 'County by county' })
  campaignProgress(@Args() args: ProgressArgs, @Caller() who: Who): Promise<Page<CampaignProgress>> {
    return this.queries.execute(new ProgressOfCampaign(args, who.scope));
  }

  @Query(() => SealedReturnPage, { description: 'A sealed snapshot, school by school' })
  sealedReturns(@Args() args: SealedReturnsArgs, @Caller() who: Who): Promise<Page<SealedReturnRow>> {
    return this.queries.execute(new SealedReturns(args, who.scope));
  }

  @Query(() => [CampaignFinding], { description: 'Schools far from their peers, and sums that do not agree' })
  campaignFindings(@Args() args: CampaignFindingsArgs, @Caller() who: Who): Promise<readonly CampaignFinding[]> {
    return this.queries.execute(new CampaignFindings(args, who.scope));
  }

  @Query(() => ReturnForm, { nullable: true, description: 'The form of a school year’s campaign' })
  returnForm(@Args() args: FormArgs, @Caller() who: Who): Promise<Form | null> {
    return this.queries.execute(new FormOfCampaign(args, who.scope));
  }

  @Mutation(() => Receipt, { description: 'A province’s campaign appears in its counties a moment later' })
  openCampaign(
    @Args() args: CampaignTargetArgs,
    @Args('input') { deadline, scope }: OpenCampaignInput,
    @Caller() who: Who,
  ): Promise<Receipt> {
    const wish = { type: 'OpenCampaign', deadline, scope: stated(scope ?? {}) as CampaignScope } as const;
    return this.commands.execute(new OnCampaign(target(args), wish, who));
  }

  @Mutation(() => Receipt)
  moveDeadline(
    @Args() args: CampaignTargetArgs,
    @Args('input') { deadline, reason }: MoveDeadlineInput,
    @Caller() who: Who,
  ): Promise<Receipt> {
    return this.commands.execute(new OnCampaign(target(args), { type: 'MoveDeadline', deadline, reason }, who));
  }

  @Mutation(() => Receipt)
  closeCampaign(@Args() args: CampaignTargetArgs, @Caller() who: Who): Promise<Receipt> {
    return this.commands.execute(new OnCampaign(target(args), { type: 'CloseCampaign' }, who));
  }

  @Mutation(() => Receipt, { description: 'Freezes the approved returns of a closed campaign' })
  sealSnapshot(@Args() args: CampaignTargetArgs, @Caller() who: Who): Promise<Receipt> {
    return this.commands.execute(new OnCampaign(target(args), { type: 'SealSnapshot' }, who));
  }
}

/** The arguments of an operation hold its input too, which is no part of the target. */
function target({ region, schoolYear, commandId, expectedVersion }: CampaignTargetArgs) {
  return { region, schoolYear, commandId, ...stated({ expectedVersion }) };
}
