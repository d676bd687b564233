import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { download } from '#renderer/ui/download.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import formClasses from '#renderer/ui/Form.module.css';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { ClaimLineView } from '#shared/contract/claims.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { ClaimId } from '#shared/kernel/ids.ts';
import { AnswerSheet } from './AnswerSheet.tsx';
import classes from './Claims.module.css';

interface LinesProps {
  readonly found: Output<'claims.get'>;
  readonly onAnswer: ((line: ClaimLineView) => void) | null;
}

function Lines({ found: { claim, lines }, onAnswer }: LinesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <table className={classes.table} aria-label={t('claims.lines')}>
      <thead>
        <tr>
          <th scope="col">{t('claims.patient')}</th>
          <th scope="col">{t('claims.what')}</th>
          <th scope="col" data-end>
            {t('claims.amount')}
          </th>
          <th scope="col" data-end>
            {t('claims.paid')}
          </th>
          <th scope="col">{t('claims.status')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id}>
            <td>
              {format.number(line.line)} · {line.patientName}{' '}
              <CertaintyMark certainty={line.certainty} quiet />
            </td>
            <td>
              {line.title} <span className={classes.quiet}>{line.invoiceNumber}</span>
            </td>
            <td data-end>{format.money(line.amount, claim.currency)}</td>
            <td data-end>{format.money(line.paid, claim.currency)}</td>
            <td>
              {t(`claims.state.${line.state}`)}{' '}
              <span className={classes.quiet}>
                {[line.reasonCode, line.reason].filter(Boolean).join(' · ')}
              </span>
              {onAnswer && line.state !== 'paid' && (
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={`${t('claims.answer')}, ${t('claims.answerTo', { line: line.line, title: line.title })}`}
                  onClick={() => onAnswer(line)}
                >
                  {t('claims.answer')}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A claim with its lines, and how each stands. */
export function ClaimSheet({ id, onClose }: { readonly id: ClaimId; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const mayChange = mayCall(useCurrentUser(), 'claims.answer');
  const { data, error, refetch } = useCall('claims.get', { id });
  const send = useCommand('claims.export');
  const cancel = useCommand('claims.cancel');
  const [answering, setAnswering] = useState<ClaimLineView | null>(null);
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  if (data === undefined) return null;
  const { claim } = data;
  const isActive = claim.status === 'active';
  const tell = (failure: unknown) => toast(errorText(t, failure), { tone: 'problem' });
  const write = () =>
    void send
      .mutateAsync({ id })
      .then(({ name, csv }) => download(name, `\ufeff${csv}`, 'text/csv;charset=utf-8'))
      .catch(tell);
  const takeBack = () =>
    void cancel
      .mutateAsync({ id })
      .then(() => toast(t('claims.wasCancelled')))
      .catch(tell);
  if (answering)
    return <AnswerSheet line={answering} currency={claim.currency} onClose={() => setAnswering(null)} />;
  return (
    <SideSheet
      title={`${claim.number} · ${claim.payerName}`}
      width={720}
      onClose={onClose}
      footer={
        <>
          <Button onClick={write}>{t('claims.export')}</Button>
          {mayChange && isActive && claim.open === claim.lines && (
            <Button variant="default" onClick={takeBack}>
              {t('claims.cancel')}
            </Button>
          )}
        </>
      }
    >
      <div className={formClasses.fields}>
        {!isActive && (
          <p className={classes.quiet} role="note">
            {t('claims.wasCancelled')}
          </p>
        )}
        <Lines found={data} onAnswer={mayChange && isActive ? setAnswering : null} />
        {data.lines.some(({ state }) => state === 'rejected' || state === 'part') && (
          <p className={classes.quiet}>{t('claims.next')}</p>
        )}
      </div>
    </SideSheet>
  );
}
