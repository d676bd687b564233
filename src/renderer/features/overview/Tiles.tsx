import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { may, useCurrentUser } from '#renderer/client/session.ts';
import { oversightOf } from '#renderer/ui/oversight-path.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Output } from '#shared/contract/contract.ts';
import { longestSpan } from '#shared/contract/oversight.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { type Counts, rowsOf } from './Figure.tsx';
import classes from './Overview.module.css';

interface TilesProps {
  readonly today: Output<'overview.today'>;
  readonly site: string | null;
}

/** The figures one looks at first; each leads to the list behind it. */
export function Tiles({ today: { date, all, requests }, site }: TilesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const tasks = useCall('sync.status', {}).data?.tasks ?? 0;
  const isOverseer = may(useCurrentUser(), 'oversight.read');
  const waiting = `${format.number(all.waiting)} ${t('overview.tile.waiting')}`;
  const rows = (counts: Counts) => (isOverseer ? rowsOf(counts, { from: date, until: date, site }) : '/day');
  const unanswered = isOverseer
    ? oversightOf({ from: date, until: addDays(date, longestSpan - 1), site, unanswered: '1' })
    : '/day';
  const tiles = [
    { name: 'booked', path: rows('booked'), value: all.booked, more: null, urgent: false },
    { name: 'here', path: '/queue', value: all.here, more: waiting, urgent: false },
    { name: 'noshow', path: rows('noshow'), value: all.noshow, more: null, urgent: false },
    { name: 'cancelled', path: rows('cancelled'), value: all.cancelled, more: null, urgent: false },
    { name: 'requests', path: unanswered, value: requests, more: null, urgent: requests > 0 },
    { name: 'tasks', path: '/tasks', value: tasks, more: null, urgent: tasks > 0 },
  ] as const;
  return (
    <ul className={classes.tiles}>
      {tiles.map(({ name, path, value, more, urgent }) => (
        <li key={name}>
          <Link href={path} className={classes.tile} data-urgent={urgent || undefined}>
            <span className={classes.tileName}>{t(`overview.tile.${name}`)}</span>
            <strong className={classes.tileValue}>{format.number(value)}</strong>
            {more && <span className={classes.tileName}>{more}</span>}
          </Link>
        </li>
      ))}
    </ul>
  );
}
