import type { Blobs } from '#main/data/local/blobs.ts';
import { encounterForPatient, encountersForPatient } from '#main/features/encounters/for-patient.ts';
import { noteForPatient, notesForPatient } from '#main/features/notes/for-patient.ts';
import { reportForPatient, reportsForPatient, valuesForPatient } from '#main/features/orders/for-patient.ts';
import { panelBillingHandlers } from '#main/features/panel-billing/service.ts';
import { panelPrescriptionsHandlers } from '#main/features/panel-prescriptions/service.ts';
import type { ForPatient } from '#main/features/panel-records/deps.ts';
import { requestViews } from '#main/features/panel-records/requests.ts';
import { panelRecordsHandlers } from '#main/features/panel-records/service.ts';
import { prescriptionsForPatient, prescriptionsOfVersions } from '#main/features/prescribing/for-patient.ts';
import { vitalsForPatient } from '#main/features/vitals/for-patient.ts';
import { sigOf } from '#shared/domain/prescribing/sig.ts';
import type { FeatureDeps } from './deps.ts';
import { createNoteRead } from './released.ts';

/** More medicines than anybody takes; it bounds what a summary is made of. */
const mostTaken = 100;

/** What the features of a chart show of it to its patient. */
const forPatientOf = (features: FeatureDeps): ForPatient => ({
  reports: (patientId, rule, asked) => reportsForPatient(features, patientId, rule, asked),
  values: (patientId, code, rule, asked) => valuesForPatient(features, patientId, code, rule, asked),
  vitals: (patientId, asked) => vitalsForPatient(features, patientId, asked),
  notes: (patientId, asked) => notesForPatient(features, patientId, asked),
  encounters: (patientId, asked) => encountersForPatient(features, patientId, asked),
  report: (patientId, id, rule) => reportForPatient(features, patientId, id, rule),
  note: (patientId, id) => noteForPatient(features, patientId, id),
  encounter: (patientId, id) => encounterForPatient(features, patientId, id),
  medicines: (patientId, language) =>
    prescriptionsForPatient(features, patientId, { past: false, after: null, limit: mostTaken }).items.map(
      (one) => ({
        medication: one.medication,
        strength: one.strength,
        directions:
          one.doseValue !== null || one.frequency !== null || one.asNeeded
            ? sigOf(language, one)
            : one.dosage,
        checking: one.state === 'checking',
      }),
    ),
  medications: (patientId, versions) =>
    new Map(
      [...prescriptionsOfVersions(features, patientId, versions)].map(([id, { medication }]) => [
        id,
        medication,
      ]),
    ),
});

/** What patients read of their charts in the panel, and what they ask for. */
export const panelChartHandlers = (features: FeatureDeps, blobs: Blobs) => {
  const panel = { ...features, noteRead: createNoteRead(features) };
  const records = { ...panel, blobs, forPatient: forPatientOf(features) };
  return {
    ...panelRecordsHandlers(records),
    ...panelPrescriptionsHandlers({
      ...panel,
      prescriptions: (patientId, page) => prescriptionsForPatient(features, patientId, page),
      ofVersions: (patientId, ids) => prescriptionsOfVersions(features, patientId, ids),
      requestViews: (patientId, tasks) => requestViews(records, patientId, tasks),
    }),
    ...panelBillingHandlers(panel),
  };
};
