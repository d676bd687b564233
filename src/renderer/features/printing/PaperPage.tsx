import { createContext, type ReactNode, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { type Paper, sizeOf } from '#shared/domain/printing/paper.ts';
import classes from './Paper.module.css';

/** Whether this is the copy that goes on paper. On the screen a band lies, so that it can be read. */
export const OnPaper = createContext(false);

/** What every document says of where it comes from. */
export interface Imprint {
  /** What the clinic, or the site this workstation stands at, is called on paper. */
  readonly clinic: string;
  /** Where it is and its phone number; empty where nobody wrote them down. */
  readonly address: string;
  readonly printedAt: string;
  readonly by: string;
}

/** A name or a note in whatever script, in its own direction. */
export function Own({ children }: { children: string }) {
  return <bdi dir="auto">{children}</bdi>;
}

/** One page in its real size: what is on it is as it will be on paper. */
export function PaperPage({ paper, children }: { paper: Paper; children: ReactNode }) {
  const onPaper = useContext(OnPaper);
  const { width, height } = sizeOf[paper];
  if (paper.startsWith('wristband')) {
    const band = (
      <div className={classes.band} style={{ width: `${height}mm`, height: `${width}mm` }}>
        {children}
      </div>
    );
    if (!onPaper) return <div className={classes.page}>{band}</div>;
    return (
      <div className={classes.page} style={{ width: `${width}mm`, height: `${height}mm` }}>
        <div className={classes.upright} style={{ left: `${width}mm` }}>
          {band}
        </div>
      </div>
    );
  }
  return (
    <div className={classes.page} data-paper={paper} style={{ width: `${width}mm`, height: `${height}mm` }}>
      {children}
    </div>
  );
}

interface LetterProps {
  readonly paper: Paper;
  readonly imprint: Imprint;
  readonly title: string;
  readonly page: number;
  readonly pages: number;
  readonly children: ReactNode;
}

/** A page with a head and a foot: who, what, when, by whom, and which page of how many. */
export function LetterPage({ paper, imprint, title, page, pages, children }: LetterProps) {
  const { t } = useTranslation();
  return (
    <PaperPage paper={paper}>
      <div className={classes.head}>
        <span className={classes.clinic}>
          <Own>{imprint.clinic}</Own>
        </span>
        {imprint.address && (
          <span className={classes.address}>
            <Own>{imprint.address}</Own>
          </span>
        )}
        <span>{title}</span>
      </div>
      <div className={classes.body} data-body>
        {children}
      </div>
      <div className={classes.foot}>
        <span>{t('printing.printed', { at: imprint.printedAt, by: imprint.by })}</span>
        {pages > 0 && <span>{t('printing.page', { page, pages })}</span>}
      </div>
    </PaperPage>
  );
}
