/** What is attached, as a person sorts it. */
export const attachedCategories = [
  'letter',
  'result',
  'imaging',
  'insurance',
  'consent',
  'photo',
  'other',
] as const;
export type AttachedCategory = (typeof attachedCategories)[number];

/** What is made here from a template; the name is its category as well. */
export const templates = ['sick-note', 'referral', 'visit-summary'] as const;
export type Template = (typeof templates)[number];

export const categories = [...attachedCategories, ...templates] as const;
export type DocumentCategory = (typeof categories)[number];

const isCategory = (text: string): text is DocumentCategory =>
  (categories as readonly string[]).includes(text);

/** A category as words know it; one that another program wrote is `other`. */
export const categoryOf = (text: string): DocumentCategory => (isCategory(text) ? text : 'other');

/** LOINC's type of a document, where there is one. Source: LOINC document ontology, Regenstrief Institute. */
export const loincOf: Readonly<Record<Template, string | null>> = {
  'sick-note': null,
  referral: '57133-1',
  'visit-summary': '34133-9',
};
