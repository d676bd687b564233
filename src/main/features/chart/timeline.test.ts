import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import type { TimelineItem } from '#shared/contract/chart.ts';
import type { Place, TimelineKind } from '#shared/domain/chart/timeline.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { blank, type RowOf, type TableName } from '#shared/sync/catalogue.ts';
import { someNote, somePrescription } from '#tests/support/clinical-samples.ts';
import { type Clinic, habimana, mutesi, openClinic, site, uwase } from '#tests/support/core-clinic.ts';
import { someAppointment } from '#tests/support/sync-local.ts';

let clinic: Clinic;
let doctor: Connection;
beforeEach(async () => {
  clinic = openClinic();
  doctor = await clinic.signedIn('doctor');
});
afterEach(() => clinic.close());

const id = habimana.id as PatientId;
const other = mutesi.id as PatientId;
const at = (day: number) => `2026-10-${String(day).padStart(2, '0')}T08:00:00.000Z`;
const guid = (n: number) => `01900000-0000-7000-8000-90000000${String(n).padStart(4, '0')}`;

const put = <T extends TableName>(table: T, row: RowOf<T>) =>
  clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) => writer.insert(table, row));

const encounter = (n: number, day: number, more: Partial<RowOf<'encounter'>> = {}) =>
  put('encounter', {
    ...blank('encounter'),
    id: guid(n),
    patient_id: id,
    practitioner_id: uwase.id,
    location_id: site.id,
    status: 'finished',
    class: 'AMB',
    reason: 'cough',
    start_at: at(day),
    created_at: at(day),
    ...more,
  });
const appointment = (n: number, day: number) =>
  put(
    'appointment',
    someAppointment({
      id: guid(n),
      patient_id: id,
      practitioner_id: uwase.id,
      location_id: site.id,
      start_at: at(day),
      end_at: at(day),
      overbooked: 1,
    }),
  );
const report = (n: number, day: number, more: Partial<RowOf<'diagnostic_report'>> = {}) =>
  put('diagnostic_report', {
    ...blank('diagnostic_report'),
    id: guid(n),
    patient_id: id,
    display: 'Potassium',
    status: 'final',
    effective_at: at(day),
    recorded_at: at(day),
    ...more,
  });

const read = async (kinds: readonly TimelineKind[] = [], limit = 50) => {
  const items: TimelineItem[] = [];
  let before: Place | null = null;
  do {
    const page: { items: TimelineItem[]; next: Place | null } = await clinic.get(
      'chart.timeline',
      { id, kinds: [...kinds], before, limit },
      doctor,
    );
    items.push(...page.items);
    before = page.next;
  } while (before !== null);
  return items;
};
const numbers = async (...args: Parameters<typeof read>) =>
  (await read(...args)).map((item) => Number(item.id.slice(-4)));

it('is everything that happened, the newest first, whatever it is', async () => {
  encounter(1, 1);
  put('composition', someNote({ id: guid(2), patient_id: id, created_at: at(2), author_id: uwase.id }));
  put('condition', {
    ...blank('condition'),
    id: guid(3),
    patient_id: id,
    display: 'Asthma',
    clinical_status: 'active',
    verification_status: 'confirmed',
    onset: '2019-05',
    recorded_at: at(3),
  });
  put('medication_request', somePrescription({ id: guid(4), patient_id: id, created_at: at(4) }));
  report(5, 5, { abnormal: 'critical' });
  put('document_reference', {
    ...blank('document_reference'),
    id: guid(6),
    patient_id: id,
    category: 'letter',
    title: 'Referral',
    content_type: 'application/pdf',
    size: 10,
    hash: '0'.repeat(64),
    created_at: at(6),
  });
  put('immunization', {
    ...blank('immunization'),
    id: guid(7),
    patient_id: id,
    display: 'Tetanus',
    status: 'completed',
    occurrence_at: at(7),
    recorded_at: at(7),
  });
  appointment(8, 8);
  const items = await read();
  expect(items.map(({ kind }) => kind)).toEqual([
    'appointment',
    'immunization',
    'document',
    'result',
    'medication',
    'problem',
    'note',
    'encounter',
  ]);
  expect(items.at(-1)).toMatchObject({
    title: 'cough',
    status: 'finished',
    who: 'Dr Aline Uwase',
    where: 'Ruhengeri',
    certainty: 'provisional',
  });
  expect(items[3]).toMatchObject({ title: 'Potassium', grave: 'critical' });
  expect(await numbers([], 3)).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
  expect(await numbers(['note', 'problem'], 1)).toEqual([3, 2]);
});

it('leaves out what does not stand, and what another row says better', async () => {
  appointment(1, 1);
  encounter(2, 1, { appointment_id: guid(1) });
  encounter(3, 2, { voided_at: at(3), void_reason: 'x' });
  encounter(4, 2, { status: 'entered-in-error' });
  report(5, 3);
  report(6, 3, { corrects: guid(5), status: 'corrected' });
  put('composition', someNote({ id: guid(7), patient_id: id, created_at: at(4) }));
  put('composition', someNote({ id: guid(8), patient_id: id, created_at: at(5), parent_id: guid(7) }));
  put('medication_request', somePrescription({ id: guid(9), patient_id: id, status: 'draft' }));
  expect(await numbers()).toEqual([8, 6, 2]);
  expect(await numbers([], 1)).toEqual([8, 6, 2]);
  expect(await numbers(['appointment'])).toEqual([1]);
});

it('has the records of one person in one, and of nobody else', async () => {
  encounter(1, 1);
  encounter(2, 2, { patient_id: other });
  expect(await numbers()).toEqual([1]);
  clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
    writer.update('patient', other, { merged_into: id }),
  );
  expect(await numbers([], 1)).toEqual([2, 1]);
});

it('cuts a text that is more than a line', async () => {
  report(1, 1, { conclusion: 'é'.repeat(1000) });
  expect((await read())[0]?.detail).toHaveLength(301);
});

it('is closed with the chart', async () => {
  put('flag', {
    ...blank('flag'),
    id: guid(1),
    patient_id: id,
    category: 'restricted',
    text: 'x',
    created_at: at(1),
  });
  expect(await clinic.ask('chart.timeline', { id }, doctor)).toMatchObject({
    ok: false,
    error: { code: 'restricted' },
  });
});
