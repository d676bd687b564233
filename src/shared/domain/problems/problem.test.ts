import { describe, expect, it } from 'vitest';
import { comparePartialDates, isPartialDate, parsePartialDate } from './partial-date.ts';
import { clinicalStatuses, isGoingOn, nextClinical, nextVerification, problemProblems } from './problem.ts';

const today = '2026-11-23';

describe('when something began', () => {
  it.each([
    ['2019', '2019'],
    ['Mar 2019', '2019-03'],
    ['3/2019', '2019-03'],
    ['mars 2019', '2019-03'],
    ['2019-03', '2019-03'],
    ['3/2/2019', '2019-02-03'],
    ['3 février 2019', '2019-02-03'],
    ['2019-02-03', '2019-02-03'],
    ['2 years', '2024'],
    ['', null],
  ])('"%s" is %s', (typed, date) => {
    expect(parsePartialDate(typed, today)).toEqual({ ok: true, value: date });
  });

  it.each([
    ['31/2/2019', 'impossible'],
    ['2031', 'future'],
    ['long ago', 'unreadable'],
    ['13/2019', 'impossible'],
  ])('"%s" is %s', (typed, error) => {
    expect(parsePartialDate(typed, today)).toEqual({ ok: false, error });
  });

  it('is compared as precisely as it is known', () => {
    expect(comparePartialDates('2019', '2019-05-01')).toBe(0);
    expect(comparePartialDates('2019-06', '2019-05-01')).toBe(1);
    expect(comparePartialDates('2018', '2019-05')).toBe(-1);
    expect([isPartialDate('2019-13'), isPartialDate('2019-02-30'), isPartialDate('19')]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('a problem', () => {
  const times = { clinicalStatus: 'resolved', onset: '2019-05', abatement: '2020' } as const;
  it('ends after it began, neither before birth nor in the future', () => {
    const problems = (more: Partial<Parameters<typeof problemProblems>[0]>) =>
      problemProblems({ ...times, ...more }, '1985-02-03', today);
    expect(problems({})).toEqual({});
    expect(problems({ abatement: '2018' })).toEqual({ abatement: 'order' });
    expect(problems({ abatement: '2019' })).toEqual({});
    expect(problems({ onset: '1980' })).toEqual({ onset: 'before-birth' });
    expect(problems({ onset: '1985' })).toEqual({});
    expect(problems({ onset: '2027', abatement: null })).toEqual({ onset: 'future' });
    expect(problems({ onset: 'x', abatement: null })).toEqual({ onset: 'date' });
    expect(problems({ clinicalStatus: 'active' })).toEqual({ abatement: 'still-going-on' });
  });

  it('comes back as a recurrence, after a remission as a relapse', () => {
    expect(nextClinical('remission')).toContain('relapse');
    expect(nextClinical('remission')).not.toContain('recurrence');
    expect(nextClinical('resolved')).toContain('recurrence');
    expect(nextClinical('active')).not.toContain('relapse');
    for (const status of clinicalStatuses) {
      expect(nextClinical(status)).toContain(status);
      expect(nextClinical(status).some(isGoingOn)).toBe(true);
    }
  });

  it('that is confirmed is refuted, not doubted again', () => {
    expect(nextVerification('confirmed')).toEqual(['confirmed', 'refuted']);
    expect(nextVerification('provisional')).toContain('confirmed');
  });
});
