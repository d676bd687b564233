import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import classes from './Panel.module.css';

/** What a screen reader says on arriving: the heading of the screen that was gone to, once it is there. */
function useArrival(main: React.RefObject<HTMLElement | null>): void {
  const [location] = useLocation();
  const before = useRef(location);
  useEffect(() => {
    if (before.current === location) return;
    before.current = location;
    window.scrollTo(0, 0);
    // A field that asks for the focus itself has it.
    if (main.current?.contains(document.activeElement)) return;
    const heading = main.current?.querySelector('h1') ?? main.current;
    heading?.setAttribute('tabindex', '-1');
    heading?.focus({ preventScroll: true });
  }, [location, main]);
}

/** Says in words what cannot be reached. Nothing here is called confirmed before the centre said so. */
function Reach() {
  const { t } = useTranslation();
  const { data, error } = useCall('sync.status', {}, { every: 20_000 });
  const words = error
    ? t('panelAccount.unreachable')
    : data !== undefined && data.connection !== 'live' && t('panelAccount.offline');
  return (
    <div role="status" className={words ? (classes.banner ?? '') : 'visually-hidden'}>
      {words}
    </div>
  );
}

interface FrameProps {
  /** What the page is about, for its title. */
  readonly title: string;
  readonly header: ReactNode;
  /** Beside the content, where there is somewhere to go. */
  readonly nav?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of every screen of the panel: a way past the header, what cannot be reached, the title of the page. */
export function Frame({ title, header, nav, children }: FrameProps) {
  const { t } = useTranslation();
  const main = useRef<HTMLElement | null>(null);
  const clinic = useCall('app.info', {}).data?.clinic ?? 'ClinicHub';
  useArrival(main);
  useEffect(() => {
    document.title = `${title} · ${clinic}`;
  }, [title, clinic]);
  return (
    <div className={classes.frame} {...(nav === undefined && { 'data-alone': true })}>
      <button type="button" className={classes.skip} onClick={() => main.current?.focus()}>
        {t('panelAccount.skip')}
      </button>
      <header className={classes.header}>
        <span className={classes.clinic}>{clinic}</span>
        {header}
      </header>
      <Reach />
      {nav}
      <main
        ref={main}
        tabIndex={-1}
        className={`${classes.main} ${nav === undefined ? (classes.narrow ?? '') : ''}`}
      >
        {children}
      </main>
    </div>
  );
}
