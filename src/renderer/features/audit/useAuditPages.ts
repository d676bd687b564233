import { useInfiniteQuery } from '@tanstack/react-query';
import type { AppErrorException } from '#renderer/client/client.ts';
import { useClient } from '#renderer/client/provider.tsx';
import type { AuditFilter, AuditLine } from '#shared/contract/audit.ts';
import type { Output } from '#shared/contract/contract.ts';

type Page = Output<'audit.list'>;

interface Shown {
  readonly lines: readonly AuditLine[];
  /** What the first page told besides its lines; there is one as soon as there is anything. */
  readonly first: Page | undefined;
}

/** The trail a page at a time. It is asked for when the screen opens and when somebody asks again; it changes with every look at it. */
export function useAuditPages(filter: AuditFilter) {
  const client = useClient();
  return useInfiniteQuery<Page, AppErrorException, Shown, readonly unknown[], string | null>({
    queryKey: ['audit.list', filter],
    queryFn: ({ pageParam }) =>
      client.call('audit.list', {
        ...filter,
        kinds: filter.kinds === null ? null : [...filter.kinds],
        before: pageParam,
      }),
    initialPageParam: null,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => ({ lines: pages.flatMap(({ lines }) => lines), first: pages[0] }),
  });
}
