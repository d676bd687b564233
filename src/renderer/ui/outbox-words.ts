/** Which words of the catalogue (`sync.kind`, `sync.refused`) fit an entry of the outbox. */

const kinds = {
  'patient.register': 'patient-register',
  'patient.update': 'patient-update',
  'appointment.book': 'appointment-book',
  'appointment.move': 'appointment-move',
  'appointment.cancel': 'appointment-cancel',
  'patient.open': 'patient-open',
  'patient.merge': 'patient-merge',
  'patient.unmerge': 'patient-unmerge',
  'patient.keep-apart': 'patient-keep-apart',
  'patient.withdraw-keep-apart': 'patient-keep-apart',
  'appointment.reinstate': 'appointment-reinstate',
  'appointment.accept': 'appointment-accept',
  'appointment.reject': 'appointment-reject',
  'appointment.propose': 'appointment-propose',
  'task.close': 'task-close',
  'visit-type.create': 'visit-type-create',
  'visit-type.update': 'visit-type-update',
  'schedule.add': 'schedule-add',
  'schedule.change': 'schedule-change',
  'schedule.remove': 'schedule-remove',
  'schedule-exception.add': 'schedule-exception-add',
  'schedule-exception.void': 'schedule-exception-void',
  'holiday.add': 'holiday-add',
  'holiday.change': 'holiday-change',
  'holiday.remove': 'holiday-remove',
  'absence.apply': 'absence-apply',
  'call.answer': 'call-answer',
  'absence.take-back': 'absence-take-back',
  'oversight.apply': 'oversight-apply',
  'oversight.take-back': 'oversight-take-back',
  'conflict.settle': 'conflict-settle',
  'conflict.reopen': 'conflict-reopen',
  'visit.step': 'visit-step',
  'visit.undo': 'visit-undo',
  'visit.walk-in': 'visit-walk-in',
  'visit.priority': 'visit-priority',
  'visit.requeue': 'visit-requeue',
  'series.book': 'series-book',
  'series.change': 'series-change',
  'series.cancel': 'series-cancel',
  'series.undo': 'series-undo',
  'waitlist.add': 'waitlist-add',
  'waitlist.change': 'waitlist-change',
  'waitlist.cancel': 'waitlist-cancel',
  'waitlist.release': 'waitlist-release',
  'waitlist.offer': 'waitlist-offer',
  'slot.hold': 'slot-hold',
  'slot.release': 'slot-release',
  'note.draft': 'note-draft',
  'note.note': 'note-note',
  'note.addendum': 'note-addendum',
  'note.amendment': 'note-amendment',
  'note.void': 'note-void',
  'note.cosign': 'note-cosign',
  'note-template.save': 'note-template-save',
  'practitioner.create': 'practitioner-create',
  'practitioner.update': 'practitioner-update',
  'practitioner.active': 'practitioner-active',
  'price.define': 'price-define',
  'price.set': 'price-set',
  'price.take-back': 'price-take-back',
  'price.import': 'price-import',
  'payer.save': 'payer-save',
  'charge.add': 'charge-add',
  'charge.remove': 'charge-remove',
  'claim.submit': 'claim-submit',
  'claim.cancel': 'claim-cancel',
  'claim.answer': 'claim-answer',
  'claim.import': 'claim-import',
  'till.save': 'till-save',
  'till.open': 'till-open',
  'till.cash-in': 'till-cash-in',
  'till.cash-out': 'till-cash-out',
  'till.count': 'till-count',
  'till.approve': 'till-approve',
  'till.reject': 'till-reject',
  'till.hand-over': 'till-hand-over',
  'till.close': 'till-close',
  'till.sign': 'till-sign',
  'stock.item': 'stock-item',
  'stock.level': 'stock-level',
  'stock.store': 'stock-store',
  'stock.receive': 'stock-receive',
  'stock.transfer': 'stock-transfer',
  'stock.waste': 'stock-waste',
  'stock.put-aside': 'stock-put-aside',
  'stock.adjust': 'stock-adjust',
  'stock.take-back': 'stock-take-back',
  'stock.recall': 'stock-recall',
  'stock.count': 'stock-count',
  'location.create': 'location-create',
  'location.update': 'location-update',
  'location.active': 'location-active',
  'practitioner.supervisor': 'practitioner-supervisor',
  'document.open': 'document-open',
  'audit.print': 'audit-print',
  'audit.exported': 'audit-exported',
  'role-permission.set': 'role-permission-set',
  'role-permission.reset': 'role-permission-reset',
  'setting.set': 'setting-set',
  'setting.clear': 'setting-clear',
  'calendar-feed.create': 'calendar-feed-create',
  'calendar-feed.revoke': 'calendar-feed-revoke',
  'session.sign-in': 'session-sign-in',
  'session.sign-out': 'session-sign-out',
  'session.unlock': 'session-unlock',
  'session.token-reused': 'session-token-reused',
  'session.code-used': 'session-code',
  'session.code-refused': 'session-code',
  'session.password-changed': 'session-password',
  'session.signed-out-everywhere': 'session-everywhere',
  'account.created': 'account-created',
  'account.changed': 'account-changed',
  'account.closed': 'account-closed',
  'account.opened': 'account-opened',
  'account.code-issued': 'account-code-issued',
  'account.signed-out': 'account-signed-out',
  'patient-account.registered': 'patient-account-registered',
  'patient-account.password-changed': 'patient-account-password',
  'patient-account.password-reset': 'patient-account-password',
  'patient-account.email-changed': 'patient-account-email',
  'patient-account.changed': 'patient-account-changed',
  'patient-account.closed': 'patient-account-closed',
  'account-link.opened': 'account-link-opened',
  'account-link.left': 'account-link-left',
  'account-link.withdrawn': 'account-link-withdrawn',
  'patient-account.signed-out': 'patient-account-out',
  'session.pin-set': 'session-pin',
  'session.pin-unlocked': 'session-pin',
  'session.pin-refused': 'session-pin',
  'session.pin-locked': 'session-pin',
  'protection.key': 'protection-key',
  'protection.recovery-key': 'protection-recovery',
  'protection.restored': 'protection-restored',
  'protection.backup-place': 'protection-place',
  'document.attach': 'document-attach',
  'document.make': 'document-make',
  'document.void': 'document-void',
  'sync.repair': 'sync-repair',
  'vitals.record': 'vitals-record',
  'vitals.correct': 'vitals-correct',
  'vitals.markInError': 'vitals-error',
  'vitals.chooseUnit': 'vitals-unit',
  'allergies.add': 'allergies-add',
  'allergies.change': 'allergies-change',
  'allergies.refute': 'allergies-refute',
  'allergies.withdraw': 'allergies-withdraw',
  'allergies.noneKnown': 'allergies-none',
  'problems.add': 'problems-add',
  'problems.change': 'problems-change',
  'problems.withdraw': 'problems-withdraw',
  'chart.open': 'patient-open',
  'chart.addAlert': 'chart-alert',
  'chart.endFlag': 'chart-alert-end',
  'chart.restrict': 'chart-restrict',
  'chart.breakGlass': 'chart-glass',
  'chart.review': 'chart-review',
  'prescription.write': 'prescription-write',
  'prescription.hold': 'prescription-hold',
  'prescription.resume': 'prescription-resume',
  'prescription.stop': 'prescription-stop',
  'prescription.complete': 'prescription-complete',
  'prescription.void': 'prescription-void',
  'prescription.dispense': 'prescription-dispense',
  'prescription.take-back': 'prescription-take-back',
  'prescription.template': 'prescription-template',
  'prescription.print': 'prescription-print',
  'prescription.print-undone': 'prescription-print',
  'orders.request': 'orders-request',
  'orders.cancel': 'orders-cancel',
  'results.enter': 'results-enter',
  'results.import': 'results-import',
  'results.acknowledge': 'results-acknowledge',
  'results.followUpDone': 'results-followUpDone',
  'results.delegate': 'results-delegate',
  'results.endDelegation': 'results-endDelegation',
  'formulary.save': 'formulary-save',
  'formulary.starter': 'formulary-starter',
  'formulary.import': 'formulary-import',
  'formulary.retire': 'formulary-retire',
  'formulary.offer': 'formulary-offer',
  'safety.use': 'safety-use',
  'safety.import': 'safety-import',
  'concepts.import': 'concepts-import',
  'concepts.retire': 'concepts-retire',
  'panel.read': 'panel-read',
  'records.request': 'records-request',
  'records.answer': 'records-answer',
  'request.withdraw': 'request-withdraw',
  'renewal.request': 'renewal-request',
  'renewal.refuse': 'renewal-refuse',
  'panel.make-code': 'panel-make-code',
  'panel.void-code': 'panel-void-code',
  'panel.approve': 'panel-approve',
  'panel.refuse': 'panel-refuse',
  'panel.end-access': 'panel-end-access',
  'panel.account-closed': 'panel-account-closed',
  'panel.account-opened': 'panel-account-opened',
  'panel.account-signed-out': 'panel-account-signed-out',
  'kiosk.arm': 'kiosk-arm',
  'kiosk.check-in': 'kiosk-check-in',
  'kiosk.refused': 'kiosk-refused',
  'payment.record': 'payment-record',
  'payment.deposit': 'payment-deposit',
  'payment.use-deposit': 'payment-use-deposit',
  'payment.release-deposit': 'payment-release-deposit',
  'payment.refund': 'payment-refund',
  'payment.print': 'payment-print',
  import: 'import',
} as const;

