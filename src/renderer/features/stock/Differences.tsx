import { Alert, Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { errorText, fieldText } from '#renderer/ui/error-text.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import frame from '#renderer/ui/ListScreen.module.css';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { CountLine } from '#shared/contract/stock.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import classes from './Stock.module.css';
import { useStockWords } from './useStockWords.ts';

type Compared = Output<'stock.compare'>[number];

interface DifferencesProps {
  readonly store: LocationId;
  readonly lines: readonly CountLine[];
  readonly seen: Output<'stock.compare'>;
  /** What is expected is asked once more. */
  readonly onAgain: () => void;
  readonly onBack: () => void;
  readonly onWritten: () => void;
}

interface RowsProps {
  readonly rows: readonly (Compared & { readonly line: CountLine })[];
  readonly reasons: Readonly<Record<string, string>>;
  readonly onReason: (batchId: string, reason: string) => void;
}

function Rows({ rows, reasons, onReason }: RowsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useStockWords();
  return (
    <table className={classes.count}>
      <thead>
        <tr>
          <th>{t('stock.item')}</th>
          <th>{t('stock.lot')}</th>
          <th data-end>{t('stock.counted')}</th>
          <th data-end>{t('stock.expected')}</th>
          <th data-end>{t('stock.difference')}</th>
          <th>{t('stock.lineReason')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ batchId, counted, expected, line: { title, lot } }) => (
          <tr key={batchId}>
            <td>{title}</td>
            <td>{lot}</td>
            <td data-end>{format.number(counted)}</td>
            <td data-end>{format.number(expected)}</td>
            <td data-end className={counted < expected ? classes.red : undefined}>
              {words.change(counted - expected)}
            </td>
            <td>
              {counted !== expected && (
                <TextInput
                  aria-label={t('stock.reasonFor', { title, lot })}
                  maxLength={1000}
                  value={reasons[batchId] ?? ''}
                  onChange={(event) => onReason(batchId, event.currentTarget.value)}
                />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What was counted beside what was expected; a difference is written with the reason for it. */
export function Differences({ store, lines, seen, onAgain, onBack, onWritten }: DifferencesProps) {
  const { t } = useTranslation();
  const apply = useCommand('stock.applyCount');
  const [general, setGeneral] = useState('');
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const byBatch = new Map(lines.map((line) => [line.batchId, line]));
  const rows = seen
    .flatMap((one) => {
      const line = byBatch.get(one.batchId);
      return line ? [{ ...one, line }] : [];
    })
    .toSorted((a, b) => Number(b.counted !== b.expected) - Number(a.counted !== a.expected));
  const count = rows.filter(({ counted, expected }) => counted !== expected).length;
  const write = async () => {
    const counts = seen.map((one) => ({
      ...one,
      reason: one.counted === one.expected ? '' : reasons[one.batchId]?.trim() || general.trim(),
    }));
    if (counts.some((one) => one.counted !== one.expected && one.reason === ''))
      return setProblem(fieldText(t, 'required'));
    try {
      const done = await apply.mutateAsync({ locationId: store, counts });
      toast(t('stock.applied', { count: done.counted }));
      onWritten();
    } catch (failure) {
      const isOther = failure instanceof AppErrorException && failure.error.code === 'changed-meanwhile';
      if (isOther) onAgain();
      setProblem(isOther ? t('stock.expectedNew') : errorText(t, failure));
    }
  };
  useKeys(t('stock.tab.count'), [
    { keys: 'mod+Enter', label: t('stock.apply'), run: () => void write(), inFields: true },
    { keys: 'Escape', label: t('stock.countMore'), run: onBack, inFields: true },
  ]);
  return (
    <div className={frame.screen}>
      <div className={frame.bar}>
        <h1 className={frame.title}>{t('stock.tab.count')}</h1>
        <span className={frame.count} role="status">
          {count === 0 ? t('stock.noDifference') : t('stock.differences', { count })}
        </span>
        <span className={classes.spring} />
        <Button variant="default" rightSection={<KeyHint keys="Escape" quiet />} onClick={onBack}>
          {t('stock.countMore')}
        </Button>
        <Button
          loading={apply.isPending}
          rightSection={<KeyHint keys="mod+Enter" quiet />}
          onClick={() => void write()}
        >
          {t('stock.apply')}
        </Button>
      </div>
      <div className={classes.scroll}>
        {problem && (
          <Alert color="red" variant="light" role="alert">
            {problem}
          </Alert>
        )}
        {count > 0 && (
          <TextInput
            className={classes.general}
            label={t('stock.generalReason')}
            autoFocus
            maxLength={1000}
            value={general}
            onChange={(event) => setGeneral(event.currentTarget.value)}
          />
        )}
        <Rows
          rows={rows}
          reasons={reasons}
          onReason={(batchId, reason) => setReasons({ ...reasons, [batchId]: reason })}
        />
      </div>
    </div>
  );
}
