import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { SignSheet } from '#renderer/ui/SignSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { signedSections } from '#shared/domain/notes/sections.ts';
import type { Keeper } from './keeper.ts';
import { endKeeper } from './keepers.ts';
import { NoteBody } from './NoteBody.tsx';
import classes from './Notes.module.css';
import { useNoteQueries } from './useNoteQueries.ts';

interface SignNoteProps {
  readonly keeper: Keeper;
  readonly patientName: string;
  readonly onClose: () => void;
  readonly onSigned: () => void;
}

/** Shows what is signed, word for word, and signs the draft as it is in the file and nothing else. */
export function SignNote({ keeper, patientName, onClose, onSigned }: SignNoteProps) {
  const { t } = useTranslation();
  const sign = useCommand('notes.sign');
  const refresh = useNoteQueries();
  const { content } = useSyncExternalStore(keeper.subscribe, keeper.get);
  const write = async (pin: string) => {
    const { saved, state, problem } = await keeper.flush();
    if (saved === null || state !== 'kept') throw new AppErrorException(problem ?? { code: 'unavailable' });
    await sign.mutateAsync({ id: saved.id, revision: saved.revision, pin });
  };
  return (
    <SignSheet
      title={t('notes.write.signTitle')}
      action={t('notes.write.sign')}
      onSign={write}
      onSigned={() => {
        endKeeper(keeper);
        toast(t('notes.write.signed', { name: patientName }));
        onSigned();
        refresh();
      }}
      onClose={onClose}
    >
      <p className={classes.quiet}>{t('notes.write.signWhat')}</p>
      <section className={classes.signed} aria-label={content.title}>
        <h3 className={classes.title}>
          {patientName} · {content.title}
        </h3>
        {content.reason !== '' && (
          <p className={classes.quiet}>{t('notes.list.amendedWhy', { reason: content.reason.trim() })}</p>
        )}
        <NoteBody sections={signedSections(content.sections)} />
      </section>
    </SignSheet>
  );
}
