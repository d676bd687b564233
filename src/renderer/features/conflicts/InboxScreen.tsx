import { Button, Loader, SegmentedControl } from '@mantine/core';
import { type ReactNode, type RefObject, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import frame from '#renderer/ui/ListScreen.module.css';
import { PickList, type PickListHandle } from '#renderer/ui/PickList.tsx';
import type { RebookingTask } from '#shared/contract/appointments.ts';
import type { RecordsRequest } from '#shared/contract/panel-records.ts';
import { ConflictDetail } from './ConflictDetail.tsx';
import { ConflictLine } from './ConflictLine.tsx';
import { HistoryList } from './HistoryList.tsx';
import { type InboxItem, inboxItems } from './inbox.ts';

/** How a booking that lost its time is shown; it belongs to the appointments. */
export interface BookingCards {
  readonly line: (task: RebookingTask) => ReactNode;
  readonly card: (props: {
    readonly task: RebookingTask;
    readonly onDone: () => void;
    readonly openRef: RefObject<(() => void) | undefined>;
    readonly onLeave: () => void;
  }) => ReactNode;
}

/** How a patient's request for records is shown; it belongs to what patients ask for. */
export interface RequestCards {
  readonly line: (request: RecordsRequest) => ReactNode;
  readonly card: (props: {
    readonly request: RecordsRequest;
    readonly onDone: () => void;
    readonly openRef: RefObject<(() => void) | undefined>;
  }) => ReactNode;
}

interface Cards {
  readonly booking: BookingCards;
  readonly records: RequestCards;
}

const views = ['here', 'all', 'settled'] as const;
type InboxView = (typeof views)[number];

/** Whether the last part of an address names a view of this screen. */
export const isInboxView = (name: string): name is InboxView => (views as readonly string[]).includes(name);

const pathOf = (view: string): string => (view === 'here' ? '/tasks' : `/tasks/${view}`);

/**
 * What waits for a person's decision, in one place: bookings that lost their time, what patients ask for, and what two desks did
 * differently.
 */
export function InboxScreen({ view, ...cards }: Cards & { readonly view: InboxView }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const tasks = useCall('appointments.tasks', {});
  const requests = useCall('records.requests', {});
  const conflicts = useCall('conflicts.open', {});
  const all =
    tasks.data && requests.data && conflicts.data
      ? inboxItems(tasks.data, requests.data, conflicts.data)
      : undefined;
  const here = all?.filter((item) => !('conflict' in item) || item.conflict.mine);
  const items = view === 'here' ? here : all;
  const elsewhere = (all?.length ?? 0) - (here?.length ?? 0);
  const error = tasks.error ?? requests.error ?? conflicts.error;
  const retry = () => Promise.all([tasks.refetch(), requests.refetch(), conflicts.refetch()]);
  return (
    <div className={frame.screen}>
      <header className={frame.bar}>
        <h1 className={frame.title}>{t('conflicts.title')}</h1>
        <SegmentedControl
          size="xs"
          aria-label={t('conflicts.scope')}
          value={view}
          onChange={(next) => navigate(pathOf(next), { replace: true })}
          data={[
            { value: 'here', label: withCount(t('conflicts.here'), here?.length) },
            { value: 'all', label: withCount(t('conflicts.everywhere'), all?.length) },
            { value: 'settled', label: t('conflicts.settled') },
          ]}
        />
        {view !== 'settled' && items !== undefined && items.length > 0 && (
          <span className={frame.count}>{t('conflicts.count', { count: items.length })}</span>
        )}
      </header>
      {view === 'settled' ? (
        <HistoryList />
      ) : (
        <>
          {error && <Failure failure={error} onRetry={() => void retry()} />}
          {items === undefined && !error && (
            <div className={frame.loading} aria-busy="true">
              <Loader size="sm" aria-label={t('conflicts.loading')} />
            </div>
          )}
          {items?.length === 0 && <Nothing elsewhere={view === 'here' ? elsewhere : 0} />}
          {items !== undefined && items.length > 0 && <Items items={items} {...cards} />}
        </>
      )}
    </div>
  );
}

const withCount = (word: string, count: number | undefined): string =>
  count === undefined || count === 0 ? word : `${word} ${count}`;

function Nothing({ elsewhere }: { elsewhere: number }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  return (
    <EmptyState
      text={elsewhere > 0 ? t('conflicts.emptyElsewhere', { count: elsewhere }) : t('conflicts.empty')}
      action={
        <Button
          variant="default"
          ref={takeLostFocus}
          onClick={() => navigate(elsewhere > 0 ? pathOf('all') : '/day')}
        >
          {elsewhere > 0 ? t('conflicts.toEverywhere') : t('conflicts.toDay')}
        </Button>
      }
    />
  );
}

/** With the last item its line and its buttons are gone; the focus goes on to what can be done next. */
const takeLostFocus = (button: HTMLButtonElement | null) => {
  if (document.activeElement === document.body) button?.focus();
};

function Items({ items, booking, records }: Cards & { readonly items: readonly InboxItem[] }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useRef<PickListHandle>(null);
  const openRef = useRef<() => void>(undefined);
  // Where the chosen one was: when somebody else has decided it, the next one takes its place.
  const place = useRef(0);
  const found = items.findIndex(({ key }) => key === chosen);
  const at = found >= 0 ? found : Math.min(chosen === null ? 0 : place.current, items.length - 1);
  place.current = at;
  const item = items[at];
  if (item === undefined) return null;
  // The next one is chosen before the list knows that this one is done.
  const onDone = () => {
    setChosen((items[at + 1] ?? items[at - 1])?.key ?? null);
    list.current?.focus();
  };
  const onLeave = () => list.current?.focus();
  return (
    <div className={frame.columns}>
      <PickList
        ref={list}
        label={t('conflicts.list')}
        keysTitle={t('conflicts.keys')}
        keysLabel={t('conflicts.action.walk')}
        items={items}
        itemKey={({ key }) => key}
        selectedKey={item.key}
        onSelect={({ key }) => setChosen(key)}
        onOpen={() => openRef.current?.()}
        render={(one) => {
          if ('task' in one) return booking.line(one.task);
          return 'request' in one ? records.line(one.request) : <ConflictLine conflict={one.conflict} />;
        }}
      />
      {'task' in item && booking.card({ task: item.task, onDone, openRef, onLeave })}
      {'request' in item && records.card({ request: item.request, onDone, openRef })}
      {'conflict' in item && (
        <ConflictDetail
          key={item.key}
          conflict={item.conflict}
          onDone={onDone}
          openRef={openRef}
          onLeave={onLeave}
        />
      )}
    </div>
  );
}
