/**
 * Where the facts of the bundled data set are from. All are public; each fact names its own. Numbers were taken from the
 * labels of the United States (DailyMed, in the public domain) and the WHO model lists; nothing was copied but facts.
 */

/** A section of a label as the FDA publishes it at DailyMed. */
export const label = (medicine: string, section: string): string =>
  `FDA label of ${medicine}, ${section} (DailyMed, dailymed.nlm.nih.gov)`;

/** The anatomical, therapeutic and chemical classification. */
export const atc = 'WHO Collaborating Centre for Drug Statistics Methodology, ATC index 2024 (atcddd.fhi.no)';

/** Names of substances. */
export const inn = 'WHO recommended international nonproprietary names; synonyms and salts: RxNorm (NLM)';

/** The WHO's books on how essential medicines are used. */
export const whoPain =
  'WHO guidelines on the pharmacological treatment of persisting pain in children with medical illnesses, 2012, annex 1';
export const aware = 'The WHO AWaRe (Access, Watch, Reserve) antibiotic book, 2022';
export const whoAntenatal = 'WHO recommendations on antenatal care for a positive pregnancy experience, 2016';
export const whoHypertension =
  'WHO recommendations: drug treatment for severe hypertension in pregnancy, 2018, and for non-severe hypertension in pregnancy, 2020';
