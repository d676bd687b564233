import { IconChevronLeft, IconCloudOff, IconInfoCircle } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useFresh } from './asking.ts';
import classes from './PanelBooking.module.css';

interface PageProps {
  readonly title: string;
  readonly back?: string;
  /** Another one is another page: its heading is read out. */
  readonly subject?: string;
  readonly children: ReactNode;
}

/** One thing, with the way back to where it belongs. Whoever comes to it starts at its heading. */
export function Page({ title, back, subject, children }: PageProps) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useFresh();
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [subject]);
  return (
    <div className={classes.page}>
      {back !== undefined && (
        <Link href={back} className={classes.back ?? ''}>
          <IconChevronLeft size={20} aria-hidden />
          {t('panelBooking.back')}
        </Link>
      )}
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </div>
  );
}

type Tone = 'plain' | 'waiting' | 'attention';

export function Notice({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <div className={classes.notice} data-tone={tone}>
      <IconInfoCircle size={20} aria-hidden />
      <div>{children}</div>
    </div>
  );
}

/** Says so while the centre is out of reach. */
export function LiveNotice({ live }: { live: boolean | undefined }) {
  const { t } = useTranslation();
  return (
    <div role="status">
      {live === false && (
        <div className={classes.notice} data-tone="waiting">
          <IconCloudOff size={20} aria-hidden />
          <div>{t('panelBooking.notLive')}</div>
        </div>
      )}
    </div>
  );
}
