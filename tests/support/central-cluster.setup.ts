import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedCentre, startEmbeddedCentre } from '#main/data/central/embedded.ts';

/**
 * One PostgreSQL for a whole test run. It starts when the first test asks for a centre, so that a run of unit tests alone does not
 * pay for it: workers ask this process over loopback, and this process owns the cluster.
 */
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  shared_buffers: '256MB',
  max_wal_size: '512MB',
};

/** Vitest's and Playwright's global set-up; resolves to the clean-up. */
export const setup = async (): Promise<() => Promise<void>> => {
  // Another project of the same run has set it up.
  if (process.env.CLINICHUB_TEST_CLUSTER !== undefined) return async () => undefined;
  let folder: string | null = null;
  let cluster: Promise<EmbeddedCentre> | null = null;
  const start = async (): Promise<EmbeddedCentre> => {
    folder = await mkdtemp(join(tmpdir(), 'clinichub-cluster-'));
    // Root lends the cluster to the user postgres, who must be able to pass.
    await chmod(folder, 0o755);
    return startEmbeddedCentre({ dataFolder: join(folder, 'centre'), log: () => undefined, settings });
  };
  const server = createServer((_request, response) => {
    cluster ??= start();
    cluster.then(
      ({ url }) => response.end(url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  process.env.CLINICHUB_TEST_CLUSTER = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return async () => {
    server.close();
    server.closeAllConnections();
    await (await cluster?.catch(() => null))?.remove();
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  };
};
