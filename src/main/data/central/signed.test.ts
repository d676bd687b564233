import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { change, insertion, mutation, patient } from '#tests/support/central-samples.ts';
import { someNote, somePrescription } from '#tests/support/clinical-samples.ts';
import { type FreshCentre, freshCentre, withClient } from '#tests/support/fresh-centre.ts';
import type { Centre } from './centre.ts';
import { connectCentre } from './client.ts';

/** What is signed does not change at the centre, for whoever writes SQL: a workstation's login, or the owner of the tables. */
let centre: FreshCentre;
let url: string;
let desk: Centre;
const row = patient();
const note = someNote({ patient_id: row.id });
const prescription = somePrescription({ patient_id: row.id });

beforeAll(async () => {
  centre = await freshCentre();
  url = await centre.enrol('Desk');
  desk = connectCentre(url);
  await desk.push([
    mutation(1, [
      insertion('patient', row),
      insertion('composition', note),
      insertion('medication_request', prescription),
    ]),
  ]);
});
afterAll(async () => {
  await desk.close();
  await centre.drop();
});

const asWorkstation = (text: string) => withClient(url, (client) => client.query(text));
const asOwner = (text: string) =>
  withClient(centre.url, async (client) => {
    await client.query('set role clinichub_owner');
    return client.query(text);
  });

describe.each([
  ['composition', 'title', note.id],
  ['medication_request', 'medication', prescription.id],
] as const)('a signed row of %s', (table, column, id) => {
  const statements = [
    `update clinichub.${table} set ${column} = 'Changed' where id = '${id}'`,
    `update clinichub.${table} set signed_at = now() where id = '${id}'`,
    `update clinichub.${table} set id = gen_random_uuid() where id = '${id}'`,
    `delete from clinichub.${table} where id = '${id}'`,
    `merge into clinichub.${table} t using (values ('${id}'::uuid)) s (id) on t.id = s.id
       when matched then update set ${column} = 'Changed'`,
    `truncate clinichub.${table} cascade`,
  ];
  const held = async () => JSON.stringify(await centre.sql(`select * from clinichub.${table}`));

  it.each(statements)('is not reached by a workstation’s login: %s', async (statement) => {
    await expect(asWorkstation(statement)).rejects.toMatchObject({ code: '42501' });
  });

  it.each(statements)('is not changed by the owner of the tables: %s', async (statement) => {
    const before = await held();
    await expect(asOwner(statement)).rejects.toMatchObject({
      code: expect.stringMatching(/^(CH102|0A000|CH\d+)$/),
    });
    expect(await held()).toBe(before);
  });
});

it('is not changed by what a workstation sends either: that is refused and parked', async () => {
  const [verdict] = await desk.push([mutation(2, [change('composition', note.id, 1, { body: 'Changed' })])]);
  expect(verdict).toMatchObject({ status: 'rejected' });
  expect(await centre.sql('select body from clinichub.composition')).toEqual([{ body: note.body }]);
});
