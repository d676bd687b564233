import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { type OwnPatient, ownPatients } from '#main/core/own-patient.ts';
import { localDb } from '#main/data/local/query.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { OwnPerson } from '#shared/contract/panel.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';

/** As the clinic knows them; a record that is not here yet is left out. */
const personOf = (deps: FeatureDeps, { link, patientId, approved }: OwnPatient): readonly OwnPerson[] => {
  const row = deps.store.get(
    localDb.selectFrom('patient').select(['family', 'given', 'birth_date']).where('id', '=', patientId),
  );
  if (row === undefined) return [];
  return [
    {
      patientId: patientId as PatientId,
      name: [row.given, row.family].filter(Boolean).join(' '),
      birthDate: row.birth_date,
      relationship: link.relationship as OwnPerson['relationship'],
      approved,
    },
  ];
};

const me = (deps: FeatureDeps, { user }: Connection): Result<Output<'panel.me'>> =>
  user === null
    ? fail('not-signed-in')
    : ok({
        email: user.username,
        displayName: user.displayName,
        people: ownPatients(deps.store, user.id).flatMap((own) => personOf(deps, own)),
      });

/** What a patient's account is, and whom it looks after. */
export const panelAccountHandlers = (deps: FeatureDeps): Handlers<'panel.me'> => ({
  'panel.me': (_input, connection) => me(deps, connection),
});
