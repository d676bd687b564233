import { Button, Loader, SegmentedControl } from '@mantine/core';
import { type ReactNode, type RefObject, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import frame from '#renderer/ui/ListScreen.module.css';
import { PickList, type PickListHandle } from '#renderer/ui/PickList.tsx';
import type { RebookingTask } from '#shared/contract/appointments.ts';
import type { LinkRequest } from '#shared/contract/panel-desk.ts';
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

/** How somebody who waits to be recognised is shown; it belongs to the panel. */
export interface RequestCards {
  readonly line: (request: LinkRequest) => ReactNode;
  readonly card: (props: {
    readonly request: LinkRequest;
    readonly onDone: () => void;
    readonly openRef: RefObject<(() => void) | undefined>;
    readonly onLeave: () => void;
  }) => ReactNode;
}

/** How a patient's request for records is shown. */
export interface RecordsCards {
  readonly line: (request: RecordsRequest) => ReactNode;
  readonly card: (props: {
    readonly request: RecordsRequest;
    readonly onDone: () => void;
    readonly openRef: RefObject<(() => void) | undefined>;
  }) => ReactNode;
}

const views = ['here', 'all', 'settled'] as const;
type InboxView = (typeof views)[number];

/** Whether the last part of an address names a view of this screen. */
export const isInboxView = (name: string): name is InboxView => (views as readonly string[]).includes(name);

const pathOf = (view: string): string => (view === 'here' ? '/tasks' : `/tasks/${view}`);

interface InboxScreenProps {
  readonly view: InboxView;
  readonly booking: BookingCards;
  readonly panel: RequestCards;
  readonly records: RecordsCards;
}

/**
 * What waits for a person's decision, in one place: bookings that lost their time, what two desks did differently, who wants to use
 * the panel, and what patients ask for of their records.
 */
export function InboxScreen({ view, booking, panel, records }: InboxScreenProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const tasks = useCall('appointments.tasks', {});
  const conflicts = useCall('conflicts.open', {});
  const decides = mayCall(useCurrentUser(), 'panelDesk.requests');
  const requests = useCall('panelDesk.requests', {}, { enabled: decides });
  const asked = decides ? requests.data : [];
  const wanted = useCall('records.requests', {});
  const all =
    tasks.data && conflicts.data && asked && wanted.data
      ? inboxItems(tasks.data, conflicts.data, asked, wanted.data)
      : undefined;
  const here = all?.filter((item) => !('conflict' in item) || item.conflict.mine);
  const items = view === 'here' ? here : all;
  const elsewhere = (all?.length ?? 0) - (here?.length ?? 0);
  const error = tasks.error ?? conflicts.error ?? requests.error ?? wanted.error;
  const retry = () =>
    Promise.all([
      tasks.refetch(),
      conflicts.refetch(),
      wanted.refetch(),
      ...(decides ? [requests.refetch()] : []),
    ]);
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
          {items !== undefined && items.length > 0 && (
            <Items items={items} booking={booking} panel={panel} records={records} />
          )}
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

interface ItemsProps extends Pick<InboxScreenProps, 'booking' | 'panel' | 'records'> {
  readonly items: readonly InboxItem[];
}

function Items({ items, booking, panel, records }: ItemsProps) {
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
        render={(one) =>
          'task' in one ? (
            booking.line(one.task)
          ) : 'request' in one ? (
            panel.line(one.request)
          ) : 'records' in one ? (
            records.line(one.records)
          ) : (
            <ConflictLine conflict={one.conflict} />
          )
        }
      />
      {'task' in item ? (
        booking.card({ task: item.task, onDone, openRef, onLeave })
      ) : 'request' in item ? (
        panel.card({ request: item.request, onDone, openRef, onLeave })
      ) : 'records' in item ? (
        records.card({ request: item.records, onDone, openRef })
      ) : (
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
