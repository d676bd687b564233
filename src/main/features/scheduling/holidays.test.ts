import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import type { HolidayDetails } from '#shared/contract/holidays.ts';
import type { LocationId, PatientId, PractitionerId } from '#shared/kernel/ids.ts';
import { type Clinic, habimana, openClinic, site, uwase } from '#tests/support/core-clinic.ts';

let clinic: Clinic;
let admin: Connection;
let desk: Connection;
beforeEach(async () => {
  clinic = openClinic();
  admin = await clinic.signedIn('admin');
  desk = await clinic.signedIn('reception');
});
afterEach(() => clinic.close());

const locationId = site.id as LocationId;
const holiday = (date: string, more: Partial<HolidayDetails> = {}): HolidayDetails => ({
  startDate: date,
  endDate: date,
  name: 'Heroes Day',
  locationId: null,
  ...more,
});
const add = (...holidays: HolidayDetails[]) => clinic.get('holidays.add', { holidays }, admin);
const list = async (year: number) =>
  (await clinic.get('holidays.list', { year }, desk)).map(({ startDate, name, locationId: at }) => [
    startDate,
    name,
    at,
  ]);
/** A Tuesday on which Dr Uwase has hours. */
const tuesday = '2026-11-24';
const booking = {
  patientId: habimana.id as PatientId,
  practitionerId: uwase.id as PractitionerId,
  locationId,
  startLocal: `${tuesday}T09:00`,
  minutes: 30,
};

describe('the holidays of a year', () => {
  it('close bookings at their site, and tell of the appointments that stand on them', async () => {
    const { appointment } = await clinic.get('appointments.book', booking, desk);
    const { ids } = await add(holiday(tuesday, { locationId }));
    const [id] = ids;
    if (id === undefined) throw new Error('none');
    expect(
      await clinic.ask('appointments.book', { ...booking, startLocal: `${tuesday}T10:00` }, desk),
    ).toEqual({
      ok: false,
      error: { code: 'on-leave', params: { name: 'Heroes Day' } },
    });
    const free = await clinic.get(
      'appointments.freeSlots',
      {
        practitionerId: booking.practitionerId,
        speciality: null,
        locationId,
        visitTypeId: null,
        from: `${tuesday}T00:00:00.000Z`,
        minutes: 30,
        limit: 1,
      },
      desk,
    );
    expect(free[0]?.startLocal.slice(0, 10)).not.toBe(tuesday);
    expect((await clinic.get('scheduling.affected', { id }, desk)).map((one) => one.id)).toEqual([
      appointment.id,
    ]);
    await clinic.get('holidays.remove', { ids }, admin);
    await clinic.get(
      'appointments.book',
      { ...booking, patientId: booking.patientId, startLocal: `${tuesday}T10:00` },
      desk,
    );
  });

  it('are added together, changed, taken away and put back; what is there is not added twice', async () => {
    const { ids } = await add(holiday('2027-02-01'), holiday('2027-07-04', { name: 'Liberation' }));
    expect(await list(2027)).toEqual([
      ['2027-02-01', 'Heroes Day', null],
      ['2027-07-04', 'Liberation', null],
    ]);
    expect(await list(2026)).toEqual([]);
    expect((await add(holiday('2027-02-01'), holiday('2027-02-01', { locationId }))).ids).toHaveLength(1);
    expect(await clinic.ask('holidays.add', { holidays: [holiday('2027-02-01')] }, admin)).toMatchObject({
      error: { code: 'duplicate' },
    });
    const [id] = ids;
    if (id === undefined) throw new Error('none');
    expect(
      await clinic.ask(
        'holidays.change',
        { ...holiday('2027-07-04'), id, was: holiday('2027-02-01') },
        admin,
      ),
    ).toMatchObject({
      error: { code: 'duplicate' },
    });
    await clinic.get(
      'holidays.change',
      { ...holiday('2027-02-02', { name: 'Moved' }), id, was: holiday('2027-02-01') },
      admin,
    );
    const stale = { id, was: holiday('2027-02-01') };
    expect(await clinic.ask('holidays.change', { ...holiday('2027-02-03'), ...stale }, admin)).toMatchObject({
      error: { code: 'changed-meanwhile' },
    });
    await clinic.get('holidays.change', { ...holiday('2027-02-01', { locationId }), ...stale }, admin);
    expect(await list(2027)).toContainEqual(['2027-02-02', 'Moved', locationId]);
    await clinic.get(
      'holidays.change',
      {
        ...holiday('2027-02-02', { name: 'Moved' }),
        id,
        was: holiday('2027-02-02', { name: 'Moved', locationId }),
      },
      admin,
    );
    await clinic.get('holidays.remove', { ids }, admin);
    expect(await list(2027)).toEqual([['2027-02-01', 'Heroes Day', locationId]]);
    await clinic.get('holidays.remove', { ids, removed: false }, admin);
    expect(await list(2027)).toContainEqual(['2027-02-02', 'Moved', null]);
  });

  it('are all added or none, and only by who may', async () => {
    const wrong = holiday('2027-03-01', { endDate: '2027-02-01' });
    expect(
      await clinic.ask('holidays.add', { holidays: [holiday('2027-02-01'), wrong] }, admin),
    ).toMatchObject({ error: { code: 'invalid-input', fields: { endDate: 'order' } } });
    const nowhere = holiday('2027-02-01', { locationId: uwase.id as LocationId });
    expect(await clinic.ask('holidays.add', { holidays: [nowhere] }, admin)).toMatchObject({
      error: { fields: { locationId: 'invalid' } },
    });
    expect(await clinic.ask('holidays.add', { holidays: [holiday('2027-02-01')] }, desk)).toMatchObject({
      error: { code: 'not-permitted' },
    });
    expect(await list(2027)).toEqual([]);
  });

  it('are offered for the next year with their days to confirm, and which of them are there', async () => {
    await add(holiday('2025-02-01'), holiday('2026-02-01'), holiday('2026-04-06', { name: 'Easter Monday' }));
    await add(holiday('2027-02-01'));
    const offered = await clinic.get('holidays.copy', { year: 2026 }, admin);
    expect(offered.map(({ startDate, rule, known }) => [startDate, rule, known])).toEqual([
      ['2027-02-01', 'same-day', true],
      ['2027-04-06', 'unsure', false],
    ]);
    expect(await list(2027)).toHaveLength(1);
  });
});

