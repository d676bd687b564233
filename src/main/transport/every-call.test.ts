import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import type { Call } from '#shared/contract/call.ts';
import { type CallName, contract, type Reply } from '#shared/contract/contract.ts';
import { isGranted, permissions, permissionsOf, type Role, staff } from '#shared/contract/permissions.ts';
import { errorCodes } from '#shared/kernel/result.ts';
import { canary, payloadsOf } from '#tests/support/contract-payloads.ts';
import {
  type Clinic,
  habimana,
  mugabo,
  mutesi,
  openClinic,
  password,
  room,
  site,
  uwase,
} from '#tests/support/core-clinic.ts';
import { addPanelAccounts, patientEmail, patientPassword } from '#tests/support/core-panel.ts';
import { type HttpHost, startHttpHost } from './http/server.ts';
import { type IpcRouter, startIpcRouter } from './ipc/router.ts';

/** What `ipcMain.handle` was given: the place where a page's call arrives. */
const arriving = vi.hoisted(() => ({ handle: undefined as unknown }));
vi.mock('electron', () => ({
  ipcMain: { handle: (_channel: string, handle: unknown) => Object.assign(arriving, { handle }) },
}));

/** Everybody who may ask: each role, a doctor of another site, a patient, nobody, and somebody whose account was closed meanwhile. */
const askers = [...staff, 'elsewhere', 'patient', 'nobody', 'expired'] as const;
type Asker = (typeof askers)[number];
const roleOf = (asker: Asker): Role | null => {
  if (asker === 'nobody' || asker === 'expired') return null;
  return asker === 'elsewhere' ? 'doctor' : asker;
};

const names = Object.keys(contract) as CallName[];
const ids = [site, room, uwase, mugabo, habimana, mutesi].map(({ id }) => id);

let clinic: Clinic;
let host: HttpHost;
let pages: string;
let router: IpcRouter;
type Page = Parameters<IpcRouter['register']>[0];
const windows = new Map<Asker, { readonly page: Page; readonly connection: Connection }>();
const cookies = new Map<Asker, string>();
let cases = 0;

const ipc = async (asker: Asker, name: string, input: unknown): Promise<Reply<unknown>> => {
  const page = windows.get(asker)?.page;
  const handle = arriving.handle as (event: unknown, name: unknown, input: unknown) => unknown;
  const event = { sender: page, senderFrame: page?.mainFrame };
  return structuredClone(await handle(event, name, input)) as Reply<unknown>;
};

const http = async (
  asker: Asker,
  name: string,
  input: unknown,
): Promise<{ readonly status: number; readonly reply: Reply<unknown> }> => {
  const answer = await fetch(new URL(`/rpc/${name}`, host.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-clinichub': '1', cookie: cookies.get(asker) ?? '' },
    body: JSON.stringify(input ?? null),
  });
  const cookie = answer.headers.getSetCookie().at(-1)?.split(';')[0];
  // What `nobody` does opens sessions; they are not kept, and nor is what is tried with the cookie of one that is over.
  if (cookie !== undefined && roleOf(asker) !== null) cookies.set(asker, cookie);
  return { status: answer.status, reply: (await answer.json()) as Reply<unknown> };
};

const openWindow = (asker: Asker, id: number) => {
  const mainFrame = { url: 'app://clinichub/', parent: null, frameTreeNodeId: id };
  const page = { id, mainFrame, once: () => undefined, send: () => undefined } as unknown as Page;
  windows.set(asker, { page, connection: router.register(page) });
};

const signIn = async (asker: Asker): Promise<void> => {
  const [name, account] =
    asker === 'patient'
      ? ['panel.signIn', { email: patientEmail, password: patientPassword }]
      : ['session.signIn', { username: asker, password }];
  expect(await ipc(asker, name, account)).toMatchObject({ ok: true });
  expect(await http(asker, name, account)).toMatchObject({ reply: { ok: true } });
};

