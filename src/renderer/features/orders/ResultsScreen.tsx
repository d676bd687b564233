import { Button, Loader, SegmentedControl } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { DelegateSheet } from './DelegateSheet.tsx';
import { FollowUps } from './FollowUps.tsx';
import { ImportSheet } from './ImportSheet.tsx';
import { InboxList } from './InboxList.tsx';
import { RequestList } from './RequestList.tsx';
import classes from './Results.module.css';

const views = ['inbox', 'follow-ups', 'renewals', 'requests'] as const;
type ResultsViewName = (typeof views)[number];

/** Whether the last part of an address names a view of this screen. */
export const isResultsView = (name: string): name is ResultsViewName =>
  (views as readonly string[]).includes(name);

const pathOf = (view: string): string => (view === 'inbox' ? '/results' : `/results/${view}`);
const withCount = (word: string, count: number | undefined): string =>
  count === undefined || count === 0 ? word : `${word} ${count}`;

interface ResultsScreenProps {
  readonly view: ResultsViewName;
  /** What patients ask to have again; it belongs to prescribing. */
  readonly renderRenewals: () => ReactNode;
}

/**
 * Results to read, what is to be done about them, renewals that patients ask for, and tests that wait for a result. A nurse has the
 * last of these.
 */
export function ResultsScreen({ view, renderRenewals }: ResultsScreenProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const user = useCurrentUser();
  const [sheet, setSheet] = useState<'delegate' | 'import' | null>(null);
  const reads = mayCall(user, 'results.inbox');
  const waiting = useCall('results.waiting', {}, { enabled: reads }).data;
  const renews = mayCall(user, 'prescriptions.renewals');
  const renewals = useCall('prescriptions.renewalsWaiting', {}, { enabled: reads && renews }).data?.count;
  const shown = reads && (renews || view !== 'renewals') ? view : 'requests';
  const close = () => setSheet(null);
  useKeys(t('orders.title'), [
    { keys: 'd', label: t('orders.delegate.title'), run: () => setSheet('delegate'), enabled: reads },
    { keys: 'i', label: t('orders.import.title'), run: () => setSheet('import') },
    ...(reads
      ? views
          .filter((one) => renews || one !== 'renewals')
          .map((one, index) => ({
            keys: String(index + 1),
            label: t(`orders.view.${one}`),
            run: () => navigate(pathOf(one), { replace: true }),
          }))
      : []),
  ]);
  return (
    <div className={classes.screen}>
      <header className={classes.bar}>
        <h1 className={classes.title}>{t('orders.title')}</h1>
        {reads && (
          <SegmentedControl
            size="xs"
            aria-label={t('orders.view.label')}
            value={shown}
            onChange={(next) => navigate(pathOf(next), { replace: true })}
            data={[
              { value: 'inbox', label: withCount(t('orders.view.inbox'), waiting?.reports) },
              { value: 'follow-ups', label: withCount(t('orders.view.follow-ups'), waiting?.followUps) },
              ...(renews
                ? [{ value: 'renewals', label: withCount(t('orders.view.renewals'), renewals) }]
                : []),
              { value: 'requests', label: t('orders.view.requests') },
            ]}
          />
        )}
        <span className={classes.spacer} />
        {reads && (
          <Button
            size="sm"
            variant="default"
            onClick={() => setSheet('delegate')}
            rightSection={<KeyHint keys="d" quiet />}
          >
            {t('orders.delegate.open')}
          </Button>
        )}
        <Button
          size="sm"
          variant="default"
          onClick={() => setSheet('import')}
          rightSection={<KeyHint keys="i" quiet />}
        >
          {t('orders.import.open')}
        </Button>
      </header>
      {shown === 'inbox' && <Inbox />}
      {shown === 'follow-ups' && <FollowUps />}
      {shown === 'renewals' && renderRenewals()}
      {shown === 'requests' && <RequestList />}
      {sheet === 'delegate' && <DelegateSheet onClose={close} />}
      {sheet === 'import' && <ImportSheet onClose={close} />}
    </div>
  );
}

function Inbox() {
  const { t } = useTranslation();
  const inbox = useCall('results.inbox', {});
  if (inbox.error) return <Failure failure={inbox.error} onRetry={() => void inbox.refetch()} />;
  if (!inbox.data)
    return (
      <div className={classes.empty} aria-busy="true">
        <Loader size="sm" aria-label={t('common.loading')} />
      </div>
    );
  if (inbox.data.items.length === 0) return <EmptyState text={t('orders.inbox.empty')} />;
  return <InboxList items={inbox.data.items} />;
}
