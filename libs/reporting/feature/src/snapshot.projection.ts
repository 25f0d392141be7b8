import { view } from '@junheng/views';
import type { CampaignEvent, Figures as FiguresOf, SealedReturn } from '@junheng/reporting-contract';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Figures } from './figures.scalar.js';

@ObjectType({ description: '封存的数据: one school’s figures in a sealed snapshot' })
@Entity('sealed_return')
export class SealedReturnRow {
  @Field(() => ID, { name: 'county' }) @PrimaryColumn('text') tenant_id!: string;
  @Field(() => Int, { name: 'schoolYear' }) @PrimaryColumn('int') school_year!: number;
  @Field(() => Int) @PrimaryColumn('int') snapshot!: number;
  @Field(() => ID, { name: 'school' }) @PrimaryColumn('text') school_code!: string;
  @Field() @Column('text') name!: string;
  @Field(() => Int, { description: 'Version of the return that the figures stand for' })
  @Column('int')
  version!: number;
  @Field(() => String, { description: 'SHA-256 of the whole snapshot' }) @Column('text') hash!: string;
  @Field(() => Figures) @Column('jsonb') figures!: FiguresOf;
  @Column('jsonb') facts!: Omit<SealedReturn, 'figures' | 'version'>;
}

export const sealedReturnView = view<SealedReturnRow, CampaignEvent>(SealedReturnRow, {
  name: 'sealed-return',
  version: 1,
  on: {
    SnapshotSealed: {
      keys: ({ tenant, data: { schoolYear, snapshot, returns } }) =>
        Object.keys(returns).map((school_code) => ({
          tenant_id: tenant,
          school_year: schoolYear,
          snapshot,
          school_code,
        })),
      fold: (row, { data: { returns, hash } }, { school_code = '' }) => {
        const sealed = returns[school_code];
        if (!sealed) return row;
        const { version, figures, ...facts } = sealed;
        return { name: facts.name, version, hash, figures, facts };
      },
    },
  },
});
