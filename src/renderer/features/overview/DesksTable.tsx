import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { RecentlyEnrolled } from '#renderer/ui/RecentlyEnrolled.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { FigureTable } from './FigureTable.tsx';
import classes from './Overview.module.css';

/** Nothing tells when another workstation was heard of. */
const glance = 60_000;

/** How each workstation stands with the centre, as the centre told last; each leads to where something can be done. */
export function DesksTable() {
  const { t } = useTranslation();
  const format = useFormat();
  const may = mayCall(useCurrentUser(), 'workstations.list');
  const { data } = useCall('workstations.list', {}, { enabled: may, every: glance });
  if (data === undefined) return null;
  const desks = data.workstations.filter(({ state }) => state !== 'revoked' && state !== 'wiped');
  return (
    <FigureTable
      title={t('workstations.title')}
      first={t('workstations.column.name')}
      columns={(['state', 'contact', 'behind', 'rejected', 'version'] as const).map((name) =>
        t(`workstations.column.${name}`),
      )}
      rows={desks.map(({ id, name, state, lastContact, behind, rejected, version }) => ({
        key: id,
        name: (
          <Link href="/workstations" className={classes.link}>
            {name}
          </Link>
        ),
        cells: [
          t(`workstations.state.${state}`),
          lastContact ? format.dateTime(lastContact) : t('workstations.never'),
          behind === null ? '–' : format.number(behind),
          format.number(rejected),
          version ?? t('workstations.unknown'),
        ],
      }))}
      after={
        <>
          <RecentlyEnrolled workstations={data.workstations} className={classes.none ?? ''} />
          {!data.live && (
            <p className={classes.none}>{t('workstations.known', { time: format.dateTime(data.asOf) })}</p>
          )}
        </>
      }
    />
  );
}
