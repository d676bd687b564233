import { Button, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { NotYet } from '#renderer/ui/panel/NotYet.tsx';
import { Notice, Page, Paged } from '#renderer/ui/panel/Page.tsx';
import classes from '#renderer/ui/panel/Parts.module.css';
import { RequestLine } from '#renderer/ui/panel/RequestLine.tsx';
import { panelEvery, usePages } from '#renderer/ui/panel/usePages.ts';
import { usePerson } from '#renderer/ui/panel/usePerson.ts';
import { Withdraw } from '#renderer/ui/panel/Withdraw.tsx';
import { usePreferences } from '#renderer/ui/preferences.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { PanelPrescription } from '#shared/contract/panel-prescriptions.ts';
import { requestLimits } from '#shared/domain/panel/request.ts';
import { sigOf } from '#shared/domain/prescribing/sig.ts';
import { numberWord, unitWord } from '#shared/domain/prescribing/words.ts';
import type { PatientId } from '#shared/kernel/ids.ts';

interface Of {
  readonly patientId: PatientId;
}

/** What somebody takes and took, and asking for more of it. */
export function PrescriptionsScreen() {
  const { t } = useTranslation();
  const { person } = usePerson();
  return (
    <Page title={t('panelRecords.rx.title')}>
      <NotYet />
      {person?.approved && (
        <div key={person.patientId} className={classes.page}>
          <List patientId={person.patientId} past={false} />
          <Answers patientId={person.patientId} />
          <List patientId={person.patientId} past />
        </div>
      )}
    </Page>
  );
}

function List({ patientId, past }: Of & { readonly past: boolean }) {
  const { t } = useTranslation();
  const pages = usePages('panel.prescriptions', { patientId, past });
  const { first, items } = pages;
  if (first?.shown === false)
    return past ? null : (
      <Notice>
        <p className={classes.text}>
          {t('panelRecords.notShown', { kind: t('panelRecords.kind.prescriptions') })}
        </p>
        <Link href="/records/request" className={classes.all ?? ''}>
          {t('panelRecords.requestThem')}
        </Link>
      </Notice>
    );
  const title = past ? t('panelRecords.rx.past') : t('panelRecords.rx.current');
  return (
    <section className={classes.page} aria-label={title}>
      <h2>{title}</h2>
      <Paged pages={pages}>
        {items.length === 0 && (
          <p className={classes.quiet}>
            {past ? t('panelRecords.rx.noPast') : t('panelRecords.rx.noCurrent')}
          </p>
        )}
        <ul className={classes.list}>
          {items.map((prescription) => (
            <Prescription key={prescription.id} patientId={patientId} prescription={prescription} />
          ))}
        </ul>
      </Paged>
    </section>
  );
}

const tones = {
  active: 'good',
  'on-hold': 'attention',
  stopped: undefined,
  completed: undefined,
  checking: 'attention',
} as const;

function Prescription({ patientId, prescription }: Of & { readonly prescription: PanelPrescription }) {
  const { t } = useTranslation();
  const format = useFormat();
  const language = usePreferences((state) => state.language);
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState('');
  const { medication, strength, state, prescriber, startDate, endDate, remaining, renewal } = prescription;
  const structured =
    prescription.doseValue !== null || prescription.frequency !== null || prescription.asNeeded;
  const amount =
    remaining === null
      ? null
      : [
          numberWord(language, remaining),
          prescription.quantityUnit === null ? '' : unitWord(language, prescription.quantityUnit, remaining),
        ]
          .join(' ')
          .trim();
  const name = [medication, strength].filter(Boolean).join(' ');
  return (
    <li className={classes.card}>
      <div className={classes.line}>
        <h3>{name}</h3>
        <span className={classes.mark} data-tone={tones[state]}>
          {t(`panelRecords.rx.state.${state}`)}
        </span>
      </div>
      {state === 'checking' ? (
        <Notice>{t('panelRecords.rx.checkingHint')}</Notice>
      ) : (
        <p className={classes.text}>{structured ? sigOf(language, prescription) : prescription.dosage}</p>
      )}
      <div className={classes.line}>
        {prescriber !== null && (
          <span className={classes.about}>{t('panelRecords.rx.prescribedBy', { name: prescriber })}</span>
        )}
        <span className={classes.about}>
          {endDate === null
            ? t('panelRecords.rx.from', { from: format.day(startDate) })
            : t('panelRecords.rx.span', { from: format.day(startDate), to: format.day(endDate) })}
        </span>
        {state === 'active' && amount !== null && (
          <span className={classes.about}>
            {remaining === '0' ? t('panelRecords.rx.nothingLeft') : t('panelRecords.rx.left', { amount })}
          </span>
        )}
      </div>
      {renewal !== null && (
        <>
          <Notice>
            {t('panelRecords.rx.asked', {
              date: format.dateTime(renewal.askedAt),
              status: t(
                `panelRecords.rx.askedStatus.${renewal.certainty === 'confirmed' ? 'requested' : 'waiting'}`,
              ),
            })}
          </Notice>
          <Withdraw patientId={patientId} request={renewal} />
        </>
      )}
      {prescription.mayRenew && !asking && (
        <div className={classes.actions}>
          <Button
            size="md"
            variant="default"
            aria-label={`${t('panelRecords.rx.renew')}: ${name}`}
            onClick={() => setAsking(true)}
          >
            {t('panelRecords.rx.renew')}
          </Button>
        </div>
      )}
      {prescription.mayRenew && asking && (
        <Ask
          patientId={patientId}
          prescription={prescription}
          onCancel={() => setAsking(false)}
          onSent={() => {
            setAsking(false);
            setSaid(t('panelRecords.rx.sent'));
          }}
        />
      )}
      <div role="status">{said}</div>
    </li>
  );
}

interface AskProps extends Of {
  readonly prescription: PanelPrescription;
  readonly onSent: () => void;
  readonly onCancel: () => void;
}

function Ask({ patientId, prescription, onSent, onCancel }: AskProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const send = useCommand('panel.requestRenewal');
  const [words, setWords] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const { id: prescriptionId, medication } = prescription;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await send.mutateAsync({ patientId, prescriptionId, words });
      onSent();
      await Promise.all(
        ['panel.prescriptions', 'panel.requests'].map((name) =>
          queries.invalidateQueries({ queryKey: [name] }),
        ),
      );
    } catch (failure) {
      setProblem(errorText(t, failure));
    }
  };
  return (
    <form
      className={classes.form}
      aria-label={t('panelRecords.rx.renewTitle', { medication })}
      onSubmit={(event) => void submit(event)}
    >
      <p className={classes.quiet}>{t('panelRecords.rx.renewHint')}</p>
      <Textarea
        size="md"
        autosize
        minRows={2}
        autoFocus
        label={t('panelRecords.rx.words')}
        value={words}
        maxLength={requestLimits.text}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <div className={classes.actions}>
        <Button type="submit" size="md" loading={send.isPending}>
          {t('panelRecords.rx.send')}
        </Button>
        <Button size="md" variant="default" onClick={onCancel}>
          {t('panelRecords.cancel')}
        </Button>
      </div>
      <div role="status">{problem}</div>
    </form>
  );
}

/** What doctors said to what was asked for. */
function Answers({ patientId }: Of) {
  const { t } = useTranslation();
  const { data } = useCall('panel.requests', { patientId }, { every: panelEvery });
  const answered = (data ?? []).filter(
    ({ kind, status }) => kind === 'renewal' && status !== 'requested' && status !== 'cancelled',
  );
  if (answered.length === 0) return null;
  return (
    <section className={classes.card} aria-label={t('panelRecords.rx.answers')}>
      <h2>{t('panelRecords.rx.answers')}</h2>
      <ul className={classes.list}>
        {answered.slice(0, 5).map((request) => (
          <li key={request.id}>
            <RequestLine request={request} />
          </li>
        ))}
      </ul>
    </section>
  );
}
