import { registerEnumType } from '@nestjs/graphql';

function graphqlEnum<Word extends string>(name: string, words: readonly Word[]): Readonly<Record<string, Word>> {
  const names = Object.fromEntries(words.map((word) => [word, word]));
  registerEnumType(names, { name });
  return names;
}

export const campaignStatuses = ['open', 'closed'] as const;
export type CampaignStatus = (typeof campaignStatuses)[number];
export const CampaignStatusName = graphqlEnum('CampaignStatus', campaignStatuses);

/** `missing`: asked by the campaign, nothing saved yet. */
export const returnStatuses = ['missing', 'draft', 'submitted', 'returned', 'approved'] as const;
export type ReturnStatus = (typeof returnStatuses)[number];
export const ReturnStatusName = graphqlEnum('ReturnStatus', returnStatuses);

export const CheckLevelName = graphqlEnum('CheckLevel', ['refuse', 'explain', 'warn']);
export const FieldKindName = graphqlEnum('FieldKind', ['whole', 'decimal', 'list', 'flag', 'text', 'year']);
export const LedgerLevelName = graphqlEnum('CampaignOpener', ['county', 'province']);

export const fileFormats = ['xlsx', 'csv'] as const;
export type FileFormat = (typeof fileFormats)[number];
export const FileFormatName = graphqlEnum('FileFormat', fileFormats);
