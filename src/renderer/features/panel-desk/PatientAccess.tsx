import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { errorText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { patientName } from '#renderer/ui/format.ts';
import { printPath } from '#renderer/ui/print-paths.ts';
import { ReasonSheet } from '#renderer/ui/ReasonSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { AccountLink } from '#shared/contract/panel-desk.ts';
import type { PatientSummary } from '#shared/contract/patients.ts';
import classes from './PatientAccess.module.css';

/** Since when somebody sees a record, or what became of their wish, and who said so. */
function useTrace(): (link: AccountLink) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ status, byCode, requestedAt, decidedAt, decidedBy }) => {
    const when = format.dateTime(decidedAt ?? requestedAt);
    if (status === 'requested') return t('panelDesk.since', { when });
    if (status === 'approved' && byCode) return t('panelDesk.byCode', { when });
    if (status === 'approved')
      return decidedBy === null
        ? t('panelDesk.byApproval', { when })
        : t('panelDesk.byApprovalOf', { when, name: decidedBy });
    const word = t(`panelDesk.status.${status}`);
    return decidedBy === null
      ? t('panelDesk.decided', { status: word, when })
      : t('panelDesk.decidedOf', { status: word, when, name: decidedBy });
  };
}

/** Who looks after this record in the panel, and the code with which its patient begins. */
export function PatientAccess({ patient }: { patient: PatientSummary }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const user = useCurrentUser();
  const mayRead = mayCall(user, 'panelDesk.access');
  const { data, error, refetch } = useCall(
    'panelDesk.access',
    { patientId: patient.id },
    { enabled: mayRead },
  );
  const [ending, setEnding] = useState<AccountLink | null>(null);
  const end = useCommand('panelDesk.endAccess');
  if (!mayRead) return null;
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  if (data === undefined) return null;
  const close = async (link: AccountLink, reason: string) => {
    await end.mutateAsync({ linkId: link.id, reason });
    toast(t('panelDesk.ended', { name: link.accountName }));
    setEnding(null);
  };
  return (
    <section className={classes.access} aria-labelledby="patient-panel">
      <h3 id="patient-panel" className={classes.title}>
        {t('panelDesk.title')}
      </h3>
      {data.links.length === 0 && <p className={classes.quiet}>{t('panelDesk.nobody')}</p>}
      <ul className={classes.list}>
        {data.links.map((link) => (
          <LinkLine
            key={link.id}
            link={link}
            onEnd={() => setEnding(link)}
            onDecide={() => navigate('/tasks')}
          />
        ))}
      </ul>
      {data.code && <OpenCode patient={patient} code={data.code} />}
      {mayCall(user, 'panelDesk.makeCode') && (
        <Button
          size="compact-sm"
          variant="default"
          className={classes.make ?? ''}
          onClick={() => navigate(printPath.patient(patient.id, 'access-code'))}
        >
          {t('panelDesk.printCode')}
        </Button>
      )}
      {ending && (
        <ReasonSheet
          title={t('panelDesk.endTitle', { name: ending.accountName })}
          about={t('panelDesk.endAbout')}
          label={t('panelDesk.reason')}
          usual={[
            t('panelDesk.endReasons.asked'),
            t('panelDesk.endReasons.age'),
            t('panelDesk.endReasons.mistake'),
          ]}
          submit={t('panelDesk.end')}
          onSubmit={(reason) => close(ending, reason)}
          onClose={() => setEnding(null)}
        />
      )}
    </section>
  );
}

interface LinkLineProps {
  readonly link: AccountLink;
  readonly onEnd: () => void;
  readonly onDecide: () => void;
}

function LinkLine({ link, onEnd, onDecide }: LinkLineProps) {
  const { t } = useTranslation();
  const traceOf = useTrace();
  const user = useCurrentUser();
  const { status, accountName, accountEmail, relationship, reason } = link;
  const isOver = status === 'refused' || status === 'ended';
  return (
    <li className={classes.line} data-over={isOver || undefined}>
      <span className={classes.who}>
        <span className={classes.name}>
          {accountName} <CertaintyMark certainty={link.certainty} quiet />
        </span>
        <span className={classes.quiet}>
          {accountEmail} · {t(`panelDesk.relationship.${relationship}`)}
        </span>
        <span className={classes.quiet}>
          {[traceOf(link), isOver ? reason : null].filter(Boolean).join(': ')}
        </span>
      </span>
      {status === 'approved' && mayCall(user, 'panelDesk.endAccess') && (
        <Button size="compact-sm" variant="subtle" onClick={onEnd}>
          {t('panelDesk.end')}
        </Button>
      )}
      {status === 'requested' && mayCall(user, 'panelDesk.approve') && (
        <Button size="compact-sm" variant="subtle" onClick={onDecide}>
          {t('panelDesk.toRequest')}
        </Button>
      )}
    </li>
  );
}

interface OpenCodeProps {
  readonly patient: PatientSummary;
  readonly code: { readonly until: string; readonly createdAt: string; readonly createdBy: string | null };
}

/** That a code is out there; it is not known here any more. */
function OpenCode({ patient, code }: OpenCodeProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const user = useCurrentUser();
  const take = useCommand('panelDesk.voidCode');
  const takeBack = () =>
    take.mutate(
      { patientId: patient.id },
      {
        onSuccess: () => toast(t('panelDesk.voided', { name: patientName(patient) })),
        onError: (failure) => toast(errorText(t, failure), { tone: 'problem' }),
      },
    );
  return (
    <div className={classes.line}>
      <span className={classes.who}>
        <span>{t('panelDesk.code', { until: format.dateTime(code.until) })}</span>
        {code.createdBy !== null && (
          <span className={classes.quiet}>
            {t('panelDesk.codeBy', { when: format.dateTime(code.createdAt), name: code.createdBy })}
          </span>
        )}
      </span>
      {mayCall(user, 'panelDesk.voidCode') && (
        <Button size="compact-sm" variant="subtle" loading={take.isPending} onClick={takeBack}>
          {t('panelDesk.voidCode')}
        </Button>
      )}
    </div>
  );
}
