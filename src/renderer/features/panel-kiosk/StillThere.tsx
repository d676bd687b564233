import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Kiosk.module.css';

/** How long before the end it is asked, at most half of the time there is. */
const warning = 10;
const signs = ['pointerdown', 'keydown', 'touchstart'] as const;

interface StillThereProps {
  /** How long nobody may touch the screen. */
  readonly seconds: number;
  /** Whether it is asked before: there is something that would be lost. */
  readonly asks?: boolean;
  readonly onGone: () => void;
}

/** Waits for somebody to touch the screen; asks before it gives up. */
export function StillThere({ seconds, asks = true, onGone }: StillThereProps) {
  const { t } = useTranslation();
  const [left, setLeft] = useState(seconds);
  const gone = useRef(onGone);
  useEffect(() => {
    gone.current = onGone;
  });
  useEffect(() => {
    let last = performance.now();
    const touched = () => {
      last = performance.now();
      setLeft(seconds);
    };
    const beat = setInterval(() => {
      const now = Math.ceil(seconds - (performance.now() - last) / 1000);
      setLeft(now);
      if (now <= 0) gone.current();
    }, 250);
    for (const sign of signs) window.addEventListener(sign, touched, { capture: true });
    return () => {
      clearInterval(beat);
      for (const sign of signs) window.removeEventListener(sign, touched, { capture: true });
    };
  }, [seconds]);
  if (!asks || left > Math.min(warning, seconds / 2)) return null;
  return (
    <div className={classes.still} role="alert">
      <span>{t('kiosk.still', { seconds: Math.max(0, left) })}</span>
      <Button className={classes.big ?? ''}>{t('kiosk.goOn')}</Button>
    </div>
  );
}
