import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { AppErrorException } from '#renderer/client/client.ts';
import { useClient } from '#renderer/client/provider.tsx';
import type { Output } from '#shared/contract/contract.ts';
import type { OversightRow } from '#shared/contract/oversight.ts';
import type { Oversight } from './filter.ts';

type Page = Output<'oversight.list'>;
type Place = Page['next'];

/** Rows that are shown at once, about: who wants others narrows it down. */
export const mostShown = 4000;
/** Pages without a row end somewhere too. */
const mostPages = 100;

interface Shown {
  readonly rows: readonly OversightRow[];
  /** What each page tells besides its rows. */
  readonly first: Page | undefined;
  /** There are more, but no more are shown. */
  readonly cut: boolean;
}

const countOf = (pages: readonly Page[]): number => pages.reduce((sum, { rows }) => sum + rows.length, 0);
const isEnough = (pages: readonly Page[]): boolean =>
  pages.length >= mostPages || countOf(pages) >= mostShown;

/** All appointments that fit, a page at a time; kept fresh like every answer. */
export function useOversightPages({ filter, order, problem }: Oversight) {
  const client = useClient();
  const pages = useInfiniteQuery<Page, AppErrorException, Shown, readonly unknown[], Place>({
    queryKey: ['oversight.list', filter, order],
    queryFn: ({ pageParam }) =>
      client.call('oversight.list', {
        ...filter,
        outcomes: filter.outcomes === null ? null : [...filter.outcomes],
        order,
        after: pageParam,
      }),
    enabled: problem === null,
    initialPageParam: null,
    getNextPageParam: ({ next }, all) => (isEnough(all) ? null : next),
    select: ({ pages: all }) => ({
      rows: all.flatMap(({ rows }) => rows),
      first: all[0],
      cut: isEnough(all) && all.at(-1)?.next != null,
    }),
  });
  const { data, hasNextPage, isFetching, fetchNextPage } = pages;
  // What was looked through for a page may have had nothing that fits.
  useEffect(() => {
    if (data?.rows.length === 0 && hasNextPage && !isFetching) void fetchNextPage();
  }, [data, hasNextPage, isFetching, fetchNextPage]);
  return pages;
}
