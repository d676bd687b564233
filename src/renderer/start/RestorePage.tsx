import { Button, Radio } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StartBackup, StartReply } from '#shared/contract/start.ts';
import { RecoveryKeyField } from './RecoveryKeyField.tsx';
import classes from './Start.module.css';
import type { AskStart } from './start-client.ts';
import { useProblemText } from './useProblemText.ts';
import { useWhen } from './useWhen.ts';

interface RestorePageProps {
  readonly reply: StartReply;
  readonly ask: AskStart;
  readonly onBack: () => void;
}

/** A backup from elsewhere: where it is, its recovery key, what it holds, and then it waits to be restored. */
export function RestorePage({ reply, ask, onBack }: RestorePageProps) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const [typed, setTyped] = useState('');
  const [picked, setPicked] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [isFresh, setFresh] = useState(true);
  const { chosen, step } = reply.state;
  const { backups } = reply;
  const problem = isFresh ? null : problemText(reply.problem);
  const waiting = async <T,>(work: () => Promise<T>): Promise<T> => {
    setAsking(true);
    try {
      return await work();
    } finally {
      setAsking(false);
      setFresh(false);
    }
  };
  const choose = (what: 'folder' | 'file') => void waiting(() => ask('start.choose', { what }));
  const id = picked ?? backups[0]?.id ?? null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (id === null) return waiting(() => ask('start.look', { recoveryKey: typed }));
    const next = await waiting(() => ask('start.restore', { id }));
    if (next?.problem === null && next.state.restoring !== null) onBack();
  };
  return (
    <form className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
      <h1>{t('protection.start.restore.title')}</h1>
      {backups.length > 0 ? (
        <>
          <Radio.Group label={t('protection.start.restore.holds')} value={id} onChange={setPicked}>
            <div className={classes.backups}>
              {backups.map((backup) => (
                <Line key={backup.id} backup={backup} />
              ))}
            </div>
          </Radio.Group>
          {problem !== null && (
            <p className={classes.problem} role="alert">
              {problem}
            </p>
          )}
          <p className={classes.quiet}>
            {t('protection.start.restore.keeps')} {step === 'recover' && t('protection.start.recover.aside')}
          </p>
          <Button type="submit" autoFocus loading={isAsking}>
            {t('protection.start.restore.go')}
          </Button>
        </>
      ) : (
        <>
          <p>{t('protection.start.restore.text')}</p>
          <div className={classes.buttons}>
            <Button variant="default" autoFocus onClick={() => choose('folder')}>
              {t('protection.start.restore.choose')}
            </Button>
            <Button variant="default" onClick={() => choose('file')}>
              {t('protection.start.restore.chooseFile')}
            </Button>
          </div>
          {chosen !== null && (
            <p className={classes.folder} role="status">
              {chosen.count > 0
                ? t('protection.start.restore.found', { count: chosen.count, folder: chosen.folder })
                : t('protection.start.restore.none', { folder: chosen.folder })}
            </p>
          )}
          {chosen !== null && chosen.count > 0 && (
            <>
              <RecoveryKeyField
                value={typed}
                error={problem}
                onChange={(text) => {
                  setTyped(text);
                  setFresh(true);
                }}
              />
              <Button type="submit" loading={isAsking}>
                {t('protection.start.restore.look')}
              </Button>
            </>
          )}
        </>
      )}
      <Button variant="subtle" onClick={onBack}>
        {t('protection.start.restore.back')}
      </Button>
    </form>
  );
}

function Line({ backup }: { readonly backup: StartBackup }) {
  const { t } = useTranslation();
  const when = useWhen();
  const { id, at, deviceName, unsent, drafts, files } = backup;
  const name = deviceName ?? t('protection.start.restore.unnamed');
  const holds = [
    t('protection.start.restore.unsent', { count: unsent }),
    t('protection.start.restore.drafts', { count: drafts }),
    t('protection.start.restore.files', { count: files }),
  ];
  return (
    <Radio
      value={id}
      label={t('protection.start.restore.line', { when: when(at), name })}
      description={holds.join(' · ')}
    />
  );
}
