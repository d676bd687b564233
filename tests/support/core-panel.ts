import { hashSync } from '@node-rs/argon2';
import type { Connection } from '#main/core/dispatch.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { type Clinic, habimana, mutesi, now, openClinic } from './core-clinic.ts';

const at = new Date(now).toISOString();

/** Of every account made here; hashed with the least argon2 allows, for speed. */
export const patientPassword = 'a quiet river at noon';
/** The account that sees `habimana` as its own and `mutesi` as a child that nobody has approved yet. */
export const patientEmail = 'jean@example.org';
export const patientAccountId = '01900000-0000-7000-8000-e10000000001';
/** An account that has to do with nobody. */
export const strangerEmail = 'zoe@example.org';
export const strangerAccountId = '01900000-0000-7000-8000-e10000000002';

const hashed = hashSync(patientPassword, { memoryCost: 8, timeCost: 1 });

export const patientAccount = (
  id: string,
  email: string,
  more: Partial<RowOf<'patient_account'>> = {},
): RowOf<'patient_account'> => ({
  ...blank('patient_account'),
  id,
  email,
  password_hash: hashed,
  display_name: email.split('@')[0] ?? email,
  language: 'en',
  active: 1,
  verified_at: at,
  created_at: at,
  ...more,
});

export const accountLink = (
  account: string,
  patient: string,
  more: Partial<RowOf<'patient_account_link'>> = {},
): RowOf<'patient_account_link'> => ({
  ...blank('patient_account_link'),
  id: crypto.randomUUID(),
  account_id: account,
  patient_id: patient,
  relationship: 'self',
  status: 'approved',
  account_name: 'Jean Habimana',
  account_email: patientEmail,
  requested_at: at,
  ...more,
});

/** Writes an account or a link as if it had been made before. */
export const addAccount = ({ temporary }: Clinic, account: RowOf<'patient_account'>): void =>
  void temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
    writer.insert('patient_account', account),
  );
export const addLink = ({ temporary }: Clinic, link: RowOf<'patient_account_link'>): void =>
  void temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
    writer.insert('patient_account_link', link),
  );

/** Signs an account in at a new connection, as the panel does. */
export const signInPatient = async (clinic: Clinic, email = patientEmail): Promise<Connection> => {
  const connection = clinic.core.connect();
  await clinic.get('panel.signIn', { email, password: patientPassword }, connection);
  return connection;
};

/** The accounts above with their links, in a clinic that is open already. */
export const addPanelAccounts = (clinic: Clinic): void => {
  addAccount(clinic, patientAccount(patientAccountId, patientEmail, { display_name: 'Jean Habimana' }));
  addAccount(clinic, patientAccount(strangerAccountId, strangerEmail));
  addLink(clinic, accountLink(patientAccountId, habimana.id));
  addLink(clinic, accountLink(patientAccountId, mutesi.id, { relationship: 'child', status: 'requested' }));
};

/** A clinic with a patient's account, signed in at `patient`: `habimana` is approved, `mutesi` only asked for. */
export interface PanelClinic extends Clinic {
  readonly patient: Connection;
}

export const openPanelClinic = async (more: Parameters<typeof openClinic>[0] = {}): Promise<PanelClinic> => {
  const clinic = openClinic(more);
  addPanelAccounts(clinic);
  return { ...clinic, patient: await signInPatient(clinic) };
};

/** What a patient changes of the own record, all of it taken away. */
export const noDetails = {
  phone: null,
  email: null,
  addressLine: null,
  postalCode: null,
  city: null,
  country: null,
  contactName: null,
  contactPhone: null,
  contactRelation: null,
  language: null,
};
