import { Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Certainty } from '#shared/contract/appointments.ts';
import classes from './CertaintyMark.module.css';

const icons = {
  confirmed: IconCircleCheck,
  provisional: IconCircleDashed,
  parked: IconAlertTriangle,
} as const;

/**
 * Says whether the centre has a record. The shape differs as well as the colour, and the words are there for screen
 * readers. `quiet` shows nothing for confirmed, the usual case in long lists.
 */
export function CertaintyMark({ certainty, quiet = false }: { certainty: Certainty; quiet?: boolean }) {
  const { t } = useTranslation();
  const label = t(`common.certainty.${certainty}`);
  if (quiet && certainty === 'confirmed') return <span className="visually-hidden">{label}</span>;
  const Icon = icons[certainty];
  return (
    <Tooltip label={label}>
      <span className={classes.mark} data-certainty={certainty} role="img" aria-label={label}>
        <Icon size={14} stroke={2} aria-hidden />
      </span>
    </Tooltip>
  );
}
