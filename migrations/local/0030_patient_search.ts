import type { LocalMigration } from './migration.ts';

const replaceAll = (column: string, signs: readonly (readonly [string, string])[]): string =>
  signs.reduce((inner, [from, to]) => `replace(${inner}, '${from}', '${to}')`, column);

/** The digits of `phone`, as an expression an index can hold. */
const digits = replaceAll(
  'phone',
  [' ', '-', '(', ')', '.', '/', '+'].map((sign) => [sign, ''] as const),
);

/** ITU-T E.164 country codes of two digits (list of December 2016); those of one begin with 1 or 7, the rest have three. */
const twoDigitCodes =
  ' 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 ';

/** The number without country code, for `+...`. */
const national = `substr(${digits}, CASE WHEN substr(phone, 2, 1) IN ('1', '7') THEN 2
  WHEN instr('${twoDigitCodes}', ' ' || substr(phone, 2, 2) || ' ') > 0 THEN 3 ELSE 4 END)`;

/** Letters that `remove_diacritics` leaves and the search's own folding does not. */
const folded = (column: string): string =>
  replaceAll(column, [
    ['ß', 'ss'],
    ['ẞ', 'ss'],
    ['æ', 'ae'],
    ['Æ', 'ae'],
    ['œ', 'oe'],
    ['Œ', 'oe'],
    ['ø', 'o'],
    ['Ø', 'o'],
    ['ł', 'l'],
    ['Ł', 'l'],
    ['đ', 'd'],
    ['Đ', 'd'],
    ['ð', 'd'],
    ['Ð', 'd'],
    ['þ', 'th'],
    ['Þ', 'th'],
    ['ı', 'i'],
  ]);

const remove = `INSERT INTO patient_fts (patient_fts, rowid, family, given)
  VALUES ('delete', old.rowid, ${folded('old.family')}, ${folded('old.given')});`;
const put = `INSERT INTO patient_fts (rowid, family, given)
  VALUES (new.rowid, ${folded('new.family')}, ${folded('new.given')});`;

/**
 * Find while typing. Names are in a full-text index without a copy of their text, kept by triggers; the rest are
 * ordinary indexes. Nothing here is synced, all of it can be dropped and built again. `patient_name` is what the
 * index is built from.
 */
export const patientSearch: LocalMigration = {
  number: 30,
  name: 'patient_search',
  statements: [
    `CREATE VIEW patient_name AS
      SELECT rowid AS row, ${folded('family')} AS family, ${folded('given')} AS given FROM patient`,
    `CREATE VIRTUAL TABLE patient_fts USING fts5 (
      family, given, content = '', columnsize = 0, detail = 'none',
      tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
    )`,
    `CREATE TRIGGER patient_fts_insert AFTER INSERT ON patient BEGIN ${put} END`,
    `CREATE TRIGGER patient_fts_delete AFTER DELETE ON patient BEGIN ${remove} END`,
    `CREATE TRIGGER patient_fts_update AFTER UPDATE OF family, given ON patient
      WHEN old.family IS NOT new.family OR old.given IS NOT new.given BEGIN ${remove} ${put} END`,
    'INSERT INTO patient_fts (rowid, family, given) SELECT row, family, given FROM patient_name',
    'CREATE INDEX patient_birth_date ON patient (birth_date) WHERE birth_date IS NOT NULL',
    'CREATE INDEX patient_mrn ON patient (mrn COLLATE NOCASE)',
    // A number is found from its start with or without country code, and from its last four digits.
    `CREATE INDEX patient_phone ON patient (ltrim(${digits}, '0')) WHERE phone IS NOT NULL`,
    `CREATE INDEX patient_phone_national ON patient (${national}) WHERE phone IS NOT NULL AND substr(phone, 1, 1) = '+'`,
    `CREATE INDEX patient_phone_end ON patient (substr(${digits}, -4)) WHERE phone IS NOT NULL`,
    // The same expressions by name, for queries.
    `CREATE VIEW patient_phone_digits AS SELECT rowid AS row, id, phone, ${digits} AS digits,
      ltrim(${digits}, '0') AS start, ${national} AS national, substr(${digits}, -4) AS last_four FROM patient`,
  ],
};
