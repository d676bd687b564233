import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import type { PatientRequest } from '#shared/contract/panel-records.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import classes from './Parts.module.css';

/** Takes back what nobody has answered yet, once somebody has said that they mean it. */
export function Withdraw({
  patientId,
  request: { id, kind, what },
}: {
  readonly patientId: PatientId;
  readonly request: Pick<PatientRequest, 'id' | 'kind' | 'what'>;
}) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const command = useCommand('panel.withdrawRequest');
  const [sure, setSure] = useState(false);
  const [said, setSaid] = useState('');
  const go = async () => {
    try {
      await command.mutateAsync({ patientId, id });
    } catch (failure) {
      const isLate = failure instanceof AppErrorException && failure.error.code === 'changed-meanwhile';
      setSaid(isLate ? t('panelRecords.withdraw.late') : errorText(t, failure));
    }
    setSure(false);
    for (const name of ['panel.requests', 'panel.prescriptions'])
      await queries.invalidateQueries({ queryKey: [name] });
  };
  return (
    <div className={classes.withdraw}>
      {sure ? (
        <div className={classes.actions}>
          <span className={classes.sure}>{t('panelRecords.withdraw.sure')}</span>
          <Button color="red.9" loading={command.isPending} onClick={() => void go()}>
            {t('panelRecords.withdraw.yes')}
          </Button>
          <Button variant="default" autoFocus onClick={() => setSure(false)}>
            {t('panelRecords.withdraw.no')}
          </Button>
        </div>
      ) : (
        <div className={classes.actions}>
          <Button
            variant="default"
            aria-label={`${t('panelRecords.withdraw.ask')}: ${what || t(`panelRecords.requestKind.${kind}`)}`}
            onClick={() => setSure(true)}
          >
            {t('panelRecords.withdraw.ask')}
          </Button>
        </div>
      )}
      <div role="status">{said}</div>
    </div>
  );
}
