import { type Decider, RuleViolation } from '@junheng/kernel';
import type { AnnualReturnEvent, Figure, SourcedFigure } from '@junheng/reporting-contract';
import type {
  AnnualReturnCommand,
  AttachNote,
  CorrectReturn,
  RecordFigureConflict,
  ReturnForCorrection,
  SaveSection,
  SubmitReturn,
} from './annual-return-commands.js';
import {
  type AnnualReturnState,
  emptyReturn,
  enteredFigure,
  enteredFigures,
  evolveReturn,
} from './annual-return-state.js';
import { campaignClosed } from './campaign.decider.js';
import { check } from './check.formula.js';
import { parseFigure, sameFigure } from './figure.js';
import { formIndex } from './form-index.js';
import { demandReason } from './free-text.js';
import { approveReopening, declineReopening, requestReopening } from './reopening.js';
import { endOfDay, isReopened, lockOf } from './return-lock.js';
import { type AskedSchool, changesTo, demandAsked, demandField, demandSound, refuseWith } from './submission.js';

type Event = readonly AnnualReturnEvent[];

/** 年报: one school's figures of one school year, from the first saved section to the last correction. */
export const annualReturn: Decider<AnnualReturnState, AnnualReturnCommand, AnnualReturnEvent> = {
  initial: emptyReturn,

  decide(command, state) {
    const asked = demandAsked(command.context);
    const { school, schoolYear } = command;
    switch (command.type) {
      case 'SaveSection':
        return saveSection(command, state, asked);
      case 'AttachNote':
        return attachNote(command, state, asked);
      case 'SubmitReturn':
        return submit(command, state, asked);
      case 'ReturnForCorrection':
        return returnForCorrection(command, state, asked);
      case 'ApproveReturn': {
        if (state.status === 'approved') return [];
        demandSubmitted(state, asked);
        return [{ type: 'ReturnApproved', school, schoolYear }];
      }
      case 'RequestReopening':
        return requestReopening(command, state, asked);
      case 'ApproveReopening':
        return approveReopening(command, state);
      case 'DeclineReopening':
        return declineReopening(command, state);
      case 'CorrectReturn':
        return correct(command, state, asked);
      case 'RecordFigureConflict':
        return recordConflict(command, state, asked);
    }
  },

  evolve: evolveReturn,
};

function saveSection(command: SaveSection, state: AnnualReturnState, asked: AskedSchool): Event {
  const { school, schoolYear, section, context } = command;
  if (!formIndex(asked.campaign.form.content).sections.has(section)) {
    throw new RuleViolation('SECTION_UNKNOWN', `The form has no section ${section}.`, {
      where: section,
      remedy: 'Look the section up in the form.',
    });
  }
  const isSame = (field: string, figure: Figure) => sameFigure(enteredFigure(state, section, field), figure);
  const figures = changesTo(asked, command.figures, ({ field }, figure) => isSame(field.id, figure), section);
  if (Object.keys(figures).length === 0) return [];
  refuseWhileLocked(state, context);
  return [{ type: 'ReturnSectionSaved', school, schoolYear, section, figures }];
}

function attachNote(command: AttachNote, state: AnnualReturnState, asked: AskedSchool): Event {
  const { school, schoolYear, note, field, text } = command;
  if (state.notes[note] === text) return [];
  if (note in state.notes) {
    const remedy = 'Attach a new note; a note is never rewritten.';
    throw new RuleViolation('NOTE_EXISTS', `There is another note ${note}. ${remedy}`, { where: 'note', remedy });
  }
  if (field !== null) demandField(asked, field);
  demandReason('text', text);
  return [{ type: 'ReturnNoteAttached', school, schoolYear, note, field, text }];
}

function submit(command: SubmitReturn, state: AnnualReturnState, asked: AskedSchool): Event {
  const { school, schoolYear, explanations, context } = command;
  if (state.status === 'submitted') return [];
  refuseWhileLocked(state, context);
  const figures = enteredFigures(state);
  const findings = demandSound(asked, figures, context.previous, explanations);
  const { stages } = asked.facts;
  return [{ type: 'ReturnSubmitted', school, schoolYear, stages, figures, explanations, findings }];
}

