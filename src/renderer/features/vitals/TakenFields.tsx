import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import formClasses from '#renderer/ui/Form.module.css';
import type { TakenDraft } from './taken.ts';

interface TakenFieldsProps {
  readonly taken: TakenDraft;
  readonly errorAt: (field: string) => string | undefined;
  readonly onChange: (part: Partial<TakenDraft>) => void;
}

/** When it was taken: nothing is typed for now. */
export function TakenFields({ taken, errorAt, onChange }: TakenFieldsProps) {
  const { t } = useTranslation();
  return (
    <div className={formClasses.pair}>
      <DateField
        label={t('vitals.form.takenOn')}
        value={taken.day}
        error={errorAt('effectiveLocal')}
        onChange={(day) => onChange({ day })}
      />
      <TextInput
        label={t('vitals.form.takenAt')}
        placeholder={t('vitals.form.now')}
        value={taken.time}
        maxLength={5}
        autoComplete="off"
        data-vital="takenTime"
        error={errorAt('takenTime')}
        onChange={(event) => onChange({ time: event.currentTarget.value })}
      />
    </div>
  );
}
