import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb, readPayload } from '#main/data/local/query.ts';
import type { Input } from '#shared/contract/contract.ts';
import type { SeriesDone } from '#shared/contract/series.ts';
import type { AppointmentSeriesId, LocationId, PatientId, PractitionerId } from '#shared/kernel/ids.ts';
import {
  type Clinic,
  habimana,
  mugabo,
  mutesi,
  openClinic,
  site,
  uwase,
} from '#tests/support/core-clinic.ts';

let clinic: Clinic;
let desk: Connection;
beforeEach(async () => {
  clinic = openClinic();
  desk = await clinic.signedIn('reception');
});
afterEach(() => clinic.close());

const place = {
  practitionerId: uwase.id as PractitionerId,
  locationId: site.id as LocationId,
  minutes: 30,
};
/** Every week on Tuesday, from tomorrow on. */
const weekly: Input<'series.preview'>['rule'] = {
  frequency: 'weekly',
  interval: 1,
  weekdays: [2],
  monthly: null,
  end: { by: 'count', count: 4 },
};
const everyDay = (count: number): typeof weekly => ({
  ...weekly,
  frequency: 'daily',
  weekdays: [],
  end: { by: 'count', count },
});
const tuesdays = ['2026-11-24', '2026-12-01', '2026-12-08', '2026-12-15'] as const;
const at = (time: string, days: readonly string[] = tuesdays) => days.map((day) => `${day}T${time}`);
const patientId = habimana.id as PatientId;
const startLocal = '2026-11-24T09:00';

const preview = (more: Partial<Input<'series.preview'>> = {}) =>
  clinic.get('series.preview', { ...place, patientId, startLocal, rule: weekly, ...more }, desk);
const bookSeries = (more: Partial<Input<'series.book'>> = {}) =>
  clinic.get(
    'series.book',
    { ...place, patientId, startLocal, rule: weekly, times: at('09:00'), ...more },
    desk,
  );
const book = async (patient: { readonly id: string }, local: string, more: object = {}) =>
  (
    await clinic.get(
      'appointments.book',
      { ...place, patientId: patient.id as PatientId, startLocal: local, ...more },
      desk,
    )
  ).appointment;
const seriesOf = (done: SeriesDone) => done.appointments[0]?.seriesId as AppointmentSeriesId;
const series = (id: AppointmentSeriesId) => clinic.get('series.get', { id }, desk);
const times = async (id: AppointmentSeriesId) =>
  (await series(id)).occurrences.filter(({ status }) => status !== 'cancelled').map((one) => one.startLocal);
const code = (reply: { ok: boolean; error?: { code: string } }) => (reply.ok ? 'ok' : reply.error?.code);
const lastMutation = () => {
  const entry = clinic.temporary.local.store.get(
    localDb.selectFrom('outbox').selectAll().orderBy('n', 'desc').limit(1),
  );
  return readPayload(entry?.payload ?? '{}').changes;
};
const nth = (done: SeriesDone, n: number) => {
  const one = done.appointments[n];
  if (one === undefined) throw new Error('there is no such occurrence');
  return one;
};

describe('the preview', () => {
  it('says of each occurrence whether it is free, taken or closed and why, with the nearest free time', async () => {
    await book(mutesi, '2026-12-01T09:00');
    await clinic.get(
      'scheduling.addException',
      {
        kind: 'holiday',
        practitionerId: null,
        locationId: null,
        startDate: '2026-12-08',
        endDate: '2026-12-08',
        startTime: null,
        endTime: null,
        name: 'Feast',
      },
      await clinic.signedIn('admin'),
    );
    expect(await preview()).toEqual([
      { of: at('09:00')[0], startLocal: at('09:00')[0], state: 'free', reason: null, alternative: null },
      {
        of: at('09:00')[1],
        startLocal: at('09:00')[1],
        state: 'taken',
        reason: { code: 'slot-taken', params: {} },
        alternative: '2026-12-01T08:30',
      },
      {
        of: at('09:00')[2],
        startLocal: at('09:00')[2],
        state: 'closed',
        reason: { code: 'on-leave', params: { name: 'Feast' } },
        alternative: expect.stringMatching(/^2026-12-(07|09)T/),
      },
      expect.objectContaining({ state: 'free' }),
    ]);
  });

  it('looks at the time chosen instead, and offers no time to two occurrences', async () => {
    await book(mutesi, '2026-12-01T09:00');
    const of = at('09:00')[1] ?? '';
    const [, instead] = await preview({ instead: [{ of, startLocal: '2026-12-01T11:00' }] });
    expect(instead).toMatchObject({ of, startLocal: '2026-12-01T11:00', state: 'free' });
    const daily = everyDay(5);
    const [first] = await preview({
      startLocal: '2026-11-23T15:30',
      rule: daily,
      instead: [{ of: '2026-11-23T15:30', startLocal: '2026-11-24T15:30' }],
    });
    expect(first).toMatchObject({ state: 'free' });
    const both = await preview({
      startLocal: '2026-11-23T15:30',
      rule: daily,
      instead: [{ of: '2026-11-23T15:30', startLocal: '2026-11-24T15:30' }],
    });
    expect(both[1]).toMatchObject({ state: 'taken', reason: { code: 'patient-busy' } });
  });
});

