import { randomUUID } from 'node:crypto';
import { ipcMain, type WebContents } from 'electron';
import type { Connection, Core } from '#main/core/dispatch.ts';
import { mayHear } from '#main/core/events.ts';
import { fail } from '#shared/kernel/result.ts';
import { callChannel, eventChannel } from './channels.ts';
import { isOurPage } from './sender.ts';

/** The desktop's transport: calls in, events out. */
export interface IpcRouter {
  /**
   * Lets the page of a window of ours speak, as one connection for as long as the window lives, reloads included; that of
   * a further window in the session of the `first`.
   */
  register(page: WebContents, first?: Connection): Connection;
  /** The page that speaks as `connection`, while its window lives. */
  pageOf(connection: Connection): WebContents | undefined;
  /** Whether somebody works at one of the windows: a session that is locked waits, and what was typed in it is in the file. */
  anyoneSignedIn(): boolean;
  /** Answers nobody any more: another router may take its place. */
  stop(): void;
}

/**
 * Answers every call of registered pages from `core`. Who is asking is the window's connection, kept here; nothing
 * a page sends can name a user. A refused sender learns no more than `not-permitted`.
 */
export const startIpcRouter = (
  core: Pick<Core, 'dispatch' | 'connect' | 'disconnect' | 'onEvent'>,
): IpcRouter => {
  const connections = new Map<number, Connection>();
  const pages = new Map<WebContents, Connection>();

  ipcMain.handle(callChannel, (event, name: unknown, input: unknown) => {
    const connection = connections.get(event.sender.id);
    if (
      connection === undefined ||
      !isOurPage(event.senderFrame, event.sender, (id) => connections.has(id))
    ) {
      return fail('not-permitted');
    }
    if (typeof name !== 'string') return fail('invalid-input');
    return core.dispatch(name, input, connection);
  });

  const stopHearing = core.onEvent((event, to) => {
    for (const [page, connection] of pages) {
      if (mayHear(event, to, connection)) page.send(eventChannel, event);
    }
  });

  return {
    stop: () => {
      ipcMain.removeHandler(callChannel);
      stopHearing();
    },
    anyoneSignedIn: () => [...pages.values()].some(({ user }) => user !== null),
    pageOf: (connection) => [...pages].find(([, known]) => known === connection)?.[0],
    register: (page, first) => {
      const connection = core.connect(first && { id: randomUUID(), user: null, first });
      const { id } = page;
      connections.set(id, connection);
      pages.set(page, connection);
      page.once('destroyed', () => {
        pages.delete(page);
        connections.delete(id);
        core.disconnect(connection);
      });
      return connection;
    },
  };
};
