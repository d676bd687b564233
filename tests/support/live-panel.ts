import { createCore } from '#main/core/core.ts';
import type { SyncEngine } from '#main/sync/engine.ts';
import { createRouter } from '#main/transport/router.ts';
import type { CallName, Input, Output, Reply } from '#shared/contract/contract.ts';
import { systemClock } from '#shared/kernel/clock.ts';
import { testEngine } from './core-clinic.ts';
import { patientPassword } from './core-panel.ts';
import { stillProtection } from './still-protection.ts';
import type { Desk } from './two-workstations.ts';

/** The engine of a desk as it runs now; the test's own while the cable is cut. */
const engineOf = (desk: Desk, isCut: () => boolean): SyncEngine => {
  const still = testEngine();
  return new Proxy({} as SyncEngine, {
    get: (_target, name: keyof SyncEngine) =>
      name === 'stop' ? still.stop : Reflect.get(isCut() ? still : desk.engine, name),
  });
};

/** A patient's browser at the panel of a workstation. */
export interface LivePanel {
  ask<N extends CallName>(name: N, input: Input<N>): Promise<Reply<Output<N>>>;
  /** The value, or the test fails. */
  get<N extends CallName>(name: N, input: Input<N>): Promise<Output<N>>;
}

/** The panel at a workstation that is connected to its centre until `isCut`, with the account of `email` signed in. */
export const livePanel = async (desk: Desk, email: string, isCut: () => boolean): Promise<LivePanel> => {
  const core = createCore({
    store: desk.local.store,
    blobs: desk.local.blobs,
    engine: engineOf(desk, isCut),
    onChanged: () => () => undefined,
    clock: systemClock,
    log: { info: () => undefined, error: () => undefined },
    host: { version: '0', host: 'headless', workstation: desk.name, demoAccounts: [] },
    printing: null,
    windows: null,
    updates: null,
    protection: stillProtection(desk.local, desk.temporary.folder, desk.temporary.key),
    diagnostics: { facts: desk.local.facts, logTail: () => [], settings: {} },
    route: createRouter,
  });
  const connection = core.connect();
  const ask = async <N extends CallName>(name: N, input: Input<N>) =>
    (await core.dispatch(name, input, connection)) as Reply<Output<N>>;
  const get = async <N extends CallName>(name: N, input: Input<N>) => {
    const reply = await ask(name, input);
    if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`);
    return reply.value;
  };
  await get('panel.signIn', { email, password: patientPassword });
  return { ask, get };
};
