import type { Derivation, EntityClass, View } from './view.js';

/** All views and derivations of a deployment; together they fill one generation. */
export class ViewCatalogue {
  readonly views: readonly View[];
  readonly derivations: readonly Derivation[];

  constructor(members: readonly (View | Derivation)[]) {
    this.views = members.filter((member) => member.kind === 'view');
    this.derivations = members.filter((member) => member.kind === 'derivation');
    const names = members.map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw new Error(`Two views are called ${twice}.`);
    if (new Set(this.entities).size !== this.entities.length) throw new Error('Two views keep the same table.');
  }

  /** The TypeORM classes of every read table. */
  get entities(): readonly EntityClass[] {
    return [...this.views.map(({ entity }) => entity), ...this.derivations.flatMap(({ tables }) => tables)];
  }
}
