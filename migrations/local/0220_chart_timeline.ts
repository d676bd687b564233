import type { LocalMigration } from './migration.ts';

/** A chart reads its newest first, a page at a time: by these, however many rows a patient has. */
export const chartTimeline: LocalMigration = {
  number: 220,
  name: 'chart_timeline',
  statements: [
    'CREATE INDEX composition_patient_created_at ON composition (patient_id, created_at)',
    'CREATE INDEX medication_request_patient_created_at ON medication_request (patient_id, created_at)',
    'CREATE INDEX condition_patient_recorded_at ON condition (patient_id, recorded_at)',
    'CREATE INDEX break_glass_started_at ON break_glass (started_at)',
    'CREATE INDEX break_glass_to_review ON break_glass (started_at) WHERE reviewed_at IS NULL',
  ],
};