type Kind = (typeof kinds)[keyof typeof kinds] | 'other';

/** A mutation's kind as a key of `sync.kind`; a kind without words of its own is 'other'. */
export const kindOf = (kind: string): Kind =>
  Object.hasOwn(kinds, kind) ? kinds[kind as keyof typeof kinds] : 'other';

/** The kinds of mutations by their word: several may have one. */
export const kindsByWord = (): ReadonlyMap<Exclude<Kind, 'other'>, readonly string[]> =>
  new Map(
    [...Map.groupBy(Object.entries(kinds), ([, word]) => word)].map(([word, group]) => [
      word,
      group.map(([kind]) => kind),
    ]),
  );

type Refusal =
  | 'noSuchRow'
  | 'notAllowed'
  | 'alreadyThere'
  | 'slotTaken'
  | 'tooLarge'
  | 'lastAdmin'
  | 'stillBooked'
  | 'badValue'
  | 'program'
  | 'refundTooMuch'
  | 'depositGone'
  | 'other';

const refusals: Readonly<Record<string, Refusal>> = {
  CH101: 'noSuchRow',
  '23503': 'noSuchRow',
  CH102: 'notAllowed',
  CH103: 'tooLarge',
  CH106: 'lastAdmin',
  CH107: 'stillBooked',
  '23505': 'alreadyThere',
  '23P01': 'slotTaken',
};

