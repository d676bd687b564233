import { useState } from 'react';
import { useCall } from '#renderer/client/calls.ts';
import type { AppErrorException } from '#renderer/client/client.ts';
import type { Prescription } from '#shared/contract/prescriptions.ts';
import type { PatientId, PrescriptionId } from '#shared/kernel/ids.ts';

const pageOf = 50;

interface Past {
  readonly prescriptions: readonly Prescription[];
  readonly more: boolean;
  readonly loading: boolean;
  readonly error: AppErrorException | null;
  readonly loadMore: () => void;
  readonly retry: () => void;
}

/** What is over, a page at a time. What was loaded before stays as it was read; the page that is read last is kept fresh. */
export function usePastPrescriptions(patientId: PatientId): Past {
  const [before, setBefore] = useState<readonly Prescription[]>([]);
  const after = (before.at(-1)?.id ?? null) as PrescriptionId | null;
  const { data, error, isPending, refetch } = useCall('prescriptions.past', {
    patientId,
    after,
    limit: pageOf,
  });
  const page = data?.prescriptions ?? [];
  const fresh = new Set(page.map(({ id }) => id));
  return {
    prescriptions: [...before.filter(({ id }) => !fresh.has(id)), ...page],
    more: data?.more ?? before.length > 0,
    loading: isPending,
    error,
    loadMore: () => setBefore([...before, ...page]),
    retry: () => void refetch(),
  };
}
