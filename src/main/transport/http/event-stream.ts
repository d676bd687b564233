import type { ServerResponse } from 'node:http';
import type { Connection, Core } from '#main/core/dispatch.ts';
import { mayHear } from '#main/core/events.ts';

/** Middle boxes close a connection that is silent for long. */
const heartbeat = 20_000;
/** A browser that does not read is let go; it opens a new stream and asks again for everything. */
const mostUnread = 1_000_000;

/** Events to every open page, as server-sent events. */
export interface EventStreams {
  /** Sends `connection`'s events to `response` until it closes. */
  open(response: ServerResponse, connection: Connection, headers: Readonly<Record<string, string>>): void;
  close(): void;
}

export const createEventStreams = (core: Core): EventStreams => {
  const open = new Map<ServerResponse, Connection>();

  const send = (response: ServerResponse, text: string) => {
    if (response.writableLength > mostUnread) response.destroy();
    else response.write(text);
  };

  const stopHearing = core.onEvent((event, to) => {
    const text = `data: ${JSON.stringify(event)}\n\n`;
    for (const [response, connection] of open) if (mayHear(event, to, connection)) send(response, text);
  });
  const timer = setInterval(() => {
    for (const response of open.keys()) send(response, ':\n\n');
  }, heartbeat);
  timer.unref();

  return {
    open: (response, connection, headers) => {
      response.writeHead(200, {
        ...headers,
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
      });
      response.write('retry: 2000\n\n');
      open.set(response, connection);
      response.once('close', () => open.delete(response));
    },
    close: () => {
      stopHearing();
      clearInterval(timer);
      for (const response of open.keys()) response.end();
    },
  };
};
