import { accountNames, idsIn, locationNames, patientAccountNames } from '#main/data/local/names.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { AuditLine } from '#shared/contract/audit.ts';
import { kindOfEvent } from '#shared/domain/audit/kinds.ts';
import type { AuditEntry, AuditPage } from '#shared/sync/wire.ts';
import { patientsOf } from './names.ts';

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The patient an entry is about: whose row it is, or whose record or chart somebody opened. */
const patientOf = ({ patient, event }: AuditEntry): string | null =>
  event === null || event.entity_table !== 'patient' ? patient : text(event.entity_id);

const eventOf = ({ event }: AuditEntry): AuditLine['event'] => {
  if (event === null) return null;
  const table = text(event.entity_table);
  const isOther = table !== null && table !== 'patient';
  return {
    action: String(event.action),
    outcome: String(event.outcome),
    detail: text(event.detail),
    table: isOther ? table : null,
    rowId: isOther ? text(event.entity_id) : null,
  };
};

/** Written for the patient, who is told it in the panel; here the change of the row itself says it, with what it was. */
const isToldTwice = ({ event }: AuditEntry): boolean => event?.event === 'patient-change';

/** The entries of a page with names in place of ids. */
export const linesOf = (reader: LocalReader, { entries, devices }: AuditPage): AuditLine[] => {
  const users = idsIn(entries.map(({ user }) => user));
  const people = accountNames(reader, users);
  const ofPatients = patientAccountNames(reader, users);
  const patients = patientsOf(reader, entries.map(patientOf));
  const sites = locationNames(reader, idsIn(devices.map(({ site }) => site)));
  const workstations = new Map(devices.map((device) => [device.no, device]));
  return entries
    .filter((entry) => !isToldTwice(entry))
    .map((entry) => {
      const workstation = workstations.get(entry.device);
      return {
        key: `${entry.seq} ${entry.pk} ${entry.v}`,
        at: entry.at,
        who: entry.user === null ? null : (people.get(entry.user) ?? null),
        byPatient: ofPatients.has(entry.user ?? ''),
        workstation: workstation?.name ?? null,
        site: workstation?.site ? (sites.get(workstation.site) ?? null) : null,
        login: entry.device === 0 ? entry.login : null,
        kind: entry.kind === null ? null : kindOfEvent(entry.kind),
        operation: entry.op,
        version: entry.v,
        table: entry.tbl,
        rowId: entry.pk,
        patient: patients.get(patientOf(entry) ?? '') ?? null,
        fields: entry.fields ?? [],
        event: eventOf(entry),
      };
    });
};
