import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { DataTable, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import frame from '#renderer/ui/ListScreen.module.css';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { BatchView, MovementView, StockLine, StoreView } from '#shared/contract/stock.ts';
import type { LocationId, StockItemId } from '#shared/kernel/ids.ts';
import { Alerts } from './Alerts.tsx';
import { BatchSheet } from './BatchSheet.tsx';
import { ItemSheet } from './ItemSheet.tsx';
import { LevelSheet } from './LevelSheet.tsx';
import { Movements } from './Movements.tsx';
import { type Move, MoveSheet } from './MoveSheet.tsx';
import { RecallSheet, TakeBackSheet } from './Reasons.tsx';
import { ReceiveSheet } from './ReceiveSheet.tsx';
import classes from './Stock.module.css';
import { useStockWords } from './useStockWords.ts';

function useColumns(unit: string): readonly TableColumn<BatchView>[] {
  const { t } = useTranslation();
  const words = useStockWords();
  const format = useFormat();
  return [
    {
      key: 'lot',
      header: t('stock.lot'),
      width: 'minmax(110px, 1fr)',
      cell: ({ lot, certainty }) => (
        <span>
          {lot} <CertaintyMark certainty={certainty} quiet />
        </span>
      ),
    },
    {
      key: 'expiry',
      header: t('stock.expiry'),
      width: 'minmax(100px, 1fr)',
      tabular: true,
      cell: ({ expiry }) => words.day(expiry),
    },
    {
      key: 'quantity',
      header: t('stock.inStore'),
      width: 'minmax(110px, 1fr)',
      align: 'end',
      tabular: true,
      cell: ({ quantity }) => (
        <span className={quantity < 0 ? classes.red : undefined}>{words.amount(quantity, unit)}</span>
      ),
    },
    {
      key: 'usable',
      header: t('stock.usable'),
      width: 'minmax(90px, 0.8fr)',
      align: 'end',
      tabular: true,
      cell: ({ usable }) => format.number(usable),
    },
    {
      key: 'state',
      header: t('stock.state'),
      width: 'minmax(0, 1.6fr)',
      cell: (batch) => (
        <span className={batch.excluded === null ? undefined : classes.quiet}>
          {[words.state(batch), batch.recallReason].filter(Boolean).join(': ')}
        </span>
      ),
    },
  ];
}

function Facts({ data }: { data: Output<'stock.item'> }) {
  const { t } = useTranslation();
  const words = useStockWords();
  const { item, elsewhere } = data;
  const others = elsewhere
    .filter(({ usable }) => usable > 0)
    .map(({ name, usable }) => t('stock.inOther', { name, quantity: words.amount(usable, item.unit) }));
  const level = (quantity: number | null) => (quantity === null ? '' : words.amount(quantity, item.unit));
  const facts = [
    [t('stock.usable'), words.amount(item.usable, item.unit)],
    [t('stock.inStore'), words.amount(item.quantity, item.unit)],
    [t('stock.notUsable'), words.excluded(item)],
    [t('stock.minimum'), level(item.minimum)],
    [t('stock.fillTo'), level(item.fillTo)],
    [t('stock.medicine'), item.medicineName ?? ''],
  ].filter(([, text]) => text !== '');
  return (
    <>
      <dl className={classes.facts}>
        {facts.map(([label, text]) => (
          <div key={label} className={classes.fact}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {item.negative > 0 && (
        <p className={classes.alert} role="status">
          {t('stock.negativeNote')}
        </p>
      )}
      {others.length > 0 && (
        <p className={classes.hint}>{t('stock.elsewhere', { list: others.join(', ') })}</p>
      )}
    </>
  );
}

type Sheet =
  | { readonly kind: 'receive' | 'level' | 'edit' }
  | { readonly kind: 'batch' | 'recall'; readonly id: string }
  | { readonly kind: 'move'; readonly id: string; readonly move: Move }
  | { readonly kind: 'takeBack'; readonly movement: MovementView };

interface SheetsProps {
  readonly sheet: Sheet;
  readonly open: (sheet: Sheet | null) => void;
  readonly data: Output<'stock.item'>;
  readonly store: LocationId;
  readonly stores: readonly StoreView[];
}

function BatchSheets({ sheet, open, data, store, stores }: SheetsProps) {
  const { item, batches } = data;
  const batch = 'id' in sheet ? batches.find(({ id }) => id === sheet.id) : undefined;
  if (batch === undefined) return null;
  const close = () => open(null);
  if (sheet.kind === 'move')
    return <MoveSheet {...{ item, batch, store, stores }} move={sheet.move} onClose={close} />;
  if (sheet.kind === 'recall') return <RecallSheet batch={batch} onClose={close} />;
  return (
    <BatchSheet
      item={item}
      batch={batch}
      hasOthers={stores.some(({ id, active }) => active && id !== store)}
      onMove={(move) => open({ kind: 'move', id: batch.id, move })}
      onRecall={() => open({ kind: 'recall', id: batch.id })}
      onClose={close}
    />
  );
}

function Sheets(props: SheetsProps) {
  const { sheet, open, data, store } = props;
  const currency = useCall('stock.list', { locationId: store }).data?.currency ?? null;
  const close = () => open(null);
  const { item, today } = data;
  switch (sheet.kind) {
    case 'receive':
      return <ReceiveSheet {...{ item, store, today, currency }} onClose={close} />;
    case 'level':
      return <LevelSheet item={item} store={store} onClose={close} />;
    case 'edit':
      return <ItemSheet item={item} onClose={close} />;
    case 'takeBack':
      return <TakeBackSheet movement={sheet.movement} onClose={close} />;
    default:
      return <BatchSheets {...props} />;
  }
}

interface Choice {
  readonly kind: 'receive' | 'level' | 'edit';
  readonly word: string;
  readonly keys: string;
  readonly may: boolean;
}

function useChoices({ active }: Pick<StockLine, 'active'>): readonly Choice[] {
  const { t } = useTranslation();
  const user = useCurrentUser();
  const all: readonly Choice[] = [
    { kind: 'edit', word: t('stock.editShort'), keys: 'e', may: mayCall(user, 'stock.saveItem') },
    { kind: 'level', word: t('stock.levelShort'), keys: 'm', may: mayCall(user, 'stock.setLevel') },
    { kind: 'receive', word: t('stock.receive'), keys: 'r', may: active && mayCall(user, 'stock.receive') },
  ];
  return all.filter(({ may }) => may);
}

interface ItemPageProps {
  readonly id: StockItemId;
  readonly store: LocationId;
  readonly stores: readonly StoreView[];
  readonly pick: ReactNode;
}

/** An item in a store: its batches, and everything that moved. */
export function ItemPage({ id, store, stores, pick }: ItemPageProps) {
  const { data, error, refetch } = useCall('stock.item', { id, locationId: store });
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  return data === undefined ? <div aria-busy="true" /> : <Page {...{ data, store, stores, pick }} />;
}

function Page({ data, store, stores, pick }: Omit<ItemPageProps, 'id'> & { data: Output<'stock.item'> }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { item, batches } = data;
  const columns = useColumns(item.unit);
  const choices = useChoices(item);
  const mayTakeBack = mayCall(useCurrentUser(), 'stock.takeBack');
  const [sheet, open] = useState<Sheet | null>(null);
  const back = () => navigate('/stock/items');
  useKeys(item.title, [
    { keys: 'Escape', label: t('stock.tab.items'), run: back, enabled: sheet === null },
    ...choices.map(({ kind, word, keys }) => ({
      keys,
      label: word,
      run: () => open({ kind }),
      enabled: sheet === null,
    })),
  ]);
  return (
    <div className={frame.screen}>
      <div className={`${frame.bar} ${classes.bar}`}>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconArrowLeft size={16} stroke={1.6} aria-hidden />}
          onClick={back}
        >
          {t('stock.tab.items')}
        </Button>
        <h1 className={frame.title}>{item.title}</h1>
        <CertaintyMark certainty={item.certainty} quiet />
        {!item.active && <span className={classes.quiet}>{t('stock.notKept')}</span>}
        <Alerts line={item} />
        <span className={classes.spring} />
        {pick}
        {choices.map(({ kind, word, keys }) => (
          <Button
            key={kind}
            variant={kind === 'receive' ? 'filled' : 'default'}
            rightSection={<KeyHint keys={keys} quiet />}
            onClick={() => open({ kind })}
          >
            {word}
          </Button>
        ))}
      </div>
      <Facts data={data} />
      <h2 className={classes.subtitle}>{t('stock.batches')}</h2>
      <div className={classes.list} data-less>
        <DataTable
          label={t('stock.batches')}
          rows={batches}
          columns={columns}
          rowKey={(batch) => batch.id}
          onOpen={(batch) => open({ kind: 'batch', id: batch.id })}
          empty={<EmptyState text={t('stock.noBatches')} />}
        />
      </div>
      <h2 className={classes.subtitle}>{t('stock.movements')}</h2>
      <div className={classes.list}>
        <Movements
          id={item.id}
          store={store}
          unit={item.unit}
          onOpen={(movement) => {
            const isOpen = !movement.takenBack && !movement.dispensed && movement.kind !== 'reversal';
            if (mayTakeBack && isOpen) open({ kind: 'takeBack', movement });
          }}
        />
      </div>
      {sheet && <Sheets {...{ sheet, open, data, store, stores }} />}
    </div>
  );
}
