import { parseDuration } from '#shared/domain/prescribing/duration.ts';
import { parseFrequency } from '#shared/domain/prescribing/frequency.ts';
import { sigOf } from '#shared/domain/prescribing/sig.ts';
import type { Language } from '#shared/i18n/languages.ts';
import { type LineDraft, lineInput } from './line-draft.ts';

/** The directions so far, as the patient will read them. */
export const sigSoFar = (line: LineDraft, language: Language): string => {
  const { doseValue, doseUnit, route, asNeeded, asNeededFor, maxPerDay } = lineInput(line);
  const frequency = parseFrequency(line.frequency);
  const duration = parseDuration(line.duration);
  return sigOf(language, {
    doseValue,
    doseUnit,
    route,
    frequency,
    asNeeded,
    asNeededFor,
    maxPerDay,
    duration,
  });
};
