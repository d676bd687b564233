import type { TFunction } from 'i18next';
import type { LinkRequest } from '#shared/contract/panel-desk.ts';
import { fullName } from '#shared/domain/patients/name.ts';

/** What waits, in words a person at a desk knows. */
export const requestTitle = (t: TFunction, { accountName, relationship, patient }: LinkRequest): string =>
  relationship === 'self'
    ? t('panelDesk.request.line', { name: accountName })
    : t('panelDesk.request.lineFor', { name: accountName, patient: fullName(patient) });