beforeAll(async () => {
  pages = mkdtempSync(join(tmpdir(), 'clinichub-pages-'));
  writeFileSync(join(pages, 'index.html'), '');
  clinic = openClinic();
  addPanelAccounts(clinic);
  router = startIpcRouter(clinic.core);
  const log = { info: () => undefined, error: () => undefined };
  const { core, clock } = clinic;
  const strangerLimit = { requests: 1_000_000, seconds: 1 };
  host = await startHttpHost({
    core,
    clock,
    log,
    pages,
    address: '127.0.0.1',
    port: 0,
    tls: null,
    strangerLimit,
    apiLimits: { address: strangerLimit, account: strangerLimit, signIn: strangerLimit },
  });
  askers.forEach((asker, n) => {
    openWindow(asker, n + 1);
  });
  for (const asker of askers) if (asker !== 'nobody') cookies.set(asker, '');
  const account = { username: 'expired', password };
  expect(await ipc('expired', 'session.signIn', account)).toMatchObject({ ok: true });
  const answer = await fetch(new URL('/rpc/session.signIn', host.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-clinichub': '1' },
    body: JSON.stringify(account),
  });
  cookies.set('expired', answer.headers.getSetCookie().at(-1)?.split(';')[0] ?? '');
  expect(await http('expired', 'session.current', {})).toMatchObject({
    reply: { value: { username: 'expired' } },
  });
  const { store } = clinic.temporary.local;
  store.mutate({ kind: 'test', user: null }, (writer) =>
    writer.update('staff_account', clinic.accountId('expired'), { active: 0 }),
  );
  for (const asker of askers) if (roleOf(asker) !== null) await signIn(asker);
});
afterAll(async () => {
  await host.close();
  await clinic.close();
  rmSync(pages, { recursive: true });
});

/** A typed refusal that repeats nothing of the input, or an answer as the contract has it. */
const expectTyped = (name: CallName, reply: Reply<unknown>) => {
  if (reply.ok) {
    expect(contract[name].output.safeParse(reply.value).success).toBe(true);
    return;
  }
  const { code, params = {}, fields = {}, ...rest } = reply.error;
  expect(errorCodes).toContain(code);
  expect(code).not.toBe('internal');
  expect(rest).toEqual({});
  for (const value of Object.values(params)) expect(['string', 'number']).toContain(typeof value);
  for (const value of Object.values(fields)) expect(value).toMatch(/^[a-z-]+$/);
  expect(JSON.stringify(reply)).not.toContain(canary);
};

const expectRight = (name: CallName, asker: Asker, reply: Reply<unknown>) => {
  cases += 1;
  const { needs } = contract[name];
  const role = roleOf(asker);
  if (isGranted(needs, role && { role, permissions: permissionsOf(role) })) return expectTyped(name, reply);
  const code = role === null ? 'not-signed-in' : 'not-permitted';
  return expect(reply).toEqual({ ok: false, error: { code } });
};

const expectUnread = (status: number, reply: Reply<unknown>) => {
  cases += 1;
  const code = status === 413 ? 'too-large' : 'invalid-input';
  expect([400, 413]).toContain(status);
  expect(reply).toEqual({ ok: false, error: { code } });
};

/** What would change who may do what for the calls after it is put back. */
const restore = async (name: CallName, asker: Asker) => {
  if (name === 'access.set') await ipc('admin', 'access.reset', {});
  if (/^(?:session|panel|kiosk)\./.test(name) && roleOf(asker) !== null) {
    clinic.clock.at += 3_600_000;
    await signIn(asker);
  }
};

it.each(names)('%s', async (name) => {
  const payloads = payloadsOf(name, ids, { shaped: 3, hostile: 4 });
  for (const asker of askers) {
    for (const payload of payloads) {
      expectRight(name, asker, await ipc(asker, name, payload));
    }
    for (const payload of [payloads[0], payloads.at(-1)]) {
      const { status, reply } = await http(asker, name, payload);
      // A body that is no JSON of ours is refused before anybody asks what it is for.
      if (status === 200) expectRight(name, asker, reply);
      else expectUnread(status, reply);
    }
    await restore(name, asker);
  }
});

it('answers nothing in a locked session but what needs none and the screen of the waiting room', async () => {
  await ipc('admin', 'session.lock', {});
  await http('admin', 'session.lock', {});
  for (const name of names) {
    const { needs, whileLocked }: Call = contract[name];
    if (needs === 'public') continue;
    const [payload] = payloadsOf(name, ids, { shaped: 1, hostile: 0 });
    for (const reply of [await ipc('admin', name, payload), (await http('admin', name, payload)).reply])
      if (whileLocked) expectTyped(name, reply);
      else expect(reply, name).toEqual({ ok: false, error: { code: 'locked' } });
  }
  await signIn('admin');
});

