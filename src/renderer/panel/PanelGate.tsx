import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { WayIn } from '#renderer/features/panel-account/WayIn.tsx';
import { Tools } from '#renderer/ui/panel/Tools.tsx';
import { Waiting } from '#renderer/ui/panel/Waiting.tsx';
import { Frame } from './Frame.tsx';
import classes from './Panel.module.css';
import { PanelShell } from './PanelShell.tsx';

/** The panel for a patient who is signed in, and the ways in for everybody else. One of the clinic's people is nobody here. */
export function PanelGate() {
  const { t } = useTranslation();
  const session = useCall('session.current', {});
  const userId = session.data?.role === 'patient' ? session.data.id : null;
  const [was, setWas] = useState<string | null>(null);
  const [location] = useLocation();
  useEffect(() => {
    if (userId !== null) setWas(userId);
    else if (location === '/welcome') setWas(null);
  }, [userId, location]);
  if (userId !== null) return <PanelShell />;
  if (session.isPending) return <Waiting />;
  return (
    <Frame
      title={t('panelAccount.login')}
      header={
        <div className={classes.tools}>
          <Tools />
        </div>
      }
    >
      <WayIn was={was} />
    </Frame>
  );
}
