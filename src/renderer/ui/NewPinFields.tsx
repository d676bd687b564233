import { useTranslation } from 'react-i18next';
import { pinProblem } from '#shared/domain/session/pin.ts';
import classes from './Form.module.css';
import { OwnPasswordField, PinField } from './PinField.tsx';

export interface NewPin {
  readonly password: string;
  readonly pin: string;
  readonly again: string;
}

export const noPin: NewPin = { password: '', pin: '', again: '' };

/** What is wrong with it before it is sent, by field. */
export const newPinProblems = ({ password, pin, again }: NewPin): Readonly<Record<string, string>> => {
  const problem = pinProblem(pin);
  return {
    ...(password === '' ? { password: 'required' } : {}),
    ...(problem === null ? {} : { pin: problem }),
    ...(problem === null && again !== pin ? { again: 'pin-again' } : {}),
  };
};

interface NewPinFieldsProps {
  readonly value: NewPin;
  readonly onChange: (value: NewPin) => void;
  readonly errorAt: (field: string) => string | undefined;
}

/** Sets a PIN, or another one. */
export function NewPinFields({ value, onChange, errorAt }: NewPinFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <p className={classes.quiet}>{t('session.pin.why')}</p>
      <OwnPasswordField
        value={value.password}
        error={errorAt('password')}
        autoFocus
        onChange={(password) => onChange({ ...value, password })}
      />
      <PinField
        label={t('session.pin.new')}
        value={value.pin}
        error={errorAt('pin')}
        onChange={(pin) => onChange({ ...value, pin })}
      />
      <PinField
        label={t('session.pin.again')}
        value={value.again}
        error={errorAt('again')}
        onChange={(again) => onChange({ ...value, again })}
      />
    </>
  );
}
