import type { Handlers } from '#main/core/dispatch.ts';
import type { UpdateHost } from '#main/core/updates.ts';
import { ok } from '#shared/kernel/result.ts';

/** How newer versions of the product stand; `host` is null where somebody else puts them in. */
export const updateHandlers = (host: UpdateHost | null): Handlers<'updates.status'> => ({
  'updates.status': () => ok(host === null ? { state: 'off', version: null, waitsFor: [] } : host.status()),
});
