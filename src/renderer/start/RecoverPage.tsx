import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StartReply } from '#shared/contract/start.ts';
import { RecoveryKeyField } from './RecoveryKeyField.tsx';
import classes from './Start.module.css';
import type { AskStart } from './start-client.ts';
import { useProblemText } from './useProblemText.ts';

export interface StartPageProps {
  readonly reply: StartReply;
  readonly ask: AskStart;
  readonly onRestore: () => void;
}

/** There are data here and their key is not to be had: the recovery key opens them. */
export function RecoverPage({ reply, ask, onRestore }: StartPageProps) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const [typed, setTyped] = useState('');
  const [isAsking, setAsking] = useState(false);
  const [isFresh, setFresh] = useState(true);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setAsking(true);
    await ask('start.recover', { recoveryKey: typed });
    setAsking(false);
    setFresh(false);
  };
  return (
    <form className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
      <h1>{t('protection.start.recover.title')}</h1>
      <p>{t('protection.start.recover.text')}</p>
      {reply.state.hasRecovery ? (
        <>
          <RecoveryKeyField
            value={typed}
            error={isFresh ? null : problemText(reply.problem)}
            onChange={(text) => {
              setTyped(text);
              setFresh(true);
            }}
          />
          <p className={classes.quiet}>{t('protection.start.recover.noPaper')}</p>
          <Button type="submit" loading={isAsking}>
            {t('protection.start.recover.go')}
          </Button>
        </>
      ) : (
        <p className={classes.note}>
          {t('protection.start.problem.missing')} {t('protection.start.recover.noPaper')}
        </p>
      )}
      <Button variant="default" onClick={onRestore}>
        {t('protection.start.recover.elsewhere')}
      </Button>
    </form>
  );
}
