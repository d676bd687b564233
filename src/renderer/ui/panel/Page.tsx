import { Button, Loader } from '@mantine/core';
import { IconChevronLeft, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { AppErrorException } from '#renderer/client/client.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import classes from './Parts.module.css';

/** One thing of the panel, with the way back to where it belongs. */
export function Page({ title, back, children }: { title: string; back?: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className={classes.page}>
      {back !== undefined && (
        <Link href={back} className={classes.back ?? ''}>
          <IconChevronLeft size={20} aria-hidden="true" />
          {t('panelRecords.back')}
        </Link>
      )}
      <h1>{title}</h1>
      {children}
    </div>
  );
}

/** Something to know before what follows is read. */
export function Notice({ children }: { children: ReactNode }) {
  return (
    <div className={classes.notice}>
      <IconInfoCircle size={20} aria-hidden="true" />
      <div>{children}</div>
    </div>
  );
}

interface PagedProps {
  readonly pages: {
    readonly first: unknown;
    readonly error: AppErrorException | null;
    readonly retry: () => void;
    readonly more: boolean;
    readonly loading: boolean;
    readonly loadMore: () => void;
  };
  readonly children: ReactNode;
}

/** A list that is read page by page: while it comes, when it cannot be had, and how it goes on. */
export function Paged({ pages, children }: PagedProps) {
  const { t } = useTranslation();
  if (pages.error) return <Failure failure={pages.error} onRetry={pages.retry} />;
  if (pages.first === undefined) return <Loader aria-label={t('common.loading')} />;
  return (
    <>
      {children}
      {pages.more && (
        <Button variant="default" size="md" loading={pages.loading} onClick={pages.loadMore}>
          {t('panelRecords.more')}
        </Button>
      )}
    </>
  );
}
