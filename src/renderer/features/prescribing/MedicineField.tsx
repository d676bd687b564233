import { Loader, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPill, IconQuestionMark } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import picker from '#renderer/ui/PatientPicker.module.css';
import { useListbox } from '#renderer/ui/useListbox.ts';
import type { PrescribedMedicineView } from '#shared/contract/prescriptions.ts';
import { words } from '#shared/domain/patients/fold.ts';
import { parseQuickEntry } from '#shared/domain/prescribing/quick-entry.ts';
import classes from './Prescribing.module.css';

const typingPause = 60;

interface MedicineFieldProps {
  readonly error: string | undefined;
  /** With all that was typed: dose and the rest may stand behind the name. Null: as it was written. */
  readonly onPick: (typed: string, medicine: PrescribedMedicineView | null) => void;
}

/** Those of the dose that was typed come first, and of them those of it alone: `amox 500` is most often the capsule of 500 mg. */
const byDose = (
  medicines: readonly PrescribedMedicineView[],
  dose: string | null,
): readonly PrescribedMedicineView[] => {
  if (dose === null) return medicines;
  const rank = ({ name, strength, ingredients }: PrescribedMedicineView) =>
    (words(`${name} ${strength ?? ''}`).includes(dose) ? 0 : 2) + (ingredients.length > 1 ? 1 : 0);
  return medicines.toSorted((a, b) => rank(a) - rank(b));
};

/** Finds a medicine of the formulary while a whole prescription may be typed in one line. */
export function MedicineField({ error, onPick }: MedicineFieldProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const entry = parseQuickEntry(typed);
  const [settled] = useDebouncedValue(entry.medicine.slice(0, 200), typingPause);
  const { data, isPending, isPlaceholderData } = useCall(
    'formulary.search',
    { text: settled },
    { enabled: settled !== '', keepPrevious: true },
  );
  const behind =
    entry.medicine !== '' && (settled !== entry.medicine.slice(0, 200) || isPending || isPlaceholderData);
  const found = settled === '' ? [] : byDose(data ?? [], entry.doseValue);
  const listbox = useListbox({
    count: entry.medicine === '' ? 0 : found.length + 1,
    ready: !behind,
    onChoose: (index) => onPick(typed, found[index] ?? null),
  });
  return (
    <div>
      <TextInput
        label={t('prescribing.field.medicine')}
        description={t('prescribing.field.medicineHint')}
        placeholder={t('prescribing.field.medicineExample')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        leftSection={behind ? <Loader size={14} aria-hidden /> : <IconPill size={16} stroke={1.6} />}
        value={typed}
        maxLength={300}
        error={error}
        data-autofocus
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          listbox.restart();
        }}
        {...listbox.field}
      />
      <div {...listbox.list(t('prescribing.field.medicines'))} className={`${picker.list} ${classes.found}`}>
        {entry.medicine !== '' &&
          found.map((medicine, index) => (
            <div key={medicine.id} className={picker.option} {...listbox.option(index)}>
              <span className={picker.line}>
                <span className={picker.name}>{medicine.name}</span>
                <span className={picker.facts}>
                  {[
                    medicine.ingredients.map(({ name }) => name).join(' + '),
                    medicine.strength,
                    medicine.form,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
            </div>
          ))}
        {entry.medicine !== '' && (
          <div className={picker.option} {...listbox.option(found.length)}>
            <span className={picker.register}>
              <IconQuestionMark size={16} stroke={1.6} aria-hidden />
              {t('prescribing.freeText', { text: entry.medicine })}
            </span>
          </div>
        )}
      </div>
    </div>
  );
}
