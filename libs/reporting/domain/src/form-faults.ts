import type { Form } from '@junheng/reporting-contract';
import { fieldsOf } from './expression.formula.js';
import { formIndex } from './form-index.js';

const FIELD_ID = /^[a-z][a-z0-9_]{0,40}$/;
const DECIMAL = /^\d+(\.\d+)?$/;

/** Why a form cannot be used. A province may bring its own; a check that names no field would silently never run. */
export function formFaults(form: Form): readonly string[] {
  const ids = form.sections.flatMap(({ fields }) => fields.map(({ id }) => id));
  const { fields } = formIndex(form);
  const named = [...form.checks, ...(form.countyChecks ?? [])].flatMap((check) =>
    [check.left, check.right, ...(check.when && 'positive' in check.when ? [check.when.positive] : [])]
      .map(fieldsOf)
      .flatMap(({ now, before }) => [...now, ...before])
      .concat(check.when && 'flag' in check.when ? [check.when.flag] : [])
      .map((field) => ({ by: `check ${check.id}`, field })),
  );
  const bands = [...fields.values()].flatMap(({ field }) =>
    (field.warn?.per ?? []).map((each) => ({ by: `the band of ${field.id}`, field: each })),
  );
  const peers = (form.outliers ?? []).flatMap((check) =>
    [check.field, ...(check.per ?? [])].map((field) => ({ by: `check ${check.id}`, field })),
  );
  return [
    ...(ids.length === 0 ? ['It has no field.'] : []),
    ...ids.filter((id) => !FIELD_ID.test(id)).map((id) => `${id} is no field id.`),
    ...repeated(ids).map((id) => `The field ${id} stands in it twice.`),
    ...repeated(form.sections.map(({ id }) => id)).map((id) => `The section ${id} stands in it twice.`),
    ...repeated(form.checks.map(({ id }) => id)).map((id) => `Two checks are called ${id}.`),
    ...[...named, ...bands, ...peers]
      .filter(({ field }) => !fields.has(field))
      .map(({ by, field }) => `The field ${field}, named by ${by}, is not in it.`),
    ...form.checks
      .filter(({ tolerance }) => tolerance !== undefined && !DECIMAL.test(tolerance))
      .map(({ id }) => `The tolerance of check ${id} is no decimal.`),
  ];
}

function repeated(ids: readonly string[]): readonly string[] {
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
}
