import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { StandsNotice } from '#renderer/ui/StandsNotice.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useEdited } from '#renderer/ui/useEdited.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { ChargeItemDetails, ChargeItemView, PriceView } from '#shared/contract/prices.ts';
import { typedAmount } from '#shared/domain/prices/money.ts';
import { priceAt } from '#shared/domain/prices/price.ts';
import classes from './Prices.module.css';

const detailsOf = (item: ChargeItemView | null): ChargeItemDetails => ({
  code: item?.code ?? '',
  title: item?.title ?? '',
  visitTypeId: item?.visitTypeId ?? null,
  active: item?.active ?? true,
});

interface ItemSheetProps {
  /** Null for a new one. */
  readonly item: ChargeItemView | null;
  readonly list: Output<'prices.list'>;
  /** A price is to be set for it. */
  readonly onPrice: (id: string) => void;
  readonly onClose: () => void;
}

/** Something that is charged for, and every price it has, had and will have. A new one goes on to its first price. */
export function ItemSheet({ item, list, onPrice, onClose }: ItemSheetProps) {
  const { t } = useTranslation();
  const types = useCall('scheduling.visitTypes', {}).data ?? [];
  const all = useCall('prices.list', {});
  const define = useCommand('prices.define');
  const { was, draft, change, stands, meet } = useEdited(`charge item ${item?.id ?? ''}`, () =>
    detailsOf(item),
  );
  const { save, saving, errorAt, problem } = useSave(
    () => undefined,
    async () => {
      const now = (await all.refetch()).data?.items.find(({ id }) => id === item?.id);
      if (now) meet(detailsOf(now));
    },
  );
  const typeName = (id: string | null | undefined) => types.find((one) => one.id === id)?.name ?? '';
  const standsWords = (Object.keys(stands) as (keyof ChargeItemDetails)[]).map((name) => {
    if (name === 'visitTypeId') return { label: t('prices.visitType'), value: typeName(stands.visitTypeId) };
    if (name === 'active')
      return { label: t('prices.active'), value: t(stands.active ? 'records.yes' : 'records.no') };
    return { label: t(name === 'code' ? 'prices.code' : 'prices.what'), value: stands[name] ?? '' };
  });
  const submit = () =>
    void save({}, async () => {
      const { id } = await define.mutateAsync({ ...draft, id: item?.id ?? null, was: item ? was : null });
      toast(t('prices.saved', { title: draft.title.trim() }));
      if (item === null) onPrice(id);
      else onClose();
    });
  return (
    <SaveSheet
      title={t(item ? 'prices.change' : 'prices.add')}
      call="prices.define"
      saving={saving}
      problem={problem}
      width={460}
      onSubmit={submit}
      onClose={onClose}
      above={<StandsNotice fields={standsWords} />}
    >
      <TextInput
        label={t('prices.what')}
        data-autofocus
        maxLength={200}
        value={draft.title}
        error={errorAt('title')}
        autoComplete="off"
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <TextInput
        label={t('prices.code')}
        description={t('prices.codeHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        maxLength={64}
        value={draft.code}
        error={errorAt('code')}
        autoComplete="off"
        onChange={(event) => change({ code: event.currentTarget.value })}
      />
      <Select
        label={t('prices.visitType')}
        description={t('prices.visitTypeHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder={t('prices.service')}
        openOnFocus={false}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('prices.service') }}
        data={types
          .filter((one) => one.active || one.id === draft.visitTypeId)
          .map(({ id, name }) => ({ value: id as string, label: name }))}
        value={draft.visitTypeId}
        error={errorAt('visitTypeId')}
        onChange={(id) => change({ visitTypeId: types.find((one) => one.id === id)?.id ?? null })}
      />
      <Checkbox
        label={t('prices.active')}
        checked={draft.active}
        onChange={(event) => change({ active: event.currentTarget.checked })}
      />
      {item && <Prices item={item} list={list} onPrice={() => onPrice(item.id)} />}
    </SaveSheet>
  );
}

interface PricesProps {
  readonly item: ChargeItemView;
  readonly list: Output<'prices.list'>;
  readonly onPrice: () => void;
}

/** The prices of something, the latest first; one that was taken back stays to be seen. */
function Prices({ item, list, onPrice }: PricesProps) {
  const { t } = useTranslation();
  const mayChange = mayCall(useCurrentUser(), 'prices.set');
  return (
    <section className={classes.prices} aria-labelledby="item-prices">
      <div className={classes.pricesHead}>
        <h3 id="item-prices" className={classes.subtitle}>
          {t('prices.prices')}
        </h3>
        {mayChange && list.currency && (
          <Button variant="default" size="compact-md" onClick={onPrice}>
            {t('prices.newPrice')}
          </Button>
        )}
      </div>
      {item.prices.length === 0 ? (
        <p className={classes.quiet}>{t('prices.noPrices')}</p>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('prices.validFrom')}</th>
              <th scope="col">{t('prices.site')}</th>
              <th scope="col" data-end>
                {t('prices.price')}
              </th>
              <th scope="col">
                <span className="visually-hidden">{t('prices.state')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {item.prices.map((price) => (
              <PriceLine key={price.id} price={price} item={item} list={list} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function PriceLine({ price, item, list }: Omit<PricesProps, 'onPrice'> & { readonly price: PriceView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const mayChange = mayCall(useCurrentUser(), 'prices.takeBack');
  const takeBack = useCommand('prices.takeBack');
  const set = useCommand('prices.set');
  const { id, locationId, validFrom, amount, currency } = price;
  const site = list.sites.find((one) => one.id === locationId)?.name ?? t('prices.everywhere');
  const state =
    amount === null
      ? 'takenBack'
      : validFrom > list.today
        ? 'comes'
        : priceAt(item.prices, locationId, list.today)?.validFrom === validFrom
          ? 'holds'
          : 'was';
  const undo = async () => {
    if (amount === null) return;
    await set.mutateAsync({
      definitionId: item.id,
      locationId,
      validFrom,
      amount: typedAmount(amount, currency),
    });
  };
  const run = async () => {
    try {
      await takeBack.mutateAsync({ id });
      // Another currency than that of today cannot be set again.
      toast(t('prices.wasTakenBack'), currency === list.currency ? { undo } : {});
    } catch (failure) {
      toast(errorText(t, failure), { tone: 'problem' });
    }
  };
  return (
    <tr data-state={state}>
      <td>{format.day(validFrom)}</td>
      <td>{site}</td>
      <td data-end>{amount === null ? '–' : format.money(amount, currency)}</td>
      <td data-end>
        {mayChange && (state === 'holds' || state === 'comes') ? (
          <span className={classes.act}>
            {t(`prices.is.${state}`)}
            <Button
              variant="subtle"
              size="compact-xs"
              loading={takeBack.isPending}
              aria-label={t('prices.takeBackOf', { day: format.day(validFrom), site })}
              onClick={() => void run()}
            >
              {t('prices.takeBack')}
            </Button>
          </span>
        ) : (
          t(`prices.is.${state}`)
        )}
      </td>
    </tr>
  );
}
