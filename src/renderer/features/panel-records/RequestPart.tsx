import { Button, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { Notice, Page } from '#renderer/ui/panel/Page.tsx';
import classes from '#renderer/ui/panel/Parts.module.css';
import { RequestLine } from '#renderer/ui/panel/RequestLine.tsx';
import { panelEvery } from '#renderer/ui/panel/usePages.ts';
import { Withdraw } from '#renderer/ui/panel/Withdraw.tsx';
import { requestLimits } from '#shared/domain/panel/request.ts';
import type { PartProps } from './part.ts';

/** Asks the clinic for what is not shown, and tells what became of what was asked. */
export function RequestPart({ patientId }: PartProps) {
  const { t } = useTranslation();
  const requests = useCall('panel.requests', { patientId }, { every: panelEvery });
  return (
    <Page title={t('panelRecords.asked.title')} back="/records">
      <Ask patientId={patientId} />
      <section className={classes.card} aria-label={t('panelRecords.asked.mine')}>
        <h2>{t('panelRecords.asked.mine')}</h2>
        {requests.error && <Failure failure={requests.error} onRetry={() => void requests.refetch()} />}
        {requests.data?.length === 0 && <p className={classes.quiet}>{t('panelRecords.asked.none')}</p>}
        <ul className={classes.list}>
          {requests.data?.map((request) => (
            <li key={request.id}>
              <RequestLine request={request} />
              {request.status === 'requested' && <Withdraw patientId={patientId} request={request} />}
            </li>
          ))}
        </ul>
      </section>
    </Page>
  );
}

function Ask({ patientId }: PartProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const send = useCommand('panel.requestRecords');
  const [what, setWhat] = useState('');
  const [why, setWhy] = useState('');
  const [missing, setMissing] = useState(false);
  const [said, setSaid] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (what.trim() === '') return setMissing(true);
    try {
      await send.mutateAsync({ patientId, what, why });
      setWhat('');
      setWhy('');
      setSaid(t('panelRecords.asked.sent'));
      await queries.invalidateQueries({ queryKey: ['panel.requests'] });
    } catch (failure) {
      const isFull = failure instanceof AppErrorException && failure.error.code === 'duplicate';
      setSaid(isFull ? t('panelRecords.asked.full') : errorText(t, failure));
    }
  };
  return (
    <form className={`${classes.card} ${classes.form}`} onSubmit={(event) => void submit(event)} noValidate>
      <Notice>{t('panelRecords.asked.hint')}</Notice>
      <Textarea
        size="md"
        autosize
        minRows={3}
        label={t('panelRecords.asked.what')}
        description={t('panelRecords.asked.whatHint')}
        value={what}
        maxLength={requestLimits.text}
        error={missing ? t('errors.field.required') : null}
        onChange={(event) => {
          setWhat(event.currentTarget.value);
          setMissing(false);
        }}
      />
      <Textarea
        size="md"
        autosize
        minRows={2}
        label={t('panelRecords.asked.why')}
        value={why}
        maxLength={requestLimits.text}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      <Button type="submit" size="md" loading={send.isPending}>
        {t('panelRecords.asked.send')}
      </Button>
      <div role="status">{said}</div>
    </form>
  );
}
