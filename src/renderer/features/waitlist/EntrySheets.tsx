import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { ReasonForm } from '#renderer/ui/ReasonForm.tsx';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { WaitlistEntryView } from '#shared/contract/waitlist.ts';
import { useRelease } from './useEntryCommands.ts';
import classes from './Waitlist.module.css';
import { WishFields } from './WishFields.tsx';
import { draftOf, problemsOf, type WishDraft, wishOf } from './wish-draft.ts';

interface EntrySheetProps {
  readonly entry: WaitlistEntryView;
  readonly onClose: () => void;
}

/** Changes what would do for somebody who waits. */
export function EditSheet({ entry, onClose }: EntrySheetProps) {
  const { t } = useTranslation();
  const change = useCommand('waitlist.change');
  const [draft, setDraft] = useHeldState<WishDraft>(`waitlist entry ${entry.id}`, () => draftOf(entry));
  const { save, saving, errorAt, problem } = useSave(onClose);
  const submit = () => {
    const wish = wishOf(draft);
    void save(problemsOf(wish), async () => {
      const { patientName } = await change.mutateAsync({ id: entry.id, wish });
      toast(t('waitlist.done.changed', { patient: patientName }));
    });
  };
  return (
    <SaveSheet
      call="waitlist.change"
      title={t('waitlist.edit')}
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
      above={<p className={classes.person}>{entry.patientName}</p>}
    >
      <WishFields
        draft={draft}
        errorAt={errorAt}
        onChange={(part) => setDraft((old) => ({ ...old, ...part }))}
      />
    </SaveSheet>
  );
}

/** Takes somebody off the list, with a reason. */
export function CancelSheet({ entry, onClose }: EntrySheetProps) {
  const { t } = useTranslation();
  const cancel = useCommand('waitlist.cancel');
  const release = useRelease();
  const [busy, setBusy] = useState(false);
  const formId = 'waitlist-cancel-form';
  return (
    <SideSheet
      title={t('waitlist.cancelTitle')}
      onClose={onClose}
      footer={
        <Button
          type="submit"
          form={formId}
          color="red.9"
          loading={busy}
          rightSection={<KeyHint keys="Enter" quiet />}
        >
          {t('waitlist.cancel')}
        </Button>
      }
    >
      <p className={classes.person}>{entry.patientName}</p>
      <ReasonForm
        id={formId}
        label={t('appointments.details.reason')}
        usual={[t('waitlist.reasonElsewhere'), t('waitlist.reasonBetter'), t('waitlist.reasonUnreached')]}
        onBusy={setBusy}
        onSubmit={async (reason) => {
          await cancel.mutateAsync({ id: entry.id, reason });
          toast(t('waitlist.done.cancelled', { patient: entry.patientName }), {
            undo: () => release(entry, 'reopened'),
          });
          onClose();
        }}
      />
    </SideSheet>
  );
}