/** What it means of money that the centre takes no such row (`CH102`): another desk took of the same before. */
const takenBefore: Readonly<Record<string, Refusal>> = {
  'payment.refund': 'refundTooMuch',
  'payment.use-deposit': 'depositGone',
  'payment.release-deposit': 'depositGone',
};

interface Refused {
  readonly kind: string;
  readonly sqlstate: string | null;
}

/** Why the centre refused a mutation, from its SQLSTATE (PostgreSQL appendix A and docs/sync-protocol.md) and what it was. */
export function refusalOf({ kind, sqlstate }: Refused): Refusal {
  if (!sqlstate) return 'other';
  if (sqlstate === 'CH102' && Object.hasOwn(takenBefore, kind)) return takenBefore[kind] ?? 'notAllowed';
  const known = Object.hasOwn(refusals, sqlstate) ? refusals[sqlstate] : undefined;
  if (known) return known;
  if (sqlstate.startsWith('22') || sqlstate.startsWith('23')) return 'badValue';
  return sqlstate.startsWith('42') ? 'program' : 'other';
}

/** The server's own words, where ours do not say enough: for whoever is called to help. */
export function detailOf(work: Refused & { readonly message: string | null }): string | null {
  return ['program', 'other'].includes(refusalOf(work)) ? work.message : null;
}

interface Parked {
  readonly n: number;
  readonly dependents: readonly number[];
}

/** Parked work that nothing else parked leads to: what depends on it is decided with it, not by itself. */
export function roots<E extends Parked>(parked: readonly E[]): readonly E[] {
  const led = new Set(parked.flatMap(({ dependents }) => dependents));
  return parked.filter(({ n }) => !led.has(n));
}

const tables = [
  'location',
  'practitioner',
  'staff_account',
  'patient',
  'schedule',
  'visit_type',
  'schedule_exception',
  'appointment_series',
  'appointment',
  'task',
  'audit_event',
  'conflict',
  'allergy_intolerance',
  'observation',
  'composition',
  'medication_request',
  'preference',
  'invoice',
  'patient_link',
  'patient_telecom',
  'patient_identifier',
  'coverage',
  'consent',
  'patient_photo',
  'waitlist_entry',
  'slot_hold',
  'encounter',
  'service_request',
  'diagnostic_report',
  'composition_attester',
  'condition',
  'medicine',
  'result_acknowledgement',
  'immunization',
  'flag',
  'break_glass',
  'document_reference',
  'safety_dataset',
  'safety_fact',
  'concept',
  'note_template',
  'prescription_template',
  'delegation',
  'detected_issue',
  'medication_dispense',
  'prescription_print',
  'role_permission',
  'setting',
  'practitioner_specialty',
  'practitioner_location',
  'charge_item_definition',
  'charge_item_price',
  'patient_account',
  'patient_account_link',
  'patient_link_code',
  'calendar_feed',
  'organization',
  'charge_item',
  'invoice_line',
  'till',
  'till_session',
  'till_event',
  'payment',
  'claim',
  'claim_item',
  'claim_response_item',
  'stock_item',
  'stock_level',
  'stock_batch',
  'stock_recall',
  'stock_movement',
  'organization',
  'charge_item',
  'invoice_line',
  'till',
  'till_session',
  'till_event',
  'payment',
  'claim',
  'claim_item',
  'claim_response_item',
] as const;

/** A synced table as a key of `sync.table`; one without words of its own is 'other'. */
export const tableWords = (table: string): (typeof tables)[number] | 'other' =>
  tables.find((known) => known === table) ?? 'other';
