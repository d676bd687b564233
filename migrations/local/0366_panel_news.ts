import type { LocalMigration } from './migration.ts';

/** What patients asked for at this host, and what they were told of it last: they hear by e-mail what becomes of it. */
export const panelNews: LocalMigration = {
  number: 366,
  name: 'panel_news',
  statements: [
    `CREATE TABLE panel_news (
      id TEXT PRIMARY KEY NOT NULL,
      tbl TEXT NOT NULL,
      state TEXT NOT NULL,
      at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
    'CREATE INDEX panel_news_tbl ON panel_news (tbl, id)',
  ],
};
