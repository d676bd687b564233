import { useDebouncedValue } from '@mantine/hooks';
import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { patientName } from '#renderer/ui/format.ts';
import { formatPhone } from '#renderer/ui/format-phone.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Input } from '#shared/contract/contract.ts';
import type { PatientSummary, SimilarPatient } from '#shared/contract/patients.ts';
import type { IdentifierType } from '#shared/domain/patients/identifier.ts';
import { phoneDigits } from '#shared/domain/patients/phone.ts';
import { LikenessLine } from './LikenessLine.tsx';
import classes from './SimilarPatients.module.css';
import type { PatientForm } from './usePatientForm.ts';

const typingPause = 200;

type Typed = Input<'patients.similar'>;

function useTyped(form: PatientForm): Typed {
  const [family, given, gender, birthDate, phone, email, addressLine, city, particulars] = useWatch({
    control: form.control,
    name: ['family', 'given', 'gender', 'birthText', 'phone', 'email', 'addressLine', 'city', 'particulars'],
  });
  return {
    family: family.slice(0, 100),
    given: given.slice(0, 100),
    gender: gender || null,
    birthDate: birthDate.slice(0, 40),
    phone: phone.slice(0, 40),
    email: email.slice(0, 200),
    addressLine: addressLine.slice(0, 200),
    city: city.slice(0, 100),
    phones: particulars.telecoms.slice(0, 10).map(({ value }) => value.slice(0, 100)),
    identifiers: particulars.identifiers
      .slice(0, 10)
      .map(({ type, value }) => ({ type: type as IdentifierType, value: value.slice(0, 100) })),
  };
}

/** Nothing can be said about a letter or two. */
const enoughTyped = ({ family, given, phone, identifiers = [] }: Typed) =>
  identifiers.some(({ value }) => value.length >= 4) ||
  family.trim().length >= 2 ||
  given.trim().length >= 2 ||
  phoneDigits(phone).length >= 6;

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
  const answer = useCall('patients.similar', asked, { enabled: enoughTyped(asked), keepPrevious: true });
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
            <Alike patient={patient} first={index === 0} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface AlikeProps {
  readonly patient: SimilarPatient;
  readonly first: boolean;
  readonly onOpen: (patient: PatientSummary) => void;
}

function Alike({ patient, first, onOpen }: AlikeProps) {
  const { t } = useTranslation();
  const format = useFormat();
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
      <LikenessLine likeness={patient} />
    </button>
  );
}
