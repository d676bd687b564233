import { Select, Tooltip } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { FixSheet } from '#renderer/features/sync/FixSheet.tsx';
import { SyncPanel } from '#renderer/features/sync/SyncPanel.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { usePreferences } from '#renderer/ui/preferences.ts';
import { SyncPill } from '#renderer/ui/SyncPill.tsx';
import type { SignedInUser } from '#shared/contract/session.ts';
import classes from './Header.module.css';
import { Identity } from './Identity.tsx';

/** Find, the site whose work is shown, how we stand with the centre, and who is working. */
export function Header({ user, onFind }: { user: SignedInUser; onFind: () => void }) {
  const { t } = useTranslation();
  return (
    <header className={classes.header}>
      <button type="button" className={classes.find} onClick={onFind}>
        <IconSearch size={16} stroke={1.6} aria-hidden />
        <span className={classes.findText}>{t('app.find.open')}</span>
        <KeyHint keys="mod+k" quiet />
      </button>
      <div className={classes.end}>
        <Site />
        <SyncPill>{(close) => <SyncPanel onLeave={close} />}</SyncPill>
        <FixSheet />
        <Identity user={user} />
      </div>
      <div id="tips" className={classes.tips} />
    </header>
  );
}

const everySite = 'all';

function Site() {
  const { t } = useTranslation();
  const siteId = usePreferences((state) => state.siteId);
  const set = usePreferences((state) => state.set);
  const sites = useCall('practitioners.locations', {}).data ?? [];
  if (sites.length < 2) return null;
  const known = sites.some((site) => site.id === siteId) ? siteId : null;
  return (
    <Tooltip label={t('app.site.label')}>
      <Select
        aria-label={t('app.site.label')}
        size="xs"
        w={176}
        allowDeselect={false}
        data={[
          { value: everySite, label: t('app.site.all') },
          ...sites.map((site) => ({ value: site.id, label: site.name })),
        ]}
        value={known ?? everySite}
        onChange={(value) => set({ siteId: value === everySite ? null : value })}
      />
    </Tooltip>
  );
}
