import { Tooltip } from '@mantine/core';
import {
  IconActivityHeartbeat,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { usePreferences } from '#renderer/ui/preferences.ts';
import type { Area } from './areas.ts';
import classes from './Rail.module.css';
import { isWithin, type Section, sectionAt } from './sections.ts';

interface RailProps {
  readonly areas: readonly Area[];
  readonly sections: readonly Section[];
}

/** Where one can go: an icon and a word each, or narrow with the words in tooltips. */
export function Rail({ areas, sections }: RailProps) {
  const { t } = useTranslation();
  const [location] = useLocation();
  const inSection = sectionAt(sections, location) !== undefined;
  const narrow = usePreferences((state) => state.railNarrow);
  const set = usePreferences((state) => state.set);
  const ToggleIcon = narrow ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  const toggleText = t(narrow ? 'app.nav.expand' : 'app.nav.collapse');
  return (
    <nav className={classes.rail} aria-label={t('app.nav.label')} data-narrow={narrow || undefined}>
      <div className={classes.logo}>
        <IconActivityHeartbeat size={20} stroke={1.8} aria-hidden />
        <span className={narrow ? 'visually-hidden' : ''}>{t('app.name')}</span>
      </div>
      <ul className={classes.areas}>
        {areas.map((area) => (
          <li key={area.name}>
            <AreaLink
              area={area}
              narrow={narrow}
              current={area.name === 'clinic' ? inSection : isWithin(location, area.path)}
            />
          </li>
        ))}
      </ul>
      <Tooltip label={toggleText} position="right">
        <button
          type="button"
          className={classes.toggle}
          aria-expanded={!narrow}
          aria-label={toggleText}
          onClick={() => set({ railNarrow: !narrow })}
        >
          <ToggleIcon size={18} stroke={1.6} aria-hidden />
        </button>
      </Tooltip>
    </nav>
  );
}

/** What waits in an area, and how much of it is critical. */
function useCount({ name }: Area): { readonly all: number; readonly critical: number } {
  const user = useCurrentUser();
  const reads = mayCall(user, 'results.waiting');
  const decides = mayCall(user, 'panelDesk.waiting') && name === 'tasks';
  const requests = useCall('panelDesk.waiting', {}, { enabled: decides }).data;
  const tasks = useCall('sync.status', {}).data?.tasks ?? 0;
  const renews = mayCall(user, 'prescriptions.renewalsWaiting') && name === 'results';
  const renewals = useCall('prescriptions.renewalsWaiting', {}, { enabled: renews }).data;
  const results = useCall('results.waiting', {}, { enabled: reads && name === 'results' }).data;
  if (name === 'tasks') return { all: tasks + (requests ?? 0), critical: 0 };
  return name === 'results'
    ? { all: (results?.reports ?? 0) + (renewals?.count ?? 0), critical: results?.critical ?? 0 }
    : { all: 0, critical: 0 };
}

interface AreaLinkProps {
  readonly area: Area;
  readonly narrow: boolean;
  readonly current: boolean;
}

function AreaLink({ area, narrow, current }: AreaLinkProps) {
  const { t } = useTranslation();
  const count = useCount(area);
  const word = t(`app.nav.${area.name}`);
  const Icon = area.icon;
  return (
    <Tooltip
      position="right"
      label={
        <span className={classes.tip}>
          {word} <KeyHint keys={area.keys} quiet />
        </span>
      }
    >
      <Link href={area.path} className={classes.area} aria-current={current ? 'page' : undefined}>
        <Icon size={18} stroke={1.6} aria-hidden />
        <span className={narrow ? 'visually-hidden' : classes.word}>{word}</span>
        {count.all > 0 && (
          <span className={classes.count}>
            {count.all}
            {count.critical > 0 && (
              <>
                {' '}
                <span aria-hidden>!</span>
                <span className="visually-hidden">{t('app.nav.critical', { count: count.critical })}</span>
              </>
            )}
          </span>
        )}
      </Link>
    </Tooltip>
  );
}
