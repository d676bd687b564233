import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { Random } from '../random.ts';

/** What the cable does to a new connection. */
export type Fault = 'none' | 'drip' | 'half-open' | 'cut after' | 'refuse';

/** A cable between the workstations and the server that does what bad networks do. */
export interface Cable {
  readonly port: number;
  /** Connections that met a fault so far. */
  readonly faults: number;
  /** Chooses a fault for each new connection from now on. */
  choose(fault: () => Fault): void;
  /** Every open connection dies at once. */
  cut(): void;
  close(): Promise<void>;
}

/** Bytes pass one by one, or a few at a time. */
const drip = (from: Socket, to: Socket, random: Random) => {
  from.on('data', (bytes) => {
    from.pause();
    let at = 0;
    const next = () => {
      if (at >= bytes.length || to.destroyed) {
        from.resume();
        return;
      }
      const end = Math.min(bytes.length, at + random.between(1, 400));
      to.write(bytes.subarray(at, end));
      at = end;
      setTimeout(next, random.between(1, 15));
    };
    next();
  });
};

/** The connection ends in the middle of an answer. */
const cutAfter = (from: Socket, to: Socket, limit: number) => {
  let left = limit;
  from.on('data', (bytes) => {
    to.write(bytes.subarray(0, Math.max(0, left)));
    left -= bytes.length;
    if (left > 0) return;
    to.destroy();
    from.destroy();
  });
};

/** Both sides stay connected and hear nothing more after a while. */
const halfOpen = (from: Socket, to: Socket, limit: number) => {
  let left = limit;
  from.on('data', (bytes) => {
    if (left > 0) to.write(bytes);
    left -= bytes.length;
  });
};

/** `target` may change: a server that was started again listens elsewhere. */
export const faultyCable = async (target: () => number, random: Random): Promise<Cable> => {
  const sockets = new Set<Socket>();
  let fault: () => Fault = () => 'none';
  let faults = 0;
  const track = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const carry = (near: Socket, far: Socket, met: Fault) => {
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    switch (met) {
      case 'drip':
        drip(near, far, random);
        return drip(far, near, random);
      case 'cut after':
        near.pipe(far);
        return cutAfter(far, near, random.between(500, 60_000));
      case 'half-open':
        near.pipe(far);
        return halfOpen(far, near, random.between(500, 60_000));
      default:
        near.pipe(far);
        far.pipe(near);
    }
  };
  const server = createServer((near) => {
    track(near);
    const met = fault();
    if (met !== 'none') faults += 1;
    if (met === 'refuse') {
      near.destroy();
      return;
    }
    const far = connect(target(), '127.0.0.1');
    track(far);
    carry(near, far, met);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the cable has no port');
  const cut = () => {
    faults += 1;
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: address.port,
    get faults() {
      return faults;
    },
    choose: (next) => {
      fault = next;
    },
    cut,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
