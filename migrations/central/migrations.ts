import type { Kysely } from 'kysely';
import { up as foundation } from './0010_foundation.ts';
import { up as ledger } from './0020_ledger.ts';
import { up as capture } from './0030_capture.ts';
import { up as apply } from './0040_apply.ts';
import { up as boot } from './0050_boot.ts';
import { up as define } from './0060_define.ts';
import { up as domains } from './0070_domains.ts';
import { up as people } from './0080_people.ts';
import { up as appointments } from './0090_appointments.ts';
import { up as calls } from './0100_calls.ts';
import { up as push } from './0110_push.ts';
import { up as scope } from './0120_scope.ts';
import { up as scopedCalls } from './0125_scoped_calls.ts';
import { up as conflicts } from './0130_conflicts.ts';
import { up as patientMerge } from './0132_patient_merge.ts';
import { up as policies } from './0134_policies.ts';
import { up as clinical } from './0136_clinical.ts';
import { up as invoice } from './0138_invoice.ts';
import { up as devices } from './0140_devices.ts';
import { up as verify } from './0150_verify.ts';
import { up as retention } from './0155_retention.ts';
import { up as hotSet } from './0160_hot_set.ts';
import { up as skew } from './0170_skew.ts';
import { up as place } from './0180_place.ts';
import { up as frontDesk } from './0190_front_desk.ts';
import { up as peopleAndPlans } from './0200_people_and_plans.ts';
import { up as consultingRoom } from './0210_consulting_room.ts';
import { up as files } from './0280_files.ts';
import { up as consultingRoomRest } from './0290_consulting_room_rest.ts';
import { up as permissions } from './0300_permissions.ts';
import { up as audit } from './0310_audit.ts';
import { up as auditCalls } from './0312_audit_calls.ts';
import { up as accounts } from './0320_accounts.ts';
import { up as overview } from './0340_overview.ts';
import { up as settings } from './0355_settings.ts';
import { up as retentionSetting } from './0356_retention_setting.ts';
import { up as practice } from './0366_practice.ts';
import { up as closed } from './0368_closed.ts';
import { up as visitTimes } from './0371_visit_times.ts';
import { up as enrolment } from './0376_enrolment.ts';
import { up as patientPanel } from './0380_patient_panel.ts';
import { up as patientTasks } from './0382_patient_tasks.ts';
import { up as linkCodeOnce } from './0385_link_code_once.ts';
import { up as billing } from './0386_billing.ts';
import { up as stock } from './0388_stock.ts';

/** One step of the centre's schema. It runs in one transaction with its bookkeeping. */
export interface CentralMigration {
  readonly name: string;
  readonly up: (db: Kysely<unknown>) => Promise<void>;
}

/** Every step in order. A step that was released is never edited: a mistake is mended by the next one. */
export const centralMigrations: readonly CentralMigration[] = [
  { name: '0010_foundation', up: foundation },
  { name: '0020_ledger', up: ledger },
  { name: '0030_capture', up: capture },
  { name: '0040_apply', up: apply },
  { name: '0050_boot', up: boot },
  { name: '0060_define', up: define },
  { name: '0070_domains', up: domains },
  { name: '0080_people', up: people },
  { name: '0090_appointments', up: appointments },
  { name: '0100_calls', up: calls },
  { name: '0110_push', up: push },
  { name: '0120_scope', up: scope },
  { name: '0125_scoped_calls', up: scopedCalls },
  { name: '0130_conflicts', up: conflicts },
  { name: '0132_patient_merge', up: patientMerge },
  { name: '0134_policies', up: policies },
  { name: '0136_clinical', up: clinical },
  { name: '0138_invoice', up: invoice },
  { name: '0140_devices', up: devices },
  { name: '0150_verify', up: verify },
  { name: '0155_retention', up: retention },
  { name: '0160_hot_set', up: hotSet },
  { name: '0170_skew', up: skew },
  { name: '0180_place', up: place },
  { name: '0190_front_desk', up: frontDesk },
  { name: '0200_people_and_plans', up: peopleAndPlans },
  { name: '0210_consulting_room', up: consultingRoom },
  { name: '0280_files', up: files },
  { name: '0290_consulting_room_rest', up: consultingRoomRest },
  { name: '0300_permissions', up: permissions },
  { name: '0310_audit', up: audit },
  { name: '0312_audit_calls', up: auditCalls },
  { name: '0320_accounts', up: accounts },
  { name: '0340_overview', up: overview },
  { name: '0355_settings', up: settings },
  { name: '0356_retention_setting', up: retentionSetting },
  { name: '0366_practice', up: practice },
  { name: '0368_closed', up: closed },
  { name: '0371_visit_times', up: visitTimes },
  { name: '0376_enrolment', up: enrolment },
  { name: '0380_patient_panel', up: patientPanel },
  { name: '0382_patient_tasks', up: patientTasks },
  { name: '0385_link_code_once', up: linkCodeOnce },
  { name: '0386_billing', up: billing },
  { name: '0388_stock', up: stock },
];
