import { Button } from '@mantine/core';
import { IconGitFork } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import type { Prescription, PrescriptionView } from '#shared/contract/prescriptions.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { Actions } from './Actions.tsx';
import { History } from './History.tsx';
import classes from './Prescribing.module.css';
import { StateMark } from './StateMark.tsx';
import { useRxWords } from './useRxWords.ts';

interface DetailProps {
  readonly prescription: Prescription;
  readonly patientId: PatientId;
}

/** One prescription: what holds, what can be done with it, and how it came to be. */
export function PrescriptionDetail({ prescription, patientId }: DetailProps) {
  const [view, ...others] = prescription.versions;
  if (!view) return null;
  return (
    <section className={classes.detail} aria-label={view.medication}>
      <h3>
        {view.medication} <StateMark state={others.length > 0 ? 'forked' : view.state} />{' '}
        <CertaintyMark certainty={view.certainty} />
      </h3>
      {others.length > 0 ? (
        <Fork prescription={prescription} />
      ) : (
        <>
          <Facts view={view} prescription={prescription} />
          <Actions prescription={prescription} view={view} patientId={patientId} />
        </>
      )}
      <History id={view.id} patientId={patientId} />
    </section>
  );
}

function Facts({ view, prescription }: { view: PrescriptionView; prescription?: Prescription }) {
  const { t } = useTranslation();
  const words = useRxWords();
  const rows = [
    [t('prescribing.field.dose'), words.sig(view)],
    [t('prescribing.fact.time'), words.span(view)],
    [t('prescribing.fact.quantity'), words.quantity(view)],
    [t('prescribing.fact.left'), prescription ? words.left(prescription) : null],
    [t('prescribing.fact.indication'), view.indication],
    [t('prescribing.fact.note'), view.note],
    [t('prescribing.fact.reason'), view.stateReason],
    [t('prescribing.fact.by'), view.imported ? t('prescribing.fact.imported') : words.trace(view)],
    [t('prescribing.fact.number'), view.number],
  ] as const;
  return (
    <dl className={classes.facts}>
      {rows.map(([label, value]) =>
        value ? (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

/** Both versions side by side; which one holds is decided where all such decisions are. */
function Fork({ prescription }: { prescription: Prescription }) {
  const { t } = useTranslation();
  const words = useRxWords();
  const [, navigate] = useLocation();
  return (
    <div role="alert">
      <p className={classes.alarm}>
        <strong>
          <IconGitFork size={14} stroke={2} aria-hidden /> {t('prescribing.fork.title')}.
        </strong>{' '}
        {t('prescribing.fork.text')}
      </p>
      <div className={classes.versions}>
        {prescription.versions.map((view) => (
          <section key={view.id} className={classes.version} aria-label={words.trace(view)}>
            <strong>{words.trace(view)}</strong> <StateMark state={view.state} />{' '}
            <CertaintyMark certainty={view.certainty} />
            <Facts view={view} />
          </section>
        ))}
      </div>
      {prescription.conflictId === null ? (
        <p className={classes.quiet}>{t('prescribing.fork.waits')}</p>
      ) : (
        <Button onClick={() => navigate('/tasks/all')}>{t('prescribing.fork.settle')}</Button>
      )}
    </div>
  );
}
