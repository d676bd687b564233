import type { LocalMigration } from './migration.ts';

/** Puts a report back that waits. */
const wait = (id: string) => `
  INSERT OR IGNORE INTO waiting_report (id, requester_id, recorded_at)
    SELECT id, requester_id, recorded_at FROM unread_report WHERE id = ${id};`;

/**
 * The reports nobody has acknowledged, which are few among all there are: kept by triggers, whoever writes. A first copy puts
 * triggers aside and fills the table once it is there.
 */
export const waitingReports: LocalMigration = {
  number: 270,
  name: 'waiting_reports',
  statements: [
    `CREATE INDEX service_request_open ON service_request (status, authored_at)
      WHERE status = 'active' AND voided_at IS NULL`,
    `CREATE TABLE waiting_report (
      id TEXT PRIMARY KEY NOT NULL,
      requester_id TEXT,
      recorded_at TEXT NOT NULL
    ) STRICT`,
    'CREATE INDEX waiting_report_requester ON waiting_report (requester_id, recorded_at)',
    // What was brought in with the charts of another system is history: nobody waits to read it.
    `CREATE VIEW unread_report AS
      SELECT r.id, r.requester_id, r.recorded_at FROM diagnostic_report r
       WHERE (r.source IS NULL OR substr(r.source, 1, 7) <> 'synthea')
         AND NOT EXISTS (SELECT 1 FROM result_acknowledgement a WHERE a.report_id = r.id)
         AND NOT EXISTS (SELECT 1 FROM diagnostic_report c WHERE c.corrects = r.id)`,
    `INSERT INTO waiting_report (id, requester_id, recorded_at)
      SELECT id, requester_id, recorded_at FROM unread_report`,
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
