import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import type { OpenChart } from '#shared/contract/chart.ts';
import type { ProblemView } from '#shared/contract/problems.ts';
import { ProblemSheet } from './ProblemSheet.tsx';

/** The problems of a chart, and the sheet one of them, or a new one, is open in. */
export function useProblems({ patient }: OpenChart) {
  const { t } = useTranslation();
  const user = useCurrentUser();
  const mayAdd = mayCall(user, 'problems.add');
  const [open, setOpen] = useState<'new' | string | null>(null);
  const { data, error, refetch } = useCall('problems.list', { patientId: patient.id });
  const openNew = () => setOpen('new');
  useKeys(t('problems.title'), [
    { keys: 'd|alt+d', label: t('problems.add'), run: openNew, inFields: true, enabled: mayAdd },
  ]);
  const shown = data?.find(({ id }) => id === open);
  const close = () => setOpen(null);
  const sheet: ReactNode =
    open === 'new' ? (
      <ProblemSheet patient={patient} onClose={close} />
    ) : (
      shown && <ProblemSheet key={shown.id} patient={patient} problem={shown} onClose={close} />
    );
  return {
    list: data,
    failure: error,
    retry: () => void refetch(),
    openNew,
    mayAdd,
    openOne: mayCall(user, 'problems.change') ? ({ id }: ProblemView) => setOpen(id) : undefined,
    sheet,
  };
}
