import { Button, Textarea } from '@mantine/core';
import { type RefObject, useImperativeHandle, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { errorText } from '#renderer/ui/error-text.ts';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { RecordsRequest } from '#shared/contract/panel-records.ts';
import { requestLimits } from '#shared/domain/panel/request.ts';
import classes from './RecordsRequests.module.css';

export interface RecordsCardProps {
  readonly request: RecordsRequest;
  readonly onDone: () => void;
  /** Set to what Enter does in the list. */
  readonly openRef: RefObject<(() => void) | undefined>;
}

/** What a patient asks for of their record, and the answer they read. */
export function RecordsCard({ request, onDone, openRef }: RecordsCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [, navigate] = useLocation();
  const user = useCurrentUser();
  const answer = useCommand('records.answer');
  const field = useRef<HTMLTextAreaElement>(null);
  const [words, setWords] = useState('');
  const [missing, setMissing] = useState(false);
  const { id, patientId, patientName, patientMrn, askedBy, what, why, createdAt, certainty } = request;
  useImperativeHandle(openRef, () => () => field.current?.focus());
  const send = async (status: 'completed' | 'rejected') => {
    if (status === 'rejected' && words.trim() === '') {
      setMissing(true);
      field.current?.focus();
      return;
    }
    try {
      await answer.mutateAsync({ id, status, words });
      toast(
        status === 'completed'
          ? t('panelRecords.desk.saidDone', { name: patientName })
          : t('panelRecords.desk.saidRefused', { name: patientName }),
      );
      onDone();
    } catch (failure) {
      toast(errorText(t, failure), { tone: 'problem' });
    }
  };
  const facts = [
    [t('panelRecords.desk.what'), what],
    [t('panelRecords.desk.why'), why],
    [t('panelRecords.desk.askedBy'), askedBy],
    [t('panelRecords.desk.askedOn'), format.dateTime(createdAt)],
  ] as const;
  return (
    <section className={classes.detail} aria-label={patientName}>
      <h2>
        {t('panelRecords.desk.title', { name: patientName })} <CertaintyMark certainty={certainty} />
      </h2>
      <dl className={classes.facts}>
        {facts
          .filter(([, text]) => text !== '')
          .map(([label, text]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </div>
          ))}
      </dl>
      {mayCall(user, 'records.answer') && (
        <>
          <Textarea
            ref={field}
            label={t('panelRecords.desk.words')}
            description={t('panelRecords.desk.wordsHint')}
            autosize
            minRows={2}
            maxLength={requestLimits.text}
            value={words}
            error={missing ? t('errors.field.required') : null}
            onChange={(event) => {
              setWords(event.currentTarget.value);
              setMissing(false);
            }}
          />
          <div className={classes.actions}>
            <Button loading={answer.isPending} onClick={() => void send('completed')}>
              {t('panelRecords.desk.done')}
            </Button>
            <Button variant="default" disabled={answer.isPending} onClick={() => void send('rejected')}>
              {t('panelRecords.desk.refuse')}
            </Button>
            <Button variant="subtle" onClick={() => navigate(`/patients/${patientId}`)}>
              {t('panelRecords.desk.patient')} {patientMrn}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