describe('booking a series', () => {
  it('writes the rule and all its appointments as one piece of work, and shows each its series', async () => {
    const done = await bookSeries({ description: 'Physiotherapy' });
    expect(done).toMatchObject({ outcome: 'provisional' });
    expect(lastMutation().map(({ tbl, op }) => `${op} ${tbl}`)).toEqual([
      'insert appointment_series',
      ...tuesdays.map(() => 'insert appointment'),
    ]);
    expect(lastMutation()[0]?.values).toMatchObject({
      rule: 'FREQ=WEEKLY;BYDAY=TU;COUNT=4',
      start_local: startLocal,
      time_zone: 'Africa/Kigali',
    });
    expect(await series(seriesOf(done))).toMatchObject({
      rule: weekly,
      occurrences: at('09:00').map((local) => ({ startLocal: local, description: 'Physiotherapy' })),
    });
  });

  it('books what was chosen and leaves out the rest; when one cannot be had, none is', async () => {
    const chosen = [at('09:00')[0] ?? '', '2026-12-01T10:00', at('09:00')[3] ?? ''];
    expect((await bookSeries({ times: chosen })).appointments.map((one) => one.startLocal)).toEqual(chosen);
    await book(mutesi, '2026-12-15T11:00');
    const reply = await clinic.ask(
      'series.book',
      { ...place, patientId: mutesi.id as PatientId, startLocal, rule: weekly, times: at('11:00') },
      desk,
    );
    expect(reply).toMatchObject({
      ok: false,
      error: { code: 'slot-taken', params: { time: '2026-12-15 11:00' } },
    });
    expect(lastMutation().map(({ tbl }) => tbl)).toEqual(['appointment']);
  });

  it('is taken back in one go', async () => {
    const done = await bookSeries();
    expect(await clinic.get('series.undo', { undo: done.undo }, desk)).toEqual({
      patientName: 'Habimana Jean',
      count: 4,
    });
    expect(code(await clinic.ask('series.get', { id: seriesOf(done) }, desk))).toBe('not-found');
    expect((await clinic.get('appointments.get', { id: nth(done, 2).id }, desk)).status).toBe('cancelled');
    await bookSeries();
  });
});

