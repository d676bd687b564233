import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import type { OrganizationId } from '#shared/kernel/ids.ts';
import { type Clinic, openClinic } from '#tests/support/core-clinic.ts';

let clinic: Clinic;
let admin: Connection;
beforeEach(async () => {
  clinic = openClinic();
  admin = await clinic.signedIn('admin');
});
afterEach(() => clinic.close());

const details = {
  name: 'RSSB',
  identifier: 'F-12',
  email: null,
  phone: null,
  addressLine: null,
  active: true,
};

it('a payer is added, changed and closed, and has a name of its own', async () => {
  const { id } = await clinic.get('payers.save', { ...details, id: null }, admin);
  expect(await clinic.ask('payers.save', { ...details, name: 'rssb', id: null }, admin)).toMatchObject({
    error: { fields: { name: 'duplicate' } },
  });
  await clinic.get('payers.save', { ...details, id, identifier: '', active: false }, admin);
  const desk = await clinic.signedIn('reception');
  expect((await clinic.get('payers.list', {}, desk)).payers).toEqual([
    { ...details, id, identifier: null, active: false, certainty: 'provisional' },
  ]);
  expect(await clinic.ask('payers.save', { ...details, id }, desk)).toMatchObject({
    error: { code: 'not-permitted' },
  });
});

it('what others changed of it meanwhile is not written over', async () => {
  const { id } = await clinic.get('payers.save', { ...details, id: null }, admin);
  await clinic.get('payers.save', { ...details, id, phone: '0788', was: details }, admin);
  const mine = { ...details, id, was: details };
  expect(await clinic.ask('payers.save', { ...mine, phone: '0799' }, admin)).toMatchObject({
    error: { code: 'changed-meanwhile' },
  });
  await clinic.get('payers.save', { ...mine, identifier: 'F-13' }, admin);
  expect((await clinic.get('payers.list', {}, admin)).payers).toMatchObject([
    { phone: '0788', identifier: 'F-13' },
  ]);
  const nobody = '01900000-0000-7000-8000-000000000999' as OrganizationId;
  expect(await clinic.ask('payers.save', { ...details, name: 'X', id: nobody }, admin)).toMatchObject({
    error: { code: 'not-found' },
  });
});
