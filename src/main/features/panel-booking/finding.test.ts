import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Input, Output } from '#shared/contract/contract.ts';
import type {
  AppointmentId,
  LocationId,
  PatientId,
  PractitionerId,
  VisitTypeId,
} from '#shared/kernel/ids.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { habimana, mugabo, mutesi, otherSite, site, uwase } from '#tests/support/core-clinic.ts';
import { openPanelClinic, type PanelClinic } from '#tests/support/core-panel.ts';
import { someAppointment, someLocation, somePractitioner } from '#tests/support/sync-local.ts';

let clinic: PanelClinic;
let store: PanelClinic['temporary']['local']['store'];
beforeEach(async () => {
  clinic = await openPanelClinic();
  store = clinic.temporary.local.store;
});
afterEach(() => clinic.close());

type Writer = Parameters<Parameters<typeof store.mutate>[1]>[0];
const write = (change: (writer: Writer) => void) => store.mutate({ kind: 'test', user: null }, change);
const find = async (more: Partial<Input<'panel.doctors'>> = {}) =>
  (await clinic.get('panel.doctors', { visitTypeId: null, ...more }, clinic.patient)).doctors.map(
    ({ id, slots }) => [id, ...slots.map(({ startLocal }) => startLocal)],
  );
const hours = (more: Partial<RowOf<'schedule'>>): RowOf<'schedule'> => ({
  ...blank('schedule'),
  id: crypto.randomUUID(),
  practitioner_id: uwase.id,
  location_id: site.id,
  weekday: 1,
  start_time: '08:00',
  end_time: '16:00',
  active: 1,
  ...more,
});
const visit = (startLocal: string, startAt: string, more: Partial<RowOf<'appointment'>> = {}) =>
  someAppointment({
    patient_id: mutesi.id,
    practitioner_id: uwase.id,
    location_id: site.id,
    start_local: startLocal,
    start_at: startAt,
    end_at: new Date(Date.parse(startAt) + 30 * 60_000).toISOString(),
    ...more,
  });
const keza = somePractitioner({ family: 'Keza', given: 'Ines', speciality: 'Paediatrics' });