describe('this and the following', () => {
  const previewChange = (done: SeriesDone, n: number, local: string, more: object = {}) =>
    clinic.get('series.previewChange', { ...place, id: nth(done, n).id, startLocal: local, ...more }, desk);
  const change = async (done: SeriesDone, n: number, local: string, more: object = {}) => {
    const plan = await previewChange(done, n, local, more);
    return clinic.get(
      'series.change',
      { ...place, id: nth(done, n).id, startLocal: local, ...more, times: plan },
      desk,
    );
  };

  it('move to a series of their own, and the one before ends the day before', async () => {
    const done = await bookSeries();
    const after = await change(done, 1, '2026-12-02T10:00');
    expect(await times(seriesOf(done))).toEqual(at('09:00').slice(0, 1));
    expect(await times(seriesOf(after))).toEqual(at('10:00', ['2026-12-02', '2026-12-09', '2026-12-16']));
    expect((await series(seriesOf(done))).rule?.end).toEqual({ by: 'until', until: '2026-11-30' });
    expect((await series(seriesOf(after))).rule).toEqual({
      ...weekly,
      weekdays: [3],
      end: { by: 'until', until: '2026-12-16' },
    });
    expect(new Set(lastMutation().map(({ tbl }) => tbl))).toEqual(
      new Set(['appointment_series', 'appointment']),
    );
  });

  it('move a day on where each comes to where the next one was, and back again in one go', async () => {
    const daily = everyDay(3);
    const days = ['2026-11-24', '2026-11-25', '2026-11-26'];
    const done = await bookSeries({ rule: daily, times: at('09:00', days) });
    const plan = await previewChange(done, 0, '2026-11-25T09:00');
    expect(plan.map(({ state }) => state)).toEqual(['free', 'free', 'free']);
    const after = await change(done, 0, '2026-11-25T09:00');
    const moved = at('09:00', ['2026-11-25', '2026-11-26', '2026-11-27']);
    expect(await times(seriesOf(after))).toEqual(moved);
    // The last one first: at the centre none comes to where another still is.
    const written = lastMutation().flatMap(({ tbl, values }) =>
      tbl === 'appointment' ? [values.start_local] : [],
    );
    expect(written).toEqual(moved.toReversed());
    expect(code(await clinic.ask('series.get', { id: seriesOf(done) }, desk))).toBe('not-found');
    await clinic.get('series.undo', { undo: after.undo }, desk);
    expect(await times(seriesOf(done))).toEqual(at('09:00', days));
    expect((await series(seriesOf(done))).rule).toEqual(daily);
    expect(code(await clinic.ask('series.get', { id: seriesOf(after) }, desk))).toBe('not-found');
  });

  it('leave what was left out where it is, go to another doctor, and take the other time that was chosen', async () => {
    const done = await bookSeries();
    await book(mutesi, '2026-12-08T09:00', { practitionerId: mugabo.id });
    const more = { practitionerId: mugabo.id as PractitionerId };
    const [first, second, third] = await previewChange(done, 1, '2026-12-01T09:00', more);
    expect(second).toMatchObject({ state: 'taken', alternative: '2026-12-08T08:30' });
    if (!first || !third) throw new Error('two of them are free');
    const after = await clinic.get(
      'series.change',
      { ...place, ...more, id: nth(done, 1).id, startLocal: '2026-12-01T09:00', times: [first, third] },
      desk,
    );
    expect(
      (await series(seriesOf(after))).occurrences.map((one) => [one.startLocal, one.practitionerName]),
    ).toEqual([
      [at('09:00')[1], 'Dr Eric Mugabo'],
      [at('09:00')[2], 'Dr Aline Uwase'],
      [at('09:00')[3], 'Dr Eric Mugabo'],
    ]);
  });

  it('are cancelled with a reason, and put back in one go unless somebody has one of the times', async () => {
    const done = await bookSeries();
    const cancelled = await clinic.get('series.cancel', { id: nth(done, 2).id, reason: 'Well again' }, desk);
    expect(cancelled.appointments.map(({ status, cancelReason }) => [status, cancelReason])).toEqual([
      ['cancelled', 'Well again'],
      ['cancelled', 'Well again'],
    ]);
    expect(await times(seriesOf(done))).toEqual(at('09:00').slice(0, 2));
    const taken = await book(mutesi, at('09:00')[3] ?? '');
    expect(code(await clinic.ask('series.undo', { undo: cancelled.undo }, desk))).toBe('slot-taken');
    await clinic.get('appointments.cancel', { id: taken.id, reason: 'Mistake' }, desk);
    await clinic.get('series.undo', { undo: cancelled.undo }, desk);
    expect(await times(seriesOf(done))).toEqual(at('09:00'));
    expect((await series(seriesOf(done))).rule).toEqual(weekly);
  });

  it('are not taken back once somebody has changed one of them', async () => {
    const done = await bookSeries();
    const after = await change(done, 1, '2026-12-01T10:00');
    await clinic.get('appointments.cancel', { id: nth(done, 3).id, reason: 'Away' }, desk);
    expect(code(await clinic.ask('series.undo', { undo: after.undo }, desk))).toBe('changed-meanwhile');
    const other = await clinic.signedIn('nurse');
    expect(code(await clinic.ask('series.undo', { undo: after.undo }, other))).toBe('not-found');
  });

  it('are not moved unseen when one of them has been moved since', async () => {
    const done = await bookSeries();
    const plan = await previewChange(done, 1, '2026-12-01T10:00');
    const { id } = nth(done, 2);
    await clinic.get('appointments.move', { ...place, id, startLocal: '2026-12-08T11:00' }, desk);
    const reply = await clinic.ask(
      'series.change',
      { ...place, id: nth(done, 1).id, startLocal: '2026-12-01T10:00', times: plan },
      desk,
    );
    expect(code(reply)).toBe('changed-meanwhile');
  });
});
