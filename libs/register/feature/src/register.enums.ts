import { registerEnumType } from '@nestjs/graphql';
import { regionKinds, schoolStatuses, schoolTypes, settings, sponsors, stages } from '@junheng/register-contract';

/** GraphQL names know no hyphen: `teaching-point` is `teaching_point` there, and nowhere else. */
function graphqlEnum<Word extends string>(name: string, words: readonly Word[]): Readonly<Record<string, Word>> {
  const names = Object.fromEntries(words.map((word) => [word.replaceAll('-', '_'), word]));
  registerEnumType(names, { name });
  return names;
}

export const StageName = graphqlEnum('Stage', stages);
export const SchoolTypeName = graphqlEnum('SchoolType', schoolTypes);
export const SponsorName = graphqlEnum('Sponsor', sponsors);
export const SettingName = graphqlEnum('Setting', settings);
export const RegionKindName = graphqlEnum('RegionKind', regionKinds);
export const SchoolStatusName = graphqlEnum('SchoolStatus', schoolStatuses);

export const schoolOrders = ['code', 'name'] as const;
export type SchoolOrder = (typeof schoolOrders)[number];
export const SchoolOrderName = graphqlEnum('SchoolOrder', schoolOrders);
