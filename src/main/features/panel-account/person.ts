import type { FeatureDeps } from '#main/core/deps.ts';
import type { OwnPatient } from '#main/core/own-patient.ts';
import { localDb } from '#main/data/local/query.ts';
import type { OwnPerson } from '#shared/contract/panel.ts';
import { noGivenName } from '#shared/domain/patients/name.ts';
import type { PatientId } from '#shared/kernel/ids.ts';

/** As the clinic knows them; a record that is not here yet is left out. */
export const personOf = (
  { store }: Pick<FeatureDeps, 'store'>,
  { link, patientId, approved }: OwnPatient,
): readonly OwnPerson[] => {
  const row = store.get(
    localDb.selectFrom('patient').select(['family', 'given', 'birth_date']).where('id', '=', patientId),
  );
  if (row === undefined) return [];
  return [
    {
      patientId: patientId as PatientId,
      name: [row.given === noGivenName ? '' : row.given, row.family].filter(Boolean).join(' '),
      birthDate: row.birth_date,
      relationship: link.relationship as OwnPerson['relationship'],
      approved,
    },
  ];
};
