import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import type { TillSessionView } from '#shared/contract/till.ts';
import { CountSheet } from './CountSheet.tsx';
import { DecideSheet } from './DecideSheets.tsx';
import { CloseSheet } from './EndSheets.tsx';
import { SessionFacts, StateBadge } from './Session.tsx';
import classes from './Till.module.css';

type Step = 'approve' | 'reject' | 'count' | 'close';

const stepsOf = ({ state, isSettled }: TillSessionView): readonly Step[] => {
  if (state === 'open') return ['count'];
  if (state === 'closed') return isSettled ? [] : ['approve'];
  return isSettled ? ['close'] : ['approve', 'reject'];
};

/** Somebody else's session, and what who decides on variances can do about it. */
export function SessionSheet({ session, onClose }: { session: TillSessionView; onClose: () => void }) {
  const { t } = useTranslation();
  const decides = mayCall(useCurrentUser(), 'till.approve');
  const [step, setStep] = useState<Step | null>(null);
  const back = () => setStep(null);
  if (step === 'approve' || step === 'reject')
    return <DecideSheet session={session} kind={step} onDone={back} onClose={back} />;
  if (step === 'count') return <CountSheet session={session} onClose={back} />;
  if (step === 'close') return <CloseSheet session={session} onClose={onClose} />;
  return (
    <SideSheet
      title={`${session.tillName} · ${session.cashierName}`}
      width={480}
      onClose={onClose}
      footer={
        decides &&
        stepsOf(session).map((one, index) => (
          <Button key={one} variant={index === 0 ? 'filled' : 'default'} onClick={() => setStep(one)}>
            {t(`till.${one}`)}
          </Button>
        ))
      }
    >
      <div className={classes.head}>
        <StateBadge session={session} />
      </div>
      <SessionFacts session={session} />
    </SideSheet>
  );
}
