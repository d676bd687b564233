import { Button, Loader, SegmentedControl } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import type { DataTableHandle } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import type { RegisterInline } from '#renderer/ui/PatientPicker.tsx';
import type { WaitlistEntryView } from '#shared/contract/waitlist.ts';
import { AddSheet } from './AddSheet.tsx';
import { EntryBar } from './EntryBar.tsx';
import { CancelSheet, EditSheet } from './EntrySheets.tsx';
import { useEntryActions } from './useEntryActions.ts';
import classes from './Waitlist.module.css';
import { WaitlistTable } from './WaitlistTable.tsx';

/** Offers run out without anybody writing: the list is asked for again twice a minute. */
const glance = 30_000;

type View = 'open' | 'closed';
type Sheet = 'add' | 'edit' | 'cancel';

export interface WaitlistScreenProps {
  /** Registers a patient inside the sheet; the app composes it, since a form belongs to a feature. */
  readonly renderRegister?: (register: RegisterInline) => ReactNode;
  /** Looks for a time and books it: the booking sheet belongs to another feature. */
  readonly onBook: (entry: WaitlistEntryView) => void;
}

/** Who waits for a time, the most urgent first, and what can be done with each by one key. */
export function WaitlistScreen({ renderRegister, onBook }: WaitlistScreenProps) {
  const { t } = useTranslation();
  const user = useCurrentUser();
  const [view, setView] = useState<View>('open');
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const table = useRef<DataTableHandle>(null);
  const { data, error, isPending, refetch } = useCall('waitlist.list', { view }, { every: glance });
  const entries = data?.entries ?? [];
  const selected = entries.find(({ id }) => id === selectedId) ?? entries[0];
  const actions = useEntryActions(selected, onBook, setSheet);
  const mayAdd = mayCall(user, 'waitlist.add');
  const add = () => setSheet('add');
  const close = () => setSheet(null);
  useKeys(t('waitlist.title'), [
    { keys: 'n', label: t('waitlist.add'), run: add, enabled: mayAdd },
    { keys: 'b', label: t('waitlist.action.book'), ...actions.book },
    { keys: 'd', label: t('waitlist.action.decline'), ...actions.decline },
    { keys: 'e', label: t('waitlist.edit'), ...actions.edit },
    { keys: 'Delete|Backspace', label: t('waitlist.cancel'), ...actions.cancel },
    { keys: 'r', label: t('waitlist.action.reopen'), ...actions.reopen },
    { keys: 'p', label: t('appointments.details.openPatient'), ...actions.patient },
  ]);
  const isThere = entries.length > 0;
  useEffect(() => {
    const { activeElement } = document;
    if (isThere && (activeElement === document.body || activeElement?.id === 'work')) table.current?.focus();
  }, [isThere]);
  return (
    <div className={classes.screen}>
      <header className={classes.bar}>
        <h1 className={classes.title}>{t('waitlist.title')}</h1>
        <SegmentedControl
          size="xs"
          aria-label={t('waitlist.view.label')}
          data={(['open', 'closed'] as const).map((value) => ({ value, label: t(`waitlist.view.${value}`) }))}
          value={view}
          onChange={(value) => setView(value as View)}
        />
        <p className={classes.count}>
          {data?.more
            ? t('waitlist.countMore', { count: entries.length })
            : view === 'open' && isThere && t('waitlist.count', { count: entries.length })}
        </p>
        {mayAdd && <AddButton onClick={add} />}
      </header>
      {error && <Failure failure={error} onRetry={() => void refetch()} />}
      {isPending && !error && (
        <div className={classes.loading} aria-busy="true">
          <Loader size="sm" aria-label={t('waitlist.loading')} />
        </div>
      )}
      {data && (
        <WaitlistTable
          ref={table}
          entries={entries}
          selectedId={selected?.id ?? null}
          narrow={sheet !== null}
          onSelect={({ id }) => setSelectedId(id)}
          onOpen={() => actions.edit.enabled && setSheet('edit')}
          empty={
            <EmptyState
              text={t(`waitlist.empty.${view}`)}
              action={view === 'open' && mayAdd ? <AddButton onClick={add} quiet /> : null}
            />
          }
        />
      )}
      {selected && <EntryBar entry={selected} actions={actions} />}
      {sheet === 'add' && <AddSheet onClose={close} {...(renderRegister ? { renderRegister } : {})} />}
      {sheet === 'edit' && selected && <EditSheet key={selected.id} entry={selected} onClose={close} />}
      {sheet === 'cancel' && selected && <CancelSheet key={selected.id} entry={selected} onClose={close} />}
    </div>
  );
}

function AddButton({ onClick, quiet = false }: { onClick: () => void; quiet?: boolean }) {
  const { t } = useTranslation();
  return (
    <Button
      size="sm"
      variant={quiet ? 'default' : 'filled'}
      onClick={onClick}
      leftSection={<IconPlus size={16} stroke={1.8} />}
      rightSection={<KeyHint keys="n" quiet />}
    >
      {t('waitlist.add')}
    </Button>
  );
}
