import type { FeatureDeps } from '#main/core/deps.ts';
import { accountNames, idsIn } from '#main/data/local/names.ts';
import type { LocalReader, LocalWriter } from '#main/data/local/store.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { PatientParticulars } from '#shared/contract/patients.ts';
import { identifierKey, plainIdentifier } from '#shared/domain/patients/identifier.ts';
import {
  type ChangedParticulars,
  holdingConsents,
  type NewParticulars,
  telecomSystem,
  type VoidableKind,
} from '#shared/domain/patients/particulars.ts';
import { normalisePhone } from '#shared/domain/patients/phone.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { OrganizationId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import {
  consentsOf,
  coveragesOf,
  identifiersOf,
  payerName,
  photosOf,
  telecomsOf,
} from './particulars-repository.ts';
import { findPatient } from './repository.ts';

const tables = {
  telecom: 'patient_telecom',
  identifier: 'patient_identifier',
  coverage: 'coverage',
  photo: 'patient_photo',
} as const satisfies Record<VoidableKind, string>;

/** The latest row of each key: two desks, or two records of one person, may say the same. */
const eachOnce = <T>(rows: readonly T[], keyOf: (row: T) => string): readonly T[] => {
  const seen = new Set<string>();
  return rows.filter((row) => !seen.has(keyOf(row)) && seen.add(keyOf(row)));
};

const telecomKey = ({ value }: { readonly value: string }) => value;
const identifierRowKey = ({ type, value }: { readonly type: string; readonly value: string }) =>
  identifierKey(type, value);

const consentsShown = (reader: LocalReader, id: string): PatientParticulars['consents'] => {
  const rows = consentsOf(reader, id);
  const names = accountNames(reader, idsIn(rows.map((row) => row.recorded_by)));
  return rows.map((row) => ({
    id: row.id,
    category: row.category,
    provision: row.provision,
    note: row.note,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by === null ? null : (names.get(row.recorded_by) ?? null),
  }));
};

/** What more is known of a person. */
export const particulars = (
  { store }: FeatureDeps,
  { id }: Parsed<'patients.particulars'>,
): Result<PatientParticulars> => {
  if (findPatient(store, id) === undefined) return fail('not-found');
  const [photo] = photosOf(store, id);
  return ok({
    telecoms: eachOnce(telecomsOf(store, id), telecomKey).map((row) => ({
      id: row.id,
      system: row.system,
      value: row.value,
      use: row.use,
      note: row.note,
    })),
    identifiers: eachOnce(identifiersOf(store, id), identifierRowKey).map((row) => ({
      id: row.id,
      type: row.type,
      value: row.value,
      issuer: row.issuer,
    })),
    coverages: coveragesOf(store, id).map((row) => ({
      id: row.id,
      payer: row.payer,
      payorId: row.payor_id as OrganizationId | null,
      coverRate: row.cover_rate,
      plan: row.plan,
      subscriberId: row.subscriber_id,
      relationship: row.relationship,
      startDate: row.start_date,
      endDate: row.end_date,
    })),
    consents: consentsShown(store, id),
    photo: photo === undefined ? null : { id: photo.id, contentType: photo.content_type, data: photo.data },
  });
};

/** Added telecoms and identifiers as they are kept. */
export const asKept = (deps: FeatureDeps, country: string | null, added: NewParticulars): NewParticulars => {
  const home = country?.toUpperCase() ?? deps.home().country;
  return {
    ...added,
    telecoms: added.telecoms.map((telecom) => ({
      ...telecom,
      value: telecomSystem(telecom.value) === 'phone' ? normalisePhone(telecom.value, home) : telecom.value,
    })),
    identifiers: added.identifiers.map((one) => ({ ...one, value: plainIdentifier(one.value) })),
  };
};

interface Wanted {
  readonly id: string;
  readonly added: NewParticulars;
  readonly voided: ChangedParticulars['voided'];
}

/** Rows to void: with the one that was named, the others of this person that say the same. Null when one is of somebody else. */
const voidedRows = (reader: LocalReader, { id, voided }: Wanted) => {
  if (voided.length === 0) return [];
  const telecoms = telecomsOf(reader, id);
  const identifiers = identifiersOf(reader, id);
  const rowsOf: Readonly<Record<VoidableKind, readonly { readonly id: string; readonly key: string }[]>> = {
    telecom: telecoms.map((row) => ({ id: row.id, key: telecomKey(row) })),
    identifier: identifiers.map((row) => ({ id: row.id, key: identifierRowKey(row) })),
    coverage: coveragesOf(reader, id).map((row) => ({ id: row.id, key: row.id })),
    // A photo taken away must not bring an older one back.
    photo: photosOf(reader, id).map((row) => ({ id: row.id, key: '' })),
  };
  return voided.flatMap(({ kind, id: named, reason }) => {
    const key = rowsOf[kind].find((row) => row.id === named)?.key;
    const same = rowsOf[kind].filter((row) => row.key === key);
    return same.map((row) => ({ kind, id: row.id, reason }));
  });
};

