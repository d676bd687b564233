import { useTranslation } from 'react-i18next';
import { usePreferences } from '#renderer/ui/preferences.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Prescription, PrescriptionView } from '#shared/contract/prescriptions.ts';
import { sigOf } from '#shared/domain/prescribing/sig.ts';
import { numberWord, unitWord } from '#shared/domain/prescribing/words.ts';

/** A prescription in words of this window's language. */
export function useRxWords() {
  const { t } = useTranslation();
  const format = useFormat();
  const language = usePreferences((state) => state.language);
  const amount = (value: string, unit: string | null): string =>
    [numberWord(language, value), unit === null ? '' : unitWord(language, unit, value)].join(' ').trim();
  return {
    language,
    amount,
    /** The directions; as they were signed where they are words only. */
    sig: (view: PrescriptionView): string => {
      const structured = view.doseValue !== null || view.frequency !== null || view.asNeeded;
      return structured ? sigOf(language, view) : view.dosage;
    },
    /** From when to when. */
    span: ({ startDate, endDate }: PrescriptionView): string =>
      endDate === null
        ? t('prescribing.since', { day: format.day(startDate) })
        : t('prescribing.span', { from: format.day(startDate), to: format.day(endDate) }),
    quantity: ({ quantity, quantityUnit, repeats }: PrescriptionView): string | null => {
      if (quantity === null) return null;
      const each = amount(quantity, quantityUnit);
      return repeats === 0 ? each : t('prescribing.withRepeats', { quantity: each, count: repeats });
    },
    left: ({ remaining, versions }: Prescription): string | null =>
      remaining === null ? null : amount(remaining, versions[0]?.quantityUnit ?? null),
    /** Who wrote it and when. */
    trace: (view: PrescriptionView): string =>
      [view.requesterName ?? view.createdBy, format.dateTime(view.signedAt ?? view.createdAt)]
        .filter(Boolean)
        .join(', '),
  };
}
