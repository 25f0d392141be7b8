import { type SchoolRow, writeTemplate, writeTemplateCsv } from '@junheng/documents';
import type { Scope } from '@junheng/event-store';
import { RuleViolation } from '@junheng/kernel';
import { AtLeast, TenantTransaction } from '@junheng/service';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { ArgsType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { AnnualReturn } from './annual-return.projection.js';
import { CampaignSchool } from './campaign-progress.projection.js';
import { CampaignForm } from './campaign.projection.js';
import { type FileFormat, FileFormatName } from './reporting.enums.js';

@ArgsType()
export class ExportArgs {
  @Field(() => ID) county!: string;
  @Field(() => Int) schoolYear!: number;
  @Field(() => FileFormatName, { defaultValue: 'xlsx' }) format!: FileFormat;
  @Field(() => AtLeast, { nullable: true }) atLeast?: AtLeast | null;
}

@ObjectType()
export class ReturnsFile {
  @Field() fileName!: string;
  @Field({ description: 'Base64' }) content!: string;
}

export class ExportReturns extends Query<ReturnsFile> {
  constructor(
    readonly args: ExportArgs,
    readonly scope: Scope,
  ) {
    super();
  }
}

@QueryHandler(ExportReturns)
export class ExportReturnsHandler implements IQueryHandler<ExportReturns> {
  constructor(private readonly transaction: TenantTransaction) {}

  async execute({ args: { county, schoolYear, format, atLeast }, scope }: ExportReturns): Promise<ReturnsFile> {
    const where = { tenant_id: county, school_year: schoolYear };
    const [form, schools, returns] = await this.transaction.run(
      scope,
      async (manager) => [
        await manager.findOneBy(CampaignForm, where),
        await manager.find(CampaignSchool, { where, order: { school_code: 'ASC' } }),
        await manager.findBy(AnnualReturn, where),
      ],
      atLeast,
    );
    if (!form) throw new RuleViolation('NOT_FOUND', 'There is no campaign for this school year.');
    const figures = new Map(returns.map((row) => [row.school_code, row.figures]));
    const rows = schools.map(({ school_code: school, name, school_type: schoolType, stages }): SchoolRow => ({
      ...{ school, name, schoolType, stages },
      figures: figures.get(school) ?? {},
    }));
    const content = format === 'csv' ? writeTemplateCsv(form.content, rows) : await writeTemplate(form.content, rows);
    return { fileName: `annual-return-${county}-${schoolYear}.${format}`, content: content.toString('base64') };
  }
}
