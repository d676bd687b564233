import { Button, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { useCurrentUser } from '#renderer/client/session.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import { errorText } from '#renderer/ui/error-text.ts';
import formClasses from '#renderer/ui/Form.module.css';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { DelegationView } from '#shared/contract/orders.ts';
import type { PractitionerId } from '#shared/kernel/ids.ts';
import classes from './Results.module.css';

/** Who reads one's results while one is away, and whose one reads. */
export function DelegateSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const own = useCurrentUser()?.practitionerId ?? null;
  const { data: practitioners = [] } = useCall('practitioners.list', {});
  const { data: known = [] } = useCall('results.delegations', {});
  const delegate = useCommand('results.delegate');
  const [delegateId, setDelegateId] = useHeldState<string | null>('delegate', null);
  const [startDate, setStartDate] = useHeldState('delegate from', format.today());
  const [endDate, setEndDate] = useHeldState('delegate until', '');
  const { save, saving, errorAt, problem } = useSave(onClose);
  const submit = () => {
    const missing = {
      ...(delegateId ? {} : { delegateId: 'required' }),
      ...(startDate ? {} : { startDate: 'date' }),
      ...(endDate ? {} : { endDate: 'date' }),
    };
    void save(missing, async () => {
      const given = { delegateId: delegateId as PractitionerId, startDate, endDate };
      const { delegateName } = await delegate.mutateAsync(given);
      toast(t('orders.done.delegated', { name: delegateName }));
    });
  };
  return (
    <SaveSheet
      call="results.delegate"
      title={t('orders.delegate.title')}
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
      above={known.length > 0 && <Known delegations={known} own={own} />}
    >
      <p className={formClasses.quiet}>{t('orders.delegate.hint')}</p>
      <Select
        label={t('orders.delegate.to')}
        data={practitioners
          .filter(({ id }) => id !== own)
          .map(({ id, name }) => ({ value: id, label: name }))}
        value={delegateId}
        searchable
        error={errorAt('delegateId')}
        data-autofocus
        onChange={setDelegateId}
      />
      <div className={formClasses.pair}>
        <DateField
          label={t('orders.delegate.from')}
          value={startDate}
          onChange={setStartDate}
          error={errorAt('startDate')}
        />
        <DateField
          label={t('orders.delegate.until')}
          value={endDate}
          onChange={setEndDate}
          error={errorAt('endDate')}
        />
      </div>
    </SaveSheet>
  );
}

function Known({ delegations, own }: { delegations: readonly DelegationView[]; own: string | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const end = useCommand('results.endDelegation');
  const stop = (id: string) =>
    end
      .mutateAsync({ id })
      .then(() => toast(t('orders.done.delegationEnded')))
      .catch((failure: unknown) => toast(errorText(t, failure), { tone: 'problem' }));
  return (
    <ul className={classes.list}>
      {delegations.map((one) => {
        const days = { from: format.day(one.startDate), until: format.day(one.endDate) };
        const mine = one.practitionerId === own;
        const text = mine
          ? t('orders.delegate.given', { name: one.delegateName, ...days })
          : t('orders.delegate.taken', { name: one.practitionerName, ...days });
        return (
          <li key={one.id} className={classes.item}>
            <span className={classes.grow}>
              {text} <CertaintyMark certainty={one.certainty} quiet />
            </span>
            {mine && (
              <Button
                size="compact-xs"
                variant="default"
                aria-label={`${t('orders.delegate.end')}: ${text}`}
                onClick={() => void stop(one.id)}
              >
                {t('orders.delegate.end')}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
