import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Notice, Paged } from '#renderer/ui/panel/Page.tsx';
import classes from '#renderer/ui/panel/Parts.module.css';

interface ReleasedProps {
  readonly kind: 'allergies' | 'conditions' | 'results' | 'vitals' | 'notes' | 'documents' | 'immunizations';
  readonly pages: Parameters<typeof Paged>[0]['pages'] & {
    readonly first: { readonly shown: boolean } | undefined;
    readonly items: readonly unknown[];
  };
  /** Said above what there is, and in place of the usual words where there is nothing. */
  readonly before?: ReactNode;
  readonly children: ReactNode;
}

/** A kind of thing of a record: what there is, that there is nothing, or that the clinic does not show it here. */
export function Released({ kind, pages, before, children }: ReleasedProps) {
  const { t } = useTranslation();
  const { first, items, more } = pages;
  return (
    <Paged pages={pages}>
      {first?.shown === false ? (
        <Notice>
          <p className={classes.text}>
            {t('panelRecords.notShown', { kind: t(`panelRecords.kind.${kind}`) })}
          </p>
          <Link href="/records/request" className={classes.all ?? ''}>
            {t('panelRecords.requestThem')}
          </Link>
        </Notice>
      ) : (
        <>
          {before}
          {items.length === 0 && !more && !(kind === 'allergies' && before) && (
            <p className={classes.quiet}>{t(`panelRecords.none.${kind}`)}</p>
          )}
          {items.length > 0 && children}
        </>
      )}
    </Paged>
  );
}
