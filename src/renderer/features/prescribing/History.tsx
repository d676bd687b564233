import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { printPath } from '#renderer/ui/print-paths.ts';
import { ReasonForm } from '#renderer/ui/ReasonForm.tsx';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFindingText } from '#renderer/ui/useFindingText.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { DispenseView, PrescriptionHistory } from '#shared/contract/prescriptions.ts';
import { type OverrideReason, overrideReasons } from '#shared/domain/prescribing/override.ts';
import type { PatientId, PrescriptionId } from '#shared/kernel/ids.ts';
import classes from './Prescribing.module.css';
import { StateMark } from './StateMark.tsx';
import { useRxWords } from './useRxWords.ts';

/** How a prescription came to be what it is: its versions, what was handed out and what the checks said. */
export function History({ id, patientId }: { id: PrescriptionId; patientId: PatientId }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useCall('prescriptions.history', { id });
  const [taking, setTaking] = useState<DispenseView | null>(null);
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  if (!data) return <div aria-busy="true" />;
  return (
    <>
      <h4>{t('prescribing.history.dispenses')}</h4>
      {data.dispenses.length === 0 && (
        <p className={classes.quiet}>{t('prescribing.history.nothingHandedOut')}</p>
      )}
      <ul className={classes.history}>
        {data.dispenses.map((one) => (
          <Handed key={one.id} patientId={patientId} dispense={one} onTakeBack={() => setTaking(one)} />
        ))}
      </ul>
      <h4>{t('prescribing.history.versions')}</h4>
      <Versions versions={data.versions} />
      {data.issues.length > 0 && <Issues issues={data.issues} />}
      {taking && <TakeBackSheet dispense={taking} onClose={() => setTaking(null)} />}
    </>
  );
}

interface HandedProps {
  readonly patientId: PatientId;
  readonly dispense: DispenseView;
  readonly onTakeBack: () => void;
}

function Handed({ patientId, dispense, onTakeBack }: HandedProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { amount } = useRxWords();
  const user = useCurrentUser();
  const what = amount(dispense.quantity, dispense.quantityUnit);
  const facts = [format.dateTime(dispense.handedAt), dispense.by, dispense.note].filter(Boolean).join(' · ');
  const [, navigate] = useLocation();
  const mayLabel = mayCall(user, 'prescriptions.label') && !dispense.takenBack;
  return (
    <li>
      {what} <span className={classes.quiet}>{facts}</span>{' '}
      <CertaintyMark certainty={dispense.certainty} quiet />{' '}
      {dispense.takenBack ? (
        <span className={classes.quiet}>{t('prescribing.history.takenBack')}</span>
      ) : (
        mayCall(user, 'prescriptions.takeBack') && (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`${t('prescribing.history.takeBack')}: ${what}`}
            onClick={onTakeBack}
          >
            {t('prescribing.history.takeBack')}
          </Button>
        )
      )}{' '}
      {mayLabel && (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`${t('prescribing.history.label')}: ${what}`}
          onClick={() => navigate(printPath.medicineLabel(patientId, dispense.id))}
        >
          {t('prescribing.history.label')}
        </Button>
      )}
      <Taken batches={dispense.batches} />
    </li>
  );
}

/** Out of which batches of the stock room. */
function Taken({ batches }: Pick<DispenseView, 'batches'>) {
  const { t } = useTranslation();
  const { amount } = useRxWords();
  if (batches.length === 0) return null;
  return (
    <ul className={classes.history}>
      {batches.map(({ title, unit, lot, quantity, store, substitution }) => (
        <li key={`${store} ${lot}`} className={classes.quiet}>
          {t('prescribing.stock.ofLot', { quantity: amount(String(quantity), unit), title, lot, store })}
          {substitution && ` ${t('prescribing.stock.because', { reason: substitution })}`}
        </li>
      ))}
    </ul>
  );
}

function Versions({ versions }: Pick<PrescriptionHistory, 'versions'>) {
  const words = useRxWords();
  return (
    <ul className={classes.history}>
      {versions.map((view) => (
        <li key={view.id} data-back={view.takenBack || undefined}>
          <StateMark state={view.state} /> {words.sig(view)} {view.stateReason && `(${view.stateReason}) `}
          <span className={classes.quiet}>{words.trace(view)}</span>{' '}
          <CertaintyMark certainty={view.certainty} quiet />
        </li>
      ))}
    </ul>
  );
}

const isReason = (code: string | null): code is OverrideReason =>
  (overrideReasons as readonly (string | null)[]).includes(code);

function Issues({ issues }: Pick<PrescriptionHistory, 'issues'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = useFindingText();
  // Several checks that could not run for one reason say it once.
  const said = new Map(
    issues.map((issue) => {
      const what = issue.finding ? text(issue.finding) : issue.subject;
      return [`${issue.outcome} ${issue.recordedAt} ${what}`, { issue, what }] as const;
    }),
  );
  return (
    <>
      <h4>{t('prescribing.history.issues')}</h4>
      <ul className={classes.history}>
        {[...said].map(([key, { issue, what }]) => (
          <li key={key}>
            <strong>{t(`prescribing.history.outcome.${issue.outcome}`)}</strong> {what}{' '}
            {isReason(issue.reasonCode) && `${t(`prescribing.override.reason.${issue.reasonCode}`)} `}
            {issue.reason}{' '}
            <span className={classes.quiet}>
              {[issue.by, format.dateTime(issue.recordedAt)].filter(Boolean).join(', ')}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function TakeBackSheet({ dispense, onClose }: { dispense: DispenseView; onClose: () => void }) {
  const { t } = useTranslation();
  const takeBack = useCommand('prescriptions.takeBack');
  const [busy, setBusy] = useState(false);
  return (
    <SideSheet
      title={t('prescribing.history.takeBackTitle')}
      onClose={onClose}
      footer={
        <Button type="submit" form="dispense-back" loading={busy}>
          {t('prescribing.history.takeBack')}
        </Button>
      }
    >
      <ReasonForm
        id="dispense-back"
        label={t('prescribing.step.reason')}
        usual={[t('prescribing.step.usual.wrongPatient'), t('prescribing.step.usual.wrongMedicine')]}
        onBusy={setBusy}
        onSubmit={async (reason) => {
          await takeBack.mutateAsync({ dispenseId: dispense.id, reason });
          toast(t('prescribing.done.takenBack'));
          onClose();
        }}
      />
    </SideSheet>
  );
}
