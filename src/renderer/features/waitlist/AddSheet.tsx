import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { useCurrentUser } from '#renderer/client/session.ts';
import { PatientPicker, type RegisterInline } from '#renderer/ui/PatientPicker.tsx';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import { useWaitlist } from './store.ts';
import { WishFields } from './WishFields.tsx';
import { emptyWish, problemsOf, type WishDraft, type WishStart, wishOf } from './wish-draft.ts';

interface AddSheetProps {
  /** What is known already; it takes the place of what was typed before. */
  readonly start?: WishStart;
  readonly renderRegister?: (register: RegisterInline) => ReactNode;
  readonly onClose: () => void;
  readonly onAdded?: () => void;
}

/** Puts somebody on the waiting list. */
export function AddSheet({ start, renderRegister, onClose, onAdded }: AddSheetProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const userId = useCurrentUser()?.id;
  const add = useCommand('waitlist.add');
  const first = useRef<HTMLInputElement>(null);
  const { claim, setDraft } = useWaitlist.getState();
  const kept = useWaitlist((state) => (state.owner === userId ? state.draft : null));
  const draft = kept ?? emptyWish(format.today(), start);
  useEffect(() => {
    if (!userId) return;
    claim(userId);
    if (start) setDraft(emptyWish(format.today(), start));
  }, [userId]);
  const { save, saving, errorAt, problem } = useSave(() => {
    setDraft(null);
    onClose();
    onAdded?.();
  });
  const change = (part: Partial<WishDraft>) => setDraft({ ...draft, ...part });
  const submit = () => {
    const { patient } = draft;
    const wish = wishOf(draft);
    const missing = patient === null ? { patient: 'required' } : {};
    void save({ ...missing, ...problemsOf(wish) }, async () => {
      if (patient === null) return;
      const { patientName } = await add.mutateAsync({ patientId: patient.id, wish });
      toast(t('waitlist.done.added', { patient: patientName }));
    });
  };
  return (
    <SaveSheet
      call="waitlist.add"
      title={t('waitlist.add')}
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
      above={
        <PatientPicker
          picked={draft.patient}
          autoFocus
          error={errorAt('patient') && t('appointments.book.problem.patient')}
          onPick={(patient) => {
            change({ patient });
            first.current?.focus();
          }}
          onClear={() => change({ patient: null })}
          {...(renderRegister ? { renderRegister } : {})}
        />
      }
    >
      <WishFields draft={draft} onChange={change} errorAt={errorAt} first={first} />
    </SaveSheet>
  );
}
