import { Button, Loader } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { useKeptForms } from '#renderer/ui/kept-form/useKeptForm.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import frame from '#renderer/ui/ListScreen.module.css';
import { PickList, type PickListHandle } from '#renderer/ui/PickList.tsx';
import { ReasonSheet } from '#renderer/ui/ReasonSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { RenewalRequest } from '#shared/contract/panel-prescriptions.ts';
import { emptyLine, fromPrescription, type LineDraft } from './line-draft.ts';
import { PrescribeSheet } from './PrescribeSheet.tsx';
import classes from './Renewals.module.css';
import { useMedicineOf } from './useMedicineOf.ts';
import { useRxWords } from './useRxWords.ts';
import { nextKey } from './useWriting.ts';

/** What patients ask the signed-in doctor for: each is renewed as in the chart, or refused with a word to the patient. */
export function Renewals() {
  const { t } = useTranslation();
  const renewals = useCall('prescriptions.renewals', {});
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useRef<PickListHandle>(null);
  // Where the chosen one was: when it is answered, the next one takes its place.
  const place = useRef(0);
  if (renewals.error) return <Failure failure={renewals.error} onRetry={() => void renewals.refetch()} />;
  if (!renewals.data)
    return (
      <div className={frame.loading} aria-busy="true">
        <Loader size="sm" aria-label={t('common.loading')} />
      </div>
    );
  const items = renewals.data;
  if (items.length === 0) return <EmptyState text={t('panelRecords.renewals.empty')} />;
  const found = items.findIndex(({ id }) => id === chosen);
  const at = found >= 0 ? found : Math.min(chosen === null ? 0 : place.current, items.length - 1);
  place.current = at;
  const item = items[at];
  if (item === undefined) return null;
  return (
    <div className={frame.columns}>
      <PickList
        ref={list}
        label={t('panelRecords.renewals.list')}
        keysTitle={t('panelRecords.renewals.view')}
        keysLabel={t('panelRecords.renewals.walk')}
        items={items}
        itemKey={({ id }) => id}
        selectedKey={item.id}
        onSelect={({ id }) => setChosen(id)}
        render={(one) => <Line item={one} />}
      />
      <Detail key={item.id} item={item} onDone={() => list.current?.focus()} />
    </div>
  );
}

function useWhose() {
  const { t } = useTranslation();
  return ({ whose }: RenewalRequest) => (whose === 'own' ? '' : t(`panelRecords.renewals.${whose}`));
}

function Line({ item }: { item: RenewalRequest }) {
  const { t } = useTranslation();
  const format = useFormat();
  const whose = useWhose();
  return (
    <span className={classes.line}>
      <span className={classes.name}>
        {item.patientName} <CertaintyMark certainty={item.certainty} quiet />
      </span>
      <span>
        {item.restricted ? t('panelRecords.renewals.restricted') : (item.prescription?.medication ?? '')}
      </span>
      <span className={classes.quiet}>
        {[format.dateTime(item.createdAt), whose(item)].filter(Boolean).join(' · ')}
      </span>
    </span>
  );
}

function Detail({ item, onDone }: { item: RenewalRequest; onDone: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useRxWords();
  const whose = useWhose();
  const [, navigate] = useLocation();
  const refuse = useCommand('prescriptions.refuseRenewal');
  const [sheet, setSheet] = useState<'refuse' | readonly LineDraft[] | null>(null);
  const { id, patientId, patientName, patientMrn, prescription, restricted, forked, createdAt } = item;
  useKeptForms(patientId);
  const { medicine, askMedicine } = useMedicineOf(prescription);
  const renew = async () => {
    if (prescription === null) return;
    const found = medicine === undefined ? await askMedicine() : medicine;
    setSheet([
      fromPrescription(emptyLine(format.today(), nextKey()), prescription, 'renew', found, words.language),
    ]);
  };
  const chart = () => navigate(`/patients/${patientId}/chart/medication`);
  useKeys(t('panelRecords.renewals.view'), [
    {
      keys: 'n',
      label: t('panelRecords.renewals.renew'),
      run: () => void renew(),
      enabled: prescription !== null,
    },
    {
      keys: 'x',
      label: t('panelRecords.renewals.refuse'),
      run: () => setSheet('refuse'),
      enabled: !restricted,
    },
    { keys: 'c', label: t('panelRecords.renewals.chart'), run: chart },
  ]);
  const close = () => setSheet(null);
  return (
    <section className={classes.detail} aria-label={patientName}>
      <h2>
        {patientName} <CertaintyMark certainty={item.certainty} />
      </h2>
      <p className={classes.quiet}>
        {[patientMrn, t('panelRecords.renewals.asked', { date: format.dateTime(createdAt) }), whose(item)]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {restricted && <p>{t('panelRecords.renewals.restrictedHint')}</p>}
      {forked && <p>{t('panelRecords.renewals.forked')}</p>}
      {!restricted && !forked && prescription === null && <p>{t('panelRecords.renewals.gone')}</p>}
      {prescription !== null && (
        <div className={classes.line}>
          <span className={classes.name}>{prescription.medication}</span>
          <span>{words.sig(prescription)}</span>
          <span className={classes.quiet}>{words.span(prescription)}</span>
        </div>
      )}
      {!restricted && (
        <p>
          {item.words === ''
            ? t('panelRecords.renewals.saysNothing')
            : `${t('panelRecords.renewals.says')}: ${item.words}`}
        </p>
      )}
      <div className={classes.actions}>
        {prescription !== null && (
          <Button onClick={() => void renew()} rightSection={<KeyHint keys="n" quiet />}>
            {t('panelRecords.renewals.renew')}
          </Button>
        )}
        {!restricted && (
          <Button
            variant="default"
            onClick={() => setSheet('refuse')}
            rightSection={<KeyHint keys="x" quiet />}
          >
            {t('panelRecords.renewals.refuse')}
          </Button>
        )}
        <Button variant="default" onClick={chart} rightSection={<KeyHint keys="c" quiet />}>
          {t('panelRecords.renewals.chart')}
        </Button>
      </div>
      {sheet === 'refuse' && (
        <ReasonSheet
          title={t('panelRecords.renewals.refuse')}
          about={[patientName, prescription?.medication].filter(Boolean).join(' · ')}
          label={t('panelRecords.renewals.reason')}
          usual={[]}
          submit={t('panelRecords.renewals.refuse')}
          onClose={close}
          onSubmit={async (reason) => {
            await refuse.mutateAsync({ id, reason });
            toast(t('panelRecords.renewals.refused', { name: patientName }));
            close();
            onDone();
          }}
        />
      )}
      {typeof sheet === 'object' && sheet !== null && (
        <PrescribeSheet patientId={patientId} start={sheet} onClose={close} />
      )}
    </section>
  );
}
