import type { LocalMigration } from './migration.ts';

const remove = `INSERT INTO concept_fts (concept_fts, rowid, display) VALUES ('delete', old.rowid, old.display);`;
const put = 'INSERT INTO concept_fts (rowid, display) VALUES (new.rowid, new.display);';

/** Codes are found while their words are typed, or the code itself. Nothing here is synced. */
export const conceptSearch: LocalMigration = {
  number: 240,
  name: 'concept_search',
  statements: [
    `CREATE VIRTUAL TABLE concept_fts USING fts5 (
      display, content = '', columnsize = 0, detail = 'none',
      tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
    )`,
    `CREATE TRIGGER concept_fts_insert AFTER INSERT ON concept BEGIN ${put} END`,
    `CREATE TRIGGER concept_fts_delete AFTER DELETE ON concept BEGIN ${remove} END`,
    `CREATE TRIGGER concept_fts_update AFTER UPDATE OF display ON concept
      WHEN old.display IS NOT new.display BEGIN ${remove} ${put} END`,
    'INSERT INTO concept_fts (rowid, display) SELECT rowid, display FROM concept',
    'CREATE INDEX concept_code ON concept (code)',
  ],
};
