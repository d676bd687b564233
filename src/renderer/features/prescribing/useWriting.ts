import { useDebouncedValue } from '@mantine/hooks';
import { useCall } from '#renderer/client/calls.ts';
import { useKeptForm } from '#renderer/ui/kept-form/useKeptForm.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { findingKey, isGrave } from '#shared/domain/prescribing/override.ts';
import type { Finding } from '#shared/domain/safety/finding.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { emptyLine, isTouched, type LineDraft, lineInput } from './line-draft.ts';
import { type Answer, answerKey, type Writing } from './writing.ts';

/** The checks are asked once somebody pauses. */
const typingPause = 250;

/** Lines of another window, or from before a restart, have other names. */
const began = Date.now().toString(36);
let lastKey = 0;
/** Names a new line. */
export const nextKey = (): string => {
  lastKey += 1;
  return `line ${began}-${lastKey}`;
};

const begun = (today: string, lines: readonly LineDraft[] = []): Writing => {
  const all = lines.length > 0 ? lines : [emptyLine(today, nextKey())];
  return { lines: all, open: all[0]?.key ?? '', answers: {} };
};

interface Before {
  readonly fields: Partial<Writing> | null;
  /** The day it was typed on. */
  readonly day: string | null;
}

/** What was typed before stays beside what is begun now, unless it answers the same prescription. */
const beginning = (today: string, { fields, day }: Before, start: readonly LineDraft[]): Writing => {
  const isSame = ({ answers }: LineDraft) =>
    start.some((one) => answers !== null && one.answers?.id === answers.id);
  const before = (fields?.lines ?? [])
    .filter((line) => isTouched(line) && !isSame(line))
    // What was to begin on the day it was typed begins on the day it is signed.
    .map((line) => (line.startDate === day ? { ...line, startDate: today } : line));
  const { lines, open } = begun(today, [...start, ...before]);
  const isOpen = start.length === 0 && before.some(({ key }) => key === fields?.open);
  return { lines, open: isOpen ? (fields?.open ?? open) : open, answers: fields?.answers ?? {} };
};

/**
 * What is being prescribed for a patient, and how it is changed; null until it is known what was typed before. `start`:
 * lines to begin with.
 */
export function useWriting(patientId: PatientId, start: readonly LineDraft[]) {
  const { today, timeZone } = useFormat();
  const kept = useKeptForm({
    form: 'prescription',
    patientId,
    subject: null,
    start: () => begun(today()),
    resume: (fields, at) =>
      beginning(today(), { fields, day: at === null ? null : dayAt(Date.parse(at), timeZone) }, start),
    isEmpty: ({ lines }) => !lines.some(isTouched),
  });
  if (kept === null) return null;
  const { draft: writing, change, forget, keeping } = kept;
  return {
    writing,
    change,
    changeLine: (line: LineDraft) =>
      change({ lines: writing.lines.map((one) => (one.key === line.key ? line : one)) }),
    addLines: (lines: readonly LineDraft[]) => {
      const touched = writing.lines.filter(isTouched);
      change({ lines: [...touched, ...lines], open: lines[0]?.key ?? writing.open });
    },
    removeLine: (key: string) => {
      const lines = writing.lines.filter((one) => one.key !== key);
      if (lines.length === 0) change(begun(today()));
      else
        change({
          lines,
          open: lines.some((one) => one.key === writing.open) ? writing.open : (lines[0]?.key ?? ''),
        });
    },
    answer: (key: string, answer: Answer) => change({ answers: { ...writing.answers, [key]: answer } }),
    forget,
    keeping,
  };
}

export interface Checked {
  /** By the key of the line. */
  readonly found: ReadonlyMap<string, readonly Finding[]>;
  /** The answer is not to what stands there now. */
  readonly behind: boolean;
  readonly failed: boolean;
}

/** What the checks say of the lines as they are typed. */
export function useChecks(patientId: PatientId, lines: readonly LineDraft[]): Checked {
  const touched = lines.filter(isTouched);
  const now = JSON.stringify(touched.map(lineInput));
  const [settled] = useDebouncedValue(now, typingPause);
  const [keys] = useDebouncedValue(touched.map(({ key }) => key).join('|'), typingPause);
  const ready = touched.length > 0 && touched.every(({ startDate }) => startDate !== '');
  const asked = JSON.parse(settled) as ReturnType<typeof lineInput>[];
  const { data, error, isPlaceholderData, isPending } = useCall(
    'prescriptions.check',
    { patientId, lines: asked },
    { enabled: ready && asked.length > 0, keepPrevious: true },
  );
  const behind = ready && (settled !== now || isPlaceholderData || isPending);
  const order = keys.split('|');
  return {
    found: new Map(
      data && !isPlaceholderData ? data.lines.map((found, index) => [order[index] ?? '', found]) : [],
    ),
    behind: behind && error === null,
    failed: error !== null,
  };
}

/** The grave findings that nobody has answered, by line. */
export const openFindings = (
  lines: readonly LineDraft[],
  found: Checked['found'],
  answers: Writing['answers'],
): readonly string[] =>
  lines.flatMap(({ key }) =>
    (found.get(key) ?? [])
      .filter(isGrave)
      .map((finding) => answerKey(key, findingKey(finding)))
      .filter((name) => {
        const answer = answers[name];
        return !answer?.reasonCode || (answer.reasonCode === 'other' && answer.reason.trim() === '');
      }),
  );
