import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Outcomes } from '#shared/domain/overview/figures.ts';
import classes from './Overview.module.css';

/** The figures one looks at first; each leads to the list behind it. */
export function Tiles({ all, requests }: { all: Outcomes; requests: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const tasks = useCall('sync.status', {}).data?.tasks ?? 0;
  const waiting = `${format.number(all.waiting)} ${t('overview.tile.waiting')}`;
  const tiles = [
    { name: 'booked', path: '/day', value: all.booked, more: null, urgent: false },
    { name: 'here', path: '/queue', value: all.here, more: waiting, urgent: false },
    { name: 'noshow', path: '/day', value: all.noshow, more: null, urgent: false },
    { name: 'cancelled', path: '/day', value: all.cancelled, more: null, urgent: false },
    { name: 'requests', path: '/day', value: requests, more: null, urgent: requests > 0 },
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