function returnForCorrection(command: ReturnForCorrection, state: AnnualReturnState, asked: AskedSchool): Event {
  const { school, schoolYear, reasons, dueOn, context } = command;
  demandSubmitted(state, asked);
  if (asked.campaign.status === 'closed' && !isReopened(state, context.now)) throw campaignClosed(asked.campaign);
  if (reasons.length === 0) {
    const remedy = 'Name each field that is wrong, with a code and a text.';
    throw new RuleViolation('REASON_MISSING', `A return needs its reasons. ${remedy}`, { where: 'reasons', remedy });
  }
  for (const { field, text } of reasons) {
    demandField(asked, field);
    demandReason(`reasons.${field}`, text);
  }
  if (!(Date.parse(endOfDay(dueOn)) >= Date.parse(context.now))) {
    const remedy = 'Give a day that is still to come, such as 2013-09-25.';
    throw new RuleViolation('DUE_DATE_IN_PAST', `${dueOn} leaves no time. ${remedy}`, { where: 'dueOn', remedy });
  }
  return [{ type: 'ReturnReturned', school, schoolYear, reasons, dueOn }];
}

function correct(command: CorrectReturn, state: AnnualReturnState, asked: AskedSchool): Event {
  const { school, schoolYear, reason, context, supersedes } = command;
  const { approved } = state;
  if (!approved) {
    throw new RuleViolation('RETURN_NOT_APPROVED', 'Only approved figures are corrected.', {
      where: 'return',
      remedy: 'Save and submit the return; the county approves it.',
    });
  }
  if (state.status === 'submitted') {
    throw new RuleViolation('RETURN_SUBMITTED', 'The return has been submitted anew.', {
      where: 'return',
      lockedBy: 'the submission',
      remedy: 'Approve it or send it back first.',
    });
  }
  const figures = changesTo(asked, command.figures, ({ field }, figure) =>
    sameFigure(approved.figures[field.id], figure),
  );
  if (Object.keys(figures).length === 0) return [];
  if (supersedes !== undefined && supersedes !== approved.version) {
    throw new RuleViolation('FIGURES_SUPERSEDED', `The figures have been those of version ${approved.version} since.`, {
      where: 'supersedes',
      lockedBy: `version ${approved.version}`,
      remedy: 'Look at the return again, then correct it.',
    });
  }
  demandReason('reason', reason);
  const findings = check(
    asked.campaign.form.content,
    asked.facts,
    { ...approved.figures, ...figures },
    context.previous,
  );
  refuseWith('RETURN_HAS_ERRORS', 'would not hold', 'Correct the figures that belong together at once.', [
    ...findings.filter(({ level }) => level === 'refuse'),
  ]);
  return [{ type: 'ReturnCorrected', school, schoolYear, figures, reason, supersedes: approved.version }];
}

function recordConflict(command: RecordFigureConflict, state: AnnualReturnState, asked: AskedSchool): Event {
  const { school, schoolYear, field } = command;
  const placed = demandField(asked, field);
  const values = command.values.map(({ value, source }): SourcedFigure => {
    demandReason('source', source);
    return { value: parseFigure(placed.section, placed.field, value, schoolYear), source };
  });
  const [first, ...others] = values;
  if (!first || others.every(({ value }) => sameFigure(value, first.value))) {
    const remedy = 'Name at least two sources whose figures differ.';
    throw new RuleViolation('CONFLICT_MISSING', `The sources agree. ${remedy}`, { where: field, remedy });
  }
  const known = state.conflicts[field] ?? [];
  const isKnown =
    known.length === values.length &&
    values.every(({ value, source }, i) => source === known[i]?.source && sameFigure(value, known[i].value));
  return isKnown ? [] : [{ type: 'FigureConflictRecorded', school, schoolYear, field, values }];
}

function refuseWhileLocked(state: AnnualReturnState, context: SaveSection['context']): void {
  const lock = lockOf(state, context);
  if (lock) throw lock;
}

function demandSubmitted(state: AnnualReturnState, { campaign }: AskedSchool): void {
  if (state.status === 'submitted') return;
  const approved = state.status === 'approved';
  throw new RuleViolation(
    approved ? 'RETURN_APPROVED' : 'RETURN_NOT_SUBMITTED',
    approved
      ? 'The return has been approved.'
      : `The return is ${state.status === 'draft' ? 'a draft' : 'with the school'}.`,
    {
      where: 'return',
      lockedBy: approved ? `the approval at version ${state.approved?.version}` : 'no submission since',
      remedy: approved ? 'Correct a figure, or reopen the return.' : `The school submits it to ${campaign.campaign}.`,
    },
  );
}