describe('doctors with their first free times', () => {
  it('come soonest first, three times each, none before now', async () => {
    // Now is Monday, 10:00 in Kigali.
    write((writer) =>
      writer.insert('appointment', {
        ...visit('2026-11-23T10:00', '2026-11-23T08:00:00.000Z'),
        end_at: '2026-11-23T14:00:00.000Z',
      }),
    );
    expect(await find()).toEqual([
      [mugabo.id, '2026-11-23T10:00', '2026-11-23T10:30', '2026-11-23T11:00'],
      [uwase.id, '2026-11-24T08:00', '2026-11-24T08:30', '2026-11-24T09:00'],
    ]);
  });

  it('are found by speciality, a further one too, site, name and when, all of them together', async () => {
    write((writer) => {
      writer.insert('practitioner', keza);
      writer.insert('practitioner_specialty', {
        ...blank('practitioner_specialty'),
        id: crypto.randomUUID(),
        practitioner_id: mugabo.id,
        specialty: 'Paediatrics',
        active: 1,
      });
      for (const weekday of [2, 4])
        writer.insert('schedule', hours({ practitioner_id: keza.id, location_id: otherSite.id, weekday }));
    });
    const paediatrics = { speciality: 'Paediatrics' };
    const who = async (more: Partial<Input<'panel.doctors'>>) => (await find(more)).map(([id]) => id);
    expect(await who(paediatrics)).toEqual([mugabo.id, keza.id]);
    const there = { ...paediatrics, locationId: otherSite.id as LocationId };
    expect(await find({ ...there, weekdays: [4], part: 'afternoon' })).toEqual([
      [keza.id, '2026-11-26T12:00', '2026-11-26T12:30', '2026-11-26T13:00'],
    ]);
    expect(await find({ ...there, from: '2026-12-02' })).toEqual([
      [keza.id, '2026-12-03T08:00', '2026-12-03T08:30', '2026-12-03T09:00'],
    ]);
    expect(await who({ ...there, practitionerId: keza.id as PractitionerId })).toEqual([keza.id]);
    expect(await who({ ...paediatrics, practitionerId: uwase.id as PractitionerId })).toEqual([]);
    expect(await who({ ...there, part: 'evening' })).toEqual([]);
    expect(await who({ ...there, weekdays: [7] })).toEqual([]);
  });

  it('come page by page, each once', async () => {
    const many = Array.from({ length: 7 }, (_, n) => somePractitioner({ family: `Doctor ${n}` }));
    write((writer) => {
      for (const one of many) writer.insert('practitioner', one);
      many.forEach((one, n) => {
        writer.insert(
          'schedule',
          hours({
            practitioner_id: one.id,
            weekday: (n % 5) + 1,
            start_time: `${String(9 + (n % 3)).padStart(2, '0')}:00`,
          }),
        );
      });
    });
    const all = (await find({ limit: 20 })).map(([id]) => id);
    expect(all).toHaveLength(9);
    const found: string[] = [];
    let after: Input<'panel.doctors'>['after'] = null;
    for (let page = 0; page < 6; page += 1) {
      const reply: Output<'panel.doctors'> = await clinic.get(
        'panel.doctors',
        { visitTypeId: null, after, limit: 2 },
        clinic.patient,
      );
      found.push(...reply.doctors.map(({ id }) => id));
      after = reply.next;
      if (after === null) break;
    }
    expect(found).toEqual(all);
  });

  it('heed lead time, horizon, buffers, the daily cap, leave and holidays', async () => {
    const kind: RowOf<'visit_type'> = {
      ...blank('visit_type'),
      id: crypto.randomUUID(),
      name: 'Check',
      minutes: 60,
      buffer_before: 0,
      buffer_after: 60,
      daily_cap: 1,
      staff_only: 0,
      needs_room: 0,
      active: 1,
      lead_minutes: 24 * 60,
      horizon_days: 4,
    };
    const exception = (more: Partial<RowOf<'schedule_exception'>>) => ({
      ...blank('schedule_exception'),
      id: crypto.randomUUID(),
      kind: 'leave',
      start_date: '2026-11-25',
      end_date: '2026-11-25',
      name: 'Away',
      created_at: '2026-11-01T00:00:00.000Z',
      ...more,
    });
    write((writer) => {
      writer.insert('visit_type', kind);
      writer.insert('schedule_exception', exception({ practitioner_id: uwase.id }));
      writer.insert(
        'schedule_exception',
        exception({ kind: 'holiday', start_date: '2026-11-26', end_date: '2026-11-26' }),
      );
      // The one of that kind on Tuesday, and one of no kind on Friday at nine.
      writer.insert(
        'appointment',
        visit('2026-11-24T14:00', '2026-11-24T12:00:00.000Z', { visit_type_id: kind.id }),
      );
      writer.insert('appointment', visit('2026-11-27T09:00', '2026-11-27T07:00:00.000Z'));
    });
    const visitTypeId = kind.id as VisitTypeId;
    expect(await find({ visitTypeId })).toEqual([
      [mugabo.id, '2026-11-24T10:00', '2026-11-24T11:00', '2026-11-24T12:00'],
      // From half past nine on, after the visit; the hour before eight to nine would need nine to ten as well.
      [uwase.id, '2026-11-27T09:30', '2026-11-27T10:30', '2026-11-27T11:30'],
    ]);
    const { slots, next } = await clinic.get(
      'panel.times',
      { practitionerId: uwase.id as PractitionerId, visitTypeId },
      clinic.patient,
    );
    expect([...new Set(slots.map(({ startLocal }) => startLocal.slice(0, 10)))]).toEqual(['2026-11-27']);
    expect(next === null || next > '2026-11-27').toBe(true);
  });

  it('keep the wall time over a change of the clocks, and offer no hour that there is not', async () => {
    const paris = someLocation({ time_zone: 'Europe/Paris' });
    clinic.clock.at = Date.parse('2027-03-27T12:00:00.000Z');
    write((writer) => {
      writer.insert('location', paris);
      writer.insert('practitioner', keza);
      writer.insert(
        'schedule',
        hours({
          practitioner_id: keza.id,
          location_id: paris.id,
          weekday: 7,
          start_time: '01:00',
          end_time: '04:00',
        }),
      );
    });
    const times = async (from: string | null) =>
      clinic.get(
        'panel.times',
        { practitionerId: keza.id as PractitionerId, visitTypeId: null, from },
        clinic.patient,
      );
    const first = await times(null);
    const { slots } = await times(first.next);
    expect(
      [...first.slots, ...slots].slice(0, 5).map(({ startLocal, startAt }) => [startLocal, startAt]),
    ).toEqual([
      ['2027-03-28T01:00', '2027-03-28T00:00:00.000Z'],
      ['2027-03-28T01:30', '2027-03-28T00:30:00.000Z'],
      ['2027-03-28T03:00', '2027-03-28T01:00:00.000Z'],
      ['2027-03-28T03:30', '2027-03-28T01:30:00.000Z'],
      ['2027-04-04T01:00', '2027-04-03T23:00:00.000Z'],
    ]);
  });

  it('are those who exist, for kinds of visits that patients choose', async () => {
    const inner: RowOf<'visit_type'> = {
      ...blank('visit_type'),
      id: crypto.randomUUID(),
      name: 'Operation',
      minutes: 60,
      buffer_before: 0,
      buffer_after: 0,
      staff_only: 1,
      needs_room: 0,
      active: 1,
    };
    write((writer) => writer.insert('visit_type', inner));
    const code = async (more: Partial<Input<'panel.doctors'>>) => {
      const reply = await clinic.ask('panel.doctors', { visitTypeId: null, ...more }, clinic.patient);
      return reply.ok ? 'ok' : reply.error.code;
    };
    expect(await code({})).toBe('ok');
    expect(await code({ visitTypeId: inner.id as VisitTypeId })).toBe('not-found');
    expect(await code({ practitionerId: crypto.randomUUID() as PractitionerId })).toBe('not-found');
    expect(await code({ locationId: crypto.randomUUID() as LocationId })).toBe('not-found');
    expect((await clinic.get('panel.bookable', {}, clinic.patient)).visitTypes).toEqual([]);
    expect(await find({ from: '2999-01-01' })).toEqual([]);
  });
});

