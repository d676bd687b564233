import { type Chart, newChart, type RunCodes } from './chart-row.ts';
import { type MapChartRow, mapAllergy, mapCondition, mapImmunization, mapMedication } from './clinical.ts';
import { existingIds } from './existing.ts';
import { idFor, mapAppointment, mapEncounter } from './mapping.ts';
import { mapObservation } from './observations.ts';
import { isBad, type Row } from './reader.ts';
import type { RowIndex } from './row-index.ts';
import { accept, type ChartKind, createGroup, errorOf, type ImportedRow, refuse, type Work } from './work.ts';

const maps: Readonly<Record<Exclude<ChartKind, 'appointment'>, MapChartRow>> = {
  condition: mapCondition,
  allergy_intolerance: mapAllergy,
  medication_request: mapMedication,
  observation: mapObservation,
  immunization: mapImmunization,
};

const known = (work: Work, kind: 'practitioner' | 'location', id: string): boolean =>
  work.seen[kind].has(id) || existingIds(work.store, kind, [id]).has(id);

/** A visit whose doctor and place exist: the appointment and the encounter. None after it was counted as refused. */
const visitRows = (work: Work, row: Row, chart: Chart): readonly ImportedRow[] => {
  const value = accept(work, 'appointment', row.place.line, mapAppointment(row, work.context));
  if (value === null) return [];
  const missing = !known(work, 'practitioner', value.practitioner_id)
    ? 'PROVIDER'
    : !known(work, 'location', value.location_id)
      ? 'ORGANIZATION'
      : null;
  if (missing !== null) {
    refuse(work, 'appointment', row.place.line, errorOf('unknown-reference', missing));
    return [];
  }
  const encounter = mapEncounter(row, value);
  chart.visits.set(encounter.id, value.practitioner_id);
  return [
    { kind: 'appointment', row: value },
    { kind: 'encounter', row: encounter },
  ];
};

const rowsOf = (work: Work, kind: ChartKind, row: Row, chart: Chart): readonly ImportedRow[] =>
  kind === 'appointment'
    ? visitRows(work, row, chart)
    : (accept(work, kind, row.place.line, maps[kind](row, chart, work.context)) ?? []);

/** Where the rows of each kind stand that belong to a patient, the visits first: the others name them. */
export type ChartIndex = ReadonlyMap<ChartKind, RowIndex>;

/**
 * Writes `first` (a new patient and new identifiers, or nothing) with all that the files have of the patient, a few
 * hundred rows at a time.
 */
export const importChart = async (
  work: Work,
  first: readonly ImportedRow[],
  source: string,
  index: ChartIndex,
  run: RunCodes,
) => {
  const chart = newChart(idFor('patient', source), run);
  const group = createGroup(work);
  group.add(first);
  for (const [kind, rows] of index) {
    for (const place of rows.take(source)) {
      for await (const row of work.tables.get(kind)?.rows(place) ?? []) {
        work.progress.done += 1;
        if (!isBad(row)) group.add(rowsOf(work, kind, row, chart));
        await work.step();
      }
    }
  }
  group.flush();
  await work.step();
};

/** Charts of patients that are not in the file: they may be here from an earlier import. */
export const importOthersCharts = async (work: Work, index: ChartIndex, run: RunCodes) => {
  for (const source of new Set([...index.values()].flatMap((rows) => rows.patients()))) {
    if (existingIds(work.store, 'patient', [idFor('patient', source)]).size > 0)
      await importChart(work, [], source, index, run);
    else await refuseChart(work, source, index);
  }
};

const refuseChart = async (work: Work, source: string, index: ChartIndex) => {
  for (const [kind, rows] of index) {
    for (const place of rows.take(source)) {
      for await (const row of work.tables.get(kind)?.rows(place) ?? []) {
        work.progress.done += 1;
        refuse(work, kind, row.place.line, errorOf('unknown-reference', 'PATIENT'));
        await work.step();
      }
    }
  }
};
