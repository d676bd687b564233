import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { ChargeItemView } from '#shared/contract/prices.ts';
import { readAmount } from '#shared/domain/prices/money.ts';
import { priceAt, priceId } from '#shared/domain/prices/price.ts';
import classes from './Prices.module.css';

const everywhere = 'everywhere';
const everyPayer = 'everyPayer';

interface PriceSheetProps {
  readonly item: ChargeItemView;
  readonly list: Output<'prices.list'>;
  /** The site chosen in the frame: the likely one. */
  readonly siteId: string | null;
  readonly onClose: () => void;
}

/** What something costs from a day on, at a site or everywhere. What gives way to it is said before it is saved. */
export function PriceSheet({ item, list, siteId, onClose }: PriceSheetProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const set = useCommand('prices.set');
  const { sites, payers, today } = list;
  const currency = list.currency ?? '';
  const [place, setPlace] = useHeldState<string>(
    `price site ${item.id}`,
    sites.find(({ id }) => id === siteId)?.id ?? everywhere,
  );
  const [payer, setPayer] = useHeldState<string>(`price payer ${item.id}`, everyPayer);
  const [validFrom, setValidFrom] = useHeldState(`price day ${item.id}`, today);
  const [amount, setAmount] = useHeldState(`price ${item.id}`, '');
  const { save, saving, errorAt, problem } = useSave(onClose);
  const locationId = sites.find(({ id }) => id === place)?.id ?? null;
  const payerId = payers.find(({ id }) => id === payer)?.id ?? null;
  const at = { siteId: locationId, payerId };
  const read = readAmount(amount, currency);
  const submit = () =>
    void save(
      {
        ...(read.ok ? {} : { amount: read.error }),
        ...(validFrom === '' ? { validFrom: 'required' } : {}),
      },
      async () => {
        await set.mutateAsync({ definitionId: item.id, locationId, payerId, validFrom, amount });
        const price = read.ok ? format.money(read.value, currency) : amount;
        toast(t('prices.priceSet', { title: item.title, price, day: format.day(validFrom) }));
      },
    );
  const same = validFrom && item.prices.find(({ id }) => id === priceId(item.id, at, validFrom));
  const before = validFrom ? priceAt(item.prices, at, validFrom) : null;
  const words = (price: {
    readonly amount: number;
    readonly currency: string;
    readonly validFrom: string;
  }) => ({
    price: format.money(price.amount, price.currency),
    day: format.day(price.validFrom),
  });
  return (
    <SaveSheet
      title={t('prices.priceOf', { title: item.title })}
      call="prices.set"
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
      submit={t('prices.setPrice')}
    >
      <TextInput
        label={t('prices.priceIn', { currency })}
        data-autofocus
        inputMode="decimal"
        maxLength={40}
        value={amount}
        error={errorAt('amount')}
        autoComplete="off"
        onChange={(event) => setAmount(event.currentTarget.value)}
      />
      <NativeSelect
        label={t('prices.site')}
        data={[
          { value: everywhere, label: t('prices.everywhere') },
          ...sites.map(({ id, name }) => ({ value: id as string, label: name })),
        ]}
        value={place}
        error={errorAt('locationId')}
        onChange={(event) => setPlace(event.currentTarget.value)}
      />
      {payers.some(({ active }) => active) && (
        <NativeSelect
          label={t('prices.payer')}
          data={[
            { value: everyPayer, label: t('prices.everyPayer') },
            ...payers
              .filter(({ active }) => active)
              .map(({ id, name }) => ({ value: id as string, label: name })),
          ]}
          value={payer}
          error={errorAt('payerId')}
          onChange={(event) => setPayer(event.currentTarget.value)}
        />
      )}
      <DateField
        label={t('prices.validFrom')}
        value={validFrom}
        error={errorAt('validFrom')}
        onChange={setValidFrom}
      />
      <p className={classes.quiet} role="status">
        {same && same.amount !== null
          ? t('prices.givesWay', words({ ...same, amount: same.amount }))
          : before
            ? t(
                before.locationId === locationId && before.payerId === payerId
                  ? 'prices.until'
                  : 'prices.insteadOf',
                words(before),
              )
            : t('prices.first')}
        {validFrom !== '' && validFrom < today && ` ${t('prices.inThePast')}`}
      </p>
    </SaveSheet>
  );
}
