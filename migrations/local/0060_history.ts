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

/**
 * Where the copy of the older rows is: which table comes next and after which id; no table when all are here. A
 * database from before this step was copied whole. And what the full-text index is built from, the same as before in less
 * time.
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
  ],
};
