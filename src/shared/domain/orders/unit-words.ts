/** UCUM units that people write otherwise. */
const written: Readonly<Record<string, string>> = {
  'umol/L': 'µmol/L',
  'm[IU]/L': 'mIU/L',
  '10*9/L': '×10⁹/L',
  '10*3/uL': '×10³/µL',
  '10*6/uL': '×10⁶/µL',
  'mm[Hg]': 'mmHg',
  Cel: '°C',
  'ug/L': 'µg/L',
  'ug/mL': 'µg/mL',
  'ug/dL': 'µg/dL',
  'mL/min/{1.73_m2}': 'mL/min/1.73 m²',
  '[pH]': '',
};

/** A UCUM unit as people read it; an annotation in braces says nothing of the unit. */
export const unitWords = (unit: string | null): string =>
  unit === null ? '' : (written[unit] ?? unit.replace(/^\{.*\}$/, ''));
