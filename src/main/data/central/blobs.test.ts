import { createHash, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { partBytes, partsOf } from '#shared/domain/documents/limits.ts';
import { blank, schemaVersion } from '#shared/sync/catalogue.ts';
import * as sample from '#tests/support/central-samples.ts';
import { type FreshCentre, freshCentre } from '#tests/support/fresh-centre.ts';
import type { Centre } from './centre.ts';
import { connectCentre } from './client.ts';

/** 0280_files: a workstation at the north site, one at the south, and one of a front desk, which sees no documents. */
let centre: FreshCentre;
let north: Centre;
let south: Centre;
let reception: Centre;
const sites = { north: sample.site({ name: 'North' }), south: sample.site({ name: 'South' }) };
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

const insertRow = (table: string, row: object) =>
  centre.sql(
    `insert into clinichub.${table} select * from json_populate_record(null::clinichub.${table}, $1)`,
    [JSON.stringify({ ...row, row_version: 1, field_versions: {} })],
  );
const enrol = async (name: string, role: string) => {
  const url = await centre.enrol(name);
  const location = name === 'South' ? sites.south.id : sites.north.id;
  await centre.sql(
    `update clinichub.sync_device set scope = 'site', role = $2, location_id = $3 where name = $1`,
    [name, role, location],
  );
  const desk = connectCentre(url);
  await desk.hello({ schema: schemaVersion, app: 'x', epoch: null, cursor: null, chain: null, scope: null });
  return desk;
};

beforeEach(async () => {
  centre = await freshCentre();
  for (const site of Object.values(sites)) await insertRow('location', site);
  north = await enrol('North', 'consulting-room');
  south = await enrol('South', 'consulting-room');
  reception = await enrol('Reception', 'front-desk');
});
afterEach(async () => {
  for (const desk of [north, south, reception]) await desk.close();
  await centre.drop();
});

/** A document of a patient of the north site, and its bytes. */
const someFile = async (bytes = randomBytes(partBytes + 1000)) => {
  const patient = sample.patient({ location_id: sites.north.id });
  await insertRow('patient', patient);
  const hash = sha256(bytes);
  await insertRow('document_reference', {
    ...blank('document_reference'),
    id: sample.patient().id,
    patient_id: patient.id,
    category: 'letter',
    title: 'Letter',
    content_type: 'application/pdf',
    size: bytes.length,
    hash,
    created_at: '2026-11-23T08:00:00.000Z',
  });
  const part = (n: number) => ({
    hash,
    n,
    size: bytes.length,
    parts: partsOf(bytes.length),
    bytes: bytes.subarray(n * partBytes, (n + 1) * partBytes),
  });
  return { hash, bytes, part };
};
const kept = async () => {
  const [row] = await centre.sql<{ blobs: string; parts: string }>(
    'select (select count(*) from clinichub.blob) as blobs, (select count(*) from clinichub.blob_part) as parts',
  );
  return { blobs: Number(row?.blobs), parts: Number(row?.parts) };
};

test('a file goes to the centre in parts, in any order and more than once, and comes back as it was', async () => {
  const { hash, bytes, part } = await someFile();
  expect(await north.blobState([hash])).toEqual([]);
  expect(await north.blobPut(part(1))).toEqual({ complete: false, next: 0, damaged: false });
  expect(await north.blobPut(part(1))).toEqual({ complete: false, next: 0, damaged: false });
  expect(await north.blobState([hash])).toEqual([{ hash, complete: false }]);
  expect(await north.blobGet(hash, 1), 'a file that is not whole is given to nobody').toBeNull();
  expect(await north.blobPut(part(0))).toEqual({ complete: true, next: null, damaged: false });
  expect(await north.blobPut(part(0))).toEqual({ complete: true, next: null, damaged: false });
  expect(await north.blobState([hash])).toEqual([{ hash, complete: true }]);
  const parts = [await north.blobGet(hash, 0), await north.blobGet(hash, 1)];
  expect(Buffer.concat(parts.map((each) => each ?? Buffer.alloc(0)))).toEqual(bytes);
  expect(await north.blobGet(hash, 2)).toBeNull();
});

test('a file that does not have its hash is refused with the last part, and nothing of it is kept', async () => {
  const { hash, part } = await someFile();
  const wrong = { ...part(0), bytes: randomBytes(partBytes) };
  expect(await north.blobPut(wrong)).toEqual({ complete: false, next: 1, damaged: false });
  expect(await north.blobPut(part(1))).toEqual({ complete: false, next: 0, damaged: true });
  expect(await kept()).toEqual({ blobs: 0, parts: 0 });
  expect(await north.blobState([hash])).toEqual([]);
  await north.blobPut(part(0));
  expect(await north.blobPut(part(1))).toMatchObject({ complete: true });
});

test('nothing of a file is given to, or taken from, who holds no document that names it', async () => {
  const { hash, part } = await someFile();
  await north.blobPut(part(0));
  for (const stranger of [south, reception]) {
    await expect(stranger.blobPut(part(1))).rejects.toMatchObject({ sqlstate: 'CH101' });
    expect(await stranger.blobState([hash])).toEqual([]);
    expect(await stranger.blobGet(hash, 0)).toBeNull();
  }
  await north.blobPut(part(1));
  for (const stranger of [south, reception]) {
    expect(await stranger.blobState([hash])).toEqual([]);
    expect(await stranger.blobGet(hash, 0)).toBeNull();
    await expect(stranger.blobPut(part(0))).rejects.toMatchObject({ sqlstate: 'CH101' });
  }
  // A guess of a file that no document names.
  const guess = randomBytes(10);
  await expect(
    north.blobPut({ hash: sha256(guess), n: 0, parts: 1, size: 10, bytes: guess }),
  ).rejects.toMatchObject({ sqlstate: 'CH101' });
  expect(await kept()).toEqual({ blobs: 1, parts: 2 });
});

test('who opens the patient at another site has the file too', async () => {
  const { hash, bytes, part } = await someFile(randomBytes(500));
  await north.blobPut(part(0));
  const [row] = await centre.sql<{ patient_id: string }>(
    'select patient_id from clinichub.document_reference',
  );
  await south.openPatient(row?.patient_id ?? '');
  expect(await south.blobGet(hash, 0)).toEqual(bytes);
});

test('a part that does not fit the file is refused', async () => {
  const { part } = await someFile();
  const cases = [
    ['another size than its document tells', { size: partBytes + 1001 }, 'CH101'],
    ['a part that is not there', { n: 2 }, '22023'],
    ['a part before the first', { n: -1 }, '22023'],
    ['parts that do not fit its size', { parts: 3 }, '22023'],
    ['a part that is too long', { bytes: randomBytes(partBytes + 1) }, '22023'],
    ['a part that is too short', { bytes: randomBytes(partBytes - 1) }, '22023'],
    ['more than 20 MB', { size: 20 * 1024 * 1024 + 1, parts: 161 }, '22023'],
  ] as const;
  for (const [name, wrong, sqlstate] of cases)
    await expect(north.blobPut({ ...part(0), ...wrong }), name).rejects.toMatchObject({ sqlstate });
  expect(await kept()).toEqual({ blobs: 0, parts: 0 });
  const many = Array.from({ length: 201 }, () => 'x');
  await expect(north.blobState(many)).rejects.toMatchObject({ sqlstate: '22023' });
});

test('a suspended workstation sends and gets no file, one that is to be wiped still sends', async () => {
  const { hash, part } = await someFile();
  await centre.sql(`update clinichub.sync_device set wiping_at = now() where name = 'North'`);
  await north.blobPut(part(0));
  await expect(north.blobGet(hash, 0)).rejects.toMatchObject({ sqlstate: 'CH007' });
  await centre.sql(`update clinichub.sync_device set suspended_at = now() where name = 'North'`);
  await expect(north.blobPut(part(1))).rejects.toMatchObject({ sqlstate: 'CH001' });
});
