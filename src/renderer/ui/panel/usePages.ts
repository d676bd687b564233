import { type InfiniteData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import type { AppErrorException } from '#renderer/client/client.ts';
import { useClient } from '#renderer/client/provider.tsx';
import type { Input, Output } from '#shared/contract/contract.ts';
import { failureOf } from './failure-of.ts';

/** Calls of the panel that answer a page at a time. */
type PagedName =
  | 'panel.allergies'
  | 'panel.conditions'
  | 'panel.results'
  | 'panel.resultHistory'
  | 'panel.vitals'
  | 'panel.notes'
  | 'panel.immunizations'
  | 'panel.documents'
  | 'panel.accessLog'
  | 'panel.prescriptions'
  | 'panel.invoices'
  | 'panel.payments';

/** How often what is looked at is asked again: a patient hears of no change. */
export const panelEvery = 60_000;

/** What was read of a list so far, the newest first, and how it goes on. */
export function usePages<N extends PagedName>(name: N, input: Omit<Input<N>, 'before'>) {
  const client = useClient();
  const query = useInfiniteQuery<
    Output<N>,
    AppErrorException,
    InfiniteData<Output<N>, string | null>,
    QueryKey,
    string | null
  >({
    queryKey: [name, 'pages', input],
    queryFn: ({ pageParam }) => client.call(name, { ...input, before: pageParam } as Input<N>),
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
    refetchInterval: panelEvery,
  });
  const pages = query.data?.pages ?? [];
  return {
    first: pages[0],
    items: pages.flatMap((page): readonly unknown[] => page.items) as unknown as Output<N>['items'],
    more: query.hasNextPage,
    loading: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
    error: failureOf(query),
    retry: () => void query.refetch(),
  };
}