it('needs what the table has, and the table has what something needs', () => {
  const needed = new Set<string>(names.map((name) => contract[name].needs));
  const free = (need: string) => names.filter((name) => contract[name].needs === need);
  expect(free('public')).toEqual([
    'app.info',
    'session.signIn',
    'session.openCode',
    'session.enter',
    'session.held',
    'session.unlock',
    'session.current',
    'panel.signIn',
    'panel.register',
    'panel.resend',
    'panel.verify',
    'panel.askReset',
    'panel.reset',
    'sync.status',
  ]);
  expect(names.filter((name) => (contract[name] as Call).whileLocked)).toEqual(['visits.board']);
  expect(free('signed-in')).toEqual([
    'session.changePassword',
    'session.signOutEverywhere',
    'session.signOut',
    'session.active',
    'session.lock',
    'session.pin',
    'session.setPin',
    'session.unlockPin',
    'practitioners.list',
    'practitioners.locations',
    'settings.here',
    'printing.setup',
    'printing.print',
    'shell.openWindow',
    'updates.status',
    'audit.note',
  ]);
  expect(free('kiosk')).toEqual(['kiosk.status', 'kiosk.checkIn']);
  expect(names.filter((name) => (contract[name] as Call).atKiosk)).toEqual([
    'app.info',
    'session.signIn',
    'session.current',
    'kiosk.status',
    'kiosk.checkIn',
  ]);
  expect(free('own')).toEqual([
    'panel.signOut',
    'panel.active',
    'panel.me',
    'panel.releases',
    'panel.allergies',
    'panel.allergy',
    'panel.conditions',
    'panel.condition',
    'panel.results',
    'panel.result',
    'panel.resultHistory',
    'panel.vitals',
    'panel.notes',
    'panel.note',
    'panel.encounters',
    'panel.encounter',
    'panel.immunizations',
    'panel.documents',
    'panel.openDocument',
    'panel.documentBytes',
    'panel.summary',
    'panel.requestRecords',
    'panel.requests',
    'panel.withdrawRequest',
    'panel.accessLog',
    'panel.prescriptions',
    'panel.prescription',
    'panel.requestRenewal',
    'panel.invoices',
    'panel.invoice',
    'panel.invoiceFile',
    'panel.payments',
    'panel.payment',
    'panel.receiptFile',
    'panel.account',
    'panel.changeAccount',
    'panel.changePassword',
    'panel.changeEmail',
    'panel.confirmEmail',
    'panel.close',
    'panel.sessions',
    'panel.endSession',
    'panel.signOutEverywhere',
    'panel.openWithCode',
    'panel.askFor',
    'panel.links',
    'panel.leave',
    'panel.withdrawLink',
    'panel.record',
    'panel.changeRecord',
    'panel.history',
    'panel.appointments',
    'panel.appointment',
    'panel.bookable',
    'panel.doctors',
    'panel.times',
    'panel.hold',
    'panel.release',
    'panel.book',
    'panel.move',
    'panel.cancel',
    'panelCalendar.entry',
    'panelCalendar.feed',
    'panelCalendar.create',
    'panelCalendar.revoke',
  ]);
  // What no call needs by itself, but a rule within one.
  const rules = [
    'appointment.override',
    'conflict.sign',
    'conflict.approve',
    'prescription-template.approve',
  ];
  expect(
    [...needed, ...rules]
      .filter((need) => !['public', 'signed-in', 'own', 'kiosk'].includes(need))
      .toSorted(),
  ).toEqual(permissions.toSorted());
});

it('knows no call by another name, over either transport', async () => {
  for (const name of ['', 'constructor', '__proto__', 'toString', 'patients.nothing'])
    expect(await ipc('admin', name, {})).toEqual({ ok: false, error: { code: 'not-found' } });
  for (const name of ['constructor', '__proto__', 'patients.nothing'])
    expect((await http('admin', name, {})).reply).toEqual({ ok: false, error: { code: 'not-found' } });
});

it('was tried by everybody over both transports', () => {
  expect(cases).toBe(names.length * askers.length * 9);
  process.stdout.write(`${names.length} calls, ${askers.length} askers, ${cases} cases\n`);
});
