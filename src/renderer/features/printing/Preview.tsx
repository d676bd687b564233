import { Button, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconPrinter } from '@tabler/icons-react';
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { PrintChoices } from '#renderer/ui/printing/PrintChoices.tsx';
import { PrintNotices } from '#renderer/ui/printing/PrintNotices.tsx';
import { usePageSize } from '#renderer/ui/printing/usePageSize.ts';
import { usePrinting } from '#renderer/ui/printing/usePrinting.ts';
import type { PrintSetup } from '#renderer/ui/printing/usePrintSetup.ts';
import type { Paper } from '#shared/domain/printing/paper.ts';
import { OnPaper } from './PaperPage.tsx';
import classes from './Preview.module.css';

export interface PreviewProps {
  readonly setup: PrintSetup;
  /** Other documents of the same subject. */
  readonly tabs?: ReactNode;
  /** What must be known before it is printed, above the pages. */
  readonly notice?: string | null;
  /** The pages in their real size; null while they are being made. */
  readonly pages: readonly ReactNode[] | null;
  /** What is shown in their place while there is something to do first. */
  readonly instead?: ReactNode;
  /** Once it was printed, or the browser was asked to. */
  readonly onPrinted?: () => Promise<void>;
}

/** Enter prints as soon as something can be printed, unless somebody has gone elsewhere meanwhile. */
function useFocusWhen(ready: boolean): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const { activeElement } = document;
    if (ready && (activeElement === document.body || activeElement?.id === 'work')) button.current?.focus();
  }, [ready]);
  return button;
}

/** Small paper is shown larger, so that it can be read on a screen. */
const zoomOf = (paper: Paper): number =>
  paper.startsWith('label') ? 2.5 : paper === 'a6' ? 1.3 : paper.startsWith('wristband') ? 1.1 : 1;

/** The pages as they will be, and how they are printed. */
export function Preview({ setup, tabs, notice, pages, instead, onPrinted }: PreviewProps) {
  const { t } = useTranslation();
  const { paper } = setup.settings;
  usePageSize(paper);
  const ready = pages !== null && setup.printers !== undefined;
  const run = usePrinting(setup.print, onPrinted);
  const print = () => {
    if (ready && !setup.printing) void run();
  };
  const button = useFocusWhen(ready);
  // Somebody who came by an address has nothing to go back to but the first screen, which the browser does as well.
  const back = () => window.history.back();
  useKeys(t('printing.title'), [
    { keys: 'mod+p|mod+Enter', label: t('printing.print'), run: print, inFields: true },
    { keys: 'p', label: t('printing.print'), run: print },
    { keys: 'Escape|Backspace', label: t('common.back'), run: back },
  ]);
  const title = t(`printing.document.${setup.document}`);
  return (
    <div className={classes.screen}>
      <div className={classes.bar}>
        <Tooltip label={<KeyHint keys="Escape" />}>
          <Button variant="subtle" leftSection={<IconArrowLeft size={16} stroke={1.6} />} onClick={back}>
            {t('common.back')}
          </Button>
        </Tooltip>
        <h1 className={tabs ? 'visually-hidden' : classes.title}>{title}</h1>
        {tabs}
        <div className={classes.end}>
          <PrintChoices setup={setup} />
          <Button
            ref={button}
            disabled={!ready}
            loading={setup.printing}
            leftSection={<IconPrinter size={16} stroke={1.6} />}
            rightSection={<KeyHint keys="mod+p" quiet />}
            onClick={print}
          >
            {t('printing.print')}
          </Button>
        </div>
      </div>
      <PrintNotices setup={setup} notice={notice ?? null} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className={classes.pages} tabIndex={0} aria-label={t('printing.preview', { title })}>
        {instead}
        {pages?.map((page, index) => (
          <div key={index} className={classes.sheet} style={{ zoom: zoomOf(paper) }}>
            {page}
          </div>
        ))}
      </section>
      {createPortal(
        <OnPaper value={true}>
          <div className={classes.printed}>
            {pages?.map((page, index) => (
              <div key={index} className={classes.out}>
                {page}
              </div>
            ))}
          </div>
        </OnPaper>,
        document.body,
      )}
    </div>
  );
}
