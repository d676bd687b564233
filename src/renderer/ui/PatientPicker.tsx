import { Button, Loader, TextInput } from '@mantine/core';
import { IconSearch, IconUserPlus } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PatientSummary } from '#shared/contract/patients.ts';
import { CertaintyMark } from './CertaintyMark.tsx';
import { Failure } from './Failure.tsx';
import { patientName } from './format.ts';
import { formatPhone } from './format-phone.ts';
import classes from './PatientPicker.module.css';
import { useFormat } from './useFormat.ts';
import { useListbox } from './useListbox.ts';
import { usePatientSearch } from './usePatientSearch.ts';

/** What an inline registration form is given. */
export interface RegisterInline {
  /** What was typed in the search: most often the name. */
  readonly text: string;
  readonly onDone: (patient: PatientSummary) => void;
  readonly onCancel: () => void;
}

export interface PatientPickerProps {
  readonly onPick: (patient: PatientSummary) => void;
  /** The patient picked before, shown with a button to change. */
  readonly picked?: PatientSummary | null;
  readonly onClear?: () => void;
  /** Registers somebody new without leaving; the app composes it, since a form belongs to a feature. */
  readonly renderRegister?: (register: RegisterInline) => ReactNode;
  readonly label?: string;
  readonly error?: string | undefined;
  readonly autoFocus?: boolean;
}

/** Search or register a patient, inside another form. Arrow keys choose, Enter picks. */
export function PatientPicker(props: PatientPickerProps) {
  const { picked, renderRegister, onPick } = props;
  const [registering, setRegistering] = useState<string | null>(null);
  /** What was searched for before registering was given up. */
  const [before, setBefore] = useState<string | null>(null);
  if (picked) return <Picked patient={picked} {...(props.onClear ? { onClear: props.onClear } : {})} />;
  if (registering !== null && renderRegister) {
    return renderRegister({
      text: registering,
      onDone: (patient) => {
        setRegistering(null);
        onPick(patient);
      },
      onCancel: () => {
        setBefore(registering);
        setRegistering(null);
      },
    });
  }
  return <Search {...props} before={before} onRegister={renderRegister ? setRegistering : null} />;
}

function Picked({ patient, onClear }: { patient: PatientSummary; onClear?: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={classes.picked}>
      <Line patient={patient} />
      {onClear && (
        <Button size="compact-sm" variant="subtle" onClick={onClear}>
          {t('common.patientPicker.change')}
        </Button>
      )}
    </div>
  );
}

const shownAtMost = 8;

interface SearchProps extends PatientPickerProps {
  /** What was typed before something else took its place: it is there again, with the cursor. */
  readonly before: string | null;
  readonly onRegister: ((text: string) => void) | null;
}

function Search(props: SearchProps) {
  const { t } = useTranslation();
  const { before } = props;
  const [text, setText] = useState(before ?? '');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (before !== null) field.current?.focus();
  }, [before]);
  const typed = text.trim();
  const { patients, behind, failure, retry } = usePatientSearch(text, shownAtMost);
  const listbox = useListbox({
    count: patients.length + (props.onRegister ? 1 : 0),
    ready: !behind,
    onChoose: (index) => {
      const patient = patients[index];
      if (patient) props.onPick(patient);
      else props.onRegister?.(typed);
    },
  });
  return (
    <div>
      <TextInput
        ref={field}
        label={props.label ?? t('common.patientPicker.label')}
        placeholder={t('common.patientPicker.placeholder')}
        leftSection={
          behind && typed ? <Loader size={14} aria-hidden /> : <IconSearch size={16} stroke={1.6} />
        }
        value={text}
        error={props.error}
        data-scan="typed"
        {...(props.autoFocus ? { 'data-autofocus': true } : {})}
        onChange={(event) => {
          setText(event.currentTarget.value);
          listbox.restart();
        }}
        {...listbox.field}
      />
      <p className={classes.heading} aria-live="polite">
        <Heading typed={typed} count={patients.length} behind={behind} />
      </p>
      {failure && <Failure failure={failure} onRetry={retry} />}
      <div {...listbox.list(t('common.patientPicker.label'))} className={classes.list}>
        {patients.map((patient, index) => (
          <div key={patient.id} className={classes.option} {...listbox.option(index)}>
            <Line patient={patient} />
          </div>
        ))}
        {props.onRegister && (
          <div className={classes.option} {...listbox.option(patients.length)}>
            <span className={classes.register}>
              <IconUserPlus size={16} stroke={1.6} aria-hidden />
              {typed
                ? t('common.patientPicker.registerNamed', { text: typed })
                : t('common.patientPicker.register')}
            </span>
          </div>
        )}
      </div>
    </div>
  );
}

function Heading({ typed, count, behind }: { typed: string; count: number; behind: boolean }) {
  const { t } = useTranslation();
  if (typed === '') return t(count > 0 ? 'common.patientPicker.recent' : 'common.patientPicker.nobodyYet');
  if (count === shownAtMost) return t('common.patientPicker.resultsMost', { count });
  if (count > 0) return t('common.patientPicker.results', { count });
  return behind ? null : t('common.patientPicker.nobody', { text: typed });
}

/** A patient in two lines: name and mark, then what tells them apart. */
function Line({ patient }: { patient: PatientSummary }) {
  const format = useFormat();
  const facts = [
    patient.birthDate && `${format.day(patient.birthDate)} (${format.age(patient.birthDate)})`,
    patient.phone && formatPhone(patient.phone),
    patient.city,
  ];
  return (
    <span className={classes.line}>
      <span className={classes.first}>
        <span className={classes.name}>
          {patientName(patient)} <CertaintyMark certainty={patient.certainty} quiet />
        </span>
        <span className={classes.mrn}>{patient.mrn}</span>
      </span>
      <span className={classes.facts}>{facts.filter(Boolean).join(' · ')}</span>
    </span>
  );
}
