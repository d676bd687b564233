import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { CallName } from '#shared/contract/contract.ts';
import type { HostEvent } from '#shared/contract/host-event.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import type { SyncStatus } from '#shared/contract/sync.ts';
import type { AppError } from '#shared/kernel/result.ts';
import { AppErrorException, type Client, createClient } from './client.ts';
import { queriesReading } from './reads.ts';
import type { Transport } from './transport.ts';

const ClientContext = createContext<Client | null>(null);

/** The client of this window. */
export function useClient(): Client {
  const client = useContext(ClientContext);
  if (!client) throw new Error('useClient needs a ClientProvider above it');
  return client;
}

const isPreparing = (status: SyncStatus | undefined): boolean => status?.connection === 'preparing';

function applyEvent(queries: QueryClient, event: HostEvent): void {
  switch (event.type) {
    case 'changed':
      for (const name of queriesReading(event.tables)) {
        void queries.invalidateQueries({ queryKey: [name] });
      }
      return;
    case 'sync':
      // What was asked before there was a copy knew nothing of the clinic.
      if (isPreparing(queries.getQueryData(['sync.status', {}])) && !isPreparing(event.status))
        void queries.invalidateQueries();
      queries.setQueryData(['sync.status', {}], event.status);
      for (const name of ['sync.outbox', 'sync.parked', 'sync.history'])
        void queries.invalidateQueries({ queryKey: [name] });
      return;
    case 'import':
      queries.setQueryData(['import.status', {}], event.report);
      return;
    case 'session-ended':
    case 'session-locked':
      endSession(queries);
  }
}

/** Between the windows of one session. */
const sessionChannel = 'clinichub.session';

/** Somebody has signed in at this window: the others of the session hear of it. */
export function beginSession(queries: QueryClient, user: SignedInUser): void {
  queries.setQueryData(['session.current', {}], user);
  const channel = new BroadcastChannel(sessionChannel);
  channel.postMessage(user.id);
  channel.close();
}

/** Calls `listener` with the id of who signs in at another window, until the returned function is called. */
function hearSignIn(listener: (userId: unknown) => void): () => void {
  const channel = new BroadcastChannel(sessionChannel);
  channel.onmessage = ({ data }: MessageEvent) => listener(data);
  return () => channel.close();
}

/** Who signed in elsewhere works here, too, and sees nothing of who worked here before. */
function followSession(queries: QueryClient, userId: unknown): void {
  const current = queries.getQueryData<SignedInUser | null>(['session.current', {}]);
  if (current?.id === userId) return;
  endSession(queries);
  void queries.invalidateQueries({ queryKey: ['session.current'] });
}

const publicQueries: ReadonlySet<unknown> = new Set([
  'session.current',
  'session.held',
  'app.info',
  'sync.status',
] satisfies CallName[]);

/** The session is over or locked: what one user saw is not kept for the next one, nor behind a lock. */
export function endSession(queries: QueryClient): void {
  queries.setQueryData(['session.current', {}], null);
  queries.removeQueries({ predicate: ({ queryKey: [name] }) => !publicQueries.has(name) });
  void queries.resetQueries({ queryKey: ['session.held'] });
}

/** No call is answered any more until somebody proves who they are. */
const isOver = ({ code }: AppError): boolean => code === 'not-signed-in' || code === 'locked';

function createQueries(): QueryClient {
  const onFailure = (failure: unknown) => {
    if (failure instanceof AppErrorException && isOver(failure.error)) endSession(queries);
  };
  const queries: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: onFailure }),
    mutationCache: new MutationCache({ onError: onFailure }),
    defaultOptions: {
      queries: {
        // Events tell when an answer is old, and the workstation is local: there is nothing to guess.
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        networkMode: 'always',
        retry: (count, failure) =>
          failure instanceof AppErrorException && failure.error.code === 'unavailable' && count < 2,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  return queries;
}

/** Gives every screen the client and the answers it has, and keeps those answers fresh. */
export function ClientProvider({ transport, children }: { transport: Transport; children: ReactNode }) {
  const [client] = useState(() => createClient(transport));
  const [queries] = useState(createQueries);
  useEffect(
    () =>
      client.subscribe({
        onEvent: (event) => applyEvent(queries, event),
        onOpen: () => void queries.invalidateQueries(),
        // A question that is on its way already is left alone: asking again and again would never give an answer.
        onLost: () => void queries.invalidateQueries({ queryKey: ['sync.status'] }, { cancelRefetch: false }),
      }),
    [client, queries],
  );
  useEffect(() => hearSignIn((userId) => followSession(queries, userId)), [queries]);
  return (
    <ClientContext.Provider value={client}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </ClientContext.Provider>
  );
}