/** Fields that say what stands already or name nobody, by their path in the input. */
const unfit = (reader: LocalReader, wanted: Wanted, gone: ReadonlySet<string>): Record<string, string> => {
  const { id, added } = wanted;
  const found: Record<string, string> = {};
  const look = (path: string, keys: readonly string[], standing: readonly string[]) => {
    const seen = new Set(standing);
    for (const [index, key] of keys.entries()) {
      if (seen.has(key)) found[`particulars.${path}.${index}.value`] = 'already';
      seen.add(key);
    }
  };
  const left = <R extends { readonly id: string }>(rows: readonly R[]) =>
    rows.filter((row) => !gone.has(row.id));
  if (added.telecoms.length > 0)
    look('telecoms', added.telecoms.map(telecomKey), left(telecomsOf(reader, id)).map(telecomKey));
  if (added.identifiers.length > 0)
    look(
      'identifiers',
      added.identifiers.map(identifierRowKey),
      left(identifiersOf(reader, id)).map(identifierRowKey),
    );
  for (const [index, { payorId }] of added.coverages.entries())
    if (payorId !== null && payerName(reader, payorId) === null)
      found[`particulars.coverages.${index}.payer`] = 'invalid';
  return found;
};

/** What is to be written into the patient's mutation, or what is wrong with it. */
export const planParticulars = (
  deps: FeatureDeps,
  wanted: Wanted,
  user: string | null,
): Result<{ write(writer: LocalWriter): void }> => {
  const rows = voidedRows(deps.store, wanted);
  const fields = unfit(deps.store, wanted, new Set(rows.map((row) => row.id)));
  if (Object.keys(fields).length > 0) return fail('invalid-input', { fields });
  return ok({
    write: (writer) => {
      const at = instant(deps.clock.now());
      for (const { kind, id, reason } of rows)
        writer.update(tables[kind], id, { voided_at: at, voided_by: user, void_reason: reason });
      add(deps, writer, wanted, user);
    },
  });
};

const add = (deps: FeatureDeps, writer: LocalWriter, { id, added }: Wanted, user: string | null): void => {
  const at = instant(deps.clock.now());
  const row = () => ({
    id: deps.newId(),
    patient_id: id,
    created_at: at,
    created_by: user,
    voided_at: null,
    voided_by: null,
    void_reason: null,
  });
  for (const { value, use, note } of added.telecoms)
    writer.insert('patient_telecom', { ...row(), system: telecomSystem(value), value, use, note });
  for (const { type, value, issuer } of added.identifiers)
    writer.insert('patient_identifier', { ...row(), type, value, issuer });
  for (const { plan, subscriberId, relationship, startDate, endDate, ...paid } of added.coverages)
    writer.insert('coverage', {
      ...row(),
      payer: paid.payorId === null ? paid.payer : (payerName(writer, paid.payorId) ?? paid.payer),
      payor_id: paid.payorId,
      cover_rate: paid.coverRate,
      plan,
      subscriber_id: subscriberId,
      relationship,
      start_date: startDate,
      end_date: endDate,
    });
  addConsents(deps, writer, id, added.consents, user);
  if (added.photo !== null) {
    for (const { id: former } of photosOf(writer, id))
      writer.update('patient_photo', former, { voided_at: at, voided_by: user, void_reason: 'replaced' });
    writer.insert('patient_photo', { ...row(), content_type: 'image/jpeg', data: added.photo.data });
  }
};

/** What a desk says knowing what was said before comes after it, whichever clock was ahead. */
const addConsents = (
  deps: FeatureDeps,
  writer: LocalWriter,
  id: string,
  consents: NewParticulars['consents'],
  user: string | null,
): void => {
  if (consents.length === 0) return;
  const holding = holdingConsents(consentsOf(writer, id));
  for (const { category, provision, note } of consents) {
    const before = holding.get(category)?.recorded_at;
    const at = Math.max(deps.clock.now(), before === undefined ? 0 : Date.parse(before) + 1);
    writer.insert('consent', {
      id: deps.newId(),
      patient_id: id,
      category,
      provision,
      note,
      recorded_at: instant(at),
      recorded_by: user,
    });
  }
};
