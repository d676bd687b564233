import type { TFunction } from 'i18next';
import { kindOf, kindsByWord, tableWords } from '#renderer/ui/outbox-words.ts';
import { columnWord, tableWord } from '#renderer/ui/record-words.ts';
import type { AuditLine } from '#shared/contract/audit.ts';
import type { audit } from '#shared/i18n/en/audit.ts';

type CentreKind = keyof typeof audit.kind;

/** What the centre writes itself, besides the kinds of mutations. */
const centreKinds: Readonly<Record<string, CentreKind>> = {
  'audit.read': 'read',
  'audit.export': 'export',
  'audit.retention': 'retention',
  'audit.archive': 'archive',
  'patient.find-everywhere': 'findEverywhere',
  'workstation.enrol': 'enrol',
  'workstation.suspend': 'suspend',
  'workstation.resume': 'resume',
  'workstation.wipe': 'wipe',
  'workstation.revoke': 'revoke',
  'workstation.codes': 'codes',
};

/** What was done; a change made at the centre itself has no kind. */
export function kindText(t: TFunction, kind: string | null): string {
  if (kind === null) return t('audit.atCentre');
  const centre = Object.hasOwn(centreKinds, kind) ? centreKinds[kind] : undefined;
  if (centre !== undefined) return t(`audit.kind.${centre}`);
  const word = kindOf(kind);
  return word === 'other' ? kind : t(`sync.kind.${word}`);
}

/** What can be looked for, by name: several kinds may have one word. */
export function kindChoices(t: TFunction, locale: string): readonly { value: string; label: string }[] {
  const words = [...kindsByWord()].map(([word, kinds]) => ({
    value: kinds.join(','),
    label: t(`sync.kind.${word}`),
  }));
  const centre = Object.entries(centreKinds).map(([kind, word]) => ({
    value: kind,
    label: t(`audit.kind.${word}`),
  }));
  return [...words, ...centre].toSorted((a, b) => a.label.localeCompare(b.label, locale));
}

/** Who did it, or that it was done at the centre, by which database login. */
export function whoText(
  t: TFunction,
  { who, login, byPatient }: Pick<AuditLine, 'who' | 'login' | 'byPatient'>,
): string {
  if (who !== null && byPatient) return t('audit.patientAccount', { who });
  return who ?? (login === null ? t('audit.nobody') : t('audit.login', { login }));
}

/** What kind of record it is; a table without a word for one of its records has one for all of them, written as within a sentence. */
const recordWord = (t: TFunction, table: string): string => {
  const one = tableWord(t, table);
  const known = tableWords(table);
  if (known === 'other' || one !== t('records.table.other')) return one;
  const word = t(`sync.table.${known}`);
  return word.charAt(0).toUpperCase() + word.slice(1);
};

/** Which record, and what of it; of somebody who signs in there is nothing to add. */
export function recordText(
  t: TFunction,
  { event, table, fields }: Pick<AuditLine, 'event' | 'table' | 'fields'>,
): string {
  if (event !== null)
    return event.table === null || event.table === 'staff_account' ? '' : recordWord(t, event.table);
  const columns = fields.map((field) => columnWord(t, field)).join(', ');
  const word = recordWord(t, table);
  return columns === '' ? word : `${word}: ${columns}`;
}

/** From where: the workstation with its site. */
export function placeText(t: TFunction, { workstation, site, login }: AuditLine): string {
  if (workstation === null) return login === null ? '' : t('audit.centre');
  return site === null ? workstation : `${workstation}, ${site}`;
}
