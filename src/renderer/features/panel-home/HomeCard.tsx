import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { AppErrorException } from '#renderer/client/client.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import classes from '#renderer/ui/panel/Parts.module.css';

interface HomeCardProps {
  readonly title: string;
  readonly href: string;
  readonly loading: boolean;
  readonly error: AppErrorException | null;
  /** What is said where there is nothing; null where there is something. */
  readonly empty: ReactNode;
  readonly children: ReactNode;
}

/** The first of what a place has, and the way there. */
export function HomeCard({ title, href, loading, error, empty, children }: HomeCardProps) {
  const { t } = useTranslation();
  return (
    <section className={classes.card} aria-label={title}>
      <div className={classes.head}>
        <h2>{title}</h2>
        <Link
          href={href}
          className={classes.all ?? ''}
          aria-label={`${t('panelRecords.home.all')}: ${title}`}
        >
          {t('panelRecords.home.all')}
        </Link>
      </div>
      {error && <Failure failure={error} />}
      {loading && <Loader size="sm" aria-label={t('common.loading')} />}
      {empty !== null && !error && <p className={classes.quiet}>{empty}</p>}
      {empty === null && !loading && !error && <ul className={classes.list}>{children}</ul>}
    </section>
  );
}
