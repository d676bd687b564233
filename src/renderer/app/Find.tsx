import { Modal, TextInput } from '@mantine/core';
import { IconArrowRight, IconExternalLink, IconPrinter, IconSearch, IconUserPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { mayCall } from '#renderer/client/session.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { usePatientPath } from '#renderer/ui/chart-paths.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { patientName } from '#renderer/ui/format.ts';
import { formatPhone } from '#renderer/ui/format-phone.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { usePreferences } from '#renderer/ui/preferences.ts';
import { printPath } from '#renderer/ui/print-paths.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useListbox } from '#renderer/ui/useListbox.ts';
import { usePatientSearch } from '#renderer/ui/usePatientSearch.ts';
import { useFurtherWindow } from '#renderer/ui/windows/useFurtherWindow.ts';
import type { PatientSummary } from '#shared/contract/patients.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { fold } from '#shared/domain/patients/fold.ts';
import { waitingRoomAddress } from '#shared/domain/shell/screens.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import type { Area } from './areas.ts';
import classes from './Find.module.css';
import { cancelFind, leaveFind, useFindOpen } from './find-store.ts';
import type { Section } from './sections.ts';

interface FindProps {
  readonly user: SignedInUser;
  readonly areas: readonly Area[];
  readonly sections: readonly Section[];
}

interface Action {
  readonly path: string;
  readonly keys: string | null;
  readonly label: string;
  readonly icon: typeof IconArrowRight;
  /** It opens a window of its own. */
  readonly further?: true;
}

function useActions({ user, areas, sections }: FindProps, text: string): readonly Action[] {
  const { t } = useTranslation();
  const going = [...areas, ...sections].map(({ path, keys = null, name }) => ({
    path,
    keys,
    label: t('app.nav.go', { area: t(`app.nav.${name}`) }),
    icon: IconArrowRight,
  }));
  const registering = {
    path: '/patients/new',
    keys: null,
    label: t('app.find.register'),
    icon: IconUserPlus,
  };
  const has = (name: Area['name']) => areas.some((area) => area.name === name);
  const today = useFormat().today();
  const printing = [
    ...(has('day') ? [{ path: printPath.day('day-sheet', today), label: t('printing.find.daySheets') }] : []),
    ...(mayCall(user, 'appointments.phoneList')
      ? [{ path: printPath.day('phone-list', addDays(today, 1)), label: t('printing.find.phoneList') }]
      : []),
    { path: printPath.emptyForm, label: t('printing.find.emptyForm') },
  ].map((action) => ({ ...action, keys: null, icon: IconPrinter }));
  const site = usePreferences((state) => state.siteId);
  const opening = [
    ...(has('day') ? [{ path: '/day', label: t('app.window.day') }] : []),
    ...(has('queue') ? [{ path: '/queue', label: t('app.window.queue') }] : []),
    { path: waitingRoomAddress(site), label: t('app.window.waitingRoom') },
  ].map((action) => ({ ...action, keys: null, icon: IconExternalLink, further: true as const }));
  const all: readonly Action[] = [
    ...(mayCall(user, 'patients.register') ? [registering] : []),
    ...going,
    ...printing,
    ...opening,
  ];
  return all.filter((action) => fold(action.label).includes(fold(text.trim())));
}

/** Ctrl K: any patient by what one knows of them, or any action by its words. */
export function Find(props: FindProps) {
  const { t } = useTranslation();
  const { open } = useFindOpen();
  useEffect(() => leaveFind, []);
  return (
    // It is there at once, without a transition, for the very next key.
    <Modal.Root
      opened={open}
      onClose={cancelFind}
      returnFocus={false}
      size={680}
      yOffset={72}
      lockScroll={false}
      classNames={{ content: classes.content ?? '' }}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay backgroundOpacity={0.3} />
      <Modal.Content aria-label={t('app.find.open')}>
        <FindBox {...props} />
      </Modal.Content>
    </Modal.Root>
  );
}

function FindBox(props: FindProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [text, setText] = useState('');
  const { patients, behind, failure, retry } = usePatientSearch(text, 8);
  const actions = useActions(props, text);
  const { open } = useFurtherWindow();
  const pathOf = usePatientPath();
  const take = (action: Action | undefined) => {
    if (action === undefined) return;
    // What opens elsewhere leaves this window as it was.
    if (action.further) {
      cancelFind();
      open(action.path);
    } else {
      leaveFind();
      navigate(action.path);
    }
  };
  const listbox = useListbox({
    count: patients.length + actions.length,
    ready: !behind,
    onChoose: (index) => {
      const patient = patients[index];
      if (patient) {
        leaveFind();
        navigate(pathOf(patient.id));
      } else take(actions[index - patients.length]);
    },
  });
  const nothing = !behind && patients.length + actions.length === 0;
  const patientsLabel = t(text.trim() ? 'app.find.patients' : 'app.find.recent');
  return (
    <>
      <TextInput
        id="find"
        data-autofocus
        size="md"
        variant="unstyled"
        classNames={{ input: classes.input ?? '' }}
        aria-label={t('app.find.open')}
        placeholder={t('app.find.placeholder')}
        leftSection={<IconSearch size={18} stroke={1.6} />}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          listbox.restart();
        }}
        {...listbox.field}
      />
      {failure && <Failure failure={failure} onRetry={retry} />}
      <div {...listbox.list(t('app.find.open'))} className={classes.list}>
        {patients.length > 0 && (
          // biome-ignore lint/a11y/useSemanticElements: a group within a listbox
          <div role="group" aria-label={patientsLabel}>
            <div className={classes.label} aria-hidden>
              {patientsLabel}
            </div>
            {patients.map((patient, index) => (
              <div key={patient.id} className={classes.option} {...listbox.option(index)}>
                <PatientLine patient={patient} />
              </div>
            ))}
          </div>
        )}
        {actions.length > 0 && (
          // biome-ignore lint/a11y/useSemanticElements: a group within a listbox
          <div role="group" aria-label={t('app.find.actions')}>
            <div className={classes.label} aria-hidden>
              {t('app.find.actions')}
            </div>
            {actions.map((action, index) => (
              <div key={action.label} className={classes.option} {...listbox.option(patients.length + index)}>
                <action.icon size={16} stroke={1.6} aria-hidden />
                <span className={classes.action}>{action.label}</span>
                {action.keys && <KeyHint keys={action.keys} quiet />}
              </div>
            ))}
          </div>
        )}
      </div>
      <p className={nothing ? classes.nothing : 'visually-hidden'} role="status">
        {nothing && t('app.find.nothing')}
      </p>
    </>
  );
}

function PatientLine({ patient }: { patient: PatientSummary }) {
  const format = useFormat();
  const born = patient.birthDate ? `${format.day(patient.birthDate)} (${format.age(patient.birthDate)})` : '';
  return (
    <span className={classes.patient}>
      <span className={classes.name}>
        {patientName(patient)} <CertaintyMark certainty={patient.certainty} quiet />
      </span>
      <span className={classes.fact}>{born}</span>
      <span className={classes.fact}>{patient.phone && formatPhone(patient.phone)}</span>
      <span className={classes.fact}>{patient.mrn}</span>
    </span>
  );
}
