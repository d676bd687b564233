import type { CallName, Reply } from '#shared/contract/contract.ts';
import type { HostEvent } from '#shared/contract/host-event.ts';
import { fail } from '#shared/kernel/result.ts';
import type { Subscriber, Transport } from './transport.ts';

const reopenAfter = { first: 1000, most: 10_000 } as const;

const isReply = (body: unknown): body is Reply<unknown> =>
  typeof body === 'object' && body !== null && 'ok' in body;

/** What a browser still sends for a page that goes, in characters: its limit is 64 KiB for all such requests. */
const mostKeptAlive = 16_000;

/** What was typed last is sent with the page that is closed. */
const typedLast: ReadonlySet<string> = new Set(['notes.saveDraft', 'drafts.save'] satisfies CallName[]);

async function post(name: string, input: unknown): Promise<Reply<unknown>> {
  const body = JSON.stringify(input);
  try {
    const response = await fetch(`/rpc/${encodeURIComponent(name)}`, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', 'x-clinichub': '1' },
      body,
      keepalive: typedLast.has(name) && body.length < mostKeptAlive,
    });
    const answer: unknown = await response.json();
    return isReply(answer) ? answer : fail('unavailable');
  } catch {
    return fail('unavailable');
  }
}

/**
 * `EventSource` gives up for good when the answer is an error status, as it is while nobody is signed in;
 * so it is opened anew, each time a little later.
 */
function openEvents({ onEvent, onOpen, onLost }: Subscriber): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let delay: number = reopenAfter.first;
  const open = () => {
    source = new EventSource('/events');
    source.onopen = () => {
      delay = reopenAfter.first;
      onOpen();
    };
    source.onmessage = (message) => {
      onEvent(JSON.parse(String(message.data)) as HostEvent);
    };
    source.onerror = () => {
      onLost();
      if (source.readyState !== EventSource.CLOSED) return;
      clearTimeout(timer);
      timer = setTimeout(open, delay);
      delay = Math.min(delay * 2, reopenAfter.most);
    };
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}

/** Calls over HTTP to the headless host that served this page; the session is its cookie. */
export function httpTransport(): Transport {
  return { call: post, subscribe: openEvents };
}
