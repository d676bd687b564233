import { useDebouncedValue } from '@mantine/hooks';
import { useCall } from '#renderer/client/calls.ts';
import type { AppErrorException } from '#renderer/client/client.ts';
import type { PatientSummary } from '#shared/contract/patients.ts';

/** The search is local and takes milliseconds; this only spares the work for keys pressed in one go. */
const typingPause = 60;

export interface PatientSearch {
  readonly patients: readonly PatientSummary[];
  /** The text `patients` belong to is not the typed one yet. */
  readonly behind: boolean;
  readonly failure: AppErrorException | null;
  readonly retry: () => void;
}

/** Patients found while typing; the recent ones while nothing is typed. */
export function usePatientSearch(text: string, limit: number, enabled = true): PatientSearch {
  const [settled] = useDebouncedValue(text.trim(), typingPause);
  const answer = useCall(
    'patients.search',
    { text: settled.slice(0, 200), limit },
    { keepPrevious: true, enabled },
  );
  return {
    patients: answer.data ?? [],
    behind: enabled && (settled !== text.trim() || answer.isPlaceholderData || answer.isPending),
    failure: answer.error,
    retry: () => void answer.refetch(),
  };
}
