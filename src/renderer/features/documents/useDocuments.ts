import { useInfiniteQuery } from '@tanstack/react-query';
import type { AppErrorException } from '#renderer/client/client.ts';
import { useClient } from '#renderer/client/provider.tsx';
import type { DocumentView } from '#shared/contract/documents.ts';
import type { PatientId } from '#shared/kernel/ids.ts';

interface Documents {
  /** Undefined until the first page is here. */
  readonly documents: readonly DocumentView[] | undefined;
  readonly error: AppErrorException | null;
  /** Null when all are here. */
  readonly more: (() => void) | null;
  readonly retry: () => void;
}

/** Documents of a person page by page, kept fresh by the workstation's `changed` events. */
export function useDocuments(patientId: PatientId): Documents {
  const client = useClient();
  const { data, error, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: ['documents.list', { patientId, pages: true }],
    queryFn: ({ pageParam }: { pageParam: string | null }) =>
      client.call('documents.list', { patientId, after: pageParam }),
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
  });
  return {
    documents: data?.pages.flatMap((page) => page.documents),
    error: error as AppErrorException | null,
    more: hasNextPage ? () => void fetchNextPage() : null,
    retry: () => void refetch(),
  };
}
