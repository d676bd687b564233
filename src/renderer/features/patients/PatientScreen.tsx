import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconArrowLeft,
  IconArrowMerge,
  IconHeartbeat,
  IconHistory,
  IconPencil,
  IconPrinter,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { chartPath } from '#renderer/ui/chart-paths.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { errorText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { patientName } from '#renderer/ui/format.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { PatientBanner } from '#renderer/ui/PatientBanner.tsx';
import { printPath } from '#renderer/ui/print-paths.ts';
import type { PatientView } from '#shared/contract/patients.ts';
import { PatientId } from '#shared/kernel/ids.ts';
import { AppointmentHistory } from './AppointmentHistory.tsx';
import { EditSheet } from './EditSheet.tsx';
import { GoesOnElsewhere, MergedHere } from './MergedRecords.tsx';
import { MergeWithSheet } from './MergeWithSheet.tsx';
import { Particulars } from './Particulars.tsx';
import { PatientFacts } from './PatientFacts.tsx';
import classes from './PatientScreen.module.css';
import { photoUrl } from './photo-file.ts';

interface PatientScreenProps {
  readonly id: string;
  /** What other features know of a patient; the app composes it. */
  readonly renderMore: (patient: PatientView) => ReactNode;
}

/** One patient: who it is stays on top, details on the left, appointments on the right. */
export function PatientScreen({ id, renderMore }: PatientScreenProps) {
  const known = PatientId.safeParse(id);
  return known.success ? <Patient id={known.data} renderMore={renderMore} /> : <Gone />;
}

function Patient({ id, renderMore }: { id: PatientId } & Pick<PatientScreenProps, 'renderMore'>) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const patient = useCall('patients.get', { id });
  const particulars = useCall('patients.particulars', { id });
  const [editing, edit] = useDisclosure(false);
  const [mergingWith, mergeWith] = useDisclosure(false);
  const user = useCurrentUser();
  const into = patient.data?.mergedInto ?? null;
  // A merged record stays as it was; what changes is written in the one that goes on.
  const mayEdit = mayCall(user, 'patients.update') && into === null;
  const mayMerge = mayCall(user, 'patients.merge') && into === null;
  const mayRead = mayCall(user, 'chart.open');
  const mayAudit = mayCall(user, 'audit.list');
  const openChart = () => navigate(chartPath(id));
  const print = () => navigate(printPath.patient(id, 'label'));
  useKeys(t('patients.title'), [
    { keys: 'p|mod+p', label: t('printing.print'), run: print, enabled: into === null },
    { keys: 'c', label: t('chart.open'), run: openChart, enabled: mayRead },
    { keys: 'e', label: t('patients.keys.edit'), run: edit.open, enabled: mayEdit },
    { keys: 'm', label: t('duplicates.keys.mergeWith'), run: mergeWith.open, enabled: mayMerge },
    { keys: 'Backspace', label: t('patients.toList'), run: () => navigate('/patients') },
  ]);
  if (patient.error?.error.code === 'not-found')
    return <Gone id={id} onHere={() => void patient.refetch()} />;
  if (patient.error) return <Failure failure={patient.error} onRetry={() => void patient.refetch()} />;
  if (!patient.data) return <div className={classes.screen} aria-busy="true" />;
  return (
    <div className={classes.screen}>
      <PatientBanner
        patient={patient.data}
        actions={
          <>
            <Tooltip label={<KeyHint keys="Backspace" />}>
              <Button
                variant="subtle"
                leftSection={<IconArrowLeft size={16} stroke={1.6} />}
                onClick={() => navigate('/patients')}
              >
                {t('patients.title')}
              </Button>
            </Tooltip>
            {mayRead && (
              <Tooltip label={<KeyHint keys="c" />}>
                <Button leftSection={<IconHeartbeat size={16} stroke={1.6} />} onClick={openChart}>
                  {t('chart.title')}
                </Button>
              </Tooltip>
            )}
            {into === null && (
              <Tooltip
                label={
                  <>
                    {t('printing.print')} <KeyHint keys="p" />
                  </>
                }
              >
                <ActionIcon variant="default" size={36} aria-label={t('printing.print')} onClick={print}>
                  <IconPrinter size={16} stroke={1.6} />
                </ActionIcon>
              </Tooltip>
            )}
            {mayAudit && (
              <Tooltip label={t('audit.ofPatient')}>
                <ActionIcon
                  variant="default"
                  size={36}
                  aria-label={t('audit.ofPatient')}
                  onClick={() => navigate(`/audit?patient=${id}`)}
                >
                  <IconHistory size={16} stroke={1.6} />
                </ActionIcon>
              </Tooltip>
            )}
            {mayMerge && (
              <Tooltip
                label={
                  <>
                    {t('duplicates.mergeWith')} <KeyHint keys="m" />
                  </>
                }
              >
                <ActionIcon
                  variant="default"
                  size={36}
                  aria-label={t('duplicates.mergeWith')}
                  onClick={mergeWith.open}
                >
                  <IconArrowMerge size={16} stroke={1.6} />
                </ActionIcon>
              </Tooltip>
            )}
            {mayEdit && (
              <Tooltip label={<KeyHint keys="e" />}>
                <Button
                  variant="default"
                  leftSection={<IconPencil size={16} stroke={1.6} />}
                  onClick={edit.open}
                >
                  {t('common.edit')}
                </Button>
              </Tooltip>
            )}
          </>
        }
      />
      {into && <GoesOnElsewhere patient={patient.data} into={into} />}
      <div className={classes.columns} data-editing={editing || undefined}>
        <section className={classes.details} aria-labelledby="patient-details">
          <h2 id="patient-details" className={classes.title}>
            {t('patients.details')}
          </h2>
          {particulars.data?.photo && (
            <img
              className={classes.face}
              src={photoUrl(particulars.data.photo.data, particulars.data.photo.contentType)}
              alt={t('particulars.photoOf', { name: patientName(patient.data) })}
            />
          )}
          <PatientFacts patient={patient.data} />
          {particulars.data && <Particulars particulars={particulars.data} />}
          {patient.data.mergedFrom.length > 0 && <MergedHere records={patient.data.mergedFrom} />}
          {into === null && renderMore(patient.data)}
        </section>
        <section className={classes.history} aria-labelledby="patient-history">
          <h2 id="patient-history" className={classes.title}>
            {t('patients.history')}
          </h2>
          <AppointmentHistory id={id} />
        </section>
      </div>
      {editing && particulars.data && (
        <EditSheet patient={patient.data} particulars={particulars.data} onClose={edit.close} />
      )}
      {mergingWith && <MergeWithSheet id={id} onClose={mergeWith.close} />}
    </div>
  );
}

/** Not here: on a workstation that holds one site the centre may still have the chart. */
function Gone({ id, onHere }: { id?: PatientId; onHere?: () => void }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const info = useCall('app.info', {}).data;
  const bring = useCommand('patients.bringHere');
  return (
    <div className={classes.screen}>
      <h1 className="visually-hidden">{t('patients.title')}</h1>
      <EmptyState
        text={bring.error ? errorText(t, bring.error) : t('patients.gone')}
        action={
          <>
            {id !== undefined && info?.wholeClinic === false && (
              <Button
                variant="default"
                loading={bring.isPending}
                onClick={() => bring.mutate({ id }, { onSuccess: () => onHere?.() })}
              >
                {t('patients.bringHere')}
              </Button>
            )}
            <Button onClick={() => navigate('/patients')}>{t('patients.toList')}</Button>
          </>
        }
      />
    </div>
  );
}
