import { Alert, Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import type { CallName } from '#shared/contract/contract.ts';
import classes from './Form.module.css';
import { KeptMark, KeptNotice } from './kept-form/Kept.tsx';
import type { Keeping } from './kept-form/useKeptForm.ts';
import { KeyHint } from './keys/KeyHint.tsx';
import { useSheetKeys } from './keys/useKeys.ts';
import { SideSheet } from './SideSheet.tsx';

interface SaveSheetProps {
  readonly title: string;
  /** What its button makes: for who may not, the fields are there to be read and nothing is offered. */
  readonly call?: CallName;
  readonly saving: boolean;
  readonly problem: string | null;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Before the form, with keys of its own. */
  readonly above?: ReactNode;
  /** Beside the button that saves. */
  readonly more?: ReactNode;
  /** What the button says, where it is not 'Save'. */
  readonly submit?: string;
  readonly width?: number;
  /** Of a form that is kept while it is typed. */
  readonly keeping?: Keeping;
}

/** A side sheet with a form and one button that saves it. */
export function SaveSheet({
  title,
  call,
  saving,
  problem,
  onSubmit,
  onClose,
  children,
  more,
  above,
  submit,
  width,
  keeping,
}: SaveSheetProps) {
  const { t } = useTranslation();
  const user = useCurrentUser();
  const may = call === undefined || mayCall(user, call);
  useSheetKeys(title, [
    { keys: 'mod+Enter', label: submit ?? t('common.save'), run: onSubmit, inFields: true, enabled: may },
  ]);
  return (
    <SideSheet
      title={title}
      onClose={onClose}
      {...(width === undefined ? {} : { width })}
      footer={
        may && (
          <>
            <Button
              type="submit"
              form="save-form"
              loading={saving}
              rightSection={<KeyHint keys="mod+Enter" quiet />}
            >
              {submit ?? t('common.save')}
            </Button>
            {more}
            {keeping && <KeptMark keeping={keeping} />}
          </>
        )
      }
    >
      {keeping && <KeptNotice keeping={keeping} />}
      {above && <div className={classes.above}>{above}</div>}
      <form
        id="save-form"
        className={classes.fields}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (may) onSubmit();
        }}
      >
        {!may && (
          <p className={classes.look} role="note" tabIndex={-1} data-autofocus>
            {t('common.onlyLook')}
          </p>
        )}
        {problem && (
          <Alert color="red" variant="light" role="alert">
            {problem}
          </Alert>
        )}
        <fieldset className={classes.fields} disabled={!may}>
          {children}
        </fieldset>
      </form>
    </SideSheet>
  );
}
