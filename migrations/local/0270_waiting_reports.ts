import type { LocalMigration } from './migration.ts';

/** Reports that were brought in with the charts of another system are history: nobody waits to read them. */
const isNew = (row: string) => `(${row}.source IS NULL OR substr(${row}.source, 1, 7) <> 'synthea')`;

/** Puts a report back that waits: nobody has read it and no other answers it. */
const wait = (id: string) => `
  INSERT OR IGNORE INTO waiting_report (id, requester_id, recorded_at)
    SELECT r.id, r.requester_id, r.recorded_at FROM diagnostic_report r
     WHERE r.id = ${id} AND ${isNew('r')}
       AND NOT EXISTS (SELECT 1 FROM result_acknowledgement a WHERE a.report_id = r.id)
       AND NOT EXISTS (SELECT 1 FROM diagnostic_report c WHERE c.corrects = r.id);`;

/** The reports nobody has acknowledged, which are few among all there are: kept by triggers, whoever writes. */
export const waitingReports: LocalMigration = {
  number: 270,
  name: 'waiting_reports',
  statements: [
    `CREATE TABLE waiting_report (
      id TEXT PRIMARY KEY NOT NULL,
      requester_id TEXT,
      recorded_at TEXT NOT NULL
    ) STRICT`,
    `CREATE INDEX service_request_open ON service_request (status, authored_at)
      WHERE status = 'active' AND voided_at IS NULL`,
    'CREATE INDEX waiting_report_requester ON waiting_report (requester_id, recorded_at)',
    `INSERT INTO waiting_report (id, requester_id, recorded_at)
      SELECT r.id, r.requester_id, r.recorded_at FROM diagnostic_report r
       WHERE ${isNew('r')}
         AND NOT EXISTS (SELECT 1 FROM result_acknowledgement a WHERE a.report_id = r.id)
         AND NOT EXISTS (SELECT 1 FROM diagnostic_report c WHERE c.corrects = r.id)`,
    `CREATE TRIGGER diagnostic_report_waits AFTER INSERT ON diagnostic_report BEGIN
      DELETE FROM waiting_report WHERE id = new.corrects;${wait('new.id')}
    END`,
    `CREATE TRIGGER diagnostic_report_gone AFTER DELETE ON diagnostic_report BEGIN
      DELETE FROM waiting_report WHERE id = old.id;${wait('old.corrects')}
    END`,
    `CREATE TRIGGER result_acknowledgement_read AFTER INSERT ON result_acknowledgement BEGIN
      DELETE FROM waiting_report WHERE id = new.report_id;
    END`,
    `CREATE TRIGGER result_acknowledgement_gone AFTER DELETE ON result_acknowledgement BEGIN${wait('old.report_id')}
    END`,
  ],
};
