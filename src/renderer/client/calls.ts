import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
} from '@tanstack/react-query';
import type { Input, Output } from '#shared/contract/contract.ts';
import type { AppErrorException } from './client.ts';
import { useClient } from './provider.tsx';
import type { CommandName, QueryName } from './reads.ts';

export interface CallOptions {
  /** `false`: do not ask yet. */
  readonly enabled?: boolean;
  /** Shows the answer to the previous input until the new one is here: for lists that follow typing. */
  readonly keepPrevious?: boolean;
  /** Asks again every so many milliseconds, for what no event tells. */
  readonly every?: number;
  /** Asks again when what shows it appears; what is known meanwhile is shown. */
  readonly afresh?: boolean;
}

/** The answer to a query, kept fresh by the workstation's `changed` events. */
export function useCall<N extends QueryName>(
  name: N,
  input: Input<N>,
  options: CallOptions = {},
): UseQueryResult<Output<N>, AppErrorException> {
  const client = useClient();
  return useQuery<Output<N>, AppErrorException>({
    queryKey: [name, input],
    queryFn: () => client.call(name, input),
    enabled: options.enabled ?? true,
    refetchInterval: options.every ?? false,
    refetchOnMount: options.afresh ? 'always' : true,
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
  });
}

/** A command of the contract: `mutateAsync(input)` gives its output or throws an AppErrorException. */
export function useCommand<N extends CommandName>(
  name: N,
): UseMutationResult<Output<N>, AppErrorException, Input<N>> {
  const client = useClient();
  return useMutation<Output<N>, AppErrorException, Input<N>>({
    mutationKey: [name],
    mutationFn: (input) => client.call(name, input),
  });
}
