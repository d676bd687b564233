import { z } from 'zod';
import { papers, printables } from '#shared/domain/printing/paper.ts';
import { defineCalls } from './call.ts';

export const Printer = z.object({
  /** As the system knows it. */
  name: z.string(),
  /** As people know it. */
  displayName: z.string(),
});
export type Printer = z.infer<typeof Printer>;

/** How a document was last printed at this workstation. */
export const PrintSettings = z.object({
  /** Null: the system's own dialog asks. */
  printer: z.string().max(500).nullable(),
  copies: z.number().int().min(1).max(99),
  paper: z.enum(papers),
});
export type PrintSettings = z.infer<typeof PrintSettings>;

export const printingCalls = defineCalls({
  /** The printers of this workstation, null where a browser prints, and how `document` was printed last. */
  'printing.setup': {
    kind: 'query',
    needs: 'signed-in',
    input: z.object({ document: z.enum(printables) }),
    output: z.object({ printers: z.array(Printer).nullable(), last: PrintSettings.nullable() }),
  },
  /** Prints what the asking window shows for printing, and remembers how; `unavailable` where a browser prints. */
  'printing.print': {
    kind: 'command',
    needs: 'signed-in',
    input: z.object({ document: z.enum(printables), settings: PrintSettings }),
    output: z.object({ outcome: z.enum(['printed', 'cancelled', 'failed']) }),
  },
});
