import { Alert, Button, Checkbox, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useSheetKeys } from '#renderer/ui/keys/useKeys.ts';
import { PatientPicker, type RegisterInline } from '#renderer/ui/PatientPicker.tsx';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFee } from '#renderer/ui/useFee.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { VisitTypeField } from '#renderer/ui/VisitTypeField.tsx';
import type { Input } from '#shared/contract/contract.ts';
import {
  type BookingDraft,
  checkBooking,
  checkTime,
  fieldOf,
  openTimeOf,
  overrideOf,
  placeOf,
} from './booking-form.ts';
import classes from './Sheets.module.css';
import { useAppointments } from './store.ts';
import { type ShownProblem, TimeFields, useDraftColumn, useOnceKnown } from './TimeFields.tsx';
import { toneOfOutcome, useAppointmentWords } from './useAppointmentCommands.ts';
import { useHold } from './useHold.ts';

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
export function BookingSheet(props: Omit<BookingProps, 'draft'>) {
  const draft = useAppointments((state) => state.draft);
  return draft && <Booking draft={draft} {...props} />;
}

interface BookingProps {
  readonly draft: BookingDraft;
  readonly renderRegister?: (register: RegisterInline) => ReactNode;
  /** Where nothing suits: puts the patient on the waiting list instead. */
  readonly onWait?: () => void;
}

function Booking({ draft, renderRegister, onWait }: BookingProps) {
  const { t } = useTranslation();
  const { timeZone } = useFormat();
  const { editDraft, closeSheet, openMatches, openRepeat } = useAppointments.getState();
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const [restored, setRestored] = useState(
    draft.waitlistEntryId === null && (draft.patient !== null || draft.note !== ''),
  );
  const { column, known } = useDraftColumn(draft);
  useHold(checkTime(draft, column));
  const fee = useFee({
    visitTypeId: draft.visitTypeId,
    locationId: placeOf(draft, column),
    day: draft.date,
  });
  const note = useRef<HTMLInputElement>(null);
  const fields = useRef<HTMLDivElement>(null);
  // Whoever confirms further down does not see the field at the top.
  useEffect(() => {
    if (problem?.field === 'patient')
      fields.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problem]);
  const { book, booking } = useBook(setProblem);
  const change = (part: Partial<BookingDraft>) => {
    editDraft(part);
    setProblem(null);
  };
  const mayWait = onWait !== undefined && draft.waitlistEntryId === null;
  const whenRight = (then: (input: Input<'appointments.book'>) => void) => {
    const checked = checkBooking(draft, column);
    if (checked.ok) then(checked.value);
    else {
      const { field, code, words } = checked.problem;
      const text = t(`appointments.book.problem.${code}`, { ...words });
      setProblem({ field, text, override: overrideOf(checked.problem) });
    }
  };
  const submit = useOnceKnown(known, () => whenRight((input) => void book(input)));
  const repeat = useOnceKnown(known, () => whenRight(openRepeat));
  // What answers an entry of the waiting list, or goes beside somebody, is one appointment.
  const mayRepeat = draft.waitlistEntryId === null && draft.overbook === null;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit();
  };
  useSheetKeys(t('appointments.book.title'), [
    { keys: 'mod+Enter', label: t('appointments.book.submit'), run: submit, inFields: true },
    {
      keys: 'alt+r',
      label: t('series.repeat'),
      run: repeat,
      enabled: mayRepeat,
      inFields: true,
    },
    {
      keys: 'alt+w',
      label: t('appointments.book.wait'),
      run: () => onWait?.(),
      enabled: mayWait,
      inFields: true,
    },
  ]);
  const openTime = openTimeOf(draft, column);
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
        <>
          <Button
            type="submit"
            form={formId}
            loading={booking}
            rightSection={<KeyHint keys="mod+Enter" quiet />}
          >
            {submitLabel}
          </Button>
          {mayRepeat && (
            <Button variant="default" onClick={repeat} rightSection={<KeyHint keys="alt+r" quiet />}>
              {t('series.repeat')}
            </Button>
          )}
        </>
      }
    >
      <div className={classes.fields} ref={fields}>
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
        {draft.waitlistEntryId !== null && (
          <p className={classes.restored}>
            {t('appointments.book.fromWaitlist')}
            <Button size="compact-xs" variant="subtle" onClick={() => change({ waitlistEntryId: null })}>
              {t('appointments.book.notFromWaitlist')}
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
          onClear={() => change({ patient: null, waitlistEntryId: null })}
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
          {fee && (
            <p className={classes.fee} role="status">
              {t('appointments.book.fee', { fee })}
            </p>
          )}
          <TimeFields draft={draft} onChange={change} problem={problem} timeZone={timeZone} />
          {openTime && draft.patient === null && (
            <Button
              type="button"
              size="compact-sm"
              variant="subtle"
              className={classes.overbook ?? ''}
              onClick={() => openMatches(openTime)}
            >
              {t('waitlist.matches.title')}
            </Button>
          )}
          {mayWait && (
            <Button
              type="button"
              size="compact-sm"
              variant="subtle"
              className={classes.overbook ?? ''}
              onClick={onWait}
              rightSection={<KeyHint keys="alt+w" quiet />}
            >
              {t('appointments.book.wait')}
            </Button>
          )}
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
