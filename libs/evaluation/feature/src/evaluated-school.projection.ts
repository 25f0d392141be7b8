import { type Folding, view } from '@junheng/views';
import type { SchoolEvent, SchoolFacts } from '@junheng/register-contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Told } from './told-until.js';

/** What a school was from a day on; `facts` is null while it was not open. */
export interface SchoolSpell extends Told {
  readonly from: string;
  readonly facts: SchoolFacts | null;
}

/** A school's whole history, so that a year is evaluated with the school as it was on that year's day. */
@Entity('evaluated_school')
export class EvaluatedSchool {
  @PrimaryColumn('text') tenant_id!: string;
  @PrimaryColumn('text') school_code!: string;
  @Column('jsonb') spells!: readonly SchoolSpell[];
}

/** What the school was on a day, as far as the ledger had been told up to a position. */
export function schoolOn(day: string, until: number, { spells }: EvaluatedSchool): SchoolFacts | null {
  return spells.findLast(({ from, position }) => from <= day && position <= until)?.facts ?? null;
}

type Row = EvaluatedSchool;
type DataOf<Type extends SchoolEvent['type']> = Omit<Extract<SchoolEvent, { type: Type }>, 'type'>;

function spell<Data extends { readonly school: string; readonly effectiveOn: string }>(
  change: (data: Data, last: SchoolFacts | null) => SchoolFacts | null,
): Folding<Row, Data> {
  return {
    keys: ({ tenant, data }) => [{ tenant_id: tenant, school_code: data.school }],
    fold: (row, { data, position }, key) => {
      const spells = row?.spells ?? [];
      const facts = change(data, spells.at(-1)?.facts ?? lastOpen(spells));
      return { ...key, spells: [...spells, { from: data.effectiveOn, position, facts }] };
    },
  };
}

/** A school that reopens is what it was when it closed. */
function lastOpen(spells: readonly SchoolSpell[]): SchoolFacts | null {
  return spells.findLast(({ facts }) => facts !== null)?.facts ?? null;
}

const closes = () => null;

export const evaluatedSchoolView = view<EvaluatedSchool, SchoolEvent>(EvaluatedSchool, {
  name: 'evaluated-school',
  version: 2,
  on: {
    SchoolRegistered: {
      keys: ({ tenant, data }) => [{ tenant_id: tenant, school_code: data.school }],
      fold: (row, { data, position }, key) => ({
        ...key,
        spells: [...(row?.spells ?? []), { from: data.openedOn, position, facts: data }],
      }),
    },
    SchoolMovedIn: spell<DataOf<'SchoolMovedIn'>>(({ from: _from, effectiveOn: _effectiveOn, ...facts }) => facts),
    SchoolRenamed: spell<DataOf<'SchoolRenamed'>>(({ name }, last) => last && { ...last, name }),
    SchoolReclassified: spell<DataOf<'SchoolReclassified'>>(
      ({ schoolType, sponsor, setting, stages }, last) => last && { ...last, schoolType, sponsor, setting, stages },
    ),
    SchoolAssignedToCluster: spell<DataOf<'SchoolAssignedToCluster'>>(
      ({ cluster }, last) => last && { ...last, cluster },
    ),
    SchoolSplit: spell<DataOf<'SchoolSplit'>>(({ school, into }, last) => (into.includes(school) ? last : null)),
    SchoolReopened: spell<DataOf<'SchoolReopened'>>((_data, last) => last),
    SchoolAbsorbed: spell<DataOf<'SchoolAbsorbed'>>(closes),
    SchoolMovedOut: spell<DataOf<'SchoolMovedOut'>>(closes),
    SchoolClosed: spell<DataOf<'SchoolClosed'>>(closes),
  },
});
