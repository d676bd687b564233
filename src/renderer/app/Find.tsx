import { Spotlight } from '@mantine/spotlight';
import { IconArrowRight, IconSearch, IconUserPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { mayCall } from '#renderer/client/session.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { patientName } from '#renderer/ui/format.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { usePatientSearch } from '#renderer/ui/usePatientSearch.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import type { Area } from './areas.ts';
import classes from './Find.module.css';
import { closeFind, findStore } from './find-store.ts';

interface FindProps {
  readonly user: SignedInUser;
  readonly areas: readonly Area[];
}

interface Action {
  readonly path: string;
  readonly keys: string | null;
  readonly label: string;
  readonly icon: typeof IconArrowRight;
}

function useActions({ user, areas }: FindProps): readonly Action[] {
  const { t } = useTranslation();
  const going = areas.map((area) => ({
    path: area.path,
    keys: area.keys,
    label: t('app.nav.go', { area: t(`app.nav.${area.name}`) }),
    icon: IconArrowRight,
  }));
  const registering = {
    path: '/patients/new',
    keys: null,
    label: t('app.find.register'),
    icon: IconUserPlus,
  };
  return mayCall(user.role, 'patients.register') ? [registering, ...going] : going;
}

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Ctrl K: any patient by what one knows of them, or any action by its words. */
export function Find(props: FindProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [text, setText] = useState('');
  const [opened, setOpened] = useState(false);
  const { patients, behind, failure, retry } = usePatientSearch(text, 8, opened);
  const actions = useActions(props).filter((action) => folded(action.label).includes(folded(text.trim())));
  useEffect(() => closeFind, []);
  const nothing = !behind && patients.length === 0 && actions.length === 0;
  return (
    <Spotlight.Root
      store={findStore}
      shortcut={null}
      query={text}
      onQueryChange={setText}
      onSpotlightOpen={() => setOpened(true)}
      onSpotlightClose={() => setOpened(false)}
      scrollable
      lockScroll={false}
      maxHeight={460}
      size={640}
      yOffset={72}
      // It must be there for the very next key: people type on without looking.
      transitionProps={{ duration: 0 }}
      overlayProps={{ backgroundOpacity: 0.3, blur: 0 }}
      attributes={{ content: { 'aria-label': t('app.find.open') } }}
    >
      <Spotlight.Search
        placeholder={t('app.find.placeholder')}
        aria-label={t('app.find.open')}
        leftSection={<IconSearch size={18} stroke={1.6} />}
      />
      <Spotlight.ActionsList>
        {failure && <Failure failure={failure} onRetry={retry} />}
        {patients.length > 0 && (
          <Spotlight.ActionsGroup label={t(text.trim() ? 'app.find.patients' : 'app.find.recent')}>
            {patients.map((patient) => (
              <Spotlight.Action key={patient.id} onClick={() => navigate(`/patients/${patient.id}`)}>
                <PatientLine patient={patient} />
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        )}
        {actions.length > 0 && (
          <Spotlight.ActionsGroup label={t('app.find.actions')}>
            {actions.map((action) => (
              <Spotlight.Action
                key={action.path}
                label={action.label}
                leftSection={<action.icon size={16} stroke={1.6} />}
                rightSection={action.keys && <KeyHint keys={action.keys} quiet />}
                onClick={() => navigate(action.path)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {nothing && <Spotlight.Empty>{t('app.find.nothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

type FoundPatient = ReturnType<typeof usePatientSearch>['patients'][number];

function PatientLine({ patient }: { patient: FoundPatient }) {
  const format = useFormat();
  const born = patient.birthDate ? `${format.day(patient.birthDate)} (${format.age(patient.birthDate)})` : '';
  return (
    <span className={classes.patient}>
      <span className={classes.name}>
        {patientName(patient)} <CertaintyMark certainty={patient.certainty} quiet />
      </span>
      <span className={classes.fact}>{born}</span>
      <span className={classes.fact}>{patient.phone}</span>
      <span className={classes.fact}>{patient.mrn}</span>
    </span>
  );
}
