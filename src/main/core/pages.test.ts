import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '#shared/kernel/calendar.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { InvoiceId, LocationId, NoteId, PatientId, PractitionerId } from '#shared/kernel/ids.ts';
import { blank } from '#shared/sync/catalogue.ts';
import {
  type Clinic,
  habimana,
  mugabo,
  mutesi,
  now,
  openClinic,
  otherSite,
  site,
  uwase,
} from '#tests/support/core-clinic.ts';
import { someAppointment, somePatient } from '#tests/support/sync-local.ts';
import type { Connection } from './dispatch.ts';

const monday = '2026-11-23';
const hour = 3_600_000;
const rowId = (n: number) => `01900000-0000-7000-8000-f2${String(n).padStart(10, '0')}`;
const at = instant(now);

let clinic: Clinic;
let desk: Connection;
let doctor: Connection;

/** Two records of one person, and four more people. */
const merged = somePatient({ id: rowId(1), mrn: 'M-1', merged_into: habimana.id, birth_date: '1985-02-03' });
const others = [2, 3, 4, 5].map((n) =>
  somePatient({
    id: rowId(n),
    mrn: `M-${n}`,
    birth_date: n < 4 ? '2001-02-03' : null,
    location_id: n % 2 === 0 ? site.id : otherSite.id,
  }),
);

const appointments = Array.from({ length: 12 }, (_, n) =>
  someAppointment({
    id: rowId(100 + n),
    patient_id: [habimana.id, merged.id, mutesi.id][n % 3] ?? mutesi.id,
    practitioner_id: n % 2 === 0 ? uwase.id : mugabo.id,
    location_id: n < 10 ? site.id : otherSite.id,
    status: n % 4 === 0 ? 'cancelled' : 'booked',
    // Pairs begin at one instant: only the id says which comes first.
    start_at: instant(now + Math.floor(n / 2) * hour),
    end_at: instant(now + Math.floor(n / 2) * hour + hour / 2),
    start_local: `${monday}T${String(10 + Math.floor(n / 2))}:00`,
    time_zone: 'Africa/Kigali',
    overbooked: 1,
  }),
);

beforeAll(async () => {
  clinic = openClinic();
  desk = await clinic.signedIn('reception');
  doctor = await clinic.signedIn('doctor');
  clinic.temporary.local.store.mutate({ kind: 'seed', user: null }, (writer) => {
    for (const row of [merged, ...others]) writer.insert('patient', row);
    for (const row of appointments) writer.insert('appointment', row);
    for (const n of [1, 2, 3, 4, 5])
      writer.insert('encounter', {
        ...blank('encounter'),
        id: rowId(200 + n),
        patient_id: n === 2 ? merged.id : habimana.id,
        practitioner_id: uwase.id,
        location_id: site.id,
        status: 'finished',
        class: 'AMB',
        start_at: instant(now - (n > 3 ? 4 : n) * hour),
        created_at: at,
      });
    for (const n of [1, 2, 3])
      writer.insert('invoice', {
        ...blank('invoice'),
        id: rowId(300 + n),
        patient_id: n === 2 ? merged.id : habimana.id,
        series: '2026',
        provisional_number: `P-${n}`,
        status: 'draft',
        currency: 'RWF',
        total: n * 1000,
        created_at: instant(now - n * hour),
      });
    for (const [n, more] of [
      [1, {}],
      [2, { parent_id: rowId(401), status: 'amended', reason: 'Wrong side' }],
      [3, { appends_id: rowId(402) }],
    ] as const)
      writer.insert('composition', {
        ...blank('composition'),
        id: rowId(400 + n),
        patient_id: habimana.id,
        title: `Version ${n}`,
        body: JSON.stringify({ sections: [{ title: 'Text', text: 'words' }] }),
        status: 'final',
        author_id: uwase.id,
        signed_at: at,
        created_at: instant(now + n),
        ...more,
      });
    writer.insert('diagnostic_report', {
      ...blank('diagnostic_report'),
      id: rowId(500),
      patient_id: habimana.id,
      display: 'Potassium',
      status: 'final',
      recorded_at: at,
      effective_at: at,
    });
  });
});
afterAll(() => clinic.close());

/** Every row of a list, a page at a time. */
const through = async <R extends { readonly id: string }, P>(
  page: (after: P | null) => Promise<{ readonly rows: readonly R[]; readonly next: P | null }>,
): Promise<string[]> => {
  const ids: string[] = [];
  for (let after: P | null = null, n = 0; n < 50; n += 1) {
    const { rows, next } = await page(after);
    ids.push(...rows.map(({ id }) => id));
    if (next === null) return ids;
    after = next;
  }
  throw new Error('the pages do not end');
};

