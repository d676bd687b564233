import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AppErrorException } from '#renderer/client/client.ts';
import { errorText, fieldText } from './error-text.ts';

const isChangedMeanwhile = (failure: unknown): boolean =>
  failure instanceof AppErrorException && failure.error.code === 'changed-meanwhile';

/**
 * Sends what a sheet holds. What is wrong is shown at its field, else above the form; the sheet stays with what was typed. `onChanged`
 * is told when somebody else changed it meanwhile, and shows what stands now.
 */
export function useSave(onDone: () => void, onChanged?: () => Promise<void>) {
  const { t } = useTranslation();
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const refuse = (found: Readonly<Record<string, string>>) => {
    setFields(found);
    setProblem(null);
  };
  const save = async (known: Readonly<Record<string, string>>, send: () => Promise<unknown>) => {
    refuse(known);
    if (Object.keys(known).length > 0) return;
    setSaving(true);
    try {
      await send();
      onDone();
    } catch (failure) {
      const wrong = failure instanceof AppErrorException ? failure.error.fields : undefined;
      if (wrong) refuse(wrong);
      else if (onChanged && isChangedMeanwhile(failure)) await onChanged();
      else setProblem(errorText(t, failure));
    } finally {
      setSaving(false);
    }
  };
  const errorAt = (field: string) => (fields[field] ? fieldText(t, fields[field]) : undefined);
  return { save, saving, errorAt, problem };
}
