import { Popover } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCloudOff,
  IconHistory,
  IconLoader,
  IconPlugX,
  IconUpload,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import type { SyncStatus } from '#shared/contract/sync.ts';
import classes from './SyncPill.module.css';
import { type PillState, pillState } from './sync-state.ts';
import { useFormat } from './useFormat.ts';

const icons: Readonly<Record<PillState, typeof IconLoader>> = {
  live: IconCircleCheck,
  waiting: IconUpload,
  offline: IconCloudOff,
  attention: IconAlertTriangle,
  preparing: IconLoader,
  arriving: IconHistory,
  stopped: IconPlugX,
  unreachable: IconPlugX,
};

/** The words of the pill. Signal's rule: say what is, never that all is well by default. */
export function usePillText(): (state: PillState, status: SyncStatus | undefined) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (state, status) => {
    if (state === 'unreachable' || !status) return t('sync.pill.unreachable');
    const needs = t('sync.pill.attention', { count: status.parked + status.tasks });
    const waiting = t('sync.pill.waiting', { count: status.waiting });
    if (state === 'waiting') return waiting;
    if (state === 'attention' && status.connection !== 'offline') return needs;
    if (state !== 'offline' && state !== 'attention') return t(`sync.pill.${state}`);
    const since = status.offlineSince ? format.time(status.offlineSince) : null;
    const offline = since ? t('sync.pill.offlineSince', { time: since }) : t('sync.pill.offline');
    if (state === 'attention') return `${needs}, ${offline}`;
    return status.waiting > 0 ? `${offline}, ${waiting}` : offline;
  };
}

/** How this workstation stands with the centre, in an icon and words; a click opens the particulars. */
export function SyncPill({ children }: { children: (close: () => void) => ReactNode }) {
  const { t } = useTranslation();
  // Events carry the status; asking now and then as well finds out that no events come any more.
  const { data, error } = useCall('sync.status', {}, { every: 15_000 });
  const [opened, setOpened] = useState(false);
  const state = pillState(error ? undefined : data);
  const text = usePillText()(state, data);
  const Icon = icons[state];
  return (
    <Popover
      position="bottom-end"
      width={420}
      withinPortal
      trapFocus
      returnFocus
      opened={opened}
      onChange={setOpened}
    >
      <Popover.Target>
        <button
          type="button"
          className={classes.pill}
          data-state={state}
          aria-label={t('sync.pill.open', { state: text })}
          onClick={() => setOpened((before) => !before)}
        >
          <Icon size={16} stroke={1.8} aria-hidden />
          <span>{text}</span>
        </button>
      </Popover.Target>
      <span className="visually-hidden" role="status">
        {text}
      </span>
      <Popover.Dropdown className={classes.panel ?? ''} aria-label={t('sync.panel.title')}>
        {children(() => setOpened(false))}
      </Popover.Dropdown>
    </Popover>
  );
}
