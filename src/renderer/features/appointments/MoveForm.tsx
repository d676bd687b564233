import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatWallTime } from '#renderer/ui/format.ts';
import type { AppointmentView } from '#shared/contract/appointments.ts';
import { checkTime, overbookOf, overrideOf, type VisitDraft } from './booking-form.ts';
import type { PendingMove } from './optimistic.ts';
import classes from './Sheets.module.css';
import { type ShownProblem, TimeFields, useDraftColumn, useOnceKnown } from './TimeFields.tsx';
import { useMove } from './useAppointmentCommands.ts';
import { useHold } from './useHold.ts';

interface MoveFormProps {
  readonly id: string;
  readonly appointment: AppointmentView;
  readonly onDone: () => void;
  /** The following of its series go along: they are looked at first. */
  readonly onFollowing?: ((move: PendingMove) => void) | undefined;
}

/** Another time, another doctor, or both. The board shows it at once and takes it back when it cannot be. */
export function MoveForm({ id, appointment, onDone, onFollowing }: MoveFormProps) {
  const { t } = useTranslation();
  const move = useMove();
  // As it was when the form opened: what other desks do meanwhile must not pass for seen.
  const [opened] = useState(appointment);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const [draft, setDraft] = useState<VisitDraft>({
    practitionerId: appointment.practitionerId,
    date: appointment.startLocal.slice(0, 10),
    time: formatWallTime(appointment.startLocal),
    minutes: appointment.minutes,
    locationId: appointment.locationId,
    visitTypeId: appointment.visitTypeId,
    overbook: null,
  });
  const { column, known } = useDraftColumn(draft);
  useHold(checkTime(draft, column, appointment.id));
  const submit = useOnceKnown(known, () => {
    // Where its own series is, it comes away too: what is in the way is told with each of them.
    const asked = onFollowing ? { ...draft, overbook: '-' } : draft;
    const checked = checkTime(asked, column, appointment.id);
    if (!checked.ok) {
      const { field, code, words } = checked.problem;
      const text = t(`appointments.book.problem.${code}`, { ...words });
      return setProblem({ field, text, override: overrideOf(checked.problem) });
    }
    if (onFollowing) return onFollowing(checked.value);
    onDone();
    void move(opened, checked.value, overbookOf(draft));
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit();
  };
  return (
    <form id={id} className={classes.fields} onSubmit={onSubmit} noValidate>
      <TimeFields
        draft={draft}
        onChange={(change) => {
          setDraft({ ...draft, ...change });
          setProblem(null);
        }}
        problem={problem}
        timeZone={appointment.timeZone}
        autoFocus
      />
    </form>
  );
}
