import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import type { PatientQuestion } from '#main/data/central/centre.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { PatientElsewhere } from '#shared/contract/patients.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { parsePatientSearch } from '#shared/domain/patients/search.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';

/** Longer than the slowest chart takes; then the person is told and may try again. */
const chartMilliseconds = 10_000;
/** The centre compares the beginning of a name; fewer letters fit too many people. */
const fewestLetters = 2;

/** What the centre can be asked with a text as it is typed into the search, or null. */
const questionOf = (deps: FeatureDeps, text: string, user: string): PatientQuestion | null => {
  const today = dayAt(deps.clock.now(), deps.home().timeZone);
  const { mrn, birthDate, tokens } = parsePatientSearch(text, { today });
  if (mrn !== null) return { mrn, birth_date: null, name: null, user };
  const name = tokens.toSorted((a, b) => b.length - a.length)[0] ?? '';
  if (birthDate === null || birthDate.from !== birthDate.to || name.length < fewestLetters) return null;
  return { mrn: null, birth_date: birthDate.from, name, user };
};

/** Patients of any site. Only the centre knows them, so it must be in reach. */
export const findEverywhere = async (
  deps: FeatureDeps,
  { text }: Parsed<'patients.findEverywhere'>,
  { user }: Connection,
): Promise<Result<PatientElsewhere[]>> => {
  if (user === null) return fail('not-signed-in');
  const question = questionOf(deps, text, user.id);
  if (question === null) return fail('invalid-input', { fields: { text: 'everywhere' } });
  try {
    const found = await deps.engine.findPatients(question);
    return ok(
      found.map(({ birth_date, id, ...rest }) => ({ ...rest, id: id as PatientId, birthDate: birth_date })),
    );
  } catch {
    return fail('centre-unavailable');
  }
};

/** Brings a chart here; from then on it is kept up to date like any other. */
export const bringHere = async (
  { engine }: FeatureDeps,
  { id }: Parsed<'patients.bringHere'>,
): Promise<Result<null>> =>
  (await engine.openPatient(id, chartMilliseconds)) ? ok(null) : fail('centre-unavailable');
