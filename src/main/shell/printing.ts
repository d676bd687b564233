import type { WebContents, WebContentsPrintOptions } from 'electron';
import type { Connection } from '#main/core/dispatch.ts';
import type { PrintHost } from '#main/core/printing.ts';
import type { PrintSettings } from '#shared/contract/printing.ts';
import { sizeOf } from '#shared/domain/printing/paper.ts';
import { openPrintSettings } from './print-settings.ts';

/** Electron wants micrometres. */
const micrometres = 1000;

/** What Electron is asked for. The page has its own margins; without a printer the system's dialog asks. */
const optionsOf = ({ printer, copies, paper }: PrintSettings): WebContentsPrintOptions => ({
  silent: printer !== null,
  ...(printer === null ? {} : { deviceName: printer }),
  copies,
  printBackground: true,
  margins: { marginType: 'none' },
  pageSize: { width: sizeOf[paper].width * micrometres, height: sizeOf[paper].height * micrometres },
});

const print = (page: WebContents, settings: PrintSettings): Promise<'printed' | 'cancelled' | 'failed'> =>
  new Promise((resolve) => {
    page.print(optionsOf(settings), (success, reason) => {
      if (!success) console.error('not printed', reason);
      resolve(success ? 'printed' : /cancel/i.test(reason) ? 'cancelled' : 'failed');
    });
  });

export interface DesktopPrinting {
  readonly host: PrintHost;
  /** Whether something is on its way to a printer. */
  busy(): boolean;
  /** Tells which page a connection is, once there are windows. */
  connectPages(pageOf: (connection: Connection) => WebContents | undefined): void;
}

/** Printing on the system's printers. The core is there before its windows are. Electron is ready. */
export const openPrinting = (): DesktopPrinting => {
  const settings = openPrintSettings();
  let pageOf: (connection: Connection) => WebContents | undefined = () => undefined;
  let jobs = 0;
  return {
    busy: () => jobs > 0,
    host: {
      ...settings,
      printers: async (connection) => {
        const printers = (await pageOf(connection)?.getPrintersAsync()) ?? [];
        return printers.map(({ name, displayName }) => ({ name, displayName: displayName || name }));
      },
      print: async (connection, chosen) => {
        const page = pageOf(connection);
        if (page === undefined) return 'failed';
        jobs += 1;
        return print(page, chosen).finally(() => {
          jobs -= 1;
        });
      },
    },
    connectPages: (find) => {
      pageOf = find;
    },
  };
};
