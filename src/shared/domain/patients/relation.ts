/**
 * What somebody is to a patient: codes of HL7 v2 table 0063 (Relationship) that people name as next of kin. A record
 * from elsewhere may say another.
 */
export const contactRelations = [
  'SPO',
  'DOM',
  'MTH',
  'FTH',
  'CHD',
  'SIB',
  'GRP',
  'GCH',
  'EXF',
  'GRD',
  'CGV',
  'FND',
  'OTH',
] as const;
