import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { useCurrentUser } from '#renderer/client/session.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { AbsenceDetails } from '#shared/contract/absence.ts';
import { readDraft } from './draft.ts';
import { draftOf, useAbsence } from './store.ts';

/** The plan does not depend on what the absence is called: typing that asks for no new one. */
const unnamed = (details: AbsenceDetails): AbsenceDetails => ({ ...details, name: '-' });

const nobody = {
  practitionerId: '00000000-0000-4000-8000-000000000000' as AbsenceDetails['practitionerId'],
  startDate: '2000-01-01',
  endDate: '2000-01-01',
  startTime: null,
  endTime: null,
  name: '-',
} as const;

/** The absence being planned, and what the workstation proposes for it. */
export function useAbsencePlan() {
  const { t } = useTranslation();
  const format = useFormat();
  const userId = useCurrentUser()?.id;
  useEffect(() => {
    if (userId) useAbsence.getState().claim(userId);
  }, [userId]);
  const known = useAbsence((state) => state.draft);
  const choices = useAbsence((state) => state.choices);
  const leaves = useAbsence((state) => state.leaving !== null);
  const draft = known ?? draftOf(format.today(), null, t('absence.usual.ill'));
  const { details, problems } = readDraft(draft);
  const absence = details === null ? nobody : unnamed(details);
  const plan = useCall(
    'absence.plan',
    { absence, choices: [...choices], leaves },
    { enabled: details !== null, keepPrevious: true },
  );
  const planned = details === null ? undefined : plan.data;
  // What was chosen a moment ago is newer than the plan that is still shown.
  const current =
    plan.isPlaceholderData && choices.length > 0
      ? choices
      : (planned?.visits ?? []).map(({ choice }) => choice);
  return { draft, details, problems, absence, leaves, plan, planned, choices: current };
}
