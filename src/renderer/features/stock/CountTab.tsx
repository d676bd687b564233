import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { useClient } from '#renderer/client/provider.tsx';
import { useCurrentUser } from '#renderer/client/session.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { errorText, fieldText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import frame from '#renderer/ui/ListScreen.module.css';
import { toast } from '#renderer/ui/toasts.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { CountLine } from '#shared/contract/stock.ts';
import { readWhole } from '#shared/domain/stock/quantity.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import { Differences } from './Differences.tsx';
import classes from './Stock.module.css';
import { useStock } from './store.ts';
import { useStockWords } from './useStockWords.ts';

/** Of whoever has counted nothing yet; one and the same, so that the store tells no change. */
const nothing: Readonly<Record<string, string>> = {};

type Counts = Readonly<Record<string, string>>;

const readCount = (typed: string) => {
  const read = readWhole(typed);
  return read.ok && read.value < 0 ? ({ ok: false, error: 'negative' } as const) : read;
};

interface SheetProps {
  readonly lines: readonly CountLine[];
  readonly counts: Counts;
  readonly asked: boolean;
  readonly onCount: (batchId: string, typed: string) => void;
}

/** What is counted, a line for each batch; Enter leads to the next. */
function CountSheet({ lines, counts, asked, onCount }: SheetProps) {
  const { t } = useTranslation();
  const words = useStockWords();
  return (
    <table className={classes.count}>
      <thead>
        <tr>
          <th>{t('stock.item')}</th>
          <th>{t('stock.lot')}</th>
          <th>{t('stock.expiry')}</th>
          <th>{t('stock.counted')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ batchId, title, lot, expiry, unit }) => {
          const typed = counts[batchId] ?? '';
          const read = readCount(typed);
          return (
            <tr key={batchId}>
              <td>{title}</td>
              <td>{lot}</td>
              <td>{words.day(expiry)}</td>
              <td>
                <TextInput
                  className={classes.number}
                  aria-label={t('stock.countedFor', { title, lot })}
                  data-count
                  inputMode="numeric"
                  maxLength={40}
                  autoComplete="off"
                  value={typed}
                  rightSection={<span className={classes.quiet}>{words.unit(unit)}</span>}
                  rightSectionWidth={72}
                  error={asked && typed.trim() !== '' && !read.ok && fieldText(t, read.error)}
                  onChange={(event) => onCount(batchId, event.currentTarget.value)}
                  onKeyDown={(event) => {
                    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
                    event.preventDefault();
                    const all = [...document.querySelectorAll<HTMLInputElement>('[data-count]')];
                    all[all.indexOf(event.currentTarget) + 1]?.focus();
                  }}
                />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Counts what is in a store without seeing what is expected; then the differences are shown, explained and written. */
export function CountTab({ store, pick }: { store: LocationId; pick: ReactNode }) {
  const { t } = useTranslation();
  const client = useClient();
  const { data, error, refetch } = useCall('stock.toCount', { locationId: store });
  const key = `${useCurrentUser()?.id ?? ''} ${store}`;
  const counts = useStock((state) => state.counts.get(key) ?? nothing);
  const keep = useStock((state) => state.count);
  const [asked, setAsked] = useState(false);
  const [seen, setSeen] = useState<Output<'stock.compare'> | null>(null);
  const lines = data?.lines ?? [];
  const compare = async () => {
    setAsked(true);
    const typed = lines.filter(({ batchId }) => (counts[batchId] ?? '').trim() !== '');
    if (typed.length === 0) return toast(t('stock.nothingCounted'), { tone: 'attention' });
    const read = typed.flatMap(({ batchId }) => {
      const one = readCount(counts[batchId] ?? '');
      return one.ok ? [{ batchId, counted: one.value }] : [];
    });
    if (read.length < typed.length) return;
    try {
      setSeen(await client.call('stock.compare', { locationId: store, counts: read }));
    } catch (failure) {
      toast(errorText(t, failure), { tone: 'problem' });
    }
  };
  useKeys(t('stock.tab.count'), [
    {
      keys: 'mod+Enter',
      label: t('stock.compare'),
      run: () => void compare(),
      inFields: true,
      enabled: seen === null && lines.length > 0,
    },
  ]);
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  if (seen !== null)
    return (
      <Differences
        {...{ store, lines, seen }}
        onAgain={() => void compare()}
        onBack={() => setSeen(null)}
        onWritten={() => {
          keep(key, nothing);
          setAsked(false);
          setSeen(null);
        }}
      />
    );
  return (
    <div className={frame.screen}>
      <div className={frame.bar}>
        <h1 className={frame.title}>{t('stock.tab.count')}</h1>
        <span className={classes.spring} />
        {pick}
        <Button
          disabled={lines.length === 0}
          rightSection={<KeyHint keys="mod+Enter" quiet />}
          onClick={() => void compare()}
        >
          {t('stock.compare')}
        </Button>
      </div>
      {data && lines.length === 0 ? (
        <EmptyState text={t('stock.nothingToCount')} />
      ) : (
        <>
          <p className={classes.hint}>{t('stock.countHint')}</p>
          <div className={classes.scroll}>
            <CountSheet
              lines={lines}
              counts={counts}
              asked={asked}
              onCount={(batchId, typed) => keep(key, { ...counts, [batchId]: typed })}
            />
          </div>
        </>
      )}
    </div>
  );
}
