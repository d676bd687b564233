import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { SideSheet } from './SideSheet.tsx';
import classes from './SlipSheet.module.css';

interface SlipSheetProps {
  readonly title: string;
  readonly code: string;
  /** Too long to be typed: small, and broken wherever a line ends. */
  readonly long?: boolean;
  /** Before and after the code, on the screen and on paper. */
  readonly above: ReactNode;
  readonly below: ReactNode;
  /** On the screen alone. */
  readonly note: ReactNode;
  readonly onClose: () => void;
}

/** A code that is shown once: on the screen to be read out or copied, on paper to be handed over. */
export function SlipSheet({ title, code, long, above, below, note, onClose }: SlipSheetProps) {
  const { t } = useTranslation();
  const slip = (
    <div className={classes.slip}>
      <p>{above}</p>
      <div className={classes.code} data-long={long || undefined}>
        {code}
      </div>
      {below}
    </div>
  );
  return (
    <SideSheet
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button data-autofocus onClick={onClose}>
            {t('common.done')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconPrinter size={16} stroke={1.6} aria-hidden />}
            onClick={() => window.print()}
          >
            {t('common.print')}
          </Button>
        </>
      }
    >
      {slip}
      <div className={classes.note}>{note}</div>
      {createPortal(
        <div className={classes.printed} aria-hidden>
          {slip}
        </div>,
        document.body,
      )}
    </SideSheet>
  );
}