describe('a file of holidays', () => {
  const read = (text: string, format: 'csv' | 'ics' = 'csv') =>
    clinic.get('holidays.read', { format, text }, admin);

  it('is shown before anything is written: good lines as they would be, bad ones by line', async () => {
    await add(holiday('2027-02-01'));
    const { proposals, problems, problemCount } = await read(
      [
        '\uFEFFDate;Name;Site',
        '2027-07-04;Liberation, all day;',
        `01/02/2027;Heroes Day;`,
        `2027-12-27;Boxing Day;${site.name.toUpperCase()}`,
        '2027-02-30;No such day;',
        '2027-03-01;;',
        '2027-03-02;Elsewhere;Atlantis',
        '2027-07-04;Again;',
        '2027-03-03;Too;many;columns',
      ].join('\n'),
    );
    expect(
      proposals.map(({ line, startDate, name, locationId: at, known }) => [line, startDate, name, at, known]),
    ).toEqual([
      [3, '2027-02-01', 'Heroes Day', null, true],
      [2, '2027-07-04', 'Liberation, all day', null, false],
      [4, '2027-12-27', 'Boxing Day', locationId, false],
    ]);
    expect(problems).toEqual([
      { line: 5, code: 'day' },
      { line: 6, code: 'name' },
      { line: 7, code: 'site' },
      { line: 8, code: 'twice' },
      { line: 9, code: 'malformed-row' },
    ]);
    expect(problemCount).toBe(5);
    expect(await list(2027)).toHaveLength(1);
  });

  it('that is no such file says so, and a quote that never ends costs no more than itself', async () => {
    expect(await read('')).toMatchObject({ proposals: [], problems: [{ line: 1, code: 'missing-column' }] });
    expect(await read('a,b\n1,2')).toMatchObject({ problems: [{ line: 1, code: 'missing-column' }] });
    expect((await read('date,name\n2027-01-01,"New')).problems).toEqual([{ line: 2, code: 'malformed-row' }]);
    const ics =
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20270101\nSUMMARY:New Year\nEND:VEVENT\nEND:VCALENDAR';
    expect((await read(ics, 'ics')).proposals).toMatchObject([
      { line: 2, startDate: '2027-01-01', name: 'New Year' },
    ]);
  });
});
