import { formatWallTime } from '#renderer/ui/format.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { OutboxEntry } from '#shared/contract/sync.ts';

/** Whom work is about, of an appointment when, and of money how much. */
export function useAbout(): (work: Pick<OutboxEntry, 'subject' | 'startLocal' | 'money'>) => string {
  const format = useFormat();
  return ({ subject, startLocal, money }) => {
    const time = startLocal && `${format.day(startLocal, 'weekday')} ${formatWallTime(startLocal)}`;
    const amount = money && format.money(money.amount, money.currency);
    return [subject, time, amount].filter(Boolean).join(', ');
  };
}
