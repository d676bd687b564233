import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { AppErrorException } from '#renderer/client/client.ts';
import { useClient } from '#renderer/client/provider.tsx';
import type { Input, Output } from '#shared/contract/contract.ts';

type PagedName = 'payments.of' | 'payments.day';

/** Rows of the ledger as far as they were looked at, the latest first. */
export function usePaymentPages<N extends PagedName>(name: N, input: Omit<Input<N>, 'before'>) {
  const client = useClient();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery<
    Output<N>,
    AppErrorException,
    { readonly pages: readonly Output<N>[] },
    readonly unknown[],
    string | null
  >({
    queryKey: [name, input],
    queryFn: ({ pageParam }) => client.call(name, { ...input, before: pageParam } as Input<N>),
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
  return {
    first: data?.pages[0],
    rows: data?.pages.flatMap(({ items }) => items) ?? [],
    error,
    retry: () => void refetch(),
    more: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
  };
}
