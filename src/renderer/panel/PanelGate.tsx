import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { Landing } from './Landing.tsx';
import { PanelShell } from './PanelShell.tsx';

/** The panel for a patient who is signed in, and the way in for everybody else. One of the clinic's people is nobody here. */
export function PanelGate() {
  const { t } = useTranslation();
  const session = useCall('session.current', {});
  if (session.data?.role === 'patient') return <PanelShell />;
  if (session.isPending) return <Loader m="xl" aria-label={t('common.loading')} />;
  return <Landing />;
}
