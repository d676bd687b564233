/**
 * Where ranges and limits are published. A range names its source; none is taken from elsewhere. Each says which of its values
 * were read beside it again, on 30 November 2026; the others were not.
 */
export const sources = {
  /** American Board of Internal Medicine, Laboratory Test Reference Ranges, January 2024 (adults, not pregnant). Compared: albumin (abim.org). */
  abim: 'ABIM 2024',
  /** World Health Organization, Guideline on haemoglobin cutoffs to define anaemia, 2024 (sea level, not pregnant, not smoking). Compared: every cutoff (a summary at ntro.it.com), not what is severe. */
  whoHaemoglobin: 'WHO 2024',
  /** American Diabetes Association, Standards of Care in Diabetes 2024, section 2. Compared: the upper limits of glucose and HbA1c (ada.silverchair.com, merckmanuals.com). */
  ada: 'ADA 2024',
  /** National Cholesterol Education Program, Adult Treatment Panel III, 2001. Compared: all three (epgonline.org; triglycerides at oathealth.com). */
  atp3: 'NCEP ATP III',
  /** Royal College of Pathologists, The communication of critical and unexpected pathology results, G158, 2017. */
  rcpath: 'RCPath G158',
  /** North Bristol NHS Trust, Severn Pathology, Haematology telephone action ranges. */
  severn: 'Severn Pathology',
} as const;

export type Source = (typeof sources)[keyof typeof sources];
