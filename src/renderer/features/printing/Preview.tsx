import { Button, NumberInput, Select, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconPrinter } from '@tabler/icons-react';
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { errorText } from '#renderer/ui/error-text.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { toast } from '#renderer/ui/toasts.ts';
import { type Paper, papersOf, sizeOf } from '#shared/domain/printing/paper.ts';
import { OnPaper } from './PaperPage.tsx';
import classes from './Preview.module.css';
import type { PrintSetup } from './usePrintSetup.ts';

export interface PreviewProps {
  readonly setup: PrintSetup;
  /** Other documents of the same subject. */
  readonly tabs?: ReactNode;
  /** What must be known before it is printed, above the pages. */
  readonly notice?: string | null;
  /** The pages in their real size; null while they are being made. */
  readonly pages: readonly ReactNode[] | null;
}

/** The paper's size for the printer: what prints reads it from the page. */
function usePageSize(paper: Paper): void {
  useEffect(() => {
    const { width, height } = sizeOf[paper];
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`@page { size: ${width}mm ${height}mm; margin: 0; }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    };
  }, [paper]);
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

function usePrinting({ print, printing }: PrintSetup, ready: boolean): () => void {
  const { t } = useTranslation();
  const run = async () => {
    try {
      const outcome = await print();
      if (outcome === 'printed') toast(t('printing.done'));
      if (outcome === 'failed') toast(t('printing.failed'), { tone: 'problem' });
    } catch (failure) {
      toast(errorText(t, failure), { tone: 'problem' });
    }
  };
  return () => {
    if (ready && !printing) void run();
  };
}

/** Small paper is shown larger, so that it can be read on a screen. */
const zoomOf = (paper: Paper): number =>
  paper.startsWith('label') ? 2.5 : paper === 'a6' ? 1.3 : paper.startsWith('wristband') ? 1.1 : 1;

/** The pages as they will be, and how they are printed. */
export function Preview({ setup, tabs, notice, pages }: PreviewProps) {
  const { t } = useTranslation();
  const { paper } = setup.settings;
  usePageSize(paper);
  const ready = pages !== null && setup.printers !== undefined;
  const print = usePrinting(setup, ready);
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
          <Choices setup={setup} />
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
      <Notices setup={setup} notice={notice ?? null} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className={classes.pages} tabIndex={0} aria-label={t('printing.preview', { title })}>
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

const ask = '';

function Choices({ setup }: { setup: PrintSetup }) {
  const { t } = useTranslation();
  const { document, printers, settings, change } = setup;
  const papers = papersOf[document];
  return (
    <>
      {papers.length > 1 && (
        <Select
          size="xs"
          w={190}
          aria-label={t('printing.paper.label')}
          allowDeselect={false}
          data={papers.map((paper) => ({ value: paper, label: t(`printing.paper.${paper}`) }))}
          value={settings.paper}
          onChange={(paper) => paper && change({ paper })}
        />
      )}
      {printers && (
        <>
          <NumberInput
            size="xs"
            w={72}
            aria-label={t('printing.copies')}
            min={1}
            max={99}
            clampBehavior="strict"
            allowDecimal={false}
            value={settings.copies}
            onChange={(copies) => typeof copies === 'number' && copies >= 1 && change({ copies })}
          />
          <Select
            size="xs"
            w={200}
            aria-label={t('printing.printer')}
            allowDeselect={false}
            data={[
              { value: ask, label: t('printing.ask') },
              ...printers.map(({ name, displayName }) => ({ value: name, label: displayName })),
            ]}
            value={settings.printer ?? ask}
            onChange={(printer) => change({ printer: printer || null })}
          />
        </>
      )}
    </>
  );
}

function Notices({ setup, notice }: { setup: PrintSetup; notice: string | null }) {
  const { t } = useTranslation();
  const lines = [
    notice,
    setup.printers === null ? t('printing.browser') : null,
    setup.missing === null ? null : t('printing.missing', { printer: setup.missing }),
  ].filter((line) => line !== null);
  return (
    <div role="status" className={classes.notices}>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}
