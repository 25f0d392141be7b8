import type { Scope } from '@junheng/event-store';
import { TenantTransaction } from '@junheng/service';
import type { Standard } from '@junheng/standards';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { AdoptedStandard } from './adopted-standard.projection.js';
import { StandardContent } from './standard-content.scalar.js';
import { hashOf } from './standard.handler.js';
import { StandardLibrary } from './standard-library.js';

@ObjectType({ description: 'A version of a standard (标准) that a region may adopt.' })
export class StandardVersion {
  @Field(() => ID) standard!: string;
  @Field(() => ID) version!: string;
  @Field() nameZh!: string;
  @Field() nameEn!: string;
  @Field({ description: 'The region it is for; empty for the whole country.' }) region!: string;
  @Field() validFrom!: string;
  @Field(() => String, { nullable: true }) validTo!: string | null;
  @Field() document!: string;
  @Field({ description: 'SHA-256 of its canonical JSON.' }) hash!: string;
  @Field(() => StandardContent) content!: Standard;
}

@ObjectType({ description: 'A version that a county is judged by, and for which school years.' })
export class AdoptedStandardVersion extends StandardVersion {
  @Field(() => Int) fromSchoolYear!: number;
  @Field(() => Int, { nullable: true }) untilSchoolYear!: number | null;
}

export class Standards extends Query<StandardVersion[]> {
  constructor(readonly region: string) {
    super();
  }
}

@QueryHandler(Standards)
export class StandardsHandler implements IQueryHandler<Standards> {
  constructor(private readonly library: StandardLibrary) {}

  async execute({ region }: Standards): Promise<StandardVersion[]> {
    const standards = await this.library.list(region);
    return standards.map((content) => answer(content, hashOf(content)));
  }
}

export class AdoptedStandards extends Query<AdoptedStandardVersion[]> {
  constructor(
    readonly county: string,
    readonly scope: Scope,
  ) {
    super();
  }
}

@QueryHandler(AdoptedStandards)
export class AdoptedStandardsHandler implements IQueryHandler<AdoptedStandards> {
  constructor(private readonly transaction: TenantTransaction) {}

  async execute({ county, scope }: AdoptedStandards): Promise<AdoptedStandardVersion[]> {
    const rows = await this.transaction.run(scope, (manager) =>
      manager.find(AdoptedStandard, { where: { tenant_id: county }, order: { standard: 'ASC' } }),
    );
    return rows.flatMap(({ versions }) =>
      versions.map(({ content, hash, fromSchoolYear, untilSchoolYear }) => ({
        ...answer(content, hash),
        fromSchoolYear,
        untilSchoolYear,
      })),
    );
  }
}

function answer(content: Standard, hash: string): StandardVersion {
  const { id, version, name, region, validFrom, validTo, source } = content;
  const { document } = source;
  return {
    standard: id,
    version,
    nameZh: name.zh,
    nameEn: name.en,
    region,
    validFrom,
    validTo,
    document,
    hash,
    content,
  };
}
