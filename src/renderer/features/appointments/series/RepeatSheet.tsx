import { Alert, Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import form from '#renderer/ui/Form.module.css';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useSheetKeys } from '#renderer/ui/keys/useKeys.ts';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Input } from '#shared/contract/contract.ts';
import { useAppointments } from '../store.ts';
import { OccurrenceList } from './OccurrenceList.tsx';
import { RuleFields } from './RuleFields.tsx';
import { firstDraft, ruleOf } from './rule-draft.ts';
import { ruleText } from './rule-words.ts';
import classes from './Series.module.css';
import { useChoices } from './useChoices.ts';
import { useRefusal, useToldSeries } from './useSeriesCommands.ts';

interface RepeatSheetProps {
  /** The booking that is to repeat. */
  readonly booking: Input<'appointments.book'>;
}

/** How a booking repeats, and what becomes of each occurrence, before anything is booked. */
export function RepeatSheet({ booking }: RepeatSheetProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { closeSheet, backToBooking, clearDraft } = useAppointments.getState();
  const day = booking.startLocal.slice(0, 10);
  const [draft, setDraft] = useState(() => firstDraft(day));
  const [problem, setProblem] = useState<string | null>(null);
  const choices = useChoices();
  const book = useCommand('series.book');
  const told = useToldSeries();
  const refusal = useRefusal();
  const read = ruleOf(draft, day);
  const { practitionerId, locationId, startLocal, minutes, patientId } = booking;
  const place = { practitionerId, locationId, startLocal, minutes, visitTypeId: booking.visitTypeId ?? null };
  const rule = read.ok ? { ...read.rule, weekdays: [...read.rule.weekdays] } : null;
  const plain = rule ?? {
    frequency: 'daily' as const,
    interval: 1,
    weekdays: [],
    monthly: null,
    end: { by: 'count' as const, count: 1 },
  };
  const preview = useCall(
    'series.preview',
    { ...place, patientId, rule: plain, instead: [...choices.instead] },
    { enabled: rule !== null, keepPrevious: true },
  );
  const occurrences = rule === null ? [] : (preview.data ?? []);
  const kept = occurrences.filter(({ of }) => !choices.left.has(of));
  const unsolved = kept.filter(({ state }) => state !== 'free').length;
  const mayBook = rule !== null && kept.length > 0 && unsolved === 0 && !preview.isPlaceholderData;
  const submit = async () => {
    if (!mayBook || book.isPending) return;
    const { description = '', request = false } = booking;
    try {
      const times = kept.map((one) => one.startLocal);
      told(await book.mutateAsync({ ...place, patientId, description, request, rule, times }), 'booked');
      clearDraft();
      closeSheet();
    } catch (failure) {
      setProblem(refusal(failure));
    }
  };
  useSheetKeys(t('series.title'), [
    { keys: 'mod+Enter', label: t('appointments.book.submit'), run: () => void submit(), inFields: true },
    { keys: 'alt+ArrowLeft', label: t('series.back'), run: backToBooking, inFields: true },
  ]);
  return (
    <SideSheet
      title={t('series.title')}
      onClose={closeSheet}
      width={440}
      footer={
        <>
          <Button
            loading={book.isPending}
            disabled={!mayBook}
            onClick={() => void submit()}
            rightSection={<KeyHint keys="mod+Enter" quiet />}
          >
            {t('series.submit', { count: kept.length })}
          </Button>
          <Button variant="default" onClick={backToBooking}>
            {t('common.back')}
          </Button>
        </>
      }
    >
      <div className={form.fields}>
        {problem && (
          <Alert color="red" variant="light" role="alert">
            {problem}
          </Alert>
        )}
        <RuleFields
          draft={draft}
          day={day}
          wrong={read.ok ? null : read.field}
          onChange={(part) => {
            setDraft({ ...draft, ...part });
            setProblem(null);
          }}
        />
        {rule && <p className={classes.words}>{ruleText(t, rule, format.locale)}</p>}
        {preview.error && <Failure failure={preview.error} onRetry={() => void preview.refetch()} />}
        {unsolved > 0 && (
          <p className={classes.unsolved} role="status">
            {t('series.unsolved', { count: unsolved })}
          </p>
        )}
        {rule && preview.data && <OccurrenceList occurrences={occurrences} choices={choices} />}
      </div>
    </SideSheet>
  );
}
