import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseMrn, symbols } from '#shared/domain/patients/mrn.ts';
import { Camera } from './Camera.tsx';
import { canReadCodes } from './code-reader.ts';
import { Keypad } from './Keypad.tsx';
import classes from './Kiosk.module.css';

interface NumberStepProps {
  readonly number: string;
  /** A card was scanned and not understood. */
  readonly misread: boolean;
  readonly onType: (number: string) => void;
  readonly onRead: (mrn: string) => void;
}

const keys = [...symbols];

/** The record number: by a scanner that is a keyboard, by the camera where this browser reads codes, or typed. */
export function NumberStep({ number, misread, onType, onRead }: NumberStepProps) {
  const { t } = useTranslation();
  const [short, setShort] = useState(false);
  const [camera, setCamera] = useState(false);
  const type = (text: string) => {
    setShort(false);
    onType(text.toUpperCase().slice(0, 20));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A number of another system has another form, and is found as it is written.
    if (number.trim().length >= 3) onRead(parseMrn(number) ?? number.trim());
    else setShort(true);
  };
  const problem = misread ? t('kiosk.number.misread') : short ? t('kiosk.number.short') : null;
  return (
    <form className={classes.step} onSubmit={submit} noValidate>
      <h1 className={classes.title}>{t('kiosk.number.title')}</h1>
      <p className={classes.text}>{t('kiosk.number.text')}</p>
      {camera && <Camera onRead={onRead} onClose={() => setCamera(false)} />}
      <TextInput
        classNames={{ input: classes.field ?? '', label: classes.label ?? '' }}
        label={t('kiosk.number.label')}
        description={t('kiosk.number.hint')}
        error={problem}
        value={number}
        inputMode="none"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        autoFocus
        onChange={({ currentTarget }) => type(currentTarget.value)}
      />
      <Keypad
        keys={keys}
        columns={8}
        erase={t('kiosk.number.erase')}
        onKey={(key) => type(number + key)}
        onErase={() => type(number.slice(0, -1))}
      />
      <div className={classes.actions}>
        <Button type="submit" className={classes.big ?? ''}>
          {t('kiosk.next')}
        </Button>
        {canReadCodes() ? (
          !camera && (
            <Button variant="default" className={classes.big ?? ''} onClick={() => setCamera(true)}>
              {t('kiosk.number.camera')}
            </Button>
          )
        ) : (
          <p className={classes.note}>{t('kiosk.number.noCamera')}</p>
        )}
      </div>
    </form>
  );
}