describe('the times of one doctor', () => {
  const times = (more: Partial<Input<'panel.times'>> = {}) =>
    clinic.get(
      'panel.times',
      { practitionerId: uwase.id as PractitionerId, visitTypeId: null, ...more },
      clinic.patient,
    );

  it('are those that fit day, time of day and site, in the first week that has some', async () => {
    write((writer) =>
      writer.insert(
        'schedule',
        hours({ location_id: otherSite.id, weekday: 4, start_time: '08:00', end_time: '13:00' }),
      ),
    );
    const local = async (more: Partial<Input<'panel.times'>>) =>
      (await times(more)).slots.map(({ startLocal }) => startLocal);
    const there = { locationId: otherSite.id as LocationId };
    expect(await local({ ...there, part: 'afternoon' })).toEqual(['2026-11-26T12:00', '2026-11-26T12:30']);
    expect(await local({ ...there, from: '2026-11-27', part: 'afternoon' })).toEqual([
      '2026-12-03T12:00',
      '2026-12-03T12:30',
    ]);
    expect(await local({ ...there, weekdays: [2, 4], part: 'evening' })).toEqual([]);
    const tuesdays = await local({ weekdays: [2], part: 'morning' });
    expect(tuesdays).not.toEqual([]);
    expect(tuesdays.every((at) => at.startsWith('2026-11-24') && at < '2026-11-24T12')).toBe(true);
  });

  it('come a week at a time, to an end', async () => {
    let { slots, next } = await times();
    expect(slots[0]?.startLocal).toBe('2026-11-23T10:00');
    let pages = 1;
    while (next !== null && pages < 40) {
      const before = slots.at(-1)?.startLocal ?? '';
      ({ slots, next } = await times({ from: next }));
      expect((slots[0]?.startLocal ?? '9') > before).toBe(true);
      pages += 1;
    }
    expect(next).toBeNull();
    expect(pages).toBeGreaterThan(20);
    expect(pages).toBeLessThan(30);
  });

  it('for what is moved are as long as that is', async () => {
    const own = visit('2026-11-25T09:00', '2026-11-25T07:00:00.000Z', {
      patient_id: habimana.id,
      end_at: '2026-11-25T08:00:00.000Z',
    });
    write((writer) => writer.insert('appointment', own));
    const moving = { patientId: habimana.id as PatientId, id: own.id as AppointmentId };
    const { slots } = await times({ moving });
    expect(slots[0]?.minutes).toBe(60);
    const theirs = visit('2026-11-26T09:00', '2026-11-26T07:00:00.000Z');
    write((writer) => writer.insert('appointment', theirs));
    const reply = await clinic.ask(
      'panel.times',
      {
        practitionerId: uwase.id as PractitionerId,
        visitTypeId: null,
        moving: { ...moving, id: theirs.id as AppointmentId },
      },
      clinic.patient,
    );
    expect(reply).toEqual({ ok: false, error: { code: 'not-found' } });
  });
});
