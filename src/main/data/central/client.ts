import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { type CopyToStreamQuery, to as copyTo } from 'pg-copy-streams';
import { z } from 'zod';
import type { TableName } from '#shared/sync/catalogue.ts';
import {
  AuditPage,
  AuditVersions,
  BlobPutReply,
  ChainLink,
  type CopyPart,
  MadeWorkstation,
  VerifyReply,
  VerifyRows,
} from '#shared/sync/wire.ts';
import { isLoopback, placesOf, readAddress, toCarry, withLogin } from './address.ts';
import { type AddressSource, type CallOptions, callConnection } from './calls.ts';
import type { Centre } from './centre.ts';
import { writeCode } from './enrolment-code.ts';
import { listenForSeq } from './listen.ts';
import {
  BlobStates,
  checked,
  checkedEstimate,
  checkedHello,
  checkedPull,
  FoundPatients,
  KnownWorkstations,
  Verdicts,
} from './replies.ts';
import { scramVerifier } from './scram.ts';

const standard: CallOptions = {
  connectTimeout: 5_000,
  callTimeout: 60_000,
  applicationName: 'clinichub-workstation',
};

interface Answer {
  readonly reply: unknown;
}

const ask = async (client: pg.Client, text: string, values: readonly unknown[]): Promise<unknown> => {
  // Unnamed: a pooler gives each transaction another connection, which would not know the name.
  const { rows } = await client.query<Answer>({ text, values: [...values] });
  return rows[0]?.reply;
};

/** COPY's text format doubles backslashes; JSON has no other character that COPY escapes. */
const fromCopy = (line: string): string => (line.includes('\\') ? line.replaceAll('\\\\', '\\') : line);

const copyPage = async (
  client: pg.Client,
  table: TableName,
  after: string | null,
  rows: number,
  part: CopyPart,
) => {
  const { escapeLiteral } = client;
  const from = after === null ? 'null' : escapeLiteral(after);
  const page = `clinichub.boot_page(${escapeLiteral(table)}, ${from}, ${Math.trunc(rows)}, ${escapeLiteral(part)})`;
  const chunks: Buffer[] = [];
  // pg ends its time-out in a callback that a copy stream, unlike a query, never calls by itself.
  const stream: CopyToStreamQuery & { callback?: () => void } = client.query(
    copyTo(`copy (select * from ${page}) to stdout`),
  );
  try {
    for await (const chunk of stream) chunks.push(chunk);
  } finally {
    stream.callback?.();
  }
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? [] : text.slice(0, -1).split('\n').map(fromCopy);
};

/**
 * The centre at a workstation's address (docs/sync-protocol.md, "Address"), or at the one `source` tells. Nothing is connected until the first call; after a failure the next call connects anew.
 * Calls on it take turns. Every rejection is a {@link CentreError}.
 */
