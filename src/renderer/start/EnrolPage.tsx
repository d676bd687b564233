import { Button, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StartPageProps } from './RecoverPage.tsx';
import classes from './Start.module.css';
import { useProblemText } from './useProblemText.ts';
import { useWhen } from './useWhen.ts';

/** No start has said where the centre is: an enrolment code does, or a backup is restored first. */
export function EnrolPage({ reply, ask, onRestore }: StartPageProps) {
  const { t } = useTranslation();
  const when = useWhen();
  const problemText = useProblemText();
  const [code, setCode] = useState('');
  const [isAsking, setAsking] = useState(false);
  const [isFresh, setFresh] = useState(true);
  const { restoring, again } = reply.state;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setAsking(true);
    await ask('start.enrol', { code });
    setAsking(false);
    setFresh(false);
  };
  return (
    <form className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
      <h1>{t('protection.start.welcome.title')}</h1>
      {again && <p className={classes.note}>{t('protection.start.welcome.again')}</p>}
      {restoring !== null && (
        <p className={classes.note} role="status">
          {t('protection.start.welcome.restoring', {
            name: restoring.deviceName ?? t('protection.start.restore.unnamed'),
            when: when(restoring.at),
          })}
        </p>
      )}
      <p>{t('protection.start.welcome.text')}</p>
      <Textarea
        label={t('protection.start.welcome.code')}
        classNames={{ input: classes.code }}
        rows={4}
        value={code}
        error={isFresh ? null : problemText(reply.problem)}
        autoFocus
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setCode(event.currentTarget.value);
          setFresh(true);
        }}
      />
      <Button type="submit" loading={isAsking} disabled={code.trim() === ''}>
        {t('protection.start.welcome.go')}
      </Button>
      {restoring === null && !again && (
        <Button variant="subtle" onClick={onRestore}>
          {t('protection.start.welcome.before')}
        </Button>
      )}
    </form>
  );
}
