import type { FeatureDeps } from '#main/core/deps.ts';
import { type OwnPatient, ownRecord } from '#main/core/own-patient.ts';
import type { OwnPerson } from '#shared/contract/panel.ts';
import { noGivenName } from '#shared/domain/patients/name.ts';
import type { PatientId } from '#shared/kernel/ids.ts';

/** As the clinic knows them; a record that is not here yet is left out. */
export const personOf = ({ store }: Pick<FeatureDeps, 'store'>, own: OwnPatient): readonly OwnPerson[] => {
  const row = ownRecord(store, own);
  if (row === undefined) return [];
  const { link, patientId, approved } = own;
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
