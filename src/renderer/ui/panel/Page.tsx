import { Button, Loader } from '@mantine/core';
import { IconChevronLeft, IconInfoCircle } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { AppErrorException } from '#renderer/client/client.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import classes from './Parts.module.css';

export interface PageProps {
  readonly title: string;
  readonly back?: string;
  /** Another one is another page: its heading is read out. */
  readonly subject?: string;
  readonly children: ReactNode;
}

/** One thing of the panel, with the way back to where it belongs. Whoever comes to it starts at its heading, or in the field that asks for it. */
export function Page({ title, back, subject, children }: PageProps) {
  const { t } = useTranslation();
  const page = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Who chooses another person or language in the header stays there.
    const at = document.activeElement;
    if (!page.current?.contains(at) && !at?.closest('header'))
      heading.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [subject]);
  return (
    <div ref={page} className={classes.page}>
      {back !== undefined && (
        <Link href={back} className={classes.back ?? ''}>
          <IconChevronLeft size={20} aria-hidden="true" />
          {t('panel.back')}
        </Link>
      )}
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </div>
  );
}

/** Something to know before what follows is read; `attention`: to be done something about. */
export function Notice({ tone, children }: { tone?: 'attention'; children: ReactNode }) {
  return (
    <div className={classes.notice} data-tone={tone}>
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
