import { Button, Loader } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { RecoveryKeyCard } from '#renderer/ui/RecoveryKeyCard.tsx';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { ProtectionStatus } from '#shared/contract/protection.ts';
import classes from './Workstations.module.css';

/** The key, the recovery key and the backups of the workstation somebody sits at, and what is done about each. */
export function ProtectionSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const info = useCall('app.info', {}).data;
  const { data, error, refetch } = useCall('protection.status', {});
  const confirm = useCommand('protection.confirmRecoveryKey');
  const [shown, setShown] = useState<string | null>(null);
  const refresh = () => void refetch();
  const keep = async (lastGroup: string) => {
    try {
      const { kept } = await confirm.mutateAsync({ lastGroup });
      if (!kept) return false;
      toast(t('protection.card.kept'));
      setShown(null);
      refresh();
    } catch (failure) {
      toast(errorText(t, failure), { tone: 'problem' });
    }
    return true;
  };
  const later = () => {
    setShown(null);
    refresh();
  };
  return (
    <SideSheet
      title={shown === null ? t('protection.open') : t('protection.recovery.title')}
      onClose={onClose}
      width={440}
    >
      {shown !== null ? (
        <RecoveryKeyCard recoveryKey={shown} name={info?.workstation ?? ''} onKeep={keep} onLater={later} />
      ) : (
        <>
          {error && <Failure failure={error} onRetry={refresh} />}
          {!data && !error && <Loader size="sm" aria-label={t('protection.loading')} />}
          {data && <Sections status={data} onShown={setShown} onChanged={refresh} />}
        </>
      )}
    </SideSheet>
  );
}

interface SectionsProps {
  readonly status: ProtectionStatus;
  readonly onShown: (recoveryKey: string) => void;
  readonly onChanged: () => void;
}

function Sections(props: SectionsProps) {
  const mayChange = mayCall(useCurrentUser(), 'protection.makeRecoveryKey');
  return (
    <div className={classes.protection}>
      <RecoveryKeySection {...props} mayChange={mayChange} />
      <BackupsSection {...props} mayChange={mayChange} />
      <KeySection {...props} mayChange={mayChange} />
    </div>
  );
}

interface SectionProps extends SectionsProps {
  readonly mayChange: boolean;
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={classes.part}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

/** Runs a command and says in words what went wrong. */
function useDoing() {
  const { t } = useTranslation();
  return async <T,>(work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (failure) {
      toast(errorText(t, failure), { tone: 'problem' });
      return null;
    }
  };
}

function RecoveryKeySection({ status, mayChange, onShown }: SectionProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const doing = useDoing();
  const make = useCommand('protection.makeRecoveryKey');
  const { recoveryKeyAt } = status;
  const start = async () => {
    const made = await doing(() => make.mutateAsync({}));
    if (made !== null) onShown(made.recoveryKey);
  };
  return (
    <Section title={t('protection.recovery.title')}>
      {recoveryKeyAt === null ? (
        <p className={classes.warning}>{t('protection.note.no-recovery-key')}</p>
      ) : (
        <p>{t('protection.recovery.madeAt', { when: format.dateTime(recoveryKeyAt) })}</p>
      )}
      <p className={classes.quiet}>{t('protection.recovery.what')}</p>
      {mayChange && (
        <>
          <Button variant="default" loading={make.isPending} onClick={() => void start()}>
            {t(recoveryKeyAt === null ? 'protection.recovery.make' : 'protection.recovery.again')}
          </Button>
          {recoveryKeyAt !== null && <p className={classes.quiet}>{t('protection.recovery.replaces')}</p>}
        </>
      )}
    </Section>
  );
}

function BackupsSection({ status, mayChange, onChanged }: SectionProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const doing = useDoing();
  const backUp = useCommand('protection.backUp');
  const choose = useCommand('protection.chooseSecondPlace');
  const leave = useCommand('protection.leaveSecondPlace');
  const { newest, lookedAt, failed, second, choosable } = status.backups;
  const start = async () => {
    const next = await doing(() => backUp.mutateAsync({}));
    onChanged();
    if (next?.backups.failed) toast(t('protection.backups.failed'), { tone: 'problem' });
    else if (next) toast(t('protection.backups.done'));
  };
  const place = async (command: typeof choose | typeof leave) => {
    await doing(() => command.mutateAsync({}));
    onChanged();
  };
  const none = lookedAt === null ? t('protection.backups.none') : t('protection.backups.nothing');
  return (
    <Section title={t('protection.backups.title')}>
      {failed && <p className={classes.warning}>{t('protection.note.backup-failed')}</p>}
      {status.warnings.includes('second-old') && (
        <p className={classes.warning}>{t('protection.note.second-old')}</p>
      )}
      <p className={classes.quiet}>{t('protection.backups.what')}</p>
      <dl className={classes.facts}>
        <div>
          <dt>{t('protection.backups.newest')}</dt>
          <dd>{newest === null ? none : format.dateTime(newest)}</dd>
        </div>
        {lookedAt !== null && (
          <div>
            <dt>{t('protection.backups.looked')}</dt>
            <dd>{format.dateTime(lookedAt)}</dd>
          </div>
        )}
        <div>
          <dt>{t('protection.backups.second')}</dt>
          <dd className={classes.path}>{second?.folder ?? t('protection.backups.nowhere')}</dd>
        </div>
        {second !== null && (
          <>
            <div>
              <dt>{t('workstations.column.state')}</dt>
              <dd>{t(`protection.backups.state.${second.state}`)}</dd>
            </div>
            <div>
              <dt>{t('protection.backups.writtenAt')}</dt>
              <dd>
                {second.writtenAt === null
                  ? t('protection.backups.never')
                  : format.dateTime(second.writtenAt)}
              </dd>
            </div>
          </>
        )}
      </dl>
      {!choosable && <p className={classes.quiet}>{t('protection.backups.byStart')}</p>}
      {mayChange && (
        <div className={classes.row}>
          <Button variant="default" loading={backUp.isPending} onClick={() => void start()}>
            {t('protection.backups.now')}
          </Button>
          {choosable && (
            <Button variant="default" loading={choose.isPending} onClick={() => void place(choose)}>
              {t('protection.backups.choose')}
            </Button>
          )}
          {choosable && second !== null && (
            <Button variant="subtle" loading={leave.isPending} onClick={() => void place(leave)}>
              {t('protection.backups.leave')}
            </Button>
          )}
        </div>
      )}
    </Section>
  );
}

function KeySection({ status, mayChange, onShown }: SectionProps) {
  const { t } = useTranslation();
  const doing = useDoing();
  const [isAsking, setAsking] = useState(false);
  const change = useCommand('protection.changeKey');
  const start = async () => {
    const changed = await doing(() => change.mutateAsync({}));
    setAsking(false);
    if (changed === null) return;
    toast(t('protection.key.changed'));
    onShown(changed.recoveryKey);
  };
  return (
    <Section title={t('protection.key.title')}>
      <p className={classes.quiet}>{t(`protection.key.place.${status.keyPlace}`)}</p>
      {mayChange && status.keyPlace !== 'given' && !isAsking && (
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('protection.key.change')}
        </Button>
      )}
      {isAsking && (
        <div className={classes.confirming}>
          <p>{t('protection.key.explain')}</p>
          <p className={classes.warning} role="alert">
            {t('protection.key.ends')}
          </p>
          <div className={classes.buttons}>
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('workstations.back')}
            </Button>
            <Button autoFocus loading={change.isPending} onClick={() => void start()}>
              {t('protection.key.change')}
            </Button>
          </div>
        </div>
      )}
    </Section>
  );
}
