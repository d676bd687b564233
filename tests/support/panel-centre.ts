import { hashSync } from '@node-rs/argon2';
import { createCore } from '#main/core/core.ts';
import type { Connection, Core } from '#main/core/dispatch.ts';
import { createRouter } from '#main/transport/router.ts';
import type { CallName, Input, Output, Reply } from '#shared/contract/contract.ts';
import { systemClock } from '#shared/kernel/clock.ts';
import { testEngine } from './core-clinic.ts';
import { type KeptMail, keptMail } from './kept-mail.ts';
import { stillProtection } from './still-protection.ts';
import type { Desk, TwoWorkstations } from './two-workstations.ts';

/** An administrator of the clinic, `admin` with `correct horse`, known at both workstations. */
export const seedAdministrator = async (clinic: TwoWorkstations): Promise<void> => {
  await clinic.query(
    `insert into clinichub.staff_account (id, username, display_name, role, password_hash, active)
     values (gen_random_uuid(), 'admin', 'Admin', 'admin', $1, true)`,
    [hashSync('correct horse', { memoryCost: 8, timeCost: 1 })],
  );
  await clinic.a.settled();
  await clinic.b.settled();
};

/** The panel at one of two workstations, and a browser there. What it sends by e-mail is kept. */
export interface PanelHost {
  readonly core: Core;
  readonly mail: KeptMail;
  readonly connection: Connection;
  ask<N extends CallName>(name: N, input: Input<N>): Promise<Reply<Output<N>>>;
}

export const hostAt = (desk: Desk): PanelHost => {
  const mail = keptMail();
  const core = createCore({
    store: desk.local.store,
    blobs: desk.local.blobs,
    engine: testEngine(),
    onChanged: desk.local.onChanged,
    clock: systemClock,
    log: { info: () => undefined, error: () => undefined },
    host: { version: '0', host: 'headless', workstation: desk.name, demoAccounts: [] },
    printing: null,
    windows: null,
    updates: null,
    outgoingMail: mail,
    protection: stillProtection(desk.local, desk.temporary.folder, desk.temporary.key),
    diagnostics: { facts: desk.local.facts, logTail: () => [], settings: {} },
    route: createRouter,
  });
  const connection = core.connect();
  return {
    core,
    mail,
    connection,
    ask: async (name, input) => (await core.dispatch(name, input, connection)) as never,
  };
};
