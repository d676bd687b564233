import { Button } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '../keys/KeyHint.tsx';
import { useKeys } from '../keys/useKeys.ts';
import { useNextPatient } from './useNextPatient.ts';
import { minutesText } from './visit-words.ts';

/** Who is next, from wherever one is: by one key, or a click, called and opened. Nothing while nobody waits. */
export function NextPatient({ title, keys }: { title: string; keys: string }) {
  const { t } = useTranslation();
  const { next, callNext } = useNextPatient();
  const label = t('visits.next.call');
  useKeys(
    title,
    keys.split('|').map((one) => ({
      keys: one,
      label,
      run: () => void callNext(),
      enabled: next !== undefined,
      // With Shift it is a capital letter of what is typed.
      inFields: one.startsWith('alt+'),
    })),
  );
  if (next === undefined) return null;
  const words = t('visits.next.who', { patient: next.patientName, wait: minutesText(t, next.minutes) });
  return (
    <Button
      variant="default"
      leftSection={<IconUserCheck size={16} stroke={1.6} />}
      rightSection={<KeyHint keys={keys.split('|')[0] ?? ''} quiet />}
      title={words}
      onClick={() => void callNext()}
    >
      {label}
      <span className="visually-hidden">: {words}</span>
    </Button>
  );
}
