import { useTranslation } from 'react-i18next';
import { useClient } from '#renderer/client/provider.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { createKeeper, type Keeper } from './keeper.ts';
import { endKeeper } from './keepers.ts';
import { useNoteQueries } from './useNoteQueries.ts';

/** Gives a draft up, with a way back: what was typed is put into the file again. */
export function useDiscard(keeper: Keeper, onDone: () => void): () => Promise<void> {
  const { t } = useTranslation();
  const client = useClient();
  const refresh = useNoteQueries();
  return async () => {
    const { saved, content } = await keeper.flush();
    endKeeper(keeper);
    if (saved !== null) {
      await client.ask('notes.dropDraft', { id: saved.id });
      const again = async () => {
        // A note that was begun since is kept beside it.
        const back = createKeeper(client, keeper.subject, { title: '', sections: [], reason: '' });
        back.write(content);
        await back.flush();
        back.end();
        refresh();
      };
      toast(t('notes.write.discarded'), { undo: again });
    }
    onDone();
    refresh();
  };
}
