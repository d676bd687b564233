import type { FeatureDeps } from '#main/core/deps.ts';
import { idsIn, patientNames, practitionerNames } from '#main/data/local/names.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import { dayRange } from '#shared/domain/appointments/wall-time.ts';
import { findingOf } from '#shared/domain/safety/finding.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { overridesOf, patientMrns, prescriptionNames } from './repository.ts';

const pageSize = 50;

/** What was prescribed against a grave warning, with the words of those who did. */
export const overrides = (
  { store, home }: FeatureDeps,
  { practitionerId, from, until, before }: Parsed<'safety.overrides'>,
): Output<'safety.overrides'> => {
  const { timeZone } = home();
  const filter = {
    practitionerId,
    from: from === null ? null : instant(dayRange(from, timeZone).from),
    until: until === null ? null : instant(dayRange(until, timeZone).to),
    before,
  };
  const found = overridesOf(store, filter, pageSize + 1);
  const rows = found.slice(0, pageSize);
  const patients = idsIn(rows.map(({ patient_id }) => patient_id));
  const [names, mrns] = [patientNames(store, patients), patientMrns(store, patients)];
  const doctors = practitionerNames(store, idsIn(rows.map(({ practitioner_id }) => practitioner_id)));
  const medications = prescriptionNames(
    store,
    idsIn(rows.map(({ medication_request_id }) => medication_request_id)),
  );
  const uncertain = store.uncertain(
    'detected_issue',
    rows.map(({ id }) => id),
  );
  return {
    overrides: rows.map((row) => ({
      id: row.id,
      at: row.recorded_at,
      patientId: row.patient_id as PatientId,
      patientName: names.get(row.patient_id) ?? '',
      patientMrn: mrns.get(row.patient_id) ?? '',
      practitionerName: doctors.get(row.practitioner_id ?? '') ?? null,
      medication: medications.get(row.medication_request_id ?? '') ?? null,
      finding: findingOf(row),
      code: row.code,
      subject: row.subject,
      reasonCode: row.reason_code,
      reason: row.reason,
      certainty: uncertain.get(row.id) ?? 'confirmed',
    })),
    more: found.length > pageSize,
  };
};
