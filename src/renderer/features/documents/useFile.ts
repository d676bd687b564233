import { useEffect, useRef, useState } from 'react';
import { AppErrorException, type Client } from '#renderer/client/client.ts';
import { useClient } from '#renderer/client/provider.tsx';
import type { DocumentView } from '#shared/contract/documents.ts';
import { partsOf } from '#shared/domain/documents/limits.ts';

type NotHere = 'absent' | 'late' | 'damaged' | 'out-of-reach';

/** A document's file: on its way, here, not to be had now, or a call that failed. */
export type FileState =
  | { readonly state: 'loading' }
  | { readonly state: 'here'; readonly blob: Blob; readonly url: string }
  | { readonly state: 'not-here'; readonly why: NotHere }
  | { readonly state: 'failed'; readonly failure: AppErrorException };

const readFile = async (client: Client, { id, size, contentType }: DocumentView): Promise<Blob> => {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let n = 0; n < partsOf(size); n += 1) {
    const { data } = await client.call('documents.bytes', { id, n });
    parts.push(Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0)));
  }
  return new Blob(parts, { type: contentType });
};

/** Fetches the file of a document, from the centre when it is not here; `retry` asks anew. */
export function useFile(document: DocumentView): { readonly file: FileState; readonly retry: () => void } {
  const client = useClient();
  const [file, setFile] = useState<FileState>({ state: 'loading' });
  const [tries, setTries] = useState(0);
  const opened = useRef(document);
  useEffect(() => {
    let url: string | null = null;
    let gone = false;
    const show = (next: FileState) => !gone && setFile(next);
    const load = async () => {
      show({ state: 'loading' });
      const { file: found } = await client.call('documents.open', { id: document.id });
      if (found !== 'here') return show({ state: 'not-here', why: found });
      const blob = await readFile(client, opened.current);
      if (gone) return;
      url = URL.createObjectURL(blob);
      show({ state: 'here', blob, url });
    };
    load().catch((failure: unknown) =>
      show({
        state: 'failed',
        failure: failure instanceof AppErrorException ? failure : new AppErrorException({ code: 'internal' }),
      }),
    );
    return () => {
      gone = true;
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [client, document.id, tries]);
  return { file, retry: () => setTries((before) => before + 1) };
}
