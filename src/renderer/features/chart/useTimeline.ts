import { useInfiniteQuery } from '@tanstack/react-query';
import type { AppErrorException } from '#renderer/client/client.ts';
import { useClient } from '#renderer/client/provider.tsx';
import type { TimelineItem } from '#shared/contract/chart.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { Place, TimelineKind } from '#shared/domain/chart/timeline.ts';
import type { PatientId } from '#shared/kernel/ids.ts';

type Page = Output<'chart.timeline'>;

interface Shown {
  readonly items: readonly TimelineItem[];
  /** Whether older appointments may still arrive on this workstation. */
  readonly complete: boolean;
}

/** What happened to a patient, a page at a time. */
export function useTimeline(id: PatientId, kinds: readonly TimelineKind[]) {
  const client = useClient();
  return useInfiniteQuery<Page, AppErrorException, Shown, readonly unknown[], Place | null>({
    queryKey: ['chart.timeline', { id, kinds }],
    queryFn: ({ pageParam }) =>
      client.call('chart.timeline', { id, kinds: [...kinds], before: pageParam, limit: 50 }),
    initialPageParam: null,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => ({
      items: pages.flatMap(({ items }) => items),
      complete: pages.every(({ complete }) => complete),
    }),
  });
}
