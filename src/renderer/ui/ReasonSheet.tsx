import { Button } from '@mantine/core';
import { useId, useState } from 'react';
import formClasses from './Form.module.css';
import { KeyHint } from './keys/KeyHint.tsx';
import { ReasonForm } from './ReasonForm.tsx';
import { SideSheet } from './SideSheet.tsx';

export interface ReasonSheetProps {
  readonly title: string;
  /** What it is about. */
  readonly about: string;
  readonly label: string;
  readonly usual: readonly string[];
  readonly submit: string;
  readonly onSubmit: (reason: string) => Promise<void>;
  readonly onClose: () => void;
}

/** One decision about one thing, with its reason. */
export function ReasonSheet({ title, about, label, usual, submit, onSubmit, onClose }: ReasonSheetProps) {
  const form = useId();
  const [busy, setBusy] = useState(false);
  return (
    <SideSheet
      title={title}
      onClose={onClose}
      footer={
        <Button
          type="submit"
          form={form}
          color="red.9"
          loading={busy}
          rightSection={<KeyHint keys="Enter" quiet />}
        >
          {submit}
        </Button>
      }
    >
      <p className={`${formClasses.quiet} ${formClasses.above}`}>{about}</p>
      <ReasonForm id={form} label={label} usual={usual} onBusy={setBusy} onSubmit={onSubmit} />
    </SideSheet>
  );
}
