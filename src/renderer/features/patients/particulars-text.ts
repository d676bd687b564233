import type { TFunction } from 'i18next';
import { formatPhone } from '#renderer/ui/format.ts';
import type { PatientParticulars } from '#shared/contract/patients.ts';
import { identifierTypes } from '#shared/domain/patients/identifier.ts';
import { telecomUses } from '#shared/domain/patients/particulars.ts';

const among = <T extends string>(all: readonly T[], value: string | null): value is T =>
  value !== null && (all as readonly string[]).includes(value);

const joined = (parts: readonly (string | null)[]): string => parts.filter(Boolean).join(' · ');

type Telecom = PatientParticulars['telecoms'][number];
type Identifier = PatientParticulars['identifiers'][number];

export const telecomText = ({ system, value }: Telecom): string =>
  system === 'email' ? value : formatPhone(value);

/** Use and note. A code of another program reads as it is. */
export const aboutTelecom = (t: TFunction, { use, note }: Telecom): string =>
  joined([among(telecomUses, use) ? t(`particulars.telecomUse.${use}`) : use, note]);

/** Kind and issuer. */
export const aboutIdentifier = (t: TFunction, { type, issuer }: Identifier): string =>
  joined([among(identifierTypes, type) ? t(`particulars.identifierType.${type}`) : type, issuer]);
