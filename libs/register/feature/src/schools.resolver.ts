import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { Args, Field, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { type Who } from '@junheng/event-store';
import { Caller, type Page, PageInfo, Receipt } from '@junheng/service';
import { OnSchools } from './reorganisation.handler.js';
import { MergeSchoolsArgs, MergeSchoolsInput, SplitSchoolArgs, SplitSchoolInput } from './school.args.js';
import { SchoolVersion } from './school-history.projection.js';
import { SchoolArgs, SchoolOf, SchoolRecord, Schools, SchoolsArgs } from './school.query.js';
import { foundedSchool, stated } from './stated.js';

@ObjectType()
export class SchoolPage {
  @Field(() => [SchoolVersion]) nodes!: SchoolVersion[];
  @Field(() => PageInfo) pageInfo!: PageInfo;
}

@Resolver()
export class SchoolsResolver {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Query(() => SchoolPage, { description: 'The schools of a county' })
  schools(@Args() args: SchoolsArgs, @Caller() who: Who): Promise<Page<SchoolVersion>> {
    return this.queries.execute(new Schools(args, who.scope));
  }

  @Query(() => SchoolRecord, { nullable: true, description: 'One school with its history' })
  school(@Args() args: SchoolArgs, @Caller() who: Who): Promise<SchoolRecord | null> {
    return this.queries.execute(new SchoolOf(args, who.scope));
  }

  @Mutation(() => [Receipt], { description: 'Merges schools of one county, all or none: the surviving school first' })
  mergeSchools(
    @Args() { county, commandId }: MergeSchoolsArgs,
    @Args('input') { founded, ...input }: MergeSchoolsInput,
    @Caller() who: Who,
  ): Promise<readonly Receipt[]> {
    const school = founded && foundedSchool(founded);
    const merger = { ...input, type: 'MergeSchools', county, ...stated({ founded: school }) } as const;
    return this.commands.execute(new OnSchools(commandId, merger, who));
  }

  @Mutation(() => [Receipt], { description: 'Divides a school: the old school first, then those that it founds' })
  splitSchool(
    @Args() { county, school, commandId }: SplitSchoolArgs,
    @Args('input') { founded, continues, effectiveOn }: SplitSchoolInput,
    @Caller() who: Who,
  ): Promise<readonly Receipt[]> {
    const parts = founded.map(foundedSchool);
    const division = { type: 'DivideSchool', county, school, continues, founded: parts, effectiveOn } as const;
    return this.commands.execute(new OnSchools(commandId, division, who));
  }
}
