import { Button } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldText } from '#renderer/ui/error-text.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { ValueInput } from '#renderer/ui/ValueInput.tsx';
import type { ConflictView } from '#shared/contract/conflicts.ts';
import classes from './ConflictDetail.module.css';
import { editableFields } from './inbox.ts';

export interface EditValuesProps {
  readonly conflict: ConflictView;
  /** Gives what is wrong with a typed value by column, null when there is nothing to say at the fields. */
  readonly onSave: (
    typed: Readonly<Record<string, string>>,
  ) => Promise<Readonly<Record<string, string>> | null>;
  readonly onClose: () => void;
  readonly busy: boolean;
}

/** A third value, when neither version is right. It begins with what stands now. */
export function EditValues({ conflict, onSave, onClose, busy }: EditValuesProps) {
  const { t } = useTranslation();
  const [fields] = useState(() => editableFields(conflict));
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [nothing, setNothing] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const input = form.current?.querySelector('input');
    input?.focus();
    input?.select();
  }, []);
  const submit = async () => {
    const changed = fields.filter(({ column, text }) => (typed[column] ?? text) !== text);
    setNothing(changed.length === 0);
    if (changed.length === 0) return;
    const said = Object.fromEntries(changed.map(({ column }) => [column, typed[column] ?? '']));
    const wrong = await onSave(said);
    if (wrong === null) return;
    setProblems(wrong);
    form.current?.querySelector('input')?.focus();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void submit();
  };
  useKeys(t('conflicts.editTitle'), [
    { keys: 'mod+Enter', label: t('conflicts.action.save'), run: () => void submit(), inFields: true },
    { keys: 'Escape', label: t('common.cancel'), run: onClose, inFields: true },
  ]);
  return (
    <form
      ref={form}
      noValidate
      className={classes.edit}
      aria-label={t('conflicts.editTitle')}
      onSubmit={onSubmit}
    >
      {fields.map(({ column, format, text }) => {
        const problem = problems[column];
        return (
          <ValueInput
            key={column}
            column={column}
            format={format}
            value={typed[column] ?? text}
            onChange={(value) => setTyped((before) => ({ ...before, [column]: value }))}
            error={problem === undefined ? null : fieldText(t, problem)}
          />
        );
      })}
      {nothing && (
        <p role="alert" className={classes.nothing}>
          {t('conflicts.editNothing')}
        </p>
      )}
      <div className={classes.actions}>
        <Button type="submit" loading={busy} rightSection={<KeyHint keys="mod+Enter" quiet />}>
          {t('conflicts.editSave')}
        </Button>
        <Button variant="subtle" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}
