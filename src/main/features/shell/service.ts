import type { Handlers } from '#main/core/dispatch.ts';
import type { WindowHost } from '#main/core/windows.ts';
import { mostFurtherWindows } from '#shared/domain/shell/screens.ts';
import { fail, ok } from '#shared/kernel/result.ts';

/** Further windows of the host; `host` is null where a browser opens them. */
export const shellHandlers = (host: WindowHost | null): Handlers<'shell.openWindow'> => ({
  'shell.openWindow': async ({ address }) => {
    if (host === null) return fail('unavailable');
    const outcome = await host.open(address);
    return outcome === 'opened'
      ? ok(null)
      : fail('too-many-windows', { params: { count: mostFurtherWindows } });
  },
});
