import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { BatchView, StockLine } from '#shared/contract/stock.ts';
import { type Move, moves } from './MoveSheet.tsx';
import classes from './Stock.module.css';
import { useStockWords } from './useStockWords.ts';

interface BatchSheetProps {
  readonly item: StockLine;
  readonly batch: BatchView;
  /** There is another store to bring it to. */
  readonly hasOthers: boolean;
  readonly onMove: (move: Move) => void;
  readonly onRecall: () => void;
  readonly onClose: () => void;
}

const keysOf: Readonly<Record<Move, string>> = { transfer: 't', putAside: 'p', waste: 'w', adjust: 'a' };

function Facts({ item, batch }: Pick<BatchSheetProps, 'item' | 'batch'>) {
  const { t } = useTranslation();
  const words = useStockWords();
  const format = useFormat();
  const { quantity, usable, held, cost } = batch;
  const facts = [
    [t('stock.item'), item.title],
    [t('stock.expiry'), words.day(batch.expiry)],
    [t('stock.inStore'), words.amount(quantity, item.unit)],
    [t('stock.usable'), words.amount(usable, item.unit)],
    [t('stock.state'), words.state(batch)],
    ...(held === 0 ? [] : [[t('stock.held'), words.amount(held, item.unit)] as const]),
    ...(cost === null
      ? []
      : [
          [
            t('stock.cost'),
            t('stock.costOf', {
              price: format.money(cost.amount, cost.currency),
              quantity: words.amount(cost.units, item.unit),
            }),
          ] as const,
        ]),
  ] as const;
  return (
    <dl className={classes.facts} data-sheet>
      {facts.map(([label, text]) => (
        <div key={label} className={classes.fact}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A batch in a store and what can be done with it. */
export function BatchSheet({ item, batch, hasOthers, onMove, onRecall, onClose }: BatchSheetProps) {
  const { t } = useTranslation();
  const user = useCurrentUser();
  const title = t('stock.batch', { lot: batch.lot });
  const own = moves.filter((move) => mayCall(user, `stock.${move}`) && (move !== 'transfer' || hasOthers));
  const mayRecall = mayCall(user, 'stock.recall');
  const recall = t(batch.recalled ? 'stock.release' : 'stock.recall');
  useKeys(title, [
    ...own.map((move) => ({ keys: keysOf[move], label: t(`stock.${move}`), run: () => onMove(move) })),
    { keys: 'c', label: recall, run: onRecall, enabled: mayRecall },
  ]);
  return (
    <SideSheet title={title} onClose={onClose}>
      <Facts item={item} batch={batch} />
      {batch.recallReason && (
        <p className={classes.alert}>{t('stock.recalledBecause', { reason: batch.recallReason })}</p>
      )}
      <CertaintyMark certainty={batch.certainty} quiet />
      <div className={classes.acts}>
        {own.map((move, index) => (
          <Button
            key={move}
            variant="default"
            {...(index === 0 ? { 'data-autofocus': true } : {})}
            rightSection={<KeyHint keys={keysOf[move]} quiet />}
            onClick={() => onMove(move)}
          >
            {t(`stock.${move}`)}
          </Button>
        ))}
        {mayRecall && (
          <Button variant="default" color="red" rightSection={<KeyHint keys="c" quiet />} onClick={onRecall}>
            {recall}
          </Button>
        )}
      </div>
    </SideSheet>
  );
}
