import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { useClient } from '#renderer/client/provider.tsx';
import { usePatientPath } from '#renderer/ui/chart-paths.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { patientName } from '#renderer/ui/format.ts';
import { useScanner } from '#renderer/ui/keys/useScanner.ts';
import { type Tone, toast } from '#renderer/ui/toasts.ts';
import type { PatientSummary } from '#shared/contract/patients.ts';
import { leaveFind } from './find-store.ts';

/** Opens the patient whose record number is scanned, from any screen, and says in words why not. */
export function useScannedPatient(): void {
  const { t } = useTranslation();
  const client = useClient();
  const pathOf = usePatientPath();
  const [, navigate] = useLocation();
  const findEverywhere = useCommand('patients.findEverywhere');
  const bringHere = useCommand('patients.bringHere');
  const latest = useRef('');

  const here = async (mrn: string): Promise<PatientSummary | undefined> =>
    (await client.call('patients.search', { text: mrn, limit: 1 }))[0];
  /** Says something, unless something else has been scanned meanwhile. */
  const say = (mrn: string, text: string, tone: Tone) => latest.current === mrn && toast(text, { tone });
  const show = (mrn: string, patient: PatientSummary) => {
    if (latest.current !== mrn) return;
    leaveFind();
    navigate(pathOf(patient.id));
    const merged = patient.mrn.toUpperCase() !== mrn;
    const words = { mrn, name: patientName(patient), into: patient.mrn };
    toast(t(merged ? 'app.scan.merged' : 'app.scan.opened', words), { tone: merged ? 'attention' : 'done' });
  };
  /** A patient of another site, or one who was registered at another desk a moment ago. */
  const fromElsewhere = async (mrn: string): Promise<void> => {
    say(mrn, t('app.scan.asking', { mrn }), 'attention');
    const [found] = await findEverywhere.mutateAsync({ text: mrn });
    if (found === undefined) {
      say(mrn, t('app.scan.unknown', { mrn }), 'problem');
      return;
    }
    await bringHere.mutateAsync({ id: found.id });
    const patient = await here(mrn);
    if (patient) show(mrn, patient);
    else if (latest.current === mrn) navigate(pathOf(found.id));
  };

  const open = async (mrn: string): Promise<void> => {
    latest.current = mrn;
    try {
      const patient = await here(mrn);
      if (patient) show(mrn, patient);
      else await fromElsewhere(mrn);
    } catch (failure) {
      const offline = failure instanceof AppErrorException && failure.error.code === 'centre-unavailable';
      say(mrn, offline ? t('app.scan.offline', { mrn }) : errorText(t, failure), 'problem');
    }
  };
  useScanner((scan) => {
    if (scan.kind === 'number') void open(scan.mrn);
    else toast(t('app.scan.misread', { text: scan.text }), { tone: 'problem' });
  });
}
