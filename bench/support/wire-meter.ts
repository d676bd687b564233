import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Counts the bytes between a client and a server. */
export interface WireMeter {
  /** The same URL, by way of the meter. */
  url(target: string): string;
  /** Bytes since the last call, in both directions. */
  take(): number;
  close(): Promise<void>;
}

/** Listens on a free loopback port and carries what comes to the host of `target`. */
export const wireMeter = async (target: string): Promise<WireMeter> => {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let bytes = 0;
  const pair = (from: Socket, to: Socket) => {
    sockets.add(from);
    from.on('data', (chunk) => {
      bytes += chunk.length;
    });
    from.pipe(to);
    from.on('error', () => to.destroy());
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
  };
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    pair(near, far);
    pair(far, near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the meter has no port');
  return {
    url: (of) => {
      const by = new URL(of);
      by.hostname = '127.0.0.1';
      by.port = String(address.port);
      return by.href;
    },
    take: () => {
      const taken = bytes;
      bytes = 0;
      return taken;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
