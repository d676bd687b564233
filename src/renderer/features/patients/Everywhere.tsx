import { Button, Tooltip } from '@mantine/core';
import { IconBuildingCommunity } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { errorText, fieldText } from '#renderer/ui/error-text.ts';
import { patientName } from '#renderer/ui/format.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { PatientElsewhere } from '#shared/contract/patients.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import classes from './Everywhere.module.css';

interface EverywhereProps {
  /** What was typed into the search. */
  readonly text: string;
  readonly onHere: (id: PatientId) => void;
}

/** Below the patients of this site: the way to those of the others, whom only the centre knows. */
export function Everywhere({ text, onHere }: EverywhereProps) {
  const { t } = useTranslation();
  const find = useCommand('patients.findEverywhere');
  // What was found belongs to the text it was found for.
  const [asked, setAsked] = useState<string | null>(null);
  const ask = () => {
    setAsked(text);
    find.mutate({ text });
  };
  const typed = text.trim() !== '';
  useKeys(t('patients.title'), [
    { keys: 'w', label: t('patients.keys.everywhere'), run: ask, enabled: typed },
  ]);
  const current = asked === text;
  const failure = current && find.error;
  const problem =
    failure && failure instanceof AppErrorException && failure.error.fields?.text
      ? fieldText(t, failure.error.fields.text)
      : failure && errorText(t, failure);
  return (
    <section className={classes.everywhere} aria-label={t('patients.everywhereTitle')}>
      <div className={classes.bar}>
        <Tooltip label={<KeyHint keys="w" />}>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconBuildingCommunity size={16} stroke={1.6} />}
            loading={find.isPending}
            disabled={!typed}
            onClick={ask}
          >
            {t('patients.everywhere')}
          </Button>
        </Tooltip>
        <span className={problem ? classes.problem : classes.hint} role="status">
          {problem ||
            (current && find.data?.length === 0
              ? t('patients.everywhereNobody')
              : t('patients.everywhereHint'))}
        </span>
      </div>
      {current && find.data !== undefined && find.data.length > 0 && (
        <ul className={classes.found}>
          {find.data.map((patient) => (
            <Elsewhere key={patient.id} patient={patient} onHere={onHere} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Elsewhere({ patient, onHere }: { patient: PatientElsewhere; onHere: (id: PatientId) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const bring = useCommand('patients.bringHere');
  const facts = [
    patient.birthDate && format.day(patient.birthDate),
    patient.mrn,
    patient.site && t('patients.everywhereSite', { site: patient.site }),
  ];
  return (
    <li className={classes.one}>
      <span className={classes.name}>{patientName(patient)}</span>
      <span className={classes.facts}>{facts.filter(Boolean).join(' · ')}</span>
      <span className={classes.problem} role="status">
        {bring.error && errorText(t, bring.error)}
      </span>
      <Button
        size="compact-sm"
        variant="default"
        loading={bring.isPending}
        aria-label={`${t('patients.bringHere')}: ${patientName(patient)}`}
        onClick={() => bring.mutate({ id: patient.id }, { onSuccess: () => onHere(patient.id) })}
      >
        {t('patients.bringHere')}
      </Button>
    </li>
  );
}
