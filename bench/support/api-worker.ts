import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fastify } from 'fastify';
import { headlessProtection } from '#main/core/headless-protection.ts';
import { workstationLog } from '#main/core/log-file.ts';
import { startCore } from '#main/core/start.ts';
import { startHttpHost } from '#main/transport/http/server.ts';
import { createRouter } from '#main/transport/router.ts';
import type { SyncStatus } from '#shared/contract/sync.ts';
import { systemClock } from '#shared/kernel/clock.ts';
import { bareDatabase, bareInsert, removeFolder, temporaryFolder } from './local.ts';
import { person } from './people.ts';

export interface ApiTask {
  /** The centre, with the login of this workstation. */
  readonly url: string;
}

/** Where the workstation's API is, and the bare route. */
export interface ApiWord {
  readonly host: string;
  readonly bare: string;
}

const onAPage = 50;
const address = '127.0.0.1';

/** The least: a route that answers one SQLite query, with the same cipher and as many rows as a page of ours has. */
const startBare = async (folder: string) => {
  const db = bareDatabase(folder);
  const insert = bareInsert(db);
  db.transaction(() => {
    for (let i = 0; i < 5000; i += 1) insert.run(...(Object.values(person(i)) as unknown[]));
  })();
  const page = db.prepare(`SELECT * FROM patient WHERE id > ? ORDER BY id LIMIT ${onAPage}`);
  const server = fastify();
  server.get<{ Querystring: { readonly after?: string } }>('/rows', async (request) =>
    page.all(request.query.after ?? ''),
  );
  await server.listen({ host: address, port: 0 });
  return { url: `http://${address}:${(server.server.address() as AddressInfo).port}/`, db, server };
};

const { url } = JSON.parse(process.argv[2] ?? '') as ApiTask;
const folder = temporaryFolder();
const pages = join(folder, 'pages');
mkdirSync(pages);
writeFileSync(join(pages, 'index.html'), '');

const log = workstationLog(folder);
const { core } = await startCore({
  folder: join(folder, 'data'),
  key: randomBytes(32),
  centre: { source: url, login: new URL(url).username },
  destroy: async () => undefined,
  secondBackups: null,
  protection: headlessProtection(folder, null),
  name: 'Bench',
  demo: false,
  version: 'bench',
  host: 'headless',
  printing: null,
  windows: null,
  updates: null,
  route: createRouter,
  log,
  settings: {},
});
const isLive = async () => {
  const status = await core.dispatch('sync.status', {}, core.connect());
  return status.ok && (status.value as SyncStatus).connection === 'live';
};
while (!(await isLive())) await new Promise((resolve) => setTimeout(resolve, 50));

// All clients ask from one address, as one account.
const many = { requests: 10_000_000, seconds: 1 };
const apiLimits = { address: many, account: many, signIn: many };
const host = await startHttpHost({
  core,
  clock: systemClock,
  log,
  pages,
  address,
  port: 0,
  tls: null,
  apiLimits,
});
const bare = await startBare(folder);
process.once('message', async () => {
  await host.close();
  await bare.server.close();
  bare.db.close();
  await core.stop();
  removeFolder(folder);
  process.disconnect();
});
process.send?.({ host: host.url, bare: bare.url } satisfies ApiWord);
