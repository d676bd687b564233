import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A network cable between a workstation and the centre that a test can pull. */
export interface TcpProxy {
  readonly port: number;
  /** The same URL with host and port of the proxy. */
  url(target: string): string;
  /** Pulls the cable: open connections die at once, new ones are refused after being accepted, as a dead router does. */
  cut(): void;
  /** Plugs it in again. */
  restore(): void;
  close(): Promise<void>;
}

/** Listens on a free loopback port and carries bytes to `host:port` until cut. */
export const tcpProxy = async (host: string, port: number): Promise<TcpProxy> => {
  const sockets = new Set<Socket>();
  let up = true;
  const track = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const server = createServer((near) => {
    track(near);
    if (!up) {
      near.destroy();
      return;
    }
    const far = connect(port, host);
    track(far);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    near.pipe(far);
    far.pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const killAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: address.port,
    url: (target) => {
      const proxied = new URL(target);
      proxied.hostname = '127.0.0.1';
      proxied.port = String(address.port);
      return proxied.toString();
    },
    cut: () => {
      up = false;
      killAll();
    },
    restore: () => {
      up = true;
    },
    close: async () => {
      killAll();
      server.close();
      await once(server, 'close');
    },
  };
};
