import { Autocomplete } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import type { ConditionId, PatientId } from '#shared/kernel/ids.ts';
import type { LineDraft } from './line-draft.ts';

interface IndicationFieldProps {
  readonly line: LineDraft;
  readonly patientId: PatientId;
  readonly onChange: (line: LineDraft) => void;
}

/** What it is for: a problem of the patient, or words. */
export function IndicationField({ line, patientId, onChange }: IndicationFieldProps) {
  const { t } = useTranslation();
  const problems = useCall('problems.list', { patientId }).data ?? [];
  const change = (indication: string) => {
    const problem = problems.find(({ display }) => display === indication);
    onChange({ ...line, indication, conditionId: (problem?.id ?? null) as ConditionId | null });
  };
  return (
    <Autocomplete
      label={t('prescribing.field.indication')}
      data={[...new Set(problems.map(({ display }) => display))]}
      value={line.indication}
      maxLength={200}
      onChange={change}
    />
  );
}
