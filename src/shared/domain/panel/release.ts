import type { SettingKey } from '#shared/domain/settings/catalogue.ts';

/** What of a chart a clinic shows its patients, or does not: each kind by a setting of its own. */
export const releasedKinds = [
  'allergies',
  'conditions',
  'results',
  'vitals',
  'notes',
  'documents',
  'immunizations',
  'prescriptions',
] as const;
export type ReleasedKind = (typeof releasedKinds)[number];

/** The setting of each kind. */
export const releaseSetting = {
  allergies: 'panel.allergies',
  conditions: 'panel.conditions',
  results: 'panel.results',
  vitals: 'panel.vitals',
  notes: 'panel.notes',
  documents: 'panel.documents',
  immunizations: 'panel.immunizations',
  prescriptions: 'panel.prescriptions',
} as const satisfies Readonly<Record<ReleasedKind, SettingKey>>;

/** When a result is shown: once a clinician has looked at it, or as soon as it is final. */
export type ResultRule = 'acknowledged' | 'final';
