import { useEffect, useState } from 'react';
import type { AppErrorException } from '#renderer/client/client.ts';
import { useClient } from '#renderer/client/provider.tsx';
import type { Output } from '#shared/contract/contract.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { useDraftsChanged } from './useNoteQueries.ts';

type Writing = Output<'notes.writing'>;

/** What the user is writing about a patient, read from the file each time: an answer from before knows less than a draft. */
export function useWriting(patientId: PatientId) {
  const client = useClient();
  const times = useDraftsChanged((state) => state.times);
  const [read, setRead] = useState<{ readonly times: number; readonly writing: Writing } | null>(null);
  const [failure, setFailure] = useState<AppErrorException | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let left = false;
    const read = async () => {
      try {
        const found = await client.call('notes.writing', { patientId });
        if (left) return;
        setRead({ times, writing: found });
        setFailure(null);
      } catch (error) {
        if (!left) setFailure(error as AppErrorException);
      }
    };
    void read();
    return () => {
      left = true;
    };
  }, [client, patientId, times, tries]);
  // What was read before a draft was signed or given up would bring it back.
  const writing = read?.times === times ? read.writing : null;
  return { writing, times, failure, retry: () => setTries((count) => count + 1) };
}
