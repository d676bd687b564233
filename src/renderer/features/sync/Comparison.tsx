import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { tableWords } from '#renderer/ui/outbox-words.ts';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { SyncStatus } from '#shared/contract/sync.ts';
import classes from './SyncPanel.module.css';

/** Until when this copy is known to be as the centre's, what had to be put right, and a way to compare now. */
export function Comparison({ status }: { status: SyncStatus }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { until, running, repaired } = status.check;
  const user = useCurrentUser();
  const compare = useCommand('sync.verify');
  const onError = (failure: unknown) => toast(errorText(t, failure), { tone: 'problem' });
  const progress = running && {
    rows: format.number(running.rows),
    part: running.part,
    parts: running.parts,
  };
  return (
    <div className={classes.contact}>
      <dl className={classes.facts}>
        <div>
          <dt>{t('sync.panel.checked')}</dt>
          <dd>
            {progress
              ? t('sync.panel.checking', progress)
              : until
                ? format.dateTime(until)
                : t('sync.panel.never')}
          </dd>
          {repaired && (
            <dd>
              {t('sync.panel.repaired', {
                count: repaired.rows,
                date: format.dateTime(repaired.at),
                tables: repaired.tables
                  .map(({ table, rows }) =>
                    t('sync.panel.repairedTable', {
                      table: t(`sync.table.${tableWords(table)}`),
                      rows: format.number(rows),
                    }),
                  )
                  .join(', '),
              })}
            </dd>
          )}
        </div>
      </dl>
      {mayCall(user, 'sync.verify') && (
        // Never disabled: it would lose the focus while it works.
        <Button
          size="xs"
          variant="default"
          className={classes.action}
          aria-disabled={running !== null}
          onClick={() => running === null && compare.mutate({}, { onError })}
        >
          {t('sync.panel.checkNow')}
        </Button>
      )}
    </div>
  );
}
