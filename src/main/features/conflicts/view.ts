import {
  accountNames,
  appointmentTimes,
  idsIn,
  locationNames,
  type Names,
  patientNames,
  practitionerNames,
} from '#main/data/local/names.ts';
import type { LocalStore } from '#main/data/local/store.ts';
import type { ConflictView, ContestedField, Trace } from '#shared/contract/conflicts.ts';
import type { Permission } from '#shared/contract/permissions.ts';
import {
  canBeTakenBack,
  concerns,
  contestedColumns,
  guardedColumns,
  isAboutAnswer,
  isAboutSlot,
  mayDecide,
} from '#shared/domain/conflicts/conflict.ts';
import type { ShownColumn } from '#shared/domain/records/columns.ts';
import type { ConflictId, PatientId } from '#shared/kernel/ids.ts';
import type { Cell } from '#shared/sync/wire.ts';
import type { ReadConflict } from './reading.ts';
import { findRow } from './repository.ts';

const text = (value: Cell | undefined): string | null => (typeof value === 'string' ? value : null);

interface Lookup {
  readonly patients: Names;
  readonly practitioners: Names;
  readonly locations: Names;
  readonly accounts: Names;
  /** The wall times of appointments. */
  readonly appointments: Names;
}

const valuesOf = (
  { conflict, row }: ReadConflict,
  format: ShownColumn['format'],
): readonly (string | null)[] =>
  contestedColumns(conflict)
    .filter((column) => column.format === format)
    .flatMap(({ column }) => [conflict.kept[column], conflict.attempted[column], row?.[column]].map(text));

/** One question per table for the whole list. */
const namesFor = (reader: LocalStore, read: readonly ReadConflict[]): Lookup => ({
  patients: patientNames(
    reader,
    idsIn(read.flatMap((one) => [one.stored.patient_id, ...valuesOf(one, 'patient')])),
  ),
  practitioners: practitionerNames(
    reader,
    idsIn(
      read.flatMap((one) => [
        ...valuesOf(one, 'practitioner'),
        one.conflict.tbl === 'appointment' || one.conflict.tbl === 'schedule'
          ? text(one.row?.practitioner_id)
          : null,
      ]),
    ),
  ),
  locations: locationNames(reader, idsIn(read.flatMap((one) => valuesOf(one, 'location')))),
  appointments: appointmentTimes(reader, idsIn(read.flatMap((one) => valuesOf(one, 'appointment')))),
  accounts: accountNames(
    reader,
    idsIn(read.flatMap(({ stored }) => [stored.kept_by, stored.attempted_by, stored.resolved_by])),
  ),
});

const shownValue = (value: Cell | undefined, { format }: ShownColumn, names: Lookup): Cell => {
  if (value === undefined || value === null) return null;
  if (format === 'patient') return names.patients.get(String(value)) ?? null;
  if (format === 'practitioner') return names.practitioners.get(String(value)) ?? null;
  if (format === 'appointment') return names.appointments.get(String(value)) ?? null;
  return format === 'location' ? (names.locations.get(String(value)) ?? null) : value;
};

const fieldsOf = ({ conflict, row }: ReadConflict, names: Lookup): ContestedField[] =>
  contestedColumns(conflict).map((column) => ({
    column: column.column,
    format: column.format,
    editable: column.editable,
    kept: shownValue(conflict.kept[column.column], column, names),
    attempted: shownValue(conflict.attempted[column.column], column, names),
    // Versions never change: what stands is what stood.
    current: shownValue(
      (conflict.kind === 'version' ? conflict.kept : (row ?? conflict.kept))[column.column],
      column,
      names,
    ),
  }));

/** Whose or what the row is; a doctor's hours go by the doctor. */
const nameOf = ({ stored, conflict, row }: ReadConflict, names: Lookup): string => {
  if (stored.patient_id !== null) return names.patients.get(stored.patient_id) ?? '';
  if (conflict.tbl === 'schedule') return names.practitioners.get(text(row?.practitioner_id) ?? '') ?? '';
  const words = [row?.prefix, row?.given, row?.family].map(text).filter(Boolean).join(' ');
  return words || (text(row?.name) ?? text(row?.display_name) ?? '');
};

const trace = (by: string | null, at: string | null, device: string | null, names: Lookup): Trace => ({
  by: by === null ? null : (names.accounts.get(by) ?? null),
  at,
  device,
});

/** Who looks. */
export interface Viewer {
  readonly granted: readonly Permission[];
  /** Whether what a conflict is about is in a chart that is closed to them. */
  readonly isClosed: (one: ReadConflict) => boolean;
}

const viewOf = (
  reader: LocalStore,
  one: ReadConflict,
  names: Lookup,
  { granted, isClosed }: Viewer,
): ConflictView => {
  const restricted = isClosed(one);
  const { stored, conflict, row } = one;
  const isAppointment = conflict.tbl === 'appointment';
  const byValue = !isAboutSlot(conflict) && !isAboutAnswer(conflict) && row !== undefined;
  return {
    id: stored.id as ConflictId,
    kind: conflict.kind,
    table: conflict.tbl,
    patientId: stored.patient_id as PatientId | null,
    name: nameOf(one, names),
    mrn: stored.patient_id === null ? null : text(findRow(reader, 'patient', stored.patient_id)?.mrn),
    startLocal: isAppointment ? text(row?.start_local) : null,
    practitionerName: isAppointment
      ? (names.practitioners.get(text(row?.practitioner_id) ?? '') ?? null)
      : null,
    reason: stored.reason,
    createdAt: stored.created_at,
    kept: trace(stored.kept_by, stored.kept_at, stored.kept_device_name, names),
    attempted: trace(stored.attempted_by, stored.attempted_at, stored.attempted_device_name, names),
    decidedTwice: conflict.decidedTwice,
    fields: restricted ? [] : fieldsOf(one, names),
    restricted,
    seen: restricted
      ? {}
      : Object.fromEntries(guardedColumns(conflict).map((column) => [column, row?.[column] ?? null])),
    mine: concerns(conflict, reader.workstation()?.deviceId ?? null),
    mayDecide: !restricted && mayDecide(granted, conflict),
    byValue,
    undoable: byValue && canBeTakenBack(conflict),
  };
};

/** Conflicts as a screen shows them to somebody, with the account names of who settled them. */
export const conflictViews = (
  reader: LocalStore,
  read: readonly ReadConflict[],
  viewer: Viewer,
): { readonly views: readonly ConflictView[]; readonly accounts: Names } => {
  const names = namesFor(reader, read);
  return { views: read.map((one) => viewOf(reader, one, names, viewer)), accounts: names.accounts };
};
