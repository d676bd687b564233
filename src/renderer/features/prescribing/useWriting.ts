import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useCall } from '#renderer/client/calls.ts';
import { useCurrentUser } from '#renderer/client/session.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { findingKey, isGrave } from '#shared/domain/prescribing/override.ts';
import type { Finding } from '#shared/domain/safety/finding.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { emptyLine, isTouched, type LineDraft, lineInput } from './line-draft.ts';
import { type Answer, answerKey, usePrescribing, type Writing } from './store.ts';

/** The checks are asked once somebody pauses. */
const typingPause = 250;

let lastKey = 0;
/** Names a new line within this window. */
export const nextKey = (): string => {
  lastKey += 1;
  return `line ${lastKey}`;
};

const begun = (today: string, lines: readonly LineDraft[] = []): Writing => {
  const all = lines.length > 0 ? lines : [emptyLine(today, nextKey())];
  return { lines: all, open: all[0]?.key ?? '', answers: {} };
};

/** What was typed before stays beside what is begun now, unless it answers the same prescription. */
const beginning = (
  today: string,
  before: Writing | undefined,
  start: readonly LineDraft[] | null,
): Writing => {
  if (start === null) return before ?? begun(today);
  const isSame = ({ answers }: LineDraft) =>
    start.some((one) => answers !== null && one.answers?.id === answers.id);
  const others = (before?.lines ?? []).filter((line) => isTouched(line) && !isSame(line));
  return { ...begun(today, [...start, ...others]), answers: before?.answers ?? {} };
};

/** What is being prescribed for a patient, and how it is changed. `start`: lines to begin with. */
export function useWriting(patientId: PatientId, start: readonly LineDraft[] | null) {
  const userId = useCurrentUser()?.id;
  const { today } = useFormat();
  const { claim, set } = usePrescribing.getState();
  const [first] = useState(() => {
    const { owner, writing } = usePrescribing.getState();
    return beginning(today(), owner === userId ? writing[patientId] : undefined, start);
  });
  const [begins, setBegins] = useState(true);
  const kept = usePrescribing((state) => (state.owner === userId ? state.writing[patientId] : undefined));
  useEffect(() => {
    if (!userId) return;
    claim(userId);
    set(patientId, first);
    setBegins(false);
  }, [userId]);
  const writing = begins ? first : (kept ?? first);
  const change = (part: Partial<Writing>) => set(patientId, { ...writing, ...part });
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
      if (lines.length === 0) set(patientId, begun(today()));
      else
        change({
          lines,
          open: lines.some((one) => one.key === writing.open) ? writing.open : (lines[0]?.key ?? ''),
        });
    },
    answer: (key: string, answer: Answer) => change({ answers: { ...writing.answers, [key]: answer } }),
    forget: () => set(patientId, null),
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
