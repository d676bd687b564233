declare module 'pg-copy-streams' {
  import type { Readable } from 'node:stream';
  import type { Submittable } from 'pg';

  /** A COPY ... TO STDOUT: its raw bytes, as the server sends them. */
  export const to: (sql: string) => Submittable & Readable & AsyncIterable<Buffer>;
}
