import { Button, Loader, TextInput, Tooltip } from '@mantine/core';
import { IconSearch, IconUserPlus } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { usePatientPath } from '#renderer/ui/chart-paths.ts';
import type { DataTableHandle } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { usePatientSearch } from '#renderer/ui/usePatientSearch.ts';
import type { PatientSummary } from '#shared/contract/patients.ts';
import { Everywhere } from './Everywhere.tsx';
import { useListState } from './list-state.ts';
import { PatientPreview } from './PatientPreview.tsx';
import classes from './PatientsScreen.module.css';
import { PatientTable } from './PatientTable.tsx';
import { RegisterSheet } from './RegisterSheet.tsx';
import { usePossibleDuplicates } from './usePossibleDuplicates.ts';

/** As many as anybody reads; more is a sign to type more. */
const shownAtMost = 50;

/** Find a patient while typing: the list on the left follows, the details of the chosen one are on the right. */
export function PatientsScreen({ registering = false }: { registering?: boolean }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const info = useCall('app.info', {}).data;
  const { text, selectedId, set } = useListState();
  const { patients, behind, failure, retry } = usePatientSearch(text, shownAtMost);
  const table = useRef<DataTableHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  const mayRegister = mayCall(useCurrentUser(), 'patients.register');
  const selected = patients.find((patient) => patient.id === selectedId) ?? null;
  const pathOf = usePatientPath();
  const open = (patient: PatientSummary) => navigate(pathOf(patient.id));
  const focusSearch = () => {
    search.current?.focus();
    search.current?.select();
  };
  useKeys(t('patients.title'), [
    { keys: '/', label: t('patients.keys.search'), run: focusSearch },
    ...(mayRegister
      ? [{ keys: 'n', label: t('patients.keys.register'), run: () => navigate('/patients/new') }]
      : []),
    { keys: 'ArrowDown', label: t('patients.keys.list'), run: () => table.current?.focus() },
    {
      keys: 'Enter',
      label: t('patients.keys.open'),
      run: () => selected && open(selected),
      enabled: !!selected,
    },
  ]);
  const onSearchKey = useEnterOpensFirst({ text, behind, first: patients[0], open });
  const onKeyDown = (event: KeyboardEvent) => {
    onSearchKey(event);
    // Out of the field, so that single keys are shortcuts again.
    if (event.key === 'Escape') search.current?.blur();
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    table.current?.focus();
  };
  return (
    <div className={classes.screen}>
      <h1 className="visually-hidden">{t('patients.title')}</h1>
      <div className={classes.bar}>
        <TextInput
          ref={search}
          className={classes.search ?? ''}
          aria-label={t('patients.find')}
          placeholder={t('patients.findPlaceholder')}
          leftSection={
            behind && text ? <Loader size={14} aria-hidden /> : <IconSearch size={16} stroke={1.6} />
          }
          rightSection={<KeyHint keys="/" quiet />}
          autoComplete="off"
          spellCheck={false}
          autoFocus={!registering}
          value={text}
          onChange={(event) => set({ text: event.currentTarget.value, selectedId: null })}
          onKeyDown={onKeyDown}
        />
        <span className={classes.count} aria-live="polite">
          <Count text={text} count={patients.length} behind={behind} />
        </span>
        {!registering && <ToDuplicates />}
        {mayRegister && !registering && (
          <Tooltip label={<KeyHint keys="n" />}>
            <Button
              leftSection={<IconUserPlus size={16} stroke={1.6} />}
              onClick={() => navigate('/patients/new')}
            >
              {t('patients.register')}
            </Button>
          </Tooltip>
        )}
      </div>
      {failure && <Failure failure={failure} onRetry={retry} />}
      <div className={classes.columns} data-alone={registering || undefined}>
        <div className={classes.list}>
          <PatientTable
            ref={table}
            patients={patients}
            selectedId={selectedId}
            narrow={registering}
            onSelect={(patient) => set({ selectedId: patient.id })}
            onOpen={open}
            onLeaveTop={focusSearch}
            empty={
              behind || failure ? null : <Nobody text={text} mayRegister={mayRegister && !registering} />
            }
          />
          {!registering && info?.wholeClinic === false && (
            <Everywhere text={text} onHere={(id) => navigate(pathOf(id))} />
          )}
        </div>
        {!registering && (
          <aside className={classes.details} aria-label={t('patients.find')}>
            {selected ? (
              <PatientPreview patient={selected} onOpen={() => open(selected)} />
            ) : (
              <EmptyState text={t('patients.chooseOne')} />
            )}
          </aside>
        )}
      </div>
      {registering && (
        <RegisterSheet
          onClose={() => navigate('/patients', { replace: true })}
          onDone={(patient) => navigate(`/patients/${patient.id}`, { replace: true })}
        />
      )}
    </div>
  );
}

/** How many pairs wait for a decision, and the way to them. */
function ToDuplicates() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { may, answer } = usePossibleDuplicates();
  const open = () => navigate('/patients/duplicates');
  useKeys(t('patients.title'), [{ keys: 'd', label: t('duplicates.keys.open'), run: open, enabled: may }]);
  if (!may) return null;
  const count = answer.data?.length ?? 0;
  return (
    <Tooltip label={<KeyHint keys="d" />}>
      <Button variant="default" onClick={open}>
        {t('duplicates.title')}
        {count > 0 && <span className={classes.badge}>{count}</span>}
      </Button>
    </Tooltip>
  );
}

interface EnterOptions {
  readonly text: string;
  readonly behind: boolean;
  readonly first: PatientSummary | undefined;
  readonly open: (patient: PatientSummary) => void;
}

/** Enter in the search opens the first patient; pressed before the answer to what was typed, it waits for it. */
function useEnterOpensFirst({ text, behind, first, open }: EnterOptions) {
  const waits = useRef(false);
  useEffect(() => {
    if (behind || !waits.current) return;
    waits.current = false;
    if (first && text.trim()) open(first);
  });
  return (event: KeyboardEvent) => {
    waits.current = false;
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || !text.trim()) return;
    event.preventDefault();
    if (behind) waits.current = true;
    else if (first) open(first);
  };
}

function Count({ text, count, behind }: { text: string; count: number; behind: boolean }) {
  const { t } = useTranslation();
  if (behind || count === 0) return null;
  if (text.trim() === '') return t('patients.recent');
  return t(count === shownAtMost ? 'patients.foundMost' : 'patients.found', { count });
}

function Nobody({ text, mayRegister }: { text: string; mayRegister: boolean }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const typed = text.trim();
  return (
    <EmptyState
      text={typed ? t('patients.nobody', { text: typed }) : t('patients.nobodyYet')}
      action={
        mayRegister && (
          <Button variant="default" onClick={() => navigate('/patients/new')}>
            {t('patients.register')}
          </Button>
        )
      }
    />
  );
}
