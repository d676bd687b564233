import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dayOf, digitsIn, spaced } from './birth-digits.ts';
import { Keypad } from './Keypad.tsx';
import classes from './Kiosk.module.css';

interface BirthStepProps {
  readonly busy: boolean;
  readonly onBack: () => void;
  readonly onDone: (birthDate: string) => void;
}

const keys = [...'1234567890'];

/** The second fact: without both nothing is told of anybody. */
export function BirthStep({ busy, onBack, onDone }: BirthStepProps) {
  const { t } = useTranslation();
  const [digits, setDigits] = useState('');
  const [wrong, setWrong] = useState(false);
  const type = (text: string) => {
    setWrong(false);
    setDigits(digitsIn(text));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const day = dayOf(digits);
    if (day === null) setWrong(true);
    else if (!busy) onDone(day);
  };
  return (
    <form className={classes.step} onSubmit={submit} noValidate>
      <h1 className={classes.title}>{t('kiosk.birth.title')}</h1>
      <TextInput
        classNames={{ input: classes.field ?? '', label: classes.label ?? '' }}
        label={t('kiosk.birth.label')}
        description={t('kiosk.birth.hint')}
        error={wrong ? t('kiosk.birth.wrong') : null}
        value={spaced(digits)}
        inputMode="none"
        autoComplete="off"
        autoFocus
        onChange={({ currentTarget }) => type(currentTarget.value)}
      />
      <Keypad
        keys={keys}
        columns={3}
        erase={t('kiosk.number.erase')}
        onKey={(key) => type(digits + key)}
        onErase={() => type(digits.slice(0, -1))}
      />
      <div className={classes.actions}>
        <Button type="submit" className={classes.big ?? ''} loading={busy}>
          {t('kiosk.next')}
        </Button>
        <Button variant="default" className={classes.big ?? ''} onClick={onBack}>
          {t('kiosk.back')}
        </Button>
      </div>
    </form>
  );
}
