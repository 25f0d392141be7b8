import type { ReturnRow, TableError } from '@junheng/documents';
import { EventStore, type Who } from '@junheng/event-store';
import { RuleViolation } from '@junheng/kernel';
import type { Figures, Form } from '@junheng/reporting-contract';
import {
  annualReturn,
  type AnnualReturnState,
  bySection,
  enteredFigures,
  type ReturnContext,
} from '@junheng/reporting-domain';
import { Injectable } from '@nestjs/common';
import type { ImportedFigure, ImportedRow, ImportProblem } from './import.answer.js';
import { ReturnContexts, returnId } from './return-context.js';

/** A row with the sections that it would save; only what differs from the return as it stands. */
export interface PlannedRow extends ImportedRow {
  readonly sections: readonly { readonly section: string; readonly figures: Figures }[];
}

interface Planned {
  readonly section: string;
  readonly figures: Figures;
  readonly errors: readonly ImportProblem[];
}

/** Decides what a row would change by the rules that a user's own command would meet, without recording anything. */
@Injectable()
export class ImportPlans {
  constructor(
    private readonly store: EventStore,
    private readonly contexts: ReturnContexts,
  ) {}

  async of(
    { county, schoolYear }: { readonly county: string; readonly schoolYear: number },
    form: Form,
    { line, school, figures, errors, warnings }: ReturnRow,
    { scope }: Who,
  ): Promise<PlannedRow> {
    const row = { line, school, saved: false, warnings: warnings.map(problemIn) };
    const problems = errors.map(problemIn);
    if (scope.school !== undefined && scope.school !== school) {
      const message = `Row ${line} is of another school.`;
      const outside = { code: 'FORBIDDEN', message, zh: `第 ${line} 行不是本校。`, field: null, where: null };
      return { ...row, changes: [], sections: [], errors: [...problems, outside] };
    }
    const key = { county, school, schoolYear };
    const context = await this.contexts.of(key, 'SaveSection');
    const { state } = await this.store.load(annualReturn, county, 'annualReturn', returnId(key), { region: county });
    const plans = bySection(form, figures).map((part) => plan(part, { school, schoolYear, context }, state));
    const before = enteredFigures(state);
    return {
      ...row,
      sections: plans.filter((each) => Object.keys(each.figures).length > 0),
      changes: plans.flatMap((each) => changesOf(each, before)),
      errors: [...problems, ...plans.flatMap((each) => each.errors)],
    };
  }
}

function plan(
  [section, figures]: readonly [string, Figures],
  of: { readonly school: string; readonly schoolYear: number; readonly context: ReturnContext },
  state: AnnualReturnState,
): Planned {
  try {
    const events = annualReturn.decide({ type: 'SaveSection', ...of, section, figures }, state);
    const changed = events.flatMap((event) => (event.type === 'ReturnSectionSaved' ? [event.figures] : []));
    return { section, figures: changed[0] ?? {}, errors: [] };
  } catch (error) {
    return { section, figures: {}, errors: [refused(error)] };
  }
}

function changesOf({ section, figures }: Planned, before: Figures): readonly ImportedFigure[] {
  return Object.entries(figures).map(([field, after]) => ({ section, field, before: before[field], after }));
}

export function refused(error: unknown): ImportProblem {
  if (!(error instanceof RuleViolation)) throw error;
  const { code, message, details } = error;
  const where = details.where ?? null;
  return { code, message, zh: null, field: where?.split('.')[1] ?? null, where };
}

export function problemIn({ code, message, zh, field, sheet, row, column = '' }: TableError): ImportProblem {
  return {
    code,
    message,
    zh,
    field: field ?? null,
    where: row === undefined ? `${sheet} ${column}` : `${sheet} ${column}${row}`,
  };
}
