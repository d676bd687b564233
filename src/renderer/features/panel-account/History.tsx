import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { Page } from '#renderer/ui/panel/Page.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { OwnRecord } from '#shared/contract/panel-people.ts';
import classes from './Account.module.css';

const fields = [
  'family',
  'given',
  'gender',
  'birth_date',
  'birth_date_estimated',
  'phone',
  'email',
  'address_line',
  'city',
  'postal_code',
  'country',
  'contact_name',
  'contact_phone',
  'contact_relation',
  'language',
  'particulars',
] as const;
type Field = (typeof fields)[number];
const known = (name: string): Field | 'other' => fields.find((field) => field === name) ?? 'other';

/** What was changed of a person's record, when and by whom, and what cannot be told now. */
export function History({ patientId }: Pick<OwnRecord, 'patientId'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const sync = useCall('sync.status', {}).data;
  const { data, error, refetch } = useCall('panel.history', { patientId });
  const words = (names: readonly string[]) =>
    [...new Set(names.map((name) => t(`panelAccount.field.${known(name)}`)))].join(', ');
  return (
    <Page title={t('panelAccount.history')} back="/profile">
      <p className={classes.quiet}>{t('panelAccount.historyNote')}</p>
      {error && <Failure failure={error} onRetry={() => void refetch()} />}
      {sync !== undefined && sync.connection !== 'live' && (
        <p className={classes.notice}>{t('panelAccount.historyOffline')}</p>
      )}
      {data?.complete === false && <p className={classes.notice}>{t('panelAccount.historyPart')}</p>}
      {data?.changes.length === 0 && <p>{t('panelAccount.noChanges')}</p>}
      <ul className={classes.list}>
        {data?.changes.map(({ at, kind, who, fields: names }) => (
          <li key={`${at} ${kind}`} className={classes.card}>
            <div className={classes.row}>
              <strong>{t(`panelAccount.change.${kind}`)}</strong>
              <span className={classes.quiet}>{format.dateTime(at)}</span>
            </div>
            {names.length > 0 && <p>{words(names)}</p>}
            <p className={classes.quiet}>{t(`panelAccount.who.${who}`)}</p>
          </li>
        ))}
      </ul>
    </Page>
  );
}
