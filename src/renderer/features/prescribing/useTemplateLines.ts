import { useClient } from '#renderer/client/provider.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { PrescriptionTemplate } from '#shared/contract/prescriptions.ts';
import { emptyLine, fromTemplate, type LineDraft } from './line-draft.ts';
import { useRxWords } from './useRxWords.ts';
import { nextKey } from './useWriting.ts';

/** Makes lines of what a template keeps, each with its medicine of the formulary. */
export function useTemplateLines() {
  const client = useClient();
  const { today } = useFormat();
  const { language } = useRxWords();
  return async ({ items }: PrescriptionTemplate): Promise<readonly LineDraft[]> => {
    const ids = items.flatMap(({ medicineId }) => medicineId ?? []);
    const medicines = ids.length > 0 ? await client.call('prescriptions.medicines', { ids }) : [];
    return items.map((item) => {
      const medicine = medicines.find(({ id }) => id === item.medicineId) ?? null;
      return fromTemplate(emptyLine(today(), nextKey()), item, medicine, language);
    });
  };
}
