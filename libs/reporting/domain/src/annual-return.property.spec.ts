import { describe, expect, it } from '@jest/globals';
import { fold, RuleViolation } from '@junheng/kernel';
import type { AnnualReturnEvent, Figure } from '@junheng/reporting-contract';
import fc from 'fast-check';
import type { AnnualReturnCommand } from './annual-return-commands.js';
import { annualReturn } from './annual-return.decider.js';
import { enteredFigures } from './annual-return-state.js';
import { inCampaign, leiguPrimary, soundFigures } from './example-return.js';

const of = { school: leiguPrimary.school, schoolYear: 2013, context: inCampaign() };

const resource = fc.record(
  Object.fromEntries(
    ['equip_value', 'computers', 'teach_computers', 'books'].map((id) => [
      id,
      fc.oneof(fc.constant(null), fc.nat({ max: 50 }).map(String)),
    ]),
  ),
  { requiredKeys: [] },
);

const command: fc.Arbitrary<AnnualReturnCommand> = fc.oneof(
  resource.map((figures): AnnualReturnCommand => ({ type: 'SaveSection', ...of, section: 'resources', figures })),
  fc.constant<AnnualReturnCommand>({
    type: 'SubmitReturn',
    ...of,
    explanations: ['unknown', 'equipment_per_pupil'].map((check) => ({ check, field: null, text: '台账缺页' })),
  }),
  fc.constant<AnnualReturnCommand>({
    type: 'ReturnForCorrection',
    ...of,
    reasons: [{ field: 'books', code: 'DOUBTFUL', text: '请核对' }],
    dueOn: '2013-09-30',
  }),
  fc.constant<AnnualReturnCommand>({ type: 'ApproveReturn', ...of }),
  fc.constant<AnnualReturnCommand>({ type: 'RequestReopening', ...of, reason: '有误', requestedBy: 'a' }),
  fc.constant<AnnualReturnCommand>({
    type: 'ApproveReopening',
    ...of,
    approvedBy: 'b',
    expiresAt: '2013-09-15T00:00:00.000Z',
  }),
  resource.map((figures): AnnualReturnCommand => ({ type: 'CorrectReturn', ...of, figures, reason: '更正' })),
);

function send(history: readonly AnnualReturnEvent[], sent: AnnualReturnCommand): readonly AnnualReturnEvent[] {
  try {
    return annualReturn.decide(sent, fold(annualReturn, history));
  } catch (refusal) {
    if (refusal instanceof RuleViolation) return [];
    throw refusal;
  }
}

const year = { school: of.school, schoolYear: 2013 };
const entered: AnnualReturnEvent = { type: 'ReturnSectionSaved', ...year, section: 'resources', figures: soundFigures };
const reopened: readonly AnnualReturnEvent[] = [
  entered,
  {
    type: 'ReturnSubmitted',
    ...year,
    stages: ['primary'],
    figures: soundFigures,
    explanations: [],
    findings: [],
  },
  { type: 'ReturnApproved', ...year },
  { type: 'ReopeningRequested', ...year, reason: '有误', requestedBy: 'a' },
  { type: 'ReopeningApproved', ...year, approvedBy: 'b', expiresAt: '2013-09-15T00:00:00.000Z' },
];
/** Chance alone would rarely get as far as a correction beside an open draft. */
const beginning = fc.constantFrom<readonly AnnualReturnEvent[]>([entered], reopened);

describe('Any sequence of commands to an annual return', () => {
  it('keeps every figure as it was last accepted', () => {
    fc.assert(
      fc.property(beginning, fc.array(command, { maxLength: 30 }), (start, commands) => {
        let history = start;
        const expected: Record<string, Figure> = { ...soundFigures };
        for (const sent of commands) {
          const events = send(history, sent);
          history = [...history, ...events];
          for (const event of events) {
            if (event.type === 'ReturnSectionSaved' || event.type === 'ReturnCorrected') {
              Object.assign(expected, event.figures);
            }
          }
          expect(enteredFigures(fold(annualReturn, history))).toEqual(expected);
        }
      }),
    );
  });

  it('adds nothing when a section is saved or a correction made twice', () => {
    fc.assert(
      fc.property(beginning, fc.array(command, { maxLength: 20 }), command, (start, commands, last) => {
        const history = commands.reduce((events, sent) => [...events, ...send(events, sent)], start);
        const after = [...history, ...send(history, last)];
        if (last.type === 'SaveSection' || last.type === 'CorrectReturn') expect(send(after, last)).toEqual([]);
      }),
    );
  });

  it('counts only figures that were approved or corrected', () => {
    fc.assert(
      fc.property(beginning, fc.array(command, { maxLength: 30 }), (start, commands) => {
        let counted: Record<string, Figure> | undefined;
        let submitted: Record<string, Figure> = {};
        const history = commands.reduce((events, sent) => [...events, ...send(events, sent)], start);
        for (const event of history) {
          if (event.type === 'ReturnSubmitted') submitted = event.figures;
          if (event.type === 'ReturnApproved') counted = submitted;
          if (event.type === 'ReturnCorrected') {
            counted = { ...counted, ...event.figures };
            submitted = { ...submitted, ...event.figures };
          }
        }
        expect(fold(annualReturn, history).approved?.figures).toEqual(counted);
      }),
    );
  });
});
