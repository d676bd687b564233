import { useTranslation } from 'react-i18next';
import { usePreferences } from '#renderer/ui/preferences.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Output } from '#shared/contract/contract.ts';
import { Figure } from './Figure.tsx';
import { FigureTable } from './FigureTable.tsx';
import classes from './Overview.module.css';

const counts = ['booked', 'here', 'done', 'noshow', 'cancelled'] as const;

/** Each site in one line; its name chooses it for the whole screen. */
export function SitesTable({ today: { date, sites } }: { today: Output<'overview.today'> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const set = usePreferences((state) => state.set);
  return (
    <FigureTable
      title={t('overview.sites.title')}
      first={t('overview.sites.name')}
      columns={counts.map((name) => t(`overview.doctors.${name}`))}
      rows={sites.map((site) => ({
        key: site.locationId,
        name: (
          <button type="button" className={classes.link} onClick={() => set({ siteId: site.locationId })}>
            {site.name}
          </button>
        ),
        cells: counts.map((name) => (
          <Figure
            key={name}
            counts={name}
            counted={{ from: date, until: date, site: site.locationId }}
            value={site[name]}
            text={format.number(site[name])}
            label={`${site.name}, ${t(`overview.doctors.${name}`)}`}
          />
        )),
      }))}
    />
  );
}
