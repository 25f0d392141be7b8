import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { Args, Mutation, ObjectType, Query, Resolver, Field } from '@nestjs/graphql';
import { type Who } from '@junheng/event-store';
import { Caller, type Page, PageInfo, Receipt } from '@junheng/service';
import { OnRegion } from './region.handler.js';
import {
  AbolishRegionInput,
  MoveRegionInput,
  RegionTargetArgs,
  RegisterRegionInput,
  RenameRegionInput,
} from './region.args.js';
import { RegionVersion } from './region.projection.js';
import { RegionArgs, RegionOf, RegionRecord, Regions, RegionsArgs } from './region.query.js';
import { stated } from './stated.js';

@ObjectType()
export class RegionPage {
  @Field(() => [RegionVersion]) nodes!: RegionVersion[];
  @Field(() => PageInfo) pageInfo!: PageInfo;
}

@Resolver()
export class RegionResolver {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Query(() => RegionPage, { description: 'Regions below a prefix, by code' })
  regions(@Args() args: RegionsArgs, @Caller() who: Who): Promise<Page<RegionVersion>> {
    return this.queries.execute(new Regions(args, who.scope));
  }

  @Query(() => RegionRecord, { nullable: true })
  region(@Args() args: RegionArgs, @Caller() who: Who): Promise<RegionRecord | null> {
    return this.queries.execute(new RegionOf(args, who.scope));
  }

  @Mutation(() => Receipt, { description: 'Registers a region and opens its ledger' })
  registerRegion(
    @Args() args: RegionTargetArgs,
    @Args('input') input: RegisterRegionInput,
    @Caller() who: Who,
  ): Promise<Receipt> {
    const { name, kind, validFrom, parent = null } = input;
    const command = { type: 'RegisterRegion', code: args.region, name, kind, parent, validFrom } as const;
    return this.commands.execute(new OnRegion(target(args), command, who));
  }

  @Mutation(() => Receipt)
  renameRegion(
    @Args() args: RegionTargetArgs,
    @Args('input') input: RenameRegionInput,
    @Caller() who: Who,
  ): Promise<Receipt> {
    return this.commands.execute(new OnRegion(target(args), { ...input, type: 'RenameRegion' }, who));
  }

  @Mutation(() => Receipt, { description: 'Puts a region under its province or back under its city' })
  moveRegion(
    @Args() args: RegionTargetArgs,
    @Args('input') input: MoveRegionInput,
    @Caller() who: Who,
  ): Promise<Receipt> {
    return this.commands.execute(new OnRegion(target(args), { ...input, type: 'MoveRegion' }, who));
  }

  @Mutation(() => Receipt)
  abolishRegion(
    @Args() args: RegionTargetArgs,
    @Args('input') input: AbolishRegionInput,
    @Caller() who: Who,
  ): Promise<Receipt> {
    return this.commands.execute(new OnRegion(target(args), { ...input, type: 'AbolishRegion' }, who));
  }
}

/** The arguments of an operation hold its input too, which is no part of the target. */
function target({ region, commandId, expectedVersion }: RegionTargetArgs) {
  return { region, commandId, ...stated({ expectedVersion }) };
}
