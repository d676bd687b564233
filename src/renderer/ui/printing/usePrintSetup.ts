import { useState } from 'react';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { usePreferences } from '#renderer/ui/preferences.ts';
import type { Printer, PrintSettings } from '#shared/contract/printing.ts';
import { type Printable, paperFor } from '#shared/domain/printing/paper.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import type { PrintOutcome } from './usePrinting.ts';

export interface PrintSetup {
  readonly document: Printable;
  /** The system's printers; null where the browser prints, undefined until it is known. */
  readonly printers: readonly Printer[] | null | undefined;
  readonly settings: PrintSettings;
  /** A printer this document was printed on that is not there now. */
  readonly missing: string | null;
  readonly printing: boolean;
  change(change: Partial<PrintSettings>): void;
  print(): Promise<PrintOutcome>;
}

/** How a document is printed here: as the last time, until somebody chooses otherwise. That it was, and whose it is, is in the audit trail. */
export function usePrintSetup(document: Printable, patientId: PatientId | null = null): PrintSetup {
  const setup = useCall('printing.setup', { document }, { every: 30_000 });
  const printing = useCommand('printing.print');
  const note = useCommand('audit.note');
  const browserPaper = usePreferences((state) => state.papers[document] ?? null);
  const setPreferences = usePreferences((state) => state.set);
  const [chosen, choose] = useState<Partial<PrintSettings>>({});
  const printers = setup.data?.printers;
  const last = setup.data?.last ?? null;
  const wanted = chosen.printer !== undefined ? chosen.printer : (last?.printer ?? null);
  const there = wanted === null || printers?.some(({ name }) => name === wanted) === true;
  const settings: PrintSettings = {
    printer: there ? wanted : null,
    copies: chosen.copies ?? last?.copies ?? 1,
    paper: paperFor(document, chosen.paper ?? last?.paper ?? browserPaper),
  };
  return {
    document,
    printers,
    settings,
    missing: there || !printers ? null : wanted,
    printing: printing.isPending,
    change: (change) => {
      choose((before) => ({ ...before, ...change }));
      const papers = usePreferences.getState().papers;
      if (change.paper && printers === null)
        setPreferences({ papers: { ...papers, [document]: change.paper } });
    },
    print: async () => {
      if (printers === null) {
        await note.mutateAsync({ event: 'print', what: document, patientId });
        window.print();
        return 'asked';
      }
      const { outcome } = await printing.mutateAsync({ document, settings });
      if (outcome === 'printed') {
        await note.mutateAsync({ event: 'print', what: document, patientId });
        await setup.refetch();
      }
      return outcome;
    },
  };
}
