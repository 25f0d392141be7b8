import type { Figure } from '@junheng/reporting-contract';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { FigureValue } from './figures.scalar.js';

@ObjectType({ description: 'Something that the user must correct or look at, with its place in the file' })
export class ImportProblem {
  @Field() code!: string;
  @Field() message!: string;
  @Field(() => String, { nullable: true }) zh!: string | null;
  @Field(() => ID, { nullable: true }) field!: string | null;
  @Field(() => String, { nullable: true, description: 'Sheet, row and column as Excel shows them' })
  where!: string | null;
}

@ObjectType({ description: 'A figure that the file changes' })
export class ImportedFigure {
  @Field(() => ID) section!: string;
  @Field(() => ID) field!: string;
  @Field(() => FigureValue, { nullable: true }) before!: Figure | undefined;
  @Field(() => FigureValue, { nullable: true }) after!: Figure | undefined;
}

@ObjectType()
export class ImportedRow {
  @Field(() => Int) line!: number;
  @Field(() => ID) school!: string;
  @Field(() => [ImportedFigure]) changes!: readonly ImportedFigure[];
  @Field(() => [ImportProblem], { description: 'A row with one is left out as a whole' })
  errors!: readonly ImportProblem[];
  @Field(() => [ImportProblem]) warnings!: readonly ImportProblem[];
  @Field(() => Boolean) saved!: boolean;
}

@ObjectType()
export class ImportReport {
  @Field(() => Boolean) dryRun!: boolean;
  @Field(() => [ImportedRow]) rows!: readonly ImportedRow[];
  @Field(() => [ImportProblem], { description: 'What concerns the file and no school' })
  errors!: readonly ImportProblem[];
  @Field(() => Int, { description: 'Schools whose figures changed' }) saved!: number;
  @Field(() => Int, { nullable: true, description: 'Give it to a query as `atLeast`' }) position!: number | null;
}
