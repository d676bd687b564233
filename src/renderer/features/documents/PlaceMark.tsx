import { Tooltip } from '@mantine/core';
import { IconCircleCheck, IconCloud, IconCloudUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DocumentView } from '#shared/contract/documents.ts';
import classes from './DocumentsView.module.css';

const placeIcons = { here: IconCircleCheck, sending: IconCloudUp, away: IconCloud } as const;

/** Where a file is: here, on its way, or at the centre. */
export function PlaceMark({ place }: { place: DocumentView['place'] }) {
  const { t } = useTranslation();
  const label = t(`documents.place.${place}`);
  const Icon = placeIcons[place];
  return (
    <Tooltip label={label}>
      <span className={classes.place} data-place={place} role="img" aria-label={label}>
        <Icon size={16} stroke={1.6} aria-hidden />
      </span>
    </Tooltip>
  );
}
