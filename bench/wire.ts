import { createHash } from 'node:crypto';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { v7 } from 'uuid';
import type { Centre, SentMutation } from '#main/data/central/centre.ts';
import { connectCentre } from '#main/data/central/client.ts';
import { columnsOf, schemaVersion } from '#shared/sync/catalogue.ts';
import type { MutationPayload } from '#shared/sync/wire.ts';
import type { Bench, Measure } from './measure.ts';
import { startCentre } from './support/centre.ts';
import { person } from './support/people.ts';
import { type WireMeter, wireMeter } from './support/wire-meter.ts';

/** Mutations of one push. */
const batch = 500;

const hello = (centre: Centre) =>
  centre.hello({ schema: schemaVersion, app: 'bench', epoch: null, cursor: null, chain: null, scope: null });

const mutationOf = (i: number): SentMutation => {
  const values = { ...person(i) };
  const at = '2026-11-23T08:00:00.000Z';
  const payload: MutationPayload = {
    id: v7(),
    kind: 'patient.register',
    user: null,
    at,
    changes: [{ tbl: 'patient', op: 'insert', pk: values.id, base: 0, values }],
  };
  const text = JSON.stringify(payload);
  return { n: i + 1, hash: createHash('sha256').update(text).digest('hex'), payload: text };
};

const push = async (centre: Centre, count: number): Promise<void> => {
  for (let from = 0; from < count; from += batch) {
    const mutations = Array.from({ length: Math.min(batch, count - from) }, (_, i) => mutationOf(from + i));
    const verdicts = await centre.push(mutations);
    if (!verdicts.every(({ status }) => status === 'applied')) throw new Error('a mutation was not applied');
  }
};

const pull = async (centre: Centre, count: number): Promise<void> => {
  let rows = 0;
  for (let cursor = 0, more = true; more; ) {
    const reply = await centre.pull(cursor, 1000);
    rows += reply.changes.length;
    cursor = reply.to;
    more = cursor < reply.head;
  }
  if (rows !== count) throw new Error(`${rows} of ${count} changes were pulled`);
};

const pages = async (centre: Centre, count: number): Promise<void> => {
  let rows = 0;
  for (let after: string | null = null, more = true; more; ) {
    const page: readonly string[] = await centre.bootPage('patient', after, 10_000);
    rows += page.length;
    const last = page.at(-1);
    more = last !== undefined;
    if (last !== undefined) after = String((JSON.parse(last) as unknown[])[1]);
  }
  if (rows !== count) throw new Error(`${rows} of ${count} rows were copied`);
};

/** The least: the columns as COPY writes them. */
const plainCopy = async (url: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const columns = columnsOf('patient').map(([name]) => name);
  const stream = client.query(copyTo(`copy (select ${columns.join(', ')} from clinichub.patient) to stdout`));
  for await (const chunk of stream) void chunk;
  await client.end();
};

const bytesPerRow = async (meter: WireMeter, count: number, work: () => Promise<void>): Promise<number> => {
  meter.take();
  await work();
  return meter.take() / count;
};

/** Bytes on the socket for each row, both ways, connection and protocol included, against COPY of the same rows. */
export const wire: Bench = async ({ rows }) => {
  const count = rows ?? 2000;
  const centre = await startCentre();
  const meter = await wireMeter(centre.url);
  const desk = connectCentre(meter.url(await centre.enrol('W')));
  try {
    await hello(desk);
    const measured = {
      push: await bytesPerRow(meter, count, () => push(desk, count)),
      pull: await bytesPerRow(meter, count, () => pull(desk, count)),
      boot_page: await bytesPerRow(meter, count, () => pages(desk, count)),
    };
    const floor = await bytesPerRow(meter, count, () => plainCopy(meter.url(centre.url)));
    return Object.entries(measured).map(
      ([metric, value]): Measure => ({
        bench: 'wire',
        metric,
        value,
        unit: 'B/row',
        floor,
        ratio: value / floor,
        rows: count,
      }),
    );
  } finally {
    await desk.close();
    await meter.close();
    await centre.stop();
  }
};
