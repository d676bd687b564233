import type { Handlers } from '#main/core/dispatch.ts';
import type { PrintHost } from '#main/core/printing.ts';
import { fail, ok } from '#shared/kernel/result.ts';

/** Printing on the printers of the host; `host` is null where a browser prints. */
export const printingHandlers = (host: PrintHost | null): Handlers<'printing.setup' | 'printing.print'> => ({
  'printing.setup': async ({ document }, connection) =>
    ok(
      host === null
        ? { printers: null, last: null }
        : { printers: [...(await host.printers(connection))], last: host.last(document) },
    ),
  'printing.print': async ({ document, settings }, connection) => {
    if (host === null) return fail('unavailable');
    const outcome = await host.print(connection, settings);
    if (outcome === 'printed') host.remember(document, settings);
    return ok({ outcome });
  },
});
