import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePerson } from '#renderer/ui/panel/usePerson.ts';

/** Whose appointments these are; nothing for who looks after nobody else. */
export function PersonChoice() {
  const { t } = useTranslation();
  const { people, person, choose } = usePerson();
  if (people.length < 2) return null;
  return (
    <NativeSelect
      size="md"
      label={t('panelBooking.forWhom')}
      value={person?.patientId ?? ''}
      onChange={(event) => choose(event.currentTarget.value)}
      data={people.map(({ patientId, name }) => ({ value: patientId, label: name }))}
    />
  );
}
