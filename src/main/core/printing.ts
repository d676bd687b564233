import type { Printer, PrintSettings } from '#shared/contract/printing.ts';
import type { Printable } from '#shared/domain/printing/paper.ts';
import type { Connection } from './dispatch.ts';

/** What a host with printers of its own can do; a browser prints by itself. */
export interface PrintHost {
  /** The printers the window of `connection` can reach. */
  printers(connection: Connection): Promise<readonly Printer[]>;
  /** Prints what that window shows for printing. */
  print(connection: Connection, settings: PrintSettings): Promise<'printed' | 'cancelled' | 'failed'>;
  /** How `document` was last printed at this workstation. */
  last(document: Printable): PrintSettings | null;
  remember(document: Printable, settings: PrintSettings): void;
}
