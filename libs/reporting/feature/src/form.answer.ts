import type {
  CheckLevel,
  FieldKind,
  Figures as FiguresOf,
  Finding as FindingOf,
  Form,
  WarningBand as BandOf,
  Words,
} from '@junheng/reporting-contract';
import { type Asked, isAsked } from '@junheng/reporting-domain';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Figures } from './figures.scalar.js';
import { CheckLevelName, FieldKindName } from './reporting.enums.js';

@ObjectType()
export class Wording {
  @Field() zh!: string;
  @Field() en!: string;
}

@ObjectType({ description: 'Outside of it the reporter is asked to look again' })
export class WarningBand {
  @Field(() => String, { nullable: true }) below?: string | undefined;
  @Field(() => String, { nullable: true }) above?: string | undefined;
  @Field(() => [ID], { nullable: true, description: 'The figure is divided by the sum of these first' })
  per?: readonly string[] | undefined;
  @Field(() => String, { nullable: true }) times?: string | undefined;
}

@ObjectType()
export class FormField {
  @Field(() => ID) id!: string;
  @Field(() => Wording) label!: Words;
  @Field() unit!: string;
  @Field(() => FieldKindName) kind!: FieldKind;
  @Field(() => Int) decimals!: number;
  @Field(() => [String], { nullable: true }) stages?: readonly string[] | undefined;
  @Field(() => [String], { nullable: true }) schoolTypes?: readonly string[] | undefined;
  @Field(() => Boolean) required!: boolean;
  @Field(() => String, { nullable: true }) format?: string | undefined;
  @Field(() => WarningBand, { nullable: true }) warn?: BandOf | undefined;
}

@ObjectType()
export class FormSection {
  @Field(() => ID) id!: string;
  @Field(() => Wording) title!: Words;
  @Field(() => [FormField]) fields!: readonly FormField[];
}

@ObjectType()
export class FormCheck {
  @Field(() => ID) id!: string;
  @Field(() => CheckLevelName) level!: CheckLevel;
  @Field(() => Wording) rule!: Words;
  @Field(() => [String], { nullable: true }) stages?: readonly string[] | undefined;
}

@ObjectType({ description: '报表: what a school is asked, as data' })
export class ReturnForm {
  @Field(() => ID) id!: string;
  @Field(() => Int) version!: number;
  @Field(() => Wording) title!: Words;
  @Field(() => [FormSection]) sections!: readonly FormSection[];
  @Field(() => [FormCheck]) checks!: readonly FormCheck[];
}

@ObjectType({ description: 'A rule that does not hold, with the figures it looked at' })
export class Finding implements FindingOf {
  @Field(() => ID) check!: string;
  @Field(() => CheckLevelName) level!: CheckLevel;
  @Field(() => [ID]) fields!: readonly string[];
  @Field(() => Wording) rule!: Words;
  @Field(() => Figures) figures!: FiguresOf;
  @Field(() => Figures, { nullable: true, description: 'Figures of the school year before' }) previous?: FiguresOf;
}

/** The part of the form that this school is asked. */
export function formFor(form: Form, school: Asked): Form {
  const sections = form.sections.map((section) => ({
    ...section,
    fields: section.fields.filter((field) => isAsked(field, school)),
  }));
  const checks = form.checks.filter(({ stages }) => !stages || stages.some((stage) => school.stages.includes(stage)));
  return { ...form, sections: sections.filter(({ fields }) => fields.length > 0), checks };
}
