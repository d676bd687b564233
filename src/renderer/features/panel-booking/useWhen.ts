import { formatTime, formatWallTime } from '#renderer/ui/format.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';

interface At {
  readonly startAt: string;
  /** Wall time at the site. */
  readonly startLocal: string;
}

const own = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** How a time at a clinic is written, and what it is where the person is, when that is something else. */
export function useWhen() {
  const format = useFormat();
  const day = (local: string) => format.day(local.slice(0, 10), 'weekday');
  const elsewhereOf = ({ startAt, startLocal }: At): string | null => {
    const time = formatTime(startAt, format.locale, own);
    return time === formatWallTime(startLocal) ? null : time;
  };
  return {
    day,
    fullDay: (local: string) => format.day(local.slice(0, 10), 'full'),
    time: formatWallTime,
    when: ({ startLocal }: Pick<At, 'startLocal'>) => `${day(startLocal)}, ${formatWallTime(startLocal)}`,
    whenInFull: ({ startLocal }: Pick<At, 'startLocal'>) =>
      `${format.day(startLocal.slice(0, 10), 'full')}, ${formatWallTime(startLocal)}`,
    /** One of `times` that is another time where the person is, for a list of them; undefined where the clocks show the same. */
    example: (times: readonly At[]) => {
      const one = times.find((at) => elsewhereOf(at) !== null);
      return one && { there: formatWallTime(one.startLocal), here: elsewhereOf(one) ?? '' };
    },
    /** Null where the clocks show the same. */
    elsewhere: elsewhereOf,
  };
}
