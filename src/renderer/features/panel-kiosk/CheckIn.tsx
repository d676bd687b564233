import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { useScanner } from '#renderer/ui/keys/useScanner.ts';
import { BirthStep } from './BirthStep.tsx';
import classes from './Kiosk.module.css';
import { NumberStep } from './NumberStep.tsx';
import { Outcome, type Told } from './Outcome.tsx';
import { StillThere } from './StillThere.tsx';

interface CheckInProps {
  readonly seconds: number;
  /** Whether the centre answers. */
  readonly live: boolean;
  readonly onHome: () => void;
}

/** How long what came of it stays, for whoever stands behind. */
const readingSeconds = 12;

/** One person checks in: who they are in two steps, then what is to be done. */
export function CheckIn({ seconds, live, onHome }: CheckInProps) {
  const { t } = useTranslation();
  const checkIn = useCommand('kiosk.checkIn');
  const [number, setNumber] = useState('');
  const [misread, setMisread] = useState(false);
  const [step, setStep] = useState<'number' | 'birth'>('number');
  const [told, setTold] = useState<Told | null>(null);
  const read = (mrn: string) => {
    setNumber(mrn);
    setMisread(false);
    setStep('birth');
  };
  useScanner((scan) => {
    if (told !== null) return;
    if (scan.kind === 'number') read(scan.mrn);
    else setMisread(true);
  });
  const send = (birthDate: string) =>
    checkIn.mutate(
      { number, birthDate },
      {
        onSuccess: setTold,
        onError: ({ error }) =>
          setTold(
            error.code === 'too-many-tries'
              ? { outcome: 'waits', seconds: Number(error.params?.seconds ?? 0) }
              : { outcome: 'failed' },
          ),
      },
    );
  const again = () => {
    setTold(null);
    setNumber('');
    setStep('number');
  };
  return (
    <main className={classes.page}>
      {told !== null ? (
        <Outcome told={told} live={live} onAgain={again} onHome={onHome} />
      ) : step === 'number' ? (
        <NumberStep
          number={number}
          misread={misread}
          onType={(text) => {
            setMisread(false);
            setNumber(text);
          }}
          onRead={read}
        />
      ) : (
        <BirthStep busy={checkIn.isPending} onBack={() => setStep('number')} onDone={send} />
      )}
      {told === null && (
        <footer className={classes.foot}>
          <Button variant="subtle" className={classes.small ?? ''} onClick={onHome}>
            {t('kiosk.startOver')}
          </Button>
        </footer>
      )}
      <StillThere
        seconds={told === null ? seconds : Math.min(seconds, readingSeconds)}
        asks={told === null}
        onGone={onHome}
      />
    </main>
  );
}
