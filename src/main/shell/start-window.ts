import { randomUUID } from 'node:crypto';
import type { Log } from '#main/core/log.ts';
import { startIpcRouter } from '#main/transport/ipc/router.ts';
import { type StartCall, startCalls } from '#shared/contract/start.ts';
import { startScreenAddress } from '#shared/domain/shell/screens.ts';
import { fail, ok } from '#shared/kernel/result.ts';
import { type BuiltProduct, windowParts } from './desktop.ts';
import type { FirstStart } from './first-start.ts';
import { type MadeWindow, makeWindow } from './window.ts';

export interface StartWindow {
  /** Opens it when it is not open. */
  show(): void;
  /** Its page, for the system's boxes; null while it is not there. */
  window(): MadeWindow['window'] | null;
  /** Answers it no more, so that the core's router can answer; it stays in sight until {@link close}. */
  release(): void;
  close(): void;
}

const isCall = (name: string): name is StartCall => Object.hasOwn(startCalls, name);

/** The window of the start screen: its page can make the calls of `startCalls`, and nothing else. */
export const createStartWindow = (
  built: BuiltProduct,
  calls: () => FirstStart['calls'],
  log: Log,
): StartWindow => {
  let open: { readonly made: MadeWindow; readonly release: () => void } | null = null;

  const dispatch = async (name: string, input: unknown) => {
    if (!isCall(name)) return fail('not-found');
    const parsed = startCalls[name].safeParse(input);
    if (!parsed.success) return fail('invalid-input');
    try {
      // Each call's own input was read by its own schema.
      const call = calls()[name] as (input: unknown) => Promise<unknown>;
      return ok(await call(parsed.data));
    } catch (error) {
      const id = randomUUID();
      log.error('call failed', error, { call: name, id });
      return fail('internal', { params: { id } });
    }
  };

  return {
    show: () => {
      if (open !== null) return;
      const router = startIpcRouter({
        dispatch,
        connect: () => ({ id: randomUUID(), user: null }),
        disconnect: () => undefined,
        onEvent: () => () => undefined,
      });
      const made = makeWindow({ ...windowParts(built), role: 'window', others: [] });
      open = { made, release: router.stop };
      router.register(made.window.webContents);
      made.load(startScreenAddress).catch((error: unknown) => log.error('start screen not shown', error));
    },
    window: () => open?.made.window ?? null,
    release: () => open?.release(),
    close: () => open?.made.end(),
  };
};