export const connectCentre = (source: AddressSource, options: Partial<CallOptions> = {}): Centre => {
  const settings = { ...standard, ...options };
  const calls = callConnection(source, settings);
  const listeners = new Set<() => void>();
  return {
    hello: (request) =>
      calls.run(async (client) =>
        checkedHello(await ask(client, 'select clinichub.hello($1) as reply', [JSON.stringify(request)])),
      ),
    push: (mutations) =>
      calls.run(async (client) =>
        checked(
          Verdicts,
          await ask(client, 'select clinichub.push($1) as reply', [JSON.stringify(mutations)]),
          'push',
        ),
      ),
    pull: (cursor, maxRows) =>
      calls.run(async (client) =>
        checkedPull(await ask(client, 'select clinichub.pull($1, $2) as reply', [cursor, maxRows])),
      ),
    ack: (cursor) =>
      calls.run(async (client) => {
        await ask(client, 'select clinichub.ack($1) as reply', [cursor]);
      }),
    wiped: () =>
      calls.run(async (client) => {
        await ask(client, 'select clinichub.wiped() as reply', []);
      }),
    bootPage: (table, after, rows, part = 'all') =>
      calls.run((client) => copyPage(client, table, after, rows, part)),
    bootRows: (table, ids) =>
      calls.run(async (client) => {
        const text = 'select clinichub.boot_rows($1, $2) as line';
        const { rows } = await client.query<{ line: string }>(text, [table, [...ids]]);
        return rows.map(({ line }) => line);
      }),
    verify: (...request) =>
      calls.run(async (client) =>
        checked(
          VerifyReply,
          await ask(client, 'select clinichub.verify($1, $2, $3, $4, $5) as reply', request),
          'verify',
        ),
      ),
    verifyRows: (...request) =>
      calls.run(async (client) =>
        checked(
          VerifyRows,
          await ask(client, 'select clinichub.verify_rows($1, $2, $3) as reply', request),
          'verify_rows',
        ),
      ),
    estimate: (part = 'all') =>
      calls.run(async (client) =>
        checkedEstimate(await ask(client, 'select clinichub.estimate($1) as reply', [part])),
      ),
    common: (links) =>
      calls.run(async (client) =>
        checked(
          z.coerce.number().int(),
          await ask(client, 'select clinichub.common($1) as reply', [JSON.stringify(links)]),
          'common',
        ),
      ),
    place: () =>
      calls.run(async (client) =>
        checked(ChainLink, await ask(client, 'select clinichub.place() as reply', []), 'place'),
      ),
    openPatient: (id) =>
      calls.run(async (client) => {
        await ask(client, 'select clinichub.open_patient($1) as reply', [id]);
      }),
    findPatients: (question) =>
      calls.run(async (client) =>
        checked(
          FoundPatients,
          await ask(client, 'select clinichub.find_patients($1) as reply', [JSON.stringify(question)]),
          'find_patients',
        ),
      ),
    workstations: (user) =>
      calls.run(async (client) =>
        checked(
          KnownWorkstations,
          await ask(client, 'select clinichub.workstations($1) as reply', [JSON.stringify({ user })]),
          'workstations',
        ),
      ),
    setWorkstation: (order) =>
      calls.run(async (client) => {
        const request = [JSON.stringify(order)];
        const set = await ask(client, 'select clinichub.workstation_set($1) as reply', request);
        if (order.action === 'revoke')
          await ask(client, 'select clinichub.workstation_shut($1) as reply', request);
        return checked(KnownWorkstations, set, 'workstation_set');
      }),
    enrolWorkstation: ({ user, name, locationId, scope }) =>
      calls.run(async (client) => {
        const secret = randomBytes(24).toString('base64url');
        const own = typeof source === 'string' ? source : await source();
        const request = { user, name, location_id: locationId, scope, verifier: scramVerifier(secret) };
        const { id, login, until } = checked(
          MadeWorkstation,
          await ask(client, 'select clinichub.workstation_enrol($1) as reply', [JSON.stringify(request)]),
          'workstation_enrol',
        );
        const address = toCarry(withLogin(own, login, secret));
        const { hosts } = readAddress(address);
        return {
          id,
          code: writeCode(address),
          until,
          places: placesOf({ hosts }),
          onlyHere: hosts.every(({ host }) => isLoopback(host)),
        };
      }),
    audit: (question) =>
      calls.run(async (client) =>
        checked(
          AuditPage,
          await ask(client, 'select clinichub.audit($1) as reply', [JSON.stringify(question)]),
          'audit',
        ),
      ),
    auditRecord: (question) =>
      calls.run(async (client) =>
        checked(
          AuditVersions,
          await ask(client, 'select clinichub.audit_record($1) as reply', [JSON.stringify(question)]),
          'audit_record',
        ),
      ),
    blobState: (hashes) =>
      calls.run(async (client) =>
        checked(
          BlobStates,
          await ask(client, 'select clinichub.blob_state($1) as reply', [[...hashes]]),
          'blob_state',
        ),
      ),
    blobPut: ({ hash, n, parts, size, bytes }) =>
      calls.run(async (client) =>
        checked(
          BlobPutReply,
          await ask(client, 'select clinichub.blob_put($1, $2, $3, $4, $5) as reply', [
            hash,
            n,
            parts,
            size,
            bytes,
          ]),
          'blob_put',
        ),
      ),
    blobGet: (hash, n) =>
      calls.run(async (client) =>
        checked(
          z.instanceof(Buffer).nullable(),
          await ask(client, 'select clinichub.blob_get($1, $2) as reply', [hash, n]),
          'blob_get',
        ),
      ),
    listen: async (onSeq, onLost) => {
      const stop = await listenForSeq(source, settings, onSeq, onLost);
      const forget = () => {
        listeners.delete(forget);
        stop();
      };
      listeners.add(forget);
      return forget;
    },
    close: async () => {
      for (const stop of [...listeners]) stop();
      await calls.close();
    },
  };
};
