import { cpSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLocal } from '#main/data/local/open.ts';
import { localDb } from '#main/data/local/query.ts';
import { somePatient, type TemporaryLocal, temporaryFolder } from '#tests/support/sync-local.ts';
import {
  type Desk,
  openDesk,
  replicaOf,
  type TwoWorkstations,
  twoWorkstations,
} from '#tests/support/two-workstations.ts';

let clinic: TwoWorkstations;
beforeEach(async () => {
  clinic = await twoWorkstations();
});
afterEach(() => clinic.end());

const register = (desk: Desk, mrn: string) => {
  const row = somePatient({ mrn });
  desk.local.store.mutate({ kind: 'patient.register', user: null }, (writer) =>
    writer.insert('patient', row),
  );
  return row.id;
};
const update = (desk: Desk, patch: Readonly<Record<string, string>>) =>
  desk.local.store.mutate({ kind: 'patient.update', user: null }, (writer) =>
    writer.update('patient', clinic.patient.id, patch),
  );

/** Another computer with a copy of the desk's data folder. */
const copyOf = (desk: Desk): TemporaryLocal => {
  const folder = temporaryFolder();
  desk.local.close();
  cpSync(desk.temporary.folder, folder, { recursive: true });
  desk.temporary.reopen();
  let local = openLocal({ folder, key: desk.temporary.key });
  return {
    get local() {
      return local;
    },
    folder,
    key: desk.temporary.key,
    reopen: () => {
      local.close();
      local = openLocal({ folder, key: desk.temporary.key });
      return local;
    },
    remove: () => local.close(),
  };
};

test('a copied workstation under a new login sends its own work; what both had waiting counts once', async () => {
  const { a, b, centre, query } = clinic;
  await a.offline();
  register(a, 'BOTH-1');
  update(a, { city: 'Nice' });
  const refused = register(a, 'SHARED-1');
  const copy = openDesk('Copy', a.url, copyOf(a));
  try {
    register(copy, 'COPY-1');
    register(a, 'A-1');
    await a.online();
    await a.settled();
    await copy.online();
    await copy.until(({ problem }) => problem === 'cloned');
    await copy.offline();
    copy.local.replica.forgetIdentity();
    expect(copy.local.replica.state()).toMatchObject({ halted: null, device_id: null, last_n: 4 });

    const again = openDesk('Copy', await centre.enrol('Copy'), copy.temporary);
    await again.online();
    await again.settled();
    await a.settled();
    await b.settled();
    const rows = await query<{ mrn: string }>('select mrn from clinichub.patient order by mrn');
    expect(rows.map(({ mrn }) => mrn)).toEqual(['A-1', 'BOTH-1', 'COPY-1', 'SHARED-1']);
    // What the first sent and the copy sent as well is no trouble for anybody; what was refused is refused again.
    expect(again.engine.status()).toMatchObject({ parked: 1, problem: null });
    expect(
      again.local.store.get(localDb.selectFrom('outbox').select('payload').where('status', '=', 'parked'))
        ?.payload,
    ).toContain(refused);
    expect(replicaOf(again.local)).toEqual(replicaOf(b.local));
    expect(replicaOf(a.local)).toEqual(replicaOf(b.local));
    expect(await query('select count(*)::integer as n from clinichub.sync_device')).toEqual([{ n: 3 }]);
    await again.offline();
  } finally {
    await copy.remove();
  }
});

test('work that was refused or withdrawn before stays to be decided, and later numbers have no gap', async () => {
  const { a, centre } = clinic;
  register(a, 'SHARED-1');
  await a.settled();
  const gone = register(a, 'SHARED-1');
  await a.settled();
  expect(a.local.store.withdraw(2 + 1)).toBe(true);
  await a.offline();
  register(a, 'A-1');
  a.local.replica.forgetIdentity();
  const again = openDesk('Desk A', await centre.enrol('Desk A anew'), a.temporary);
  await again.online();
  await again.settled();
  expect(again.engine.status()).toMatchObject({ parked: 1, waiting: 0 });
  const parked = again.local.store.get(
    localDb.selectFrom('outbox').select('n').where('status', '=', 'parked'),
  );
  expect(again.local.store.resend(parked?.n ?? 0)).not.toBeNull();
  await again.settled();
  expect(again.engine.status()).toMatchObject({ parked: 1, waiting: 0 });
  const history = again.local.store.all(
    localDb.selectFrom('outbox_history').select(['n', 'payload']).orderBy('n'),
  );
  expect(history[0]?.n).toBeLessThanOrEqual(0);
  expect(history[0]?.payload).toContain(gone);
  await again.offline();
});
