import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { searchPatients } from '#main/data/local/patient-search.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { PatientSummary, PatientView } from '#shared/contract/patients.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { parsePatientSearch } from '#shared/domain/patients/search.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { bringHere, findEverywhere } from './everywhere.ts';
import { registerPatient, updatePatient } from './registration.ts';
import { findPatient, openedBetween, patientsById, recentPatients } from './repository.ts';
import { similarPatients } from './similar.ts';
import { patientSummaries, patientView } from './view.ts';

/** Opening the same record again within this time is the same look. */
const oneLook = 15 * 60_000;

const search = (
  deps: FeatureDeps,
  { text, limit }: Parsed<'patients.search'>,
  { user }: Connection,
): PatientSummary[] => {
  const { store } = deps;
  const today = dayAt(deps.clock.now(), deps.home().timeZone);
  const rows =
    text.trim() === ''
      ? user === null
        ? []
        : recentPatients(store, user.id, limit)
      : patientsById(store, searchPatients(store, parsePatientSearch(text, { today }), limit));
  return patientSummaries(store, rows);
};

/** Who opens whose record is written down, once per look. */
const noteOpening = (deps: FeatureDeps, patientId: string, accountId: string) => {
  const now = deps.clock.now();
  if (openedBetween(deps.store, accountId, patientId, instant(now - oneLook), instant(now))) return;
  deps.store.mutate({ kind: 'patient.open', user: accountId }, (writer) =>
    writer.insert('audit_event', {
      id: deps.newId(),
      recorded_at: instant(now),
      action: 'R',
      event: 'patient-open',
      account_id: accountId,
      entity_table: 'patient',
      entity_id: patientId,
      outcome: 'success',
    }),
  );
  deps.engine.wake();
};

const open = (deps: FeatureDeps, id: string, { user }: Connection): Result<PatientView> => {
  const row = findPatient(deps.store, id);
  if (row === undefined || user === null) return fail('not-found');
  noteOpening(deps, id, user.id);
  return ok(patientView(deps.store, row));
};

type Calls =
  | 'patients.findEverywhere'
  | 'patients.bringHere'
  | 'patients.search'
  | 'patients.get'
  | 'patients.register'
  | 'patients.update'
  | 'patients.similar';

/** Finding, opening and registering patients. */
export const patientHandlers = (deps: FeatureDeps): Handlers<Calls> => ({
  'patients.findEverywhere': (input, connection) => findEverywhere(deps, input, connection),
  'patients.bringHere': (input) => bringHere(deps, input),
  'patients.search': (input, connection) => ok(search(deps, input, connection)),
  'patients.get': ({ id }, connection) => open(deps, id, connection),
  'patients.register': (input, connection) => registerPatient(deps, input, connection),
  'patients.update': (input, connection) => updatePatient(deps, input, connection),
  'patients.similar': (input) => ok(similarPatients(deps, input)),
});
