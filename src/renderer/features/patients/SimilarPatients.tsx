import { useDebouncedValue } from '@mantine/hooks';
import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { formatPhone, patientName } from '#renderer/ui/format.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { PatientSummary } from '#shared/contract/patients.ts';
import { parseBirthDate } from '#shared/domain/patients/birth-date.ts';
import { phoneDigits } from '#shared/domain/patients/phone.ts';
import { likeness } from './patient-form.ts';
import classes from './SimilarPatients.module.css';
import type { PatientForm } from './usePatientForm.ts';

const typingPause = 200;

interface Typed {
  readonly family: string;
  readonly given: string;
  readonly birthDate: string | null;
  readonly phone: string;
}

function useTyped(form: PatientForm): Typed {
  const format = useFormat();
  const [family, given, birthText, phone] = useWatch({
    control: form.control,
    name: ['family', 'given', 'birthText', 'phone'],
  });
  const parsed = parseBirthDate(birthText, { today: format.today() });
  return { family, given, phone, birthDate: parsed.ok ? parsed.value.date : null };
}

/** Nothing can be said about a letter or two. */
const enoughTyped = (typed: Typed) =>
  typed.family.trim().length >= 2 || typed.birthDate !== null || phoneDigits(typed.phone).length >= 6;

interface SimilarProps {
  readonly form: PatientForm;
  readonly onOpen: (patient: PatientSummary) => void;
  /** Below the form instead of beside it: nothing is shown while nobody looks alike. */
  readonly inline?: boolean;
}

/** People who are already here and look like the one being typed, with the reasons. F2 opens the first instead. */
export function SimilarPatients({ form, onOpen, inline = false }: SimilarProps) {
  const { t } = useTranslation();
  const typed = useTyped(form);
  const [settled] = useDebouncedValue(JSON.stringify(typed), typingPause);
  const asked = JSON.parse(settled) as Typed;
  const answer = useCall(
    'patients.similar',
    {
      family: asked.family.slice(0, 100),
      given: asked.given.slice(0, 100),
      birthDate: asked.birthDate ?? '',
      phone: asked.phone.slice(0, 40),
    },
    { enabled: enoughTyped(asked), keepPrevious: true },
  );
  const alike = enoughTyped(asked) ? (answer.data ?? []) : [];
  const first = alike[0];
  useKeys(t('patients.register'), [
    {
      keys: 'F2',
      label: t('patients.keys.similar'),
      run: () => first && onOpen(first),
      enabled: first !== undefined,
      inFields: true,
    },
  ]);
  if (inline && alike.length === 0) return null;
  return (
    <section className={classes.similar} data-inline={inline || undefined} aria-label={t('patients.similar')}>
      <div aria-live="polite">
        {alike.length > 0 ? (
          <h3 className={classes.title}>{t('patients.similar')}</h3>
        ) : (
          <p className={classes.none}>{t('patients.similarNone')}</p>
        )}
      </div>
      <ul className={classes.list}>
        {alike.map((patient, index) => (
          <li key={patient.id}>
            <Alike patient={patient} typed={asked} first={index === 0} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface AlikeProps {
  readonly patient: PatientSummary;
  readonly typed: Typed;
  readonly first: boolean;
  readonly onOpen: (patient: PatientSummary) => void;
}

function Alike({ patient, typed, first, onOpen }: AlikeProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const reasons = {
    birthDate: t('patients.sameBirthDate'),
    phone: t('patients.samePhone'),
    name: t('patients.similarName'),
  } as const;
  const facts = [
    patient.birthDate && format.day(patient.birthDate),
    patient.phone && formatPhone(patient.phone),
    patient.city,
  ];
  return (
    <button type="button" className={classes.alike} onClick={() => onOpen(patient)}>
      <span className={classes.name}>
        <span>
          <span className="visually-hidden">{t('patients.similarOpen')}</span> {patientName(patient)}
        </span>
        <CertaintyMark certainty={patient.certainty} quiet />
        {first && <KeyHint keys="F2" quiet />}
      </span>
      <span className={classes.facts}>{patient.mrn}</span>
      <span className={classes.facts}>{facts.filter(Boolean).join(' · ')}</span>
      <span className={classes.reasons}>
        {likeness(patient, typed)
          .map((reason) => reasons[reason])
          .join(', ')}
      </span>
    </button>
  );
}
