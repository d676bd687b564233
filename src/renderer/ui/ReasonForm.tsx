import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from './error-text.ts';
import classes from './Form.module.css';

export interface ReasonFormProps {
  readonly id: string;
  readonly label: string;
  /** Usual reasons, one press each. */
  readonly usual: readonly string[];
  /** Does it; what it rejects with is shown at the field. */
  readonly onSubmit: (reason: string) => Promise<void>;
  readonly onBusy: (busy: boolean) => void;
  /** Where no sheet puts the cursor into it. */
  readonly focused?: boolean;
  /** The longest reason its place can hold. */
  readonly most?: number;
}

/** Asks why. Nothing is cancelled or rejected without a reason the other side can read. */
export function ReasonForm({
  id,
  label,
  usual,
  onSubmit,
  onBusy,
  focused = false,
  most = 500,
}: ReasonFormProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focused) field.current?.focus();
  }, [focused]);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!reason.trim()) return setProblem(t('appointments.details.reasonMissing'));
    onBusy(true);
    try {
      await onSubmit(reason.trim());
    } catch (failure) {
      setProblem(errorText(t, failure));
    } finally {
      onBusy(false);
    }
  };
  return (
    <form id={id} className={classes.fields} onSubmit={(event) => void submit(event)} noValidate>
      <TextInput
        ref={field}
        label={label}
        value={reason}
        maxLength={most}
        error={problem}
        data-autofocus
        onChange={(event) => {
          setReason(event.currentTarget.value);
          setProblem(null);
        }}
      />
      <div className={classes.chips}>
        {usual.map((text) => (
          <Button
            key={text}
            type="button"
            variant="default"
            size="compact-sm"
            onClick={() => setReason(text)}
          >
            {text}
          </Button>
        ))}
      </div>
    </form>
  );
}
