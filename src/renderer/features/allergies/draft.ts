import type { AllergyView } from '#shared/contract/allergies.ts';
import type { FormOf } from '#shared/contract/drafts.ts';
import { allergyClinicalStatuses, allergyVerifications } from '#shared/domain/allergies/allergy.ts';

/** What is typed of an allergy; `onset` as it was typed. */
export type AllergyDraft = FormOf<'allergy'>;

export const emptyAllergy: AllergyDraft = {
  substance: '',
  codeKind: 'other',
  code: null,
  type: 'allergy',
  category: 'medication',
  reaction: '',
  severity: null,
  criticality: null,
  verificationStatus: 'confirmed',
  clinicalStatus: 'active',
  onset: '',
  note: '',
};

/** What another system wrote and we have no word for begins as what it most likely means. */
export const draftOf = (allergy: AllergyView): AllergyDraft => ({
  substance: allergy.substance,
  codeKind: allergy.codeKind === 'none-known' ? 'other' : allergy.codeKind,
  code: allergy.code,
  type: allergy.type,
  category: allergy.category,
  reaction: allergy.reaction,
  severity: allergy.severity,
  criticality: allergy.criticality,
  verificationStatus:
    allergyVerifications.find((status) => status === allergy.verificationStatus) ?? 'unconfirmed',
  clinicalStatus: allergyClinicalStatuses.find((status) => status === allergy.clinicalStatus) ?? 'active',
  onset: allergy.onset ?? '',
  note: allergy.note,
});
