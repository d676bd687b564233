import { Button, Loader, TextInput } from '@mantine/core';
import { IconSearch, IconUserPlus } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PatientSummary } from '#shared/contract/patients.ts';
import { CertaintyMark } from './CertaintyMark.tsx';
import { Failure } from './Failure.tsx';
import { patientName } from './format.ts';
import classes from './PatientPicker.module.css';
import { useFormat } from './useFormat.ts';
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
  if (picked) return <Picked patient={picked} {...(props.onClear ? { onClear: props.onClear } : {})} />;
  if (registering !== null && renderRegister) {
    return renderRegister({
      text: registering,
      onDone: (patient) => {
        setRegistering(null);
        onPick(patient);
      },
      onCancel: () => setRegistering(null),
    });
  }
  return <Search {...props} onRegister={renderRegister ? setRegistering : null} />;
}

function Picked({ patient, onClear }: { patient: PatientSummary; onClear?: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={classes.picked}>
      <Line patient={patient} />
      {onClear && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={onClear}
          aria-label={t('common.patientPicker.change')}
        >
          {t('common.edit')}
        </Button>
      )}
    </div>
  );
}

function Search(props: PatientPickerProps & { onRegister: ((text: string) => void) | null }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const { patients, behind, failure, retry } = usePatientSearch(text, 8);
  const count = patients.length + (props.onRegister ? 1 : 0);
  const at = Math.min(active, Math.max(0, count - 1));
  useEffect(() => {
    list.current?.querySelector(`[data-at="${at}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const choose = (index: number) => {
    const patient = patients[index];
    if (patient) props.onPick(patient);
    else props.onRegister?.(text.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setActive(Math.max(0, Math.min(count - 1, at + (event.key === 'ArrowDown' ? 1 : -1))));
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      // An Enter typed with the name must not pick somebody the name no longer finds.
      if (!behind) choose(at);
    }
  };
  return (
    <div>
      <TextInput
        label={props.label ?? t('common.patientPicker.label')}
        placeholder={t('common.patientPicker.placeholder')}
        leftSection={behind && text ? <Loader size={14} /> : <IconSearch size={16} stroke={1.6} />}
        value={text}
        error={props.error}
        autoComplete="off"
        spellCheck={false}
        {...(props.autoFocus ? { 'data-autofocus': true } : {})}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={count > 0 ? `${listId}-${at}` : undefined}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <p className={classes.heading} aria-live="polite">
        {text.trim() === ''
          ? t(patients.length > 0 ? 'common.patientPicker.recent' : 'common.patientPicker.nobodyYet')
          : patients.length > 0
            ? t('common.patientPicker.results', { count: patients.length })
            : !behind && t('common.patientPicker.nobody', { text: text.trim() })}
      </p>
      {failure && <Failure failure={failure} onRetry={retry} />}
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label={t('common.patientPicker.label')}
        className={classes.list}
      >
        {patients.map((patient, index) => (
          <Option
            key={patient.id}
            id={`${listId}-${index}`}
            at={index}
            active={index === at}
            onChoose={choose}
          >
            <Line patient={patient} />
          </Option>
        ))}
        {props.onRegister && (
          <Option
            id={`${listId}-${patients.length}`}
            at={patients.length}
            active={at === patients.length}
            onChoose={choose}
          >
            <span className={classes.register}>
              <IconUserPlus size={16} stroke={1.6} aria-hidden />
              {text.trim()
                ? t('common.patientPicker.registerNamed', { text: text.trim() })
                : t('common.patientPicker.register')}
            </span>
          </Option>
        )}
      </div>
    </div>
  );
}

interface OptionProps {
  readonly id: string;
  readonly at: number;
  readonly active: boolean;
  readonly onChoose: (at: number) => void;
  readonly children: ReactNode;
}

function Option({ id, at, active, onChoose, children }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field; aria-activedescendant points here
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys
    <div
      id={id}
      role="option"
      aria-selected={active}
      data-at={at}
      className={classes.option}
      onClick={() => onChoose(at)}
    >
      {children}
    </div>
  );
}

/** A patient in two lines: name and mark, then what tells them apart. */
function Line({ patient }: { patient: PatientSummary }) {
  const format = useFormat();
  const facts = [
    patient.mrn,
    patient.birthDate && `${format.day(patient.birthDate)} (${format.age(patient.birthDate)})`,
    patient.phone,
    patient.city,
  ];
  return (
    <span className={classes.line}>
      <span className={classes.name}>
        {patientName(patient)} <CertaintyMark certainty={patient.certainty} quiet />
      </span>
      <span className={classes.facts}>{facts.filter(Boolean).join(' · ')}</span>
    </span>
  );
}
