import type { FeatureDeps } from '#main/core/deps.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { pregnancyCodes, pregnancyOn } from '#shared/domain/chart/pregnancy.ts';
import { egfrOf } from '#shared/domain/safety/conditions.ts';
import type {
  Aged,
  Allergies,
  CheckedPatient,
  KnownAllergy,
  Pregnancy,
} from '#shared/domain/safety/prescription.ts';
import { inKeptUnit } from '#shared/domain/vitals/units.ts';
import { isDecimal, multiplyDecimals } from '#shared/kernel/decimal.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';
import { allergiesOf, latestOf } from './repository.ts';

const weightCode = '29463-7';
/** LOINC of eGFR by several equations, the newest first: CKD-EPI 2021, CKD-EPI, MDRD. */
const egfrCodes = ['98979-8', '62238-1', '69405-9', '33914-3', '48642-3', '48643-1', '77147-7', '50044-7'];
/** Creatinine in serum or blood. */
const creatinineCodes = ['2160-0', '38483-4'];
/** So many statements about a pregnancy are looked at. */
const lookedAt = 20;

type Observation = LocalRowOf<'observation'>;

/** Whole days from one calendar day to another. */
const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** Whole months from birth to a day; a birth date that is only a year counts from its first day. */
export const monthsOld = (birthDate: string | null, today: string): number | null => {
  const [year, month = '01', day = '01'] = birthDate?.split('-') ?? [];
  const [toYear, toMonth, toDay] = today.split('-').map(Number);
  if (year === undefined || toYear === undefined || toMonth === undefined || toDay === undefined) return null;
  const months = (toYear - Number(year)) * 12 + toMonth - Number(month) - (toDay < Number(day) ? 1 : 0);
  return months < 0 ? null : months;
};

const allergyOf = (row: LocalRowOf<'allergy_intolerance'>): KnownAllergy => ({
  substance: row.substance,
  codeKind: row.code_kind === 'ingredient' || row.code_kind === 'class' ? row.code_kind : null,
  code: row.code,
  category: row.category as KnownAllergy['category'],
  intolerance: row.type === 'intolerance',
  severe: row.criticality === 'high' || row.severity === 'severe',
  past: row.clinical_status !== 'active',
});

const allergies = ({ store }: FeatureDeps, patientId: string): Allergies => {
  const rows = allergiesOf(store, patientId);
  const list = rows.filter(({ code_kind }) => code_kind !== 'none-known').map(allergyOf);
  return rows.length === 0 ? { recorded: false } : { recorded: true, list };
};

/** Kilograms; null for a unit that is no weight. */
const kilograms = ({ value, unit }: Observation): string | null => {
  if (value === null || !isDecimal(value)) return null;
  if (unit === 'kg' || unit === null) return value;
  if (unit === 'g') return multiplyDecimals(value, '0.001');
  return unit === '[lb_av]' ? inKeptUnit(value, unit) : null;
};

/** mg/dL; 1 mg/dL is 88.4 µmol/L (molar mass of creatinine 113.12 g/mol). */
const creatinine = ({ value, unit }: Observation): number | null => {
  const number = Number(value);
  if (value === null || !(number > 0)) return null;
  if (unit === 'mg/dL') return number;
  return unit === 'umol/L' || unit === 'µmol/L' ? number / 88.4 : null;
};

const latest = (
  { store }: FeatureDeps,
  patientId: string,
  codes: readonly string[],
): Observation | undefined =>
  codes
    .flatMap((code) => latestOf(store, patientId, code, 1))
    .toSorted((a, b) => b.effective_at.localeCompare(a.effective_at))[0];

/** First trimester to the end of week 13, second to that of week 27, counted back from the day of delivery. */
const trimesterOn = (due: string | null, today: string): 1 | 2 | 3 | null => {
  if (due === null) return null;
  const week = (280 - daysBetween(today, due)) / 7;
  return week < 0 ? null : week < 14 ? 1 : week < 28 ? 2 : 3;
};

interface Whom {
  readonly patientId: string;
  readonly ageMonths: number | null;
  readonly sex: CheckedPatient['sex'];
}

/** Reads a chart for the checks, as of now. */
export const checkedPatient = (deps: FeatureDeps, patient: LocalRowOf<'patient'>): CheckedPatient => {
  const { clock, home } = deps;
  const today = dayAt(clock.now(), home().timeZone);
  const since = (at: string): number =>
    Math.max(0, daysBetween(dayAt(Date.parse(at), home().timeZone), today));
  const whom: Whom = {
    patientId: patient.id,
    ageMonths: monthsOld(patient.birth_date, today),
    sex: (['female', 'male', 'other'] as const).find((sex) => sex === patient.gender) ?? 'unknown',
  };
  return {
    ageMonths: whom.ageMonths,
    sex: whom.sex,
    weightKg: weight(deps, whom, since),
    pregnancy: pregnancy(deps, whom, today),
    egfr: egfr(deps, whom, since),
    allergies: allergies(deps, patient.id),
  };
};

type Since = (at: string) => number;

const weight = (deps: FeatureDeps, { patientId }: Whom, since: Since): Aged<string> | null => {
  const row = latest(deps, patientId, [weightCode]);
  const value = row === undefined ? null : kilograms(row);
  return row === undefined || value === null ? null : { value, days: since(row.effective_at) };
};

const egfr = (deps: FeatureDeps, whom: Whom, since: Since): Aged<number> | null => {
  const measured = latest(deps, whom.patientId, egfrCodes);
  const stated = measured?.value === null ? Number.NaN : Number(measured?.value);
  const sample = latest(deps, whom.patientId, creatinineCodes);
  const isNewer = measured === undefined || (sample?.effective_at ?? '') > measured.effective_at;
  if (sample !== undefined && (isNewer || !(stated > 0)) && whom.ageMonths !== null) {
    // As old as the patient was then: an equation of age does not go on ageing the sample.
    const days = since(sample.effective_at);
    const mg = creatinine(sample);
    const value = mg === null ? null : egfrOf(mg, Math.floor(whom.ageMonths / 12 - days / 365.25), whom.sex);
    if (value !== null) return { value, days };
  }
  return measured !== undefined && stated > 0 ? { value: stated, days: since(measured.effective_at) } : null;
};

const pregnancy = (deps: FeatureDeps, { patientId }: Whom, today: string): Aged<Pregnancy> | null => {
  const { store, home } = deps;
  const facts = Object.values(pregnancyCodes)
    .flatMap((code) => latestOf(store, patientId, code, lookedAt))
    .toSorted((a, b) => b.effective_at.localeCompare(a.effective_at))
    .map(({ code, value, value_text, effective_at }) => ({
      code,
      value: value_text ?? value,
      day: dayAt(Date.parse(effective_at), home().timeZone),
    }));
  const found = pregnancyOn(facts, today);
  if (found === null) return null;
  const value: Pregnancy = found.pregnant
    ? { pregnant: true, trimester: trimesterOn(found.due, today) }
    : { pregnant: false };
  return { value, days: Math.max(0, daysBetween(found.day, today)) };
};
