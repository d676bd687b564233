/** Events of the audit trail by the kind of the mutation that writes them: how they are told where only the event is known. */
const kindOf: Readonly<Record<string, string>> = {
  'sign-in': 'session.sign-in',
  'sign-out': 'session.sign-out',
  unlock: 'session.unlock',
  'token-reused': 'session.token-reused',
  'pin-set': 'session.pin-set',
  'pin-unlocked': 'session.pin-unlocked',
  'pin-refused': 'session.pin-refused',
  'pin-locked': 'session.pin-locked',
  'patient-open': 'patient.open',
  'chart-open': 'chart.open',
  'document-open': 'document.open',
  'patient-change': 'patient.update',
  'account-link-asked': 'patient.register',
  'account-link-opened': 'account-link.opened',
  'account-link-left': 'account-link.left',
  'account-link-withdrawn': 'account-link.withdrawn',
  'patient-merge': 'patient.merge',
  'patient-unmerge': 'patient.unmerge',
  'key-change': 'protection.key',
  'recovery-key-make': 'protection.recovery-key',
  'backup-restored': 'protection.restored',
  'backup-place': 'protection.backup-place',
  'panel-read': 'panel.read',
  'patient-account-registered': 'patient-account.registered',
  'patient-account-password-changed': 'patient-account.password-changed',
  'patient-account-password-reset': 'patient-account.password-reset',
  'patient-account-email-changed': 'patient-account.email-changed',
  'patient-account-changed': 'patient-account.changed',
  'patient-account-closed': 'patient-account.closed',
  'patient-account-signed-out': 'patient-account.signed-out',
  'panel-code-made': 'panel.make-code',
  'panel-code-voided': 'panel.void-code',
  'panel-access-approved': 'panel.approve',
  'panel-access-refused': 'panel.refuse',
  'panel-access-ended': 'panel.end-access',
  'panel-account-closed': 'panel.account-closed',
  'panel-account-opened': 'panel.account-opened',
  'panel-account-signed-out': 'panel.account-signed-out',
  'kiosk-arm': 'kiosk.arm',
  'kiosk-check-in': 'kiosk.check-in',
  'kiosk-refused': 'kiosk.refused',
  print: 'audit.print',
  export: 'audit.exported',
};

/** The kind of an event; its own name where there is no other. */
export const kindOfEvent = (event: string): string =>
  Object.hasOwn(kindOf, event) ? (kindOf[event] ?? event) : event;

/** The events of some kinds. */
export const eventsOfKinds = (kinds: readonly string[]): readonly string[] => [
  ...kinds,
  ...Object.entries(kindOf).flatMap(([event, kind]) => (kinds.includes(kind) ? [event] : [])),
];
