import { hash, verify } from '@node-rs/argon2';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CallName, Input } from '#shared/contract/contract.ts';
import { type Clinic, openClinic } from '#tests/support/core-clinic.ts';
import { addPanelAccounts, patientEmail } from '#tests/support/core-panel.ts';
import { type KeptMail, keptMail } from '#tests/support/kept-mail.ts';

vi.mock('@node-rs/argon2', async (importOriginal) => {
  const real = await importOriginal<typeof import('@node-rs/argon2')>();
  return { ...real, hash: vi.fn(real.hash), verify: vi.fn(real.verify) };
});

let mail: KeptMail;
let clinic: Clinic;
beforeEach(() => {
  mail = keptMail();
  clinic = openClinic({ outgoingMail: mail });
  addPanelAccounts(clinic);
});
afterEach(() => clinic.close());

/** Which hashes a call costs, and its answer. */
const workOf = async <N extends CallName>(name: N, input: Input<N>) => {
  vi.mocked(hash).mockClear();
  vi.mocked(verify).mockClear();
  const reply = await clinic.ask(name, input, clinic.core.connect());
  const work = {
    hashes: vi.mocked(hash).mock.calls.length,
    checks: vi.mocked(verify).mock.calls.length,
  };
  return { reply: JSON.stringify(reply).replace(/"(?:id|until)":"[^"]*"/g, ''), work };
};

it('registering takes the same work, answer and number of messages whether the address has an account or not', async () => {
  const details = {
    displayName: 'Aline Keza',
    password: 'seven green kettles sing',
    language: 'en',
  } as const;
  const known = await workOf('panel.register', { ...details, email: patientEmail });
  const unknown = await workOf('panel.register', { ...details, email: 'aline@example.org' });
  expect(known).toEqual(unknown);
  expect(known.work).toEqual({ hashes: 2, checks: 0 });
  expect([(await mail.to(patientEmail)).length, (await mail.to('aline@example.org')).length]).toEqual([1, 1]);
});

it('asking for another password and signing in take the same hashes for both', async () => {
  for (const [name, more] of [
    ['panel.askReset', { language: 'en' }],
    ['panel.signIn', { password: 'wrong' }],
  ] as const) {
    const known = await workOf(name, { ...more, email: patientEmail } as Input<typeof name>);
    const unknown = await workOf(name, { ...more, email: 'aline@example.org' } as Input<typeof name>);
    expect(known).toEqual(unknown);
  }
});
