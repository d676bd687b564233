import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { useClient } from '#renderer/client/provider.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import type { OpenPdf } from '#renderer/ui/pdf.ts';
import { usePreferences } from '#renderer/ui/preferences.ts';
import { usePrintSetup } from '#renderer/ui/printing/usePrintSetup.ts';
import { toast } from '#renderer/ui/toasts.ts';
import { type ReceiptPaper as PaperName, receiptPapers, sizeOf } from '#shared/domain/printing/paper.ts';
import type { PaymentId } from '#shared/kernel/ids.ts';
import { Preview } from './Preview.tsx';

/** Pixels to a point that a printer makes use of: some 200 to the inch. */
const printPixels = 2.8;

interface Picture {
  readonly url: string;
  readonly text: string;
}

interface Drawn {
  readonly copy: boolean;
  readonly pages: readonly Picture[];
}

const pictureOf = async (pdf: OpenPdf, page: number): Promise<Picture> => {
  const canvas = document.createElement('canvas');
  await pdf.draw(page, canvas, printPixels);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('a page could not be drawn');
  return { url: URL.createObjectURL(blob), text: await pdf.text(page) };
};

const picturesOf = async (data: string): Promise<readonly Picture[]> => {
  const { openPdf } = await import('#renderer/ui/pdf.ts');
  const pdf = await openPdf(Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0)));
  try {
    const pages: Picture[] = [];
    for (let page = 1; page <= pdf.pages; page += 1) pages.push(await pictureOf(pdf, page));
    return pages;
  } finally {
    pdf.close();
  }
};

/** The receipt as it would be printed now; `redraw` once it was, for the next one is a copy. */
function useReceipt(id: PaymentId, paper: PaperName) {
  const client = useClient();
  const language = usePreferences((state) => state.language);
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  const [failure, setFailure] = useState<AppErrorException | null>(null);
  const [times, setTimes] = useState(0);
  useEffect(() => {
    let made: readonly Picture[] = [];
    let gone = false;
    const free = () => {
      for (const { url } of made) URL.revokeObjectURL(url);
    };
    const draw = async () => {
      const { file, copy } = await client.call('payments.receipt', { id, paper, language });
      made = await picturesOf(file.data);
      if (gone) return free();
      setFailure(null);
      setDrawn({ copy, pages: made });
    };
    draw().catch((error: unknown) => {
      if (!gone)
        setFailure(error instanceof AppErrorException ? error : new AppErrorException({ code: 'internal' }));
    });
    return () => {
      gone = true;
      free();
    };
  }, [client, id, paper, language, times]);
  return { drawn, failure, redraw: () => setTimes((before) => before + 1) };
}

/** A receipt as the centre of the house draws it, on a roll or a sheet: the same for the patient in the panel. */
export function ReceiptPaper({ id }: { id: PaymentId }) {
  const { t } = useTranslation();
  const payment = useCall('payments.get', { id });
  const setup = usePrintSetup('receipt', payment.data?.patientId ?? null);
  const paper = receiptPapers.find((one) => one === setup.settings.paper) ?? 'roll-80';
  const { drawn, failure, redraw } = useReceipt(id, paper);
  const printed = useCommand('payments.printed');
  const error = payment.error ?? failure;
  if (error?.error.code === 'not-found') return <EmptyState text={t('payments.receipt.gone')} />;
  if (error) return <Failure failure={error} onRetry={redraw} />;
  const { width, height } = sizeOf[paper];
  const number = payment.data?.receiptNumber ?? '';
  return (
    <Preview
      setup={setup}
      notice={drawn?.copy ? t('payments.receipt.copy') : null}
      pages={
        drawn?.pages.map(({ url, text }, index) => (
          <img
            key={url}
            src={url}
            alt={`${t('payments.receipt.page', { number, page: index + 1 })}: ${text}`}
            style={{ display: 'block', width: `${width}mm`, height: `${height}mm` }}
          />
        )) ?? null
      }
      onPrinted={async () => {
        await printed.mutateAsync({ id });
        toast(t('payments.receipt.recorded'));
        redraw();
      }}
    />
  );
}
