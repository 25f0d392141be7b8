import type { StandardAdoptionEvent, StandardPublished } from '@junheng/evaluation-domain';
import type { Standard } from '@junheng/standards';
import { view } from '@junheng/views';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One version of a standard in force in a county, and the school years it holds for. */
export interface AdoptedVersion {
  readonly version: string;
  readonly hash: string;
  readonly content: Standard;
  readonly fromSchoolYear: number;
  readonly untilSchoolYear: number | null;
}

/** What a county is evaluated by. */
@Entity('adopted_standard')
export class AdoptedStandard {
  @PrimaryColumn('text') tenant_id!: string;
  @PrimaryColumn('text') standard!: string;
  @Column('jsonb') versions!: readonly AdoptedVersion[];
}

/** The version that judges a school year, if one does. */
export function versionFor(schoolYear: number, { versions }: AdoptedStandard): AdoptedVersion | undefined {
  return versions.find(
    ({ fromSchoolYear, untilSchoolYear }) =>
      fromSchoolYear <= schoolYear && (untilSchoolYear === null || schoolYear <= untilSchoolYear),
  );
}

/** The earlier versions, the last of them judging no year after `year`. */
function endedBy(year: number, versions: readonly AdoptedVersion[]): readonly AdoptedVersion[] {
  return versions.map((version) => ({ ...version, untilSchoolYear: version.untilSchoolYear ?? year }));
}

export const adoptedStandardView = view<AdoptedStandard, StandardAdoptionEvent>(AdoptedStandard, {
  name: 'adopted-standard',
  version: 1,
  visibleToSchools: true,
  on: {
    StandardAdopted: {
      keys: ({ tenant, data }) => [{ tenant_id: tenant, standard: data.standard }],
      fold: (row, { data: { version, hash, content, fromSchoolYear } }, key) => ({
        ...key,
        versions: [
          ...endedBy(fromSchoolYear - 1, row?.versions ?? []),
          { version, hash, content, fromSchoolYear, untilSchoolYear: null },
        ],
      }),
    },
    StandardAdoptionEnded: {
      keys: ({ tenant, data }) => [{ tenant_id: tenant, standard: data.standard }],
      fold: (row, { data: { untilSchoolYear } }, key) => ({
        ...key,
        versions: endedBy(untilSchoolYear, row?.versions ?? []),
      }),
    },
  },
});

/** A version that a province published for its counties to adopt. */
@Entity('published_standard')
export class PublishedStandard {
  @PrimaryColumn('text') tenant_id!: string;
  @PrimaryColumn('text') standard!: string;
  @PrimaryColumn('text') version!: string;
  @Column('text') region!: string;
  @Column('text') valid_from!: string;
  @Column('text', { nullable: true }) valid_to!: string | null;
  @Column('jsonb') source!: Standard['source'];
  @Column('text') hash!: string;
  @Column('jsonb') content!: Standard;
}

export const publishedStandardView = view<PublishedStandard, StandardPublished>(PublishedStandard, {
  name: 'published-standard',
  version: 1,
  visibleToSchools: true,
  on: {
    StandardPublished: {
      keys: ({ tenant, data }) => [{ tenant_id: tenant, standard: data.standard, version: data.version }],
      fold: (_row, { data: { region, validFrom, validTo, source, hash, content } }, key) => ({
        ...key,
        region,
        valid_from: validFrom,
        valid_to: validTo,
        source,
        hash,
        content,
      }),
    },
  },
});
