import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import form from '#renderer/ui/Form.module.css';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { StockProposal } from '#shared/contract/prescriptions.ts';
import type { LocationId, StockItemId } from '#shared/kernel/ids.ts';
import classes from './Prescribing.module.css';
import { useRxWords } from './useRxWords.ts';
import type { StockPicking } from './useStockPick.ts';

interface FromStockProps {
  readonly picking: StockPicking;
  readonly errorAt: (field: string) => string | undefined;
}

const without = 'without';

/** Of which batches of the stock room is handed out: the first to expire is proposed. */
export function FromStock({ picking, errorAt }: FromStockProps) {
  const { t } = useTranslation();
  const { proposal, item, isUsed, isOther, chosen } = picking;
  if (proposal === null || proposal.items.length === 0) return null;
  const { stores, items, locationId } = proposal;
  return (
    <section className={form.acts} aria-label={t('prescribing.stock.title')}>
      {stores.length > 1 && (
        <NativeSelect
          label={t('prescribing.stock.store')}
          data={stores.map(({ id, name }) => ({ value: id as string, label: name }))}
          value={locationId ?? ''}
          onChange={(event) => picking.anew({ locationId: event.currentTarget.value as LocationId })}
        />
      )}
      <NativeSelect
        label={t('prescribing.stock.item')}
        data={[
          ...items.map(({ id, title, prescribed }) => ({
            value: id as string,
            label: prescribed ? title : t('prescribing.stock.instead', { title }),
          })),
          { value: without, label: t('prescribing.stock.without') },
        ]}
        value={isUsed && item ? item.id : without}
        onChange={({ currentTarget: { value } }) =>
          value === without
            ? picking.anew({ without: true })
            : picking.anew({ without: false, itemId: value as StockItemId })
        }
      />
      {isUsed && isOther && (
        <TextInput
          label={t('prescribing.stock.substitution')}
          maxLength={1000}
          value={chosen.substitution}
          error={errorAt('substitution')}
          onChange={(event) => picking.change({ substitution: event.currentTarget.value })}
        />
      )}
      {isUsed && item && (
        <Batches picking={picking} unit={item.unit} proposal={proposal} error={errorAt('stock')} />
      )}
    </section>
  );
}

interface BatchesProps {
  readonly picking: StockPicking;
  readonly proposal: StockProposal;
  readonly unit: string;
  readonly error: string | undefined;
}

function Batches({ picking, proposal, unit, error }: BatchesProps) {
  const { t } = useTranslation();
  const { amount } = useRxWords();
  const { batches, wanted, missing } = proposal;
  const { taken, chosen } = picking;
  const of = (quantity: number) => amount(String(quantity), unit);
  return (
    <>
      {batches.length === 0 && <p className={form.quiet}>{t('prescribing.stock.none')}</p>}
      {batches.length > 0 && (
        <table className={classes.batches}>
          <thead>
            <tr>
              <th>{t('prescribing.stock.lot')}</th>
              <th>{t('prescribing.stock.usable')}</th>
              <th>{t('prescribing.stock.take')}</th>
            </tr>
          </thead>
          <tbody>
            {batches.map((batch) => (
              <Batch key={batch.id} batch={batch} picking={picking} />
            ))}
          </tbody>
        </table>
      )}
      <p className={form.quiet} role="status">
        {wanted === null
          ? t('prescribing.stock.otherUnit', { taken: of(taken) })
          : t('prescribing.stock.taken', { taken: of(taken), wanted: of(wanted) })}
      </p>
      {missing > 0 && (
        <p className={classes.warning}>{t('prescribing.stock.missing', { missing: of(missing) })}</p>
      )}
      {batches.length > 0 && (missing > 0 || chosen.takes !== null || chosen.beyond) && (
        <Checkbox
          label={t('prescribing.stock.beyond')}
          checked={chosen.beyond}
          onChange={(event) => picking.change({ beyond: event.currentTarget.checked })}
        />
      )}
      {error && (
        <p className={classes.warning} role="alert">
          {error}
        </p>
      )}
    </>
  );
}

function Batch({ batch, picking }: { batch: StockProposal['batches'][number]; picking: StockPicking }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { id, lot, expiry, usable, excluded, expiresInTreatment } = batch;
  const day =
    expiry === null
      ? t('prescribing.stock.noExpiry')
      : t('prescribing.stock.expires', { day: format.day(expiry) });
  return (
    <tr data-excluded={excluded !== null || undefined}>
      <td>
        {lot}
        <span className={classes.batchFacts}>{day}</span>
        {expiresInTreatment && (
          <span className={classes.warning}>{t('prescribing.stock.expiresInTreatment')}</span>
        )}
      </td>
      <td>{excluded === null ? format.number(usable) : t(`stock.why.${excluded}`)}</td>
      <td>
        <TextInput
          className={classes.take}
          aria-label={t('prescribing.stock.takeOf', { lot })}
          inputMode="numeric"
          maxLength={12}
          autoComplete="off"
          value={picking.takes[id] ?? ''}
          onChange={(event) =>
            picking.change({ takes: { ...picking.takes, [id]: event.currentTarget.value } })
          }
        />
      </td>
    </tr>
  );
}
