import type { FeatureDeps } from '#main/core/deps.ts';
import { goingOn } from '#main/data/local/merged.ts';
import { accountNames, idsIn } from '#main/data/local/names.ts';
import { recordsOf } from '#main/data/local/same-patient.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { BannerAllergy, ChartPatient, FlagView, OpenChart } from '#shared/contract/chart.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { type FlagCategory, flagCategories, holdsOn } from '#shared/domain/chart/flag.ts';
import { pregnancyCodes, pregnancyOn } from '#shared/domain/chart/pregnancy.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';
import { allergiesOf, flagsOf, latestOf } from './repository.ts';

/** LOINC of body weight. */
const weightCode = '29463-7';
/** So many statements about a pregnancy are looked at: the latest that says anything holds. */
const lookedAt = 20;

type Allergy = LocalRowOf<'allergy_intolerance'>;
type Flag = LocalRowOf<'flag'>;

export const chartPatient = (reader: LocalReader, row: LocalRowOf<'patient'>): ChartPatient => ({
  id: row.id as PatientId,
  mrn: row.mrn,
  family: row.family,
  given: row.given,
  gender: row.gender,
  birthDate: row.birth_date,
  birthDateEstimated: row.birth_date_estimated === 1,
  phone: row.phone,
  city: row.city,
  deceasedDate: row.deceased_date,
  certainty: reader.certainty('patient', row.id),
  goesOn:
    row.merged_into === null
      ? null
      : ((goingOn(reader, [row.id]).get(row.id) ?? row.merged_into) as PatientId),
});

/** What may kill first. */
const gravity = ({ severity, criticality }: Allergy): number =>
  (severity === 'severe' ? 4 : severity === 'moderate' ? 2 : 0) + (criticality === 'high' ? 3 : 0);

const bannerAllergies = (reader: LocalReader, rows: readonly Allergy[]): BannerAllergy[] => {
  const uncertain = reader.uncertain(
    'allergy_intolerance',
    rows.map(({ id }) => id),
  );
  return rows
    .toSorted((a, b) => gravity(b) - gravity(a))
    .map(({ id, substance, severity, criticality, reaction }) => ({
      id,
      substance,
      severity,
      criticality,
      reaction,
      certainty: uncertain.get(id) ?? 'confirmed',
    }));
};

/** A category this version does not know, of another workstation, is one of the patient's all the same. */
const categoryOf = (text: string): FlagCategory =>
  flagCategories.find((category) => category === text) ?? 'clinical';

export const flagViews = (reader: LocalReader, rows: readonly Flag[]): FlagView[] => {
  const names = accountNames(reader, idsIn(rows.map((row) => row.created_by)));
  const uncertain = reader.uncertain(
    'flag',
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    id: row.id,
    category: categoryOf(row.category),
    text: row.text,
    startDate: row.start_date,
    endDate: row.end_date,
    createdAt: row.created_at,
    createdBy: names.get(row.created_by ?? '') ?? null,
    certainty: uncertain.get(row.id) ?? 'confirmed',
  }));
};

/** The latest of a code under all records of a person. */
const latest = (reader: LocalReader, patientId: string, code: string, count: number) =>
  [...recordsOf(reader, patientId)]
    .flatMap((record) => latestOf(reader, record, code, count))
    .toSorted((a, b) => b.effective_at.localeCompare(a.effective_at))
    .slice(0, count);

const pregnancy = ({ store, home }: FeatureDeps, patientId: string, today: string) => {
  const rows = Object.values(pregnancyCodes).flatMap((code) => latest(store, patientId, code, lookedAt));
  const facts = rows
    .toSorted((a, b) => b.effective_at.localeCompare(a.effective_at))
    .map(({ code, value, value_text, effective_at }) => ({
      code,
      value: value_text ?? value,
      day: dayAt(Date.parse(effective_at), home().timeZone),
    }));
  return pregnancyOn(facts, today);
};

const weight = ({ store }: FeatureDeps, patientId: string): OpenChart['weight'] => {
  const [row] = latest(store, patientId, weightCode, 1);
  if (row === undefined || row.value === null) return null;
  const { id, value, unit, effective_at: at } = row;
  return { value, unit, at, certainty: store.certainty('observation', id) };
};

/** What stays in sight of a chart that is open. */
export const banner = (
  deps: FeatureDeps,
  patientId: string,
): Omit<OpenChart, 'access' | 'patient' | 'restriction'> => {
  const { store, clock, home } = deps;
  const today = dayAt(clock.now(), home().timeZone);
  const stated = allergiesOf(store, patientId);
  const allergies = stated.filter(({ code_kind }) => code_kind !== 'none-known');
  const flags = flagsOf(store, patientId).filter((flag) => holdsOn(flag, today));
  return {
    allergies: bannerAllergies(store, allergies),
    allergyState: allergies.length > 0 ? 'recorded' : stated.length > 0 ? 'none-known' : 'not-recorded',
    flags: flagViews(store, flags),
    pregnancy: pregnancy(deps, patientId, today),
    weight: weight(deps, patientId),
  };
};
