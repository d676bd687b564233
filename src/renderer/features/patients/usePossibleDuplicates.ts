import { useInfiniteQuery } from '@tanstack/react-query';
import type { AppErrorException } from '#renderer/client/client.ts';
import { useClient } from '#renderer/client/provider.tsx';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { PossibleDuplicate } from '#shared/contract/patient-merge.ts';
import type { PatientId } from '#shared/kernel/ids.ts';

type Page = Output<'patients.possibleDuplicates'>;

export const pairKey = ({ left, right }: PossibleDuplicate): string => `${left.id} ${right.id}`;

/** Pairs that are likely one person, the newest first; nobody who may not decide is asked. */
export function usePossibleDuplicates() {
  const client = useClient();
  const may = mayCall(useCurrentUser(), 'patients.possibleDuplicates');
  const answer = useInfiniteQuery<
    Page,
    AppErrorException,
    readonly PossibleDuplicate[],
    readonly unknown[],
    PatientId | null
  >({
    queryKey: ['patients.possibleDuplicates', {}],
    queryFn: ({ pageParam }) => client.call('patients.possibleDuplicates', { before: pageParam }),
    initialPageParam: null,
    getNextPageParam: ({ next }) => next ?? undefined,
    enabled: may,
    // Two records registered lately are found from either.
    select: ({ pages }) => [
      ...new Map(pages.flatMap(({ pairs }) => pairs).map((pair) => [pairKey(pair), pair])).values(),
    ],
  });
  return { may, answer };
}
