import { Alert, Button, Checkbox, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { PatientPicker, type RegisterInline } from '#renderer/ui/PatientPicker.tsx';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Input } from '#shared/contract/contract.ts';
import { type BookingDraft, checkBooking, fieldOf, overrideOf } from './booking-form.ts';
import classes from './Sheets.module.css';
import { useAppointments } from './store.ts';
import { type ShownProblem, TimeFields, useDraftColumn } from './TimeFields.tsx';
import { toneOfOutcome, useAppointmentWords } from './useAppointmentCommands.ts';
import { VisitTypeField } from './VisitTypeField.tsx';

const formId = 'booking-form';

/** Sends a booking. While the centre is asked its block is on the board already, and the sheet is gone. */
function useBook(onProblem: (problem: ShownProblem | null) => void) {
  const { t } = useTranslation();
  const wordsOf = useAppointmentWords();
  const command = useCommand('appointments.book');
  const { setBooking, clearDraft, closeSheet } = useAppointments.getState();
  const book = async (input: Input<'appointments.book'>) => {
    const { patientId, practitionerId, startLocal } = input;
    setBooking({ patientId, practitionerId, startLocal });
    onProblem(null);
    try {
      const { appointment, outcome } = await command.mutateAsync(input);
      const told = input.request && outcome === 'confirmed' ? 'requested' : outcome;
      toast(t(`appointments.book.done.${told}`, wordsOf(appointment)), { tone: toneOfOutcome(outcome) });
      clearDraft();
      if (useAppointments.getState().sheet?.kind === 'book') closeSheet();
    } catch (failure) {
      const error = failure instanceof AppErrorException ? failure.error : null;
      const field = error ? fieldOf(error) : 'form';
      const text = errorText(t, failure);
      const override = error && overrideOf(error);
      // The sheet has gone when the booking was on the board for a moment: then the line below tells.
      if (useAppointments.getState().sheet?.kind === 'book') onProblem({ field, text, override });
      else toast(t('appointments.done.failed', { reason: text }), { tone: 'problem' });
    } finally {
      setBooking(null);
    }
  };
  return { book, booking: command.isPending };
}

/** Books an appointment beside the board: who, with whom, when, about what. */
export function BookingSheet({
  renderRegister,
}: {
  renderRegister?: (register: RegisterInline) => ReactNode;
}) {
  const draft = useAppointments((state) => state.draft);
  return draft && <Booking draft={draft} {...(renderRegister ? { renderRegister } : {})} />;
}

interface BookingProps {
  readonly draft: BookingDraft;
  readonly renderRegister?: (register: RegisterInline) => ReactNode;
}

function Booking({ draft, renderRegister }: BookingProps) {
  const { t } = useTranslation();
  const { timeZone } = useFormat();
  const { editDraft, closeSheet } = useAppointments.getState();
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const [restored, setRestored] = useState(draft.patient !== null || draft.note !== '');
  const { column } = useDraftColumn(draft);
  const note = useRef<HTMLInputElement>(null);
  const { book, booking } = useBook(setProblem);
  const change = (part: Partial<BookingDraft>) => {
    editDraft(part);
    setProblem(null);
  };
  const submit = () => {
    const checked = checkBooking(draft, column);
    if (checked.ok) void book(checked.value);
    else {
      const { field, code, words } = checked.problem;
      const text = t(`appointments.book.problem.${code}`, { ...words });
      setProblem({ field, text, override: overrideOf(checked.problem) });
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit();
  };
  useKeys(t('appointments.book.title'), [
    { keys: 'mod+Enter', label: t('appointments.book.submit'), run: submit, inFields: true },
  ]);
  const submitLabel = t(
    draft.overbook !== null
      ? 'appointments.book.submitOverbook'
      : draft.request
        ? 'appointments.book.submitRequest'
        : 'appointments.book.submit',
  );
  return (
    <SideSheet
      title={t('appointments.book.title')}
      onClose={closeSheet}
      footer={
        <Button
          type="submit"
          form={formId}
          loading={booking}
          rightSection={<KeyHint keys="mod+Enter" quiet />}
        >
          {submitLabel}
        </Button>
      }
    >
      <div className={classes.fields}>
        {problem?.field === 'form' && (
          <Alert color="red" variant="light" role="alert">
            {problem.text}
          </Alert>
        )}
        {restored && (
          <p className={classes.restored}>
            {t('appointments.book.restored')}
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => {
                change({ patient: null, note: '', request: false, visitTypeId: null, overbook: null });
                setRestored(false);
              }}
            >
              {t('common.clearDraft')}
            </Button>
          </p>
        )}
        <PatientPicker
          label={t('appointments.details.patient')}
          picked={draft.patient}
          autoFocus
          error={problem?.field === 'patient' ? problem.text : undefined}
          onPick={(patient) => {
            change({ patient });
            note.current?.focus();
          }}
          onClear={() => change({ patient: null })}
          {...(renderRegister ? { renderRegister } : {})}
        />
        {draft.patient && problem?.field === 'patient' && (
          <p className={classes.problem} role="alert">
            {problem.text}
          </p>
        )}
        <form id={formId} className={classes.fields} onSubmit={onSubmit} noValidate>
          <VisitTypeField
            value={draft.visitTypeId}
            onChange={(type) =>
              change({
                visitTypeId: type?.id ?? null,
                overbook: null,
                ...(type ? { minutes: type.minutes } : {}),
              })
            }
          />
          <TimeFields draft={draft} onChange={change} problem={problem} timeZone={timeZone} />
          <TextInput
            ref={note}
            label={t('appointments.book.note')}
            placeholder={t('appointments.book.notePlaceholder')}
            maxLength={500}
            value={draft.note}
            {...(draft.patient ? { 'data-autofocus': true } : {})}
            onChange={(event) => change({ note: event.currentTarget.value })}
          />
          <Checkbox
            label={t('appointments.book.request')}
            description={t('appointments.book.requestHint')}
            checked={draft.request}
            onChange={(event) => change({ request: event.currentTarget.checked })}
          />
        </form>
      </div>
    </SideSheet>
  );
}
