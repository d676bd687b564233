import { useEffect, useState } from 'react';
import { useCommand } from '#renderer/client/calls.ts';
import type { AppErrorException } from '#renderer/client/client.ts';
import { useClient } from '#renderer/client/provider.tsx';
import type { Input, Output } from '#shared/contract/contract.ts';

const second = 1000;

export interface Holding {
  readonly fee: Output<'panel.hold'>['fee'];
  /** Whether the time is kept; `asking` before that is known, `none` where nobody could hear of it. */
  readonly kept: 'asking' | 'kept' | 'expired' | 'none' | 'refused';
  /** Seconds left. */
  readonly left: number;
  readonly failure: AppErrorException | null;
  readonly again: () => void;
}

/** Keeps a time while somebody confirms it, and gives it back when they leave. */
export function useHold(wanted: Input<'panel.hold'>): Holding {
  const client = useClient();
  const hold = useCommand('panel.hold');
  const [until, setUntil] = useState<number | null>(null);
  const [now, setNow] = useState(() => performance.now());
  const { mutate } = hold;
  const ask = () =>
    mutate(wanted, {
      onSuccess: ({ seconds }) => {
        setNow(performance.now());
        setUntil(seconds === null ? null : performance.now() + seconds * second);
      },
    });
  // What is wanted is another thing when it says something else.
  useEffect(ask, [JSON.stringify(wanted)]);
  useEffect(() => () => void client.call('panel.release', {}).catch(() => undefined), [client]);
  useEffect(() => {
    const beat = setInterval(() => setNow(performance.now()), second);
    return () => clearInterval(beat);
  }, []);
  const left = until === null ? 0 : Math.max(0, Math.ceil((until - now) / second));
  const known = until === null ? 'none' : left > 0 ? 'kept' : 'expired';
  return {
    fee: hold.data?.fee ?? null,
    kept: hold.isError ? 'refused' : hold.isSuccess ? known : 'asking',
    left,
    failure: hold.error,
    again: ask,
  };
}
