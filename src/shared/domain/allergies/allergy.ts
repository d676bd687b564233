/** Code sets of FHIR R4 AllergyIntolerance. */
export const allergyTypes = ['allergy', 'intolerance'] as const;
export const allergyCategories = ['medication', 'food', 'environment', 'biologic'] as const;
export const allergySeverities = ['mild', 'moderate', 'severe'] as const;
export const criticalities = ['low', 'high', 'unable-to-assess'] as const;
export const allergyClinicalStatuses = ['active', 'inactive', 'resolved'] as const;
/** Without `entered-in-error`: such a row is voided. */
export const allergyVerifications = ['unconfirmed', 'presumed', 'confirmed', 'refuted'] as const;

/** What `code` names: an ingredient or a class of the data set checks read, nothing, or that there is no allergy at all. */
export const substanceKinds = ['ingredient', 'class', 'other', 'none-known'] as const;
export type SubstanceKind = (typeof substanceKinds)[number];

/** What a chart says of allergies as a whole. */
export type AllergyState =
  /** Nobody has asked. */
  | 'not-asked'
  /** Somebody asked, and there are none. */
  | 'none-known'
  | 'some'
  /** That there are none stands beside allergies: two workstations said so without knowing of each other. */
  | 'contradiction';

interface Statement {
  readonly codeKind: SubstanceKind | null;
  readonly clinicalStatus: string;
  readonly verificationStatus: string;
}

/** Whether it says something of the patient now: not what is over or was refuted. */
export const isStanding = ({ clinicalStatus, verificationStatus }: Statement): boolean =>
  clinicalStatus === 'active' &&
  verificationStatus !== 'refuted' &&
  verificationStatus !== 'entered-in-error';

/** What statements that were not withdrawn say together. */
export const allergyState = (statements: readonly Statement[]): AllergyState => {
  const standing = statements.filter(isStanding);
  const none = standing.some(({ codeKind }) => codeKind === 'none-known');
  const some = standing.some(({ codeKind }) => codeKind !== 'none-known');
  if (none && some) return 'contradiction';
  if (some) return 'some';
  return none ? 'none-known' : 'not-asked';
};

/** Whether checks of a prescription can find it by a code. */
export const isCoded = (codeKind: SubstanceKind | null, code: string | null): boolean =>
  code !== null && (codeKind === 'ingredient' || codeKind === 'class');
