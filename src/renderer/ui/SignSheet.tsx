import { Alert, Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import classes from './Form.module.css';
import { KeyHint } from './keys/KeyHint.tsx';
import { useSheetKeys } from './keys/useKeys.ts';
import { type NewPin, NewPinFields, newPinProblems, noPin } from './NewPinFields.tsx';
import { OwnPasswordField, PinField } from './PinField.tsx';
import { SideSheet } from './SideSheet.tsx';
import { useSave } from './useSave.ts';

export interface SignSheetProps {
  readonly title: string;
  /** On the button. */
  readonly action: string;
  /** Exactly what is signed. */
  readonly children: ReactNode;
  /** Writes it; rejects with what the workstation says, the PIN's own failures among them. */
  readonly onSign: (pin: string) => Promise<unknown>;
  readonly onSigned: () => void;
  readonly onClose: () => void;
}

/** `set`: there is no PIN yet. `unlock`: too many wrong ones, so the password is asked for as well. */
type Need = 'pin' | 'set' | 'unlock';

/** How the PIN is asked for, and what is done before it counts. */
function usePinEntry() {
  const queries = useQueryClient();
  const known = useCall('session.pin', {}).data;
  const setPin = useCommand('session.setPin');
  const unlockPin = useCommand('session.unlockPin');
  const [entry, setEntry] = useState<NewPin>(noPin);
  const need: Need =
    known === undefined || (known.set && !known.locked) ? 'pin' : known.set ? 'unlock' : 'set';
  const problems = (): Readonly<Record<string, string>> =>
    need === 'set'
      ? newPinProblems(entry)
      : {
          ...(need === 'unlock' && entry.password === '' ? { password: 'required' } : {}),
          ...(entry.pin === '' ? { pin: 'required' } : {}),
        };
  const look = () => queries.invalidateQueries({ queryKey: ['session.pin'] });
  const prepare = async () => {
    const { password, pin } = entry;
    if (need === 'set') await setPin.mutateAsync({ password, pin });
    if (need === 'unlock') await unlockPin.mutateAsync({ password });
    if (need !== 'pin') await look();
  };
  return { need, entry, setEntry, problems, prepare, look };
}

/** Asks for the PIN before something is signed, and shows what that is. Without a PIN one is set in place. */
export function SignSheet({ title, action, children, onSign, onSigned, onClose }: SignSheetProps) {
  const { t } = useTranslation();
  const { need, entry, setEntry, problems, prepare, look } = usePinEntry();
  const { save, saving, errorAt, problem } = useSave(onSigned);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // The password comes first, wherever the cursor was before it turned out to be needed.
    if (need !== 'pin') form.current?.querySelector('input')?.focus();
  }, [need]);
  const submit = () =>
    void save(problems(), async () => {
      try {
        await prepare();
        await onSign(entry.pin);
      } catch (failure) {
        if (failure instanceof AppErrorException && /pin$|^pin/.test(failure.error.code)) {
          setEntry({ ...entry, pin: '' });
          await look();
        }
        throw failure;
      }
    });
  useSheetKeys(title, [{ keys: 'mod+Enter', label: action, run: submit, inFields: true }]);
  return (
    <SideSheet
      title={title}
      width={460}
      onClose={onClose}
      footer={
        <Button
          type="submit"
          form="sign-form"
          loading={saving}
          rightSection={<KeyHint keys="mod+Enter" quiet />}
        >
          {action}
        </Button>
      }
    >
      <form
        ref={form}
        id="sign-form"
        className={classes.fields}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {problem && (
          <Alert color="red" variant="light" role="alert">
            {problem}
          </Alert>
        )}
        {need === 'set' && <NewPinFields value={entry} onChange={setEntry} errorAt={errorAt} />}
        {need === 'unlock' && (
          <>
            <p className={classes.quiet}>{t('session.pin.locked')}</p>
            <OwnPasswordField
              value={entry.password}
              error={errorAt('password')}
              onChange={(password) => setEntry({ ...entry, password })}
            />
          </>
        )}
        {need !== 'set' && (
          <PinField
            value={entry.pin}
            error={errorAt('pin')}
            autoFocus
            onChange={(pin) => setEntry({ ...entry, pin })}
          />
        )}
        {children}
      </form>
    </SideSheet>
  );
}
