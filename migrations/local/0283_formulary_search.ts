import type { LocalMigration } from './migration.ts';

/** One text of each object in a row's list of ingredients; none where it holds something else. */
const ofIngredients = (row: string, text: string): string =>
  `coalesce((SELECT group_concat(${text}, ' ')
    FROM json_each(CASE WHEN json_valid(${row}ingredients) THEN ${row}ingredients ELSE '[]' END)
    WHERE type = 'object'), '')`;

/**
 * What a medicine is found by: the words of its name and of its ingredients' names, and their keys, each as one word that nobody
 * types, so that other names of an ingredient, which the data set has, lead to it.
 */
const words = (row: string): string =>
  `${row}name || ' ' || ${ofIngredients(row, `json_extract(value, '$.name')`)}
    || ' ' || ${ofIngredients(row, `'_' || replace(json_extract(value, '$.key'), '-', '_')`)}`;

const remove = `INSERT INTO medicine_fts (medicine_fts, rowid, words) VALUES ('delete', old.rowid, ${words('old.')});`;
const put = `INSERT INTO medicine_fts (rowid, words) VALUES (new.rowid, ${words('new.')});`;

/** Medicines are found while any word of their names is typed. Nothing here is synced, all of it can be built again from `medicine_words`. */
export const formularySearch: LocalMigration = {
  number: 283,
  name: 'formulary_search',
  statements: [
    `CREATE VIEW medicine_words AS SELECT rowid AS row, ${words('')} AS words FROM medicine`,
    // A point and a per cent sign are within a strength; whatever else stands between letters and digits parts words.
    `CREATE VIRTUAL TABLE medicine_fts USING fts5 (
      words, content = '', columnsize = 0, detail = 'none',
      tokenize = "unicode61 remove_diacritics 2 tokenchars '.%_'", prefix = '1 2 3'
    )`,
    `CREATE TRIGGER medicine_fts_insert AFTER INSERT ON medicine BEGIN ${put} END`,
    `CREATE TRIGGER medicine_fts_delete AFTER DELETE ON medicine BEGIN ${remove} END`,
    `CREATE TRIGGER medicine_fts_update AFTER UPDATE OF name, ingredients ON medicine
      WHEN old.name IS NOT new.name OR old.ingredients IS NOT new.ingredients BEGIN ${remove} ${put} END`,
    'INSERT INTO medicine_fts (rowid, words) SELECT row, words FROM medicine_words',
    // Names that begin as typed come first, however many others have the word.
    'CREATE INDEX medicine_beginning ON medicine (lower(name))',
  ],
};
