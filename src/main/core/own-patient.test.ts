import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localDb } from '#main/data/local/query.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { type Clinic, habimana, mutesi, now, openClinic } from '#tests/support/core-clinic.ts';
import type { Connection } from './dispatch.ts';
import { approvedPatient, ownPatient, ownPatients, ownRecords } from './own-patient.ts';

const account = '01900000-0000-7000-8000-00000000ac01';
const other = '01900000-0000-7000-8000-00000000ac02';
const stranger = '01900000-0000-7000-8000-00000000ac03';
const at = new Date(now).toISOString();

let clinic: Clinic;
beforeEach(() => {
  clinic = openClinic();
});
afterEach(() => clinic.close());

const connectionOf = (id: string, role: 'patient' | 'doctor' = 'patient') =>
  ({ id: 'c', user: { id, role } }) as unknown as Connection;
const deps = () => ({ store: clinic.temporary.local.store });

const link = (
  patientId: string,
  status: string,
  more: { id?: string; relationship?: string; of?: string } = {},
) =>
  clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
    writer.insert('patient_account_link', {
      ...blank('patient_account_link'),
      id: crypto.randomUUID(),
      account_id: more.of ?? account,
      patient_id: patientId,
      relationship: more.relationship ?? 'self',
      status,
      account_name: 'Jean Habimana',
      account_email: 'jean@example.org',
      requested_at: at,
    }),
  );

const recordsRead = (patientId: string) => {
  const own = ownPatient(deps(), connectionOf(account), patientId);
  if (!own.ok) throw new Error(own.error.code);
  const query = localDb.selectFrom('patient').select('id').where('id', 'in', ownRecords(own.value));
  return clinic.temporary.local.store.all(query).map(({ id }) => id);
};

describe('what an account has to do with', () => {
  it('is whoever was asked for or approved, itself first, and nobody else', () => {
    link(mutesi.id, 'approved', { relationship: 'child' });
    link(habimana.id, 'requested');
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.insert('patient', { ...habimana, id: stranger, mrn: 'STR-1' }),
    );
    link(stranger, 'approved', { of: other });
    expect(
      ownPatients(deps().store, account).map(({ patientId, approved }) => [patientId, approved]),
    ).toEqual([
      [habimana.id, false],
      [mutesi.id, true],
    ]);
    expect(ownPatient(deps(), connectionOf(account), stranger)).toEqual({
      ok: false,
      error: { code: 'not-found' },
    });
    expect(ownPatient(deps(), connectionOf(account), crypto.randomUUID())).toEqual({
      ok: false,
      error: { code: 'not-found' },
    });
  });

  it.each(['refused', 'ended'])('is over when the link is %s', (status) => {
    link(habimana.id, status);
    expect(ownPatients(deps().store, account)).toEqual([]);
    expect(ownPatient(deps(), connectionOf(account), habimana.id).ok).toBe(false);
  });

  it('is nothing for one of the staff, whatever its id', () => {
    link(habimana.id, 'approved');
    expect(ownPatient(deps(), connectionOf(account, 'doctor'), habimana.id)).toEqual({
      ok: false,
      error: { code: 'not-signed-in' },
    });
  });

  it('has a chart once the desk has said who it is', () => {
    link(habimana.id, 'requested');
    expect(approvedPatient(deps(), connectionOf(account), habimana.id)).toEqual({
      ok: false,
      error: { code: 'not-approved' },
    });
    link(mutesi.id, 'approved');
    expect(approvedPatient(deps(), connectionOf(account), mutesi.id)).toMatchObject({ ok: true });
  });

  it('reads merged records only when it is approved', () => {
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('patient', habimana.id, { merged_into: mutesi.id }),
    );
    link(habimana.id, 'requested');
    expect(recordsRead(habimana.id)).toEqual([habimana.id]);
    link(habimana.id, 'approved');
    expect(recordsRead(habimana.id).toSorted()).toEqual([habimana.id, mutesi.id].toSorted());
  });
});
