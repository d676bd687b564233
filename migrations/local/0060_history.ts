import type { LocalMigration } from './migration.ts';

/** Only what is not plain ASCII can hold a letter to fold; most names are, and a first copy reads them all. */
const folded = (column: string): string => {
  const letters = [
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
  ] as const;
  const replaced = letters.reduce((inner, [from, to]) => `replace(${inner}, '${from}', '${to}')`, column);
  return `CASE WHEN ${column} GLOB '*[^ -~]*' THEN ${replaced} ELSE ${column} END`;
};

/** The digits of `phone`. A number written without signs, as most are kept, needs none taken out but a leading plus. */
const digits = `CASE WHEN substr(phone, 2) GLOB '*[^0-9]*' OR phone NOT GLOB '[0-9+]*'
  THEN ${[' ', '-', '(', ')', '.', '/', '+'].reduce((inner, sign) => `replace(${inner}, '${sign}', '')`, 'phone')}
  ELSE ltrim(phone, '+') END`;

/** ITU-T E.164 country codes of two digits, as in 0030. */
const twoDigitCodes =
  ' 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 ';

/** The number without country code, for `+...`. */
const national = `substr(${digits}, CASE WHEN substr(phone, 2, 1) IN ('1', '7') THEN 2
  WHEN instr('${twoDigitCodes}', ' ' || substr(phone, 2, 2) || ' ') > 0 THEN 3 ELSE 4 END)`;

const phoneIndexes = [
  ['patient_phone', `(ltrim(${digits}, '0')) WHERE phone IS NOT NULL`],
  ['patient_phone_national', `(${national}) WHERE phone IS NOT NULL AND substr(phone, 1, 1) = '+'`],
  ['patient_phone_end', `(substr(${digits}, -4)) WHERE phone IS NOT NULL`],
] as const;

/**
 * Where the copy of the older rows is: which table comes next and after which id; no table when all are here. A
 * database from before this step was copied whole. And what the indexes of names and numbers are built from: the same as before
 * in less time.
 */
export const history: LocalMigration = {
  number: 60,
  name: 'history',
  statements: [
    'ALTER TABLE sync_state ADD COLUMN history_table TEXT',
    'ALTER TABLE sync_state ADD COLUMN history_after TEXT',
    'ALTER TABLE sync_state ADD COLUMN history_rows INTEGER NOT NULL DEFAULT 0',
    'DROP VIEW patient_name',
    `CREATE VIEW patient_name AS
      SELECT rowid AS row, ${folded('family')} AS family, ${folded('given')} AS given FROM patient`,
    'DROP VIEW patient_phone_digits',
    ...phoneIndexes.flatMap(([name, on]) => [
      `DROP INDEX IF EXISTS ${name}`,
      `CREATE INDEX ${name} ON patient ${on}`,
      // It may have been put aside by a first copy that is still loading; now it is here.
      `DELETE FROM deferred_schema WHERE name = '${name}'`,
    ]),
    `CREATE VIEW patient_phone_digits AS SELECT rowid AS row, id, phone, ${digits} AS digits,
      ltrim(${digits}, '0') AS start, ${national} AS national, substr(${digits}, -4) AS last_four FROM patient`,
  ],
};
