import type { Database } from 'better-sqlite3';
import { domain } from '#migrations/local/0010_domain.ts';
import { outbox } from '#migrations/local/0020_outbox.ts';
import { patientSearch } from '#migrations/local/0030_patient_search.ts';
import { journal } from '#migrations/local/0040_journal.ts';
import { conflict } from '#migrations/local/0050_conflict.ts';
import { clinical } from '#migrations/local/0054_clinical.ts';
import { history } from '#migrations/local/0060_history.ts';
import { rebuild } from '#migrations/local/0070_rebuild.ts';
import { lease } from '#migrations/local/0080_lease.ts';
import { check } from '#migrations/local/0150_check.ts';
import { frontDesk } from '#migrations/local/0190_front_desk.ts';
import { peopleAndPlans } from '#migrations/local/0200_people_and_plans.ts';
import { consultingRoom } from '#migrations/local/0210_consulting_room.ts';
import { chartTimeline } from '#migrations/local/0220_chart_timeline.ts';
import { ownWork } from '#migrations/local/0230_own_work.ts';
import { signed } from '#migrations/local/0232_signed.ts';
import { formDrafts } from '#migrations/local/0235_form_drafts.ts';
import { conceptSearch } from '#migrations/local/0240_concept_search.ts';
import { safety } from '#migrations/local/0250_safety.ts';
import { waitingReports } from '#migrations/local/0270_waiting_reports.ts';
import { files } from '#migrations/local/0280_files.ts';
import { formularySearch } from '#migrations/local/0283_formulary_search.ts';
import { replicaWrites } from '#migrations/local/0285_replica_writes.ts';
import { consultingRoomRest } from '#migrations/local/0290_consulting_room_rest.ts';
import { permissions } from '#migrations/local/0300_permissions.ts';
import { accounts } from '#migrations/local/0320_accounts.ts';
import { audit } from '#migrations/local/0325_audit.ts';
import { settings } from '#migrations/local/0336_settings.ts';
import { practice } from '#migrations/local/0346_practice.ts';
import { visitTimes } from '#migrations/local/0351_visit_times.ts';
import { patientPanel } from '#migrations/local/0361_patient_panel.ts';
import { apiTokens } from '#migrations/local/0362_api_tokens.ts';
import { keptAnswers } from '#migrations/local/0363_kept_answers.ts';
import { outgoingMail } from '#migrations/local/0365_outgoing_mail.ts';
import { panelNews } from '#migrations/local/0366_panel_news.ts';
import { panelCode } from '#migrations/local/0367_panel_code.ts';
import { refusedSignIn } from '#migrations/local/0373_refused_sign_in.ts';
import { billing } from '#migrations/local/0374_billing.ts';
import { stock } from '#migrations/local/0376_stock.ts';
import { chargeCategory } from '#migrations/local/0380_charge_category.ts';
import { ownInvoices } from '#migrations/local/0381_own_invoices.ts';
import { ownReceipts } from '#migrations/local/0382_own_receipts.ts';
import { claims } from '#migrations/local/0383_claims.ts';
import type { LocalMigration } from '#migrations/local/migration.ts';
import { snapshot } from '#migrations/local/snapshot.ts';
import { LocalError } from './error.ts';
import { inTransaction } from './transaction.ts';

/** Every step of the workstation's schema, oldest first. */
export const localMigrations: readonly LocalMigration[] = [
  domain,
  outbox,
  patientSearch,
  journal,
  conflict,
  clinical,
  history,
  rebuild,
  lease,
  check,
  frontDesk,
  peopleAndPlans,
  consultingRoom,
  chartTimeline,
  ownWork,
  signed,
  formDrafts,
  conceptSearch,
  safety,
  waitingReports,
  files,
  formularySearch,
  replicaWrites,
  consultingRoomRest,
  permissions,
  accounts,
  audit,
  settings,
  practice,
  visitTimes,
  patientPanel,
  apiTokens,
  keptAnswers,
  outgoingMail,
  panelNews,
  panelCode,
  refusedSignIn,
  billing,
  stock,
  chargeCategory,
  ownInvoices,
  ownReceipts,
  claims,
];

/** The number of the last step this file has taken, 0 for an empty one. */
const versionOf = (db: Database): number => db.pragma('user_version', { simple: true }) as number;

/** What a file of this version lacks. The snapshot stands for the steps up to its number where none was taken. */
const lacking = (version: number, migrations: readonly LocalMigration[]): readonly LocalMigration[] =>
  version === 0 && migrations === localMigrations
    ? [snapshot, ...lacking(snapshot.number, migrations)]
    : migrations.filter(({ number }) => number > version);

/** Whether a file holds an earlier version's rows. */
export const isEarlier = (db: Database): boolean => {
  const version = versionOf(db);
  return version > 0 && version < (localMigrations.at(-1)?.number ?? 0);
};

/**
 * Brings the schema up to date, each step with its number in one transaction: a kill leaves a step taken or not. An empty
 * file begins with the snapshot, unless `migrations` is a list of the caller's own.
 * Throws {@link LocalError} `newer` for a file from a later version, and leaves it as it is.
 */
export const migrateLocal = (db: Database, migrations: readonly LocalMigration[] = localMigrations): void => {
  const newest = migrations.at(-1)?.number ?? 0;
  const version = versionOf(db);
  if (version > newest) {
    throw new LocalError(
      'newer',
      `The data folder was written by a later version of ClinicHub (schema ${version}, this version knows ${newest}). Install the later version; nothing was changed.`,
    );
  }
  for (const migration of lacking(version, migrations)) {
    inTransaction(db, () => {
      for (const statement of migration.statements) db.exec(statement);
      db.pragma(`user_version = ${migration.number}`);
    });
  }
};
