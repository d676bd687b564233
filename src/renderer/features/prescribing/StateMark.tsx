import {
  IconCircleCheck,
  IconCircleX,
  IconGitFork,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PrescriptionState } from '#shared/domain/prescribing/prescription.ts';
import classes from './Prescribing.module.css';

const icons = {
  draft: IconPencil,
  active: IconPlayerPlay,
  'on-hold': IconPlayerPause,
  stopped: IconCircleX,
  completed: IconCircleCheck,
  'entered-in-error': IconCircleX,
  forked: IconGitFork,
} as const;

/** Where a prescription stands, in a word and a sign. */
export function StateMark({ state }: { state: PrescriptionState | 'forked' }) {
  const { t } = useTranslation();
  const Icon = icons[state];
  return (
    <span className={classes.state} data-state={state}>
      <Icon size={12} stroke={2} aria-hidden />
      {t(`prescribing.state.${state}`)}
    </span>
  );
}
