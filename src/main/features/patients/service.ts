import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { noteOpening } from '#main/core/opening.ts';
import { goingOn } from '#main/data/local/merged.ts';
import { searchPatients } from '#main/data/local/patient-search.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { PatientSummary, PatientView } from '#shared/contract/patients.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { parsePatientSearch } from '#shared/domain/patients/search.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { bringHere, findEverywhere } from './everywhere.ts';
import { keepApart, mergePatients, mergePreview, unmergePatient, withdrawKeepApart } from './merge.ts';
import { patientsPage } from './page.ts';
import { particulars } from './particulars.ts';
import { createDuplicateFinder } from './possible-duplicates.ts';
import { registerPatient, updatePatient } from './registration.ts';
import { findPatient, type PatientRow, patientsById, recentPatients } from './repository.ts';
import { similarPatients } from './similar.ts';
import { patientSummaries, patientView } from './view.ts';

/** Each person once: in place of a merged record the one that goes on. */
const asPersons = (reader: LocalReader, rows: readonly PatientRow[]): readonly PatientRow[] => {
  const merged = rows.flatMap(({ id, merged_into }) => (merged_into === null ? [] : [id]));
  if (merged.length === 0) return rows;
  const roots = goingOn(reader, merged);
  return patientsById(reader, [...new Set(rows.map(({ id }) => roots.get(id) ?? id))]);
};

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
  return patientSummaries(store, asPersons(store, rows));
};

const open = (deps: FeatureDeps, id: string, { user }: Connection): Result<PatientView> => {
  const row = findPatient(deps.store, id);
  if (row === undefined || user === null) return fail('not-found');
  noteOpening(deps, { event: 'patient-open', patientId: id, accountId: user.id, outcome: 'success' });
  return ok(patientView(deps.store, row));
};

type Calls =
  | 'patients.findEverywhere'
  | 'patients.bringHere'
  | 'patients.search'
  | 'patients.get'
  | 'patients.page'
  | 'patients.particulars'
  | 'patients.register'
  | 'patients.update'
  | 'patients.similar'
  | 'patients.mergePreview'
  | 'patients.merge'
  | 'patients.unmerge'
  | 'patients.possibleDuplicates'
  | 'patients.keepApart'
  | 'patients.withdrawKeepApart';

/** Finding, opening and registering patients, and making one of two records. */
export const patientHandlers = (deps: FeatureDeps): Handlers<Calls> => {
  const possibleDuplicates = createDuplicateFinder(deps);
  return {
    'patients.findEverywhere': (input, connection) => findEverywhere(deps, input, connection),
    'patients.bringHere': (input) => bringHere(deps, input),
    'patients.search': (input, connection) => ok(search(deps, input, connection)),
    'patients.get': ({ id }, connection) => open(deps, id, connection),
    'patients.page': (input) => ok(patientsPage(deps, input)),
    'patients.particulars': (input) => particulars(deps, input),
    'patients.register': (input, connection) => registerPatient(deps, input, connection),
    'patients.update': (input, connection) => updatePatient(deps, input, connection),
    'patients.similar': (input) => ok(similarPatients(deps, input)),
    'patients.mergePreview': (input, connection) => mergePreview(deps, input, connection),
    'patients.merge': (input, connection) => mergePatients(deps, input, connection),
    'patients.unmerge': (input, connection) => unmergePatient(deps, input, connection),
    'patients.possibleDuplicates': async (input) => ok(await possibleDuplicates(input)),
    'patients.keepApart': (input, connection) => keepApart(deps, input, connection),
    'patients.withdrawKeepApart': (input, connection) => withdrawKeepApart(deps, input, connection),
  };
};
