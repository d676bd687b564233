/** Where ranges and limits are published. A range names its source; none is taken from elsewhere. */
export const sources = {
  /** American Board of Internal Medicine, Laboratory Test Reference Ranges, January 2024 (adults, not pregnant). */
  abim: 'ABIM 2024',
  /** World Health Organization, Guideline on haemoglobin cutoffs to define anaemia, 2024 (sea level, not pregnant, not smoking). */
  whoHaemoglobin: 'WHO 2024',
  /** American Diabetes Association, Standards of Care in Diabetes 2024, section 2. */
  ada: 'ADA 2024',
  /** National Cholesterol Education Program, Adult Treatment Panel III, 2001. */
  atp3: 'NCEP ATP III',
  /** Royal College of Pathologists, The communication of critical and unexpected pathology results, G158, 2017. */
  rcpath: 'RCPath G158',
  /** North Bristol NHS Trust, Severn Pathology, Haematology telephone action ranges. */
  severn: 'Severn Pathology',
} as const;

export type Source = (typeof sources)[keyof typeof sources];