describe('patients', () => {
  const all = (filter: object, limit = 2) =>
    through(async (after: PatientId | null) => {
      const page = await clinic.get('patients.page', { ...filter, after, limit }, desk);
      return { rows: page.patients, next: page.next };
    });

  it('come each once in the order of their ids, the records that were merged left out', async () => {
    const expected = [habimana, mutesi, ...others].map(({ id }) => id).toSorted();
    expect(await all({})).toEqual(expected);
    expect(await all({}, 100)).toEqual(expected);
  });

  it('are found by number whatever its letters, by birth date and by site, together too', async () => {
    expect(await all({ mrn: 'm-3' })).toEqual([rowId(3)]);
    expect(await all({ birthDate: '2001-02-03' }, 1)).toEqual([rowId(2), rowId(3)]);
    expect(await all({ locationId: otherSite.id as LocationId }, 1)).toEqual([rowId(3), rowId(5)]);
    expect(await all({ birthDate: '2001-02-03', locationId: site.id as LocationId })).toEqual([rowId(2)]);
    expect(await all({ mrn: merged.mrn })).toEqual([]);
  });
});

describe('appointments', () => {
  const days = { from: monday, until: monday };
  type Place = { readonly startAt: string; readonly id: string };
  const all = (filter: object, limit = 5) =>
    through(async (after: Place | null) => {
      const page = await clinic.get(
        'appointments.page',
        { ...days, ...filter, after: after as never, limit },
        doctor,
      );
      return { rows: page.appointments, next: page.next as Place | null };
    });
  const ids = (fits: (row: (typeof appointments)[number]) => boolean) =>
    appointments.filter(fits).map(({ id }) => id);

  it('come each once by time, in either order', async () => {
    expect(await all({})).toEqual(ids(() => true));
    expect(await all({ order: 'desc' }, 3)).toEqual(ids(() => true).toReversed());
  });

  it('are those of a practitioner, a site, a person under both records, some states', async () => {
    expect(await all({ practitionerId: mugabo.id as PractitionerId }, 2)).toEqual(
      ids((row) => row.practitioner_id === mugabo.id),
    );
    expect(await all({ locationId: otherSite.id as LocationId })).toEqual(
      ids((row) => row.location_id === otherSite.id),
    );
    expect(await all({ patientId: habimana.id as PatientId }, 3)).toEqual(
      ids((row) => row.patient_id !== mutesi.id),
    );
    expect(await all({ statuses: ['cancelled'] }, 1)).toEqual(ids((row) => row.status === 'cancelled'));
    expect(await all({ from: addDays(monday, 1), until: addDays(monday, 2) })).toEqual([]);
  });

  it('are asked for in days that have an order and an end', async () => {
    const ask = (until: string) => clinic.ask('appointments.page', { from: monday, until }, doctor);
    expect(await ask(addDays(monday, -1))).toMatchObject({ error: { fields: { until: 'order' } } });
    expect(await ask(addDays(monday, 366))).toMatchObject({ error: { fields: { until: 'too-long' } } });
  });
});

describe('what is of one patient', () => {
  it('encounters, the latest first, under both records', async () => {
    type Place = { readonly at: string; readonly id: string };
    const found = await through(async (after: Place | null) => {
      const page = await clinic.get(
        'encounters.page',
        { patientId: merged.id as PatientId, after, limit: 2 },
        doctor,
      );
      return { rows: page.encounters, next: page.next };
    });
    expect(found).toEqual([201, 202, 203, 205, 204].map(rowId));
    expect(await clinic.get('encounters.get', { id: rowId(201) }, doctor)).toMatchObject({
      practitionerName: 'Dr Aline Uwase',
      locationName: 'Ruhengeri',
      status: 'finished',
    });
  });

  it('invoices, the latest first, under both records', async () => {
    const patientId = habimana.id as PatientId;
    const first = await clinic.get('invoices.page', { patientId, limit: 2 }, desk);
    expect(first.invoices.map(({ total }) => total)).toEqual([1000, 2000]);
    const rest = await clinic.get('invoices.page', { patientId, after: first.next, limit: 2 }, desk);
    expect(rest).toMatchObject({ invoices: [{ total: 3000 }], next: null });
    expect(await clinic.get('invoices.get', { id: rowId(301) as InvoiceId }, desk)).toMatchObject({
      provisionalNumber: 'P-1',
    });
  });

  it('a note with all its versions and addenda, by the id of any', async () => {
    for (const n of [401, 402, 403]) {
      const thread = await clinic.get('notes.thread', { id: rowId(n) as NoteId }, doctor);
      expect(thread.current.map(({ title }) => title)).toEqual(['Version 2']);
      expect(thread.earlier.map(({ title }) => title)).toEqual(['Version 1']);
      expect(thread.addenda.map(({ current }) => current.map(({ title }) => title))).toEqual([['Version 3']]);
    }
  });

  it('a report', async () => {
    expect(await clinic.get('results.get', { id: rowId(500) }, doctor)).toMatchObject({
      display: 'Potassium',
    });
  });

  it('of a row that is not there nothing is said', async () => {
    const id = rowId(999);
    const missing = { ok: false, error: { code: 'not-found' } };
    expect(await clinic.ask('encounters.get', { id }, doctor)).toEqual(missing);
    expect(await clinic.ask('results.get', { id }, doctor)).toEqual(missing);
    expect(await clinic.ask('notes.thread', { id: id as NoteId }, doctor)).toEqual(missing);
    expect(await clinic.ask('invoices.get', { id: id as InvoiceId }, desk)).toEqual(missing);
  });
});
