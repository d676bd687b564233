import { accountNames, idsIn } from '#main/data/local/names.ts';
import type { LocalReader } from '#main/data/local/store.ts';
import type { AllergyView } from '#shared/contract/allergies.ts';
import { isCoded, isStanding, type SubstanceKind, substanceKinds } from '#shared/domain/allergies/allergy.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import type { AllergyRow } from './repository.ts';

const kindOf = (row: AllergyRow): SubstanceKind =>
  substanceKinds.find((kind) => kind === row.code_kind) ?? 'other';

const gravity = ({ severity, criticality }: AllergyView): number =>
  (criticality === 'high' ? 4 : 0) +
  (severity === 'severe' ? 3 : severity === 'moderate' ? 2 : severity ? 1 : 0);

/** Rows as the contract shows them: what stands and is grave first. */
export const allergyViews = (reader: LocalReader, rows: readonly AllergyRow[]): readonly AllergyView[] => {
  const uncertain = reader.uncertain(
    'allergy_intolerance',
    rows.map(({ id }) => id),
  );
  const names = accountNames(reader, idsIn(rows.map((row) => row.recorded_by)));
  const views = rows.map((row): AllergyView => {
    const codeKind = kindOf(row);
    return {
      id: row.id,
      patientId: row.patient_id as PatientId,
      substance: row.substance,
      codeKind,
      code: row.code,
      type: row.type as AllergyView['type'],
      category: row.category as AllergyView['category'],
      reaction: row.reaction ?? '',
      severity: row.severity as AllergyView['severity'],
      criticality: row.criticality as AllergyView['criticality'],
      verificationStatus: row.verification_status,
      clinicalStatus: row.clinical_status,
      onset: row.onset,
      note: row.note ?? '',
      recordedAt: row.recorded_at,
      recordedBy: row.recorded_by === null ? null : (names.get(row.recorded_by) ?? null),
      coded: isCoded(codeKind, row.code),
      certainty: uncertain.get(row.id) ?? 'confirmed',
    };
  });
  return views.toSorted((a, b) => Number(isStanding(b)) - Number(isStanding(a)) || gravity(b) - gravity(a));
};
