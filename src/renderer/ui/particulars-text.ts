import type { TFunction } from 'i18next';
import { formatPhone } from '#renderer/ui/format-phone.ts';
import type { Format } from '#renderer/ui/useFormat.ts';
import type { PatientParticulars } from '#shared/contract/patients.ts';
import { identifierTypes } from '#shared/domain/patients/identifier.ts';
import {
  consentCategories,
  consentProvisions,
  coverageRelationships,
  telecomUses,
} from '#shared/domain/patients/particulars.ts';

const among = <T extends string>(all: readonly T[], value: string | null): value is T =>
  value !== null && (all as readonly string[]).includes(value);

const joined = (parts: readonly (string | null)[]): string => parts.filter(Boolean).join(' · ');

type Telecom = PatientParticulars['telecoms'][number];
type Coverage = PatientParticulars['coverages'][number];
type Consent = PatientParticulars['consents'][number];
type Identifier = PatientParticulars['identifiers'][number];

export const telecomText = ({ system, value }: Telecom): string =>
  system === 'email' ? value : formatPhone(value);

/** Use and note. A code of another program reads as it is. */
export const aboutTelecom = (t: TFunction, { use, note }: Telecom): string =>
  joined([among(telecomUses, use) ? t(`particulars.telecomUse.${use}`) : use, note]);

/** Kind and issuer. */
export const aboutIdentifier = (t: TFunction, { type, issuer }: Identifier): string =>
  joined([among(identifierTypes, type) ? t(`particulars.identifierType.${type}`) : type, issuer]);

export const coverageText = ({ payer, plan }: Coverage): string => joined([payer, plan]);

const daysText = (t: TFunction, format: Format, { startDate, endDate }: Coverage): string | null => {
  const [from, to] = [startDate && format.day(startDate), endDate && format.day(endDate)];
  if (from && to) return t('particulars.fromTo', { from, to });
  if (from) return t('particulars.from', { from });
  return to ? t('particulars.to', { to }) : null;
};

/** What the payer bears, whose it is, its number and when it holds; that it is over is said. */
export const aboutCoverage = (t: TFunction, format: Format, coverage: Coverage): string => {
  const { subscriberId, relationship, endDate, coverRate } = coverage;
  const whose = among(coverageRelationships, relationship)
    ? t(`particulars.coverageRelationship.${relationship}`)
    : relationship;
  const isOver = endDate !== null && endDate < format.today();
  return joined([
    coverRate === null ? null : t('particulars.bears', { rate: format.number(coverRate / 100) }),
    subscriberId,
    whose,
    daysText(t, format, coverage),
    isOver ? t('particulars.over') : null,
  ]);
};

export const consentText = (t: TFunction, { category, provision }: Consent): string => {
  const what = among(consentCategories, category) ? t(`particulars.consentCategory.${category}`) : category;
  const answer = among(consentProvisions, provision) ? t(`particulars.provision.${provision}`) : provision;
  return t('particulars.answer', { what, answer });
};

/** When it was said, who wrote it down, and how it was given. */
export const aboutConsent = (format: Format, { recordedAt, recordedBy, note }: Consent): string =>
  joined([format.dateTime(recordedAt), recordedBy, note]);
