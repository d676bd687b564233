import { Loader } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import type { OpenPdf } from '#renderer/ui/pdf.ts';
import classes from './Viewer.module.css';

/** A PDF's pages below each other, each with its text for who cannot see them. */
export function PdfPages({ blob, onOpen }: { blob: Blob; onOpen: (pdf: OpenPdf | null) => void }) {
  const { t } = useTranslation();
  const [pdf, setPdf] = useState<OpenPdf | 'broken' | null>(null);
  const told = useRef(onOpen);
  useEffect(() => {
    let open: OpenPdf | null = null;
    let gone = false;
    const load = async () => {
      const { openPdf } = await import('#renderer/ui/pdf.ts');
      open = await openPdf(new Uint8Array(await blob.arrayBuffer()));
      if (gone) return open.close();
      setPdf(open);
      told.current(open);
    };
    load().catch(() => !gone && setPdf('broken'));
    return () => {
      gone = true;
      open?.close();
      told.current(null);
    };
  }, [blob]);
  if (pdf === null) return <Loader size="sm" aria-label={t('documents.viewer.loading')} />;
  if (pdf === 'broken') return <EmptyState text={t('documents.viewer.broken')} />;
  return (
    <>
      {Array.from({ length: pdf.pages }, (_, index) => (
        <PdfPage key={index} pdf={pdf} page={index + 1} />
      ))}
    </>
  );
}

/** Sharp on screens with two pixels to a point. */
const screenPixels = 2;

/** Drawn when it comes near the screen: a long scan is not held in memory whole. */
function PdfPage({ pdf, page }: { pdf: OpenPdf; page: number }) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [text, setText] = useState('');
  useEffect(() => {
    const target = canvas.current;
    if (target === null) return;
    const draw = () => {
      void pdf.draw(page, target, screenPixels).catch(() => undefined);
      void pdf.text(page).then(setText, () => undefined);
    };
    const near = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        near.disconnect();
        draw();
      },
      { rootMargin: '1200px' },
    );
    near.observe(target);
    return () => near.disconnect();
  }, [pdf, page]);
  const label = t('documents.viewer.page', { page, pages: pdf.pages });
  return (
    <section className={classes.page} aria-label={label}>
      <canvas ref={canvas} className={classes.canvas} aria-hidden />
      <p className="visually-hidden">{text}</p>
    </section>
  );
}
