import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { errorText } from '#renderer/ui/error-text.ts';
import { patientName } from '#renderer/ui/format.ts';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { usePrintSetup } from '#renderer/ui/printing/usePrintSetup.ts';
import { QrCode } from '#renderer/ui/QrCode.tsx';
import { qrOf } from '#renderer/ui/qr.ts';
import { toast } from '#renderer/ui/toasts.ts';
import { createFormat, useFormat } from '#renderer/ui/useFormat.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { PatientView } from '#shared/contract/patients.ts';
import { type Language, languages } from '#shared/i18n/languages.ts';
import classes from './Paper.module.css';
import { LetterPage, Own } from './PaperPage.tsx';
import { nameStep, type PatientPaperProps } from './PatientLabels.tsx';
import { Preview } from './Preview.tsx';
import { useImprint } from './useImprint.ts';

export type AccessCode = Output<'panelDesk.makeCode'>;

/** The patient's own language where we have its words, else that of this desk. */
const languageOf = ({ language }: PatientView, here: string): Language => {
  const known = Object.keys(languages) as Language[];
  const wanted = language?.split('-')[0];
  return known.find((one) => one === wanted) ?? known.find((one) => one === here) ?? 'en';
};

interface SlipProps extends PatientPaperProps {
  readonly access: AccessCode;
}

/** What a patient takes home to open the own record with, in the patient's language: the code, where it goes, and what to know. */
export function AccessSlip({ patient, access, paper, imprint, format }: SlipProps) {
  const { i18n } = useTranslation();
  const language = languageOf(patient, i18n.language);
  const t = i18n.getFixedT(language);
  const own = createFormat(language, format.timeZone);
  const name = patientName(patient);
  const { code, address, link, until } = access;
  const qr = useMemo(() => link && qrOf(link), [link]);
  return (
    <LetterPage paper={paper} imprint={imprint} title={t('panelDesk.slip.title')} page={1} pages={0}>
      <div lang={language}>
        <div className={classes.name} data-step={nameStep(name)}>
          <Own>{name}</Own>
        </div>
        <div className={classes.accessCode}>
          <span className={classes.accessText}>{code}</span>
          {qr && (
            <QrCode code={qr} label={t('panelDesk.slip.qr')} className={classes.barcode ?? ''} side="30mm" />
          )}
        </div>
        <ol className={classes.accessSteps}>
          <li>{address ? t('panelDesk.slip.open', { address }) : t('panelDesk.slip.openUnknown')}</li>
          <li>{t('panelDesk.slip.account')}</li>
          <li>{t('panelDesk.slip.type')}</li>
        </ol>
        <p className={classes.mark}>{t('panelDesk.slip.until', { date: own.dateTime(until) })}</p>
        <p className={classes.small}>{t('panelDesk.slip.keep')}</p>
      </div>
    </LetterPage>
  );
}

interface AccessPaperProps {
  readonly patient: PatientView;
  readonly tabs: React.ReactNode;
  readonly notice: string | null;
}

/** Makes a code and shows its slip. The code is known to this page alone: whoever leaves it makes another one. */
export function AccessPaper({ patient, tabs, notice }: AccessPaperProps) {
  const { t } = useTranslation();
  const setup = usePrintSetup('access-code', patient.id);
  const format = useFormat();
  const imprint = useImprint();
  const make = useCommand('panelDesk.makeCode');
  const [access, setAccess] = useState<AccessCode | null>(null);
  const run = () => {
    if (!make.isPending)
      make.mutate(
        { patientId: patient.id },
        {
          onSuccess: setAccess,
          onError: (failure) => toast(errorText(t, failure), { tone: 'problem' }),
        },
      );
  };
  const mayMake = access === null && patient.mergedInto === null;
  useKeys(t('printing.title'), [
    { keys: 'n', label: t('panelDesk.makeCode'), run, enabled: mayMake && !make.isPending },
  ]);
  const slip = access && (
    <AccessSlip key="slip" {...{ patient, access, imprint, format }} paper={setup.settings.paper} />
  );
  return (
    <Preview
      setup={setup}
      tabs={tabs}
      notice={notice ?? (access && access.link === null ? t('panelDesk.slip.noAddress') : null)}
      pages={slip && [slip]}
      instead={
        access === null && (
          <EmptyState
            text={t('panelDesk.slip.before')}
            action={
              mayMake && (
                <Button autoFocus loading={make.isPending} onClick={run}>
                  {t('panelDesk.makeCode')}
                </Button>
              )
            }
          />
        )
      }
    />
  );
}
