import { Button } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCommand } from '#renderer/client/calls.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { errorText } from '#renderer/ui/error-text.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { PickList, type PickListHandle } from '#renderer/ui/PickList.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useResultWords } from '#renderer/ui/useResultWords.ts';
import type { InboxItem } from '#shared/contract/orders.ts';
import { AcknowledgeSheet } from './AcknowledgeSheet.tsx';
import { FlagMark } from './FlagMark.tsx';
import { ReportAbout } from './ReportAbout.tsx';
import { ReportValues } from './ReportValues.tsx';
import classes from './Results.module.css';

/** Results that wait to be read, and what is in the chosen one; one key says that it was read. */
export function InboxList({ items }: { items: readonly InboxItem[] }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useRef<PickListHandle>(null);
  // Where the chosen one was: when it is read, the next one takes its place.
  const place = useRef(0);
  const found = items.findIndex(({ report }) => report.id === chosen);
  const at = found >= 0 ? found : Math.min(chosen === null ? 0 : place.current, items.length - 1);
  place.current = at;
  const item = items[at];
  if (item === undefined) return null;
  const onDone = () => {
    setChosen((items[at + 1] ?? items[at - 1])?.report.id ?? null);
    list.current?.focus();
  };
  return (
    <div className={classes.columns}>
      <PickList
        ref={list}
        label={t('orders.inbox.list')}
        keysTitle={t('orders.title')}
        keysLabel={t('orders.inbox.walk')}
        items={items}
        itemKey={({ report }) => report.id}
        selectedKey={item.report.id}
        onSelect={({ report }) => setChosen(report.id)}
        render={(one) => <InboxLine item={one} />}
      />
      <InboxDetail key={item.report.id} item={item} onDone={onDone} />
    </div>
  );
}

function Whose({ item }: { item: InboxItem }) {
  const { t } = useTranslation();
  if (item.whose === 'own') return null;
  const text =
    item.whose === 'nobody'
      ? t('orders.inbox.nobody')
      : t('orders.inbox.delegated', { name: item.report.requesterName ?? '' });
  return <span className={classes.whose}>{text}</span>;
}

function InboxLine({ item }: { item: InboxItem }) {
  const { t } = useTranslation();
  const words = useResultWords();
  const format = useFormat();
  const { report } = item;
  return (
    <span className={classes.line}>
      <span className={classes.lineName}>
        <span>{report.patientName}</span>
        <CertaintyMark certainty={report.certainty} quiet />
      </span>
      <span>{item.restricted ? t('orders.followUps.restricted') : words.test(report)}</span>
      <span className={classes.lineAbout}>
        <FlagMark flag={report.flag} />
        <span>{format.dateTime(report.recordedAt)}</span>
        <Whose item={item} />
      </span>
    </span>
  );
}

function InboxDetail({ item, onDone }: { item: InboxItem; onDone: () => void }) {
  const { t } = useTranslation();
  const words = useResultWords();
  const [, navigate] = useLocation();
  const acknowledge = useCommand('results.acknowledge');
  const [sheet, setSheet] = useState(false);
  const { report, restricted } = item;
  const read = async () => {
    try {
      await acknowledge.mutateAsync({ reportId: report.id, note: '', followUp: null });
      toast(t('orders.done.read', { patient: report.patientName }));
      onDone();
    } catch (failure) {
      toast(errorText(t, failure), { tone: 'problem' });
    }
  };
  const chart = () => navigate(`/patients/${report.patientId}/chart/results`);
  const mayRead = !restricted && !acknowledge.isPending;
  useKeys(t('orders.title'), [
    { keys: 'a', label: t('orders.action.read'), run: () => void read(), enabled: mayRead },
    { keys: 'f', label: t('orders.action.followUp'), run: () => setSheet(true), enabled: mayRead },
    { keys: 'c', label: t('orders.action.chart'), run: chart },
  ]);
  return (
    <section className={classes.detail} aria-label={report.patientName}>
      <h2 className={classes.heading}>
        {restricted ? report.patientName : `${report.patientName} · ${words.test(report)}`}{' '}
        <CertaintyMark certainty={report.certainty} />
      </h2>
      <p className={classes.about}>
        <FlagMark flag={report.flag} /> {report.patientMrn} <Whose item={item} />
      </p>
      {restricted ? (
        <p className={classes.quiet}>{t('orders.inbox.restricted')}</p>
      ) : (
        <>
          <ReportAbout report={report} />
          <ReportValues report={report} />
        </>
      )}
      <div className={classes.actions}>
        {!restricted && (
          <>
            <Action keys="a" busy={acknowledge.isPending} primary onClick={() => void read()}>
              {t('orders.action.read')}
            </Action>
            <Action keys="f" busy={acknowledge.isPending} onClick={() => setSheet(true)}>
              {t('orders.action.followUp')}
            </Action>
          </>
        )}
        <Action keys="c" onClick={chart}>
          {t('orders.action.chart')}
        </Action>
      </div>
      {sheet && (
        <AcknowledgeSheet
          report={report}
          onClose={() => setSheet(false)}
          onDone={() => {
            setSheet(false);
            onDone();
          }}
        />
      )}
    </section>
  );
}

interface ActionProps {
  readonly keys: string;
  readonly onClick: () => void;
  readonly busy?: boolean;
  readonly primary?: boolean;
  readonly children: ReactNode;
}

function Action({ keys, onClick, busy = false, primary = false, children }: ActionProps) {
  return (
    <Button
      variant={primary ? 'filled' : 'default'}
      disabled={busy}
      onClick={onClick}
      rightSection={<KeyHint keys={keys} quiet />}
    >
      {children}
    </Button>
  );
}
