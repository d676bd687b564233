import type { FeatureDeps } from '#main/core/deps.ts';
import type { CheckedAgain, DatasetInUse, PrescriptionDraft, SafetyAnswer } from '#shared/contract/safety.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { chainsOf } from '#shared/domain/prescribing/chain.ts';
import { howOftenOf, mostADay } from '#shared/domain/prescribing/frequency.ts';
import { parseRoute } from '#shared/domain/prescribing/routes.ts';
import { checkPrescription } from '#shared/domain/safety/check.ts';
import { MedicineIngredient, type OtherPrescription } from '#shared/domain/safety/prescription.ts';
import { keptDecimal } from '#shared/kernel/decimal.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { LocalRowOf } from '#shared/sync/catalogue.ts';
import { createDatasets, type InUse } from './dataset.ts';
import { checkedPatient } from './patient.ts';
import { findPatient, medicinesById, prescriptionsOf } from './repository.ts';

/** The checks as other features get them from `core.ts`; whether the chart is open to somebody is theirs to ask. */
export interface Safety {
  /**
   * What is to be said about a prescription as it stands. `excludes`: versions it takes the place of. `besides`: medicines
   * that are prescribed in the same moment.
   */
  readonly check: (
    patientId: string,
    draft: PrescriptionDraft,
    excludes: readonly string[],
    besides?: readonly OtherPrescription[],
  ) => Result<SafetyAnswer>;
  /** The same for each active prescription, against what the chart says now. */
  readonly recheck: (patientId: string) => Result<{
    readonly prescriptions: readonly CheckedAgain[];
    readonly dataset: DatasetInUse | null;
  }>;
  /** The data set in use now. */
  readonly inUse: () => InUse;
}

type Request = LocalRowOf<'medication_request'>;

/** The ingredients a row holds; none where it holds none that can be read. */
export const ingredientsOf = (json: string | null): readonly MedicineIngredient[] => {
  try {
    const read = MedicineIngredient.array().safeParse(JSON.parse(json ?? '[]'));
    return read.success ? read.data : [];
  } catch {
    return [];
  }
};

interface Active {
  readonly row: Request;
  readonly ingredients: readonly MedicineIngredient[];
  readonly unitOfDose: string | null;
}

/** What the patient takes as far as the chart says: the versions that hold, on hold ones among them since they may be resumed any day. */
const activeOf = ({ store, clock, home }: FeatureDeps, patientId: string): readonly Active[] => {
  const today = dayAt(clock.now(), home().timeZone);
  const rows = prescriptionsOf(store, patientId);
  const versions = rows.map((row) => ({
    id: row.id,
    parentId: row.parent_id,
    voided: row.voided_at !== null,
    createdAt: row.created_at,
    row,
  }));
  const holding = chainsOf(versions)
    .flatMap(({ newest }) => newest)
    .map(({ row }) => row)
    .filter(({ status }) => status === 'active' || status === 'on-hold')
    .filter(({ end_date }) => end_date === null || end_date >= today);
  const ids = holding.flatMap(({ medicine_id }) => (medicine_id === null ? [] : [medicine_id]));
  const medicines = new Map(medicinesById(store, [...new Set(ids)]).map((row) => [row.id, row]));
  return holding.map((row) => {
    const medicine = medicines.get(row.medicine_id ?? '');
    const own = ingredientsOf(row.ingredients);
    return {
      row,
      ingredients: own.length > 0 ? own : ingredientsOf(medicine?.ingredients ?? null),
      unitOfDose: medicine?.unit_of_dose ?? null,
    };
  });
};

/** A route by its code, however it was written; what is none of them stays as it is. */
const routeOf = (route: string | null): string | null =>
  route === null ? null : (parseRoute(route) ?? route);

const otherOf = ({ row, ingredients }: Active): OtherPrescription => ({
  id: row.id,
  name: row.medication,
  ingredients,
  route: routeOf(row.route),
});

const draftOf = ({ row, ingredients, unitOfDose }: Active): PrescriptionDraft => ({
  name: row.medication,
  ingredients: [...ingredients],
  unitOfDose,
  doseValue: keptDecimal(row.dose_value) ?? row.dose_value,
  doseUnit: row.dose_unit,
  route: row.route,
  frequency: row.frequency,
  asNeeded: row.as_needed === 1,
  maxPerDay: keptDecimal(row.max_per_day) ?? row.max_per_day,
});

const inputOf = (draft: PrescriptionDraft) => ({
  medicine: { name: draft.name, ingredients: draft.ingredients, unitOfDose: draft.unitOfDose },
  dose: {
    value: draft.doseValue,
    unit: draft.doseUnit,
    perDay: mostADay(draft.frequency, draft.asNeeded, draft.maxPerDay),
    howOften: howOftenOf(draft.frequency, draft.asNeeded, draft.maxPerDay),
    route: routeOf(draft.route),
  },
});

/** Builds the checks of one workstation. */
export const safetyOf = (deps: FeatureDeps): Safety => {
  const inUse = createDatasets(deps.store);
  const check: Safety['check'] = (patientId, draft, excludes, besides = []) => {
    const patient = findPatient(deps.store, patientId);
    if (patient === undefined) return fail('not-found');
    const { knowledge, info } = inUse();
    const others = activeOf(deps, patientId).filter(({ row }) => !excludes.includes(row.id));
    const findings = checkPrescription(
      knowledge,
      {
        ...inputOf(draft),
        patient: checkedPatient(deps, patient),
        others: [...others.map(otherOf), ...besides],
      },
      'dataset-incomplete',
    );
    return ok({ findings: [...findings], dataset: knowledge === null ? null : info });
  };
  const recheck: Safety['recheck'] = (patientId) => {
    const patient = findPatient(deps.store, patientId);
    if (patient === undefined) return fail('not-found');
    const { knowledge, info } = inUse();
    const active = activeOf(deps, patientId);
    const chart = checkedPatient(deps, patient);
    const prescriptions = active.map((one): CheckedAgain => {
      const others = active.filter((other) => other !== one).map(otherOf);
      const input = { ...inputOf(draftOf(one)), patient: chart, others };
      const findings = [...checkPrescription(knowledge, input, 'dataset-incomplete')];
      return { prescriptionId: one.row.id, medication: one.row.medication, findings };
    });
    return ok({ prescriptions, dataset: knowledge === null ? null : info });
  };
  return { check, recheck, inUse };
};
