import { hashSync } from '@node-rs/argon2';
import { type CoreDeps, createCore } from '#main/core/core.ts';
import type { Connection, Core } from '#main/core/dispatch.ts';
import {
  type AuditQuestion,
  type AuditRecordQuestion,
  CentreError,
  type EnrolOrder,
  type IssuedEnrolment,
  type PatientQuestion,
  type WorkstationOrder,
} from '#main/data/central/centre.ts';
import type { FetchedFile } from '#main/sync/deliveries.ts';
import type { SyncEngine } from '#main/sync/engine.ts';
import { createRouter } from '#main/transport/router.ts';
import type { CallName, Input, Output, Reply } from '#shared/contract/contract.ts';
import type { Role } from '#shared/contract/permissions.ts';
import type { SyncStatus } from '#shared/contract/sync.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import { blank, columnsOf, type RowOf, type TableName, tableNames } from '#shared/sync/catalogue.ts';
import type { AuditPage, AuditVersions, FoundPatient, KnownWorkstation, Verdict } from '#shared/sync/wire.ts';
import { stillProtection } from './still-protection.ts';
import {
  helloReply,
  ledgerStart,
  openFilled,
  openTemporary,
  someLocation,
  somePatient,
  somePractitioner,
  type TemporaryLocal,
} from './sync-local.ts';

const id = (kind: string, n: number) =>
  `01900000-0000-7000-8000-${kind}${String(n).padStart(12 - kind.length, '0')}`;

/** Monday; 10:00 in Kigali. */
export const now = Date.parse('2026-11-23T08:00:00.000Z');

export const site = someLocation({
  id: id('a', 1),
  name: 'Ruhengeri',
  city: 'Musanze',
  phone: '+250788000000',
  time_zone: 'Africa/Kigali',
});
/** Where nobody of the tests works but `elsewhere`. */
export const otherSite = someLocation({ id: id('a', 3), name: 'Huye', time_zone: 'Africa/Kigali' });
export const room = someLocation({
  id: id('a', 2),
  kind: 'room',
  part_of: site.id,
  name: 'Room 2',
  time_zone: 'Africa/Kigali',
});
export const uwase = somePractitioner({ id: id('b', 1), family: 'Uwase', given: 'Aline' });
export const mugabo = somePractitioner({ id: id('b', 2), family: 'Mugabo', given: 'Eric' });
export const habimana = somePatient({
  id: id('c', 1),
  mrn: 'OLD-1',
  family: 'Habimana',
  given: 'Jean',
  birth_date: '1985-02-03',
  phone: '+250788123456',
});
export const mutesi = somePatient({
  id: id('c', 2),
  mrn: 'OLD-2',
  family: 'Mutesi',
  given: 'Chantal',
  phone: null,
});

const schedule = (n: number, practitioner: string, weekday: number): RowOf<'schedule'> => ({
  id: id('d', n),
  practitioner_id: practitioner,
  location_id: site.id,
  room_id: practitioner === uwase.id ? room.id : null,
  weekday,
  start_time: '08:00',
  end_time: '16:00',
  valid_from: null,
  valid_to: null,
  active: 1,
  interval_weeks: null,
});

/** Passwords of the accounts below; hashed with the least argon2 allows, for speed. */
export const password = 'correct horse';
/** The PIN of those who sign: doctor and nurse. */
export const pin = '2580';
const account = (
  n: number,
  username: string,
  role: Role,
  practitioner_id: string | null,
): RowOf<'staff_account'> => ({
  ...blank('staff_account'),
  id: id('e', n),
  username,
  display_name: username,
  role,
  practitioner_id,
  location_id: site.id,
  password_hash: hashSync(password, { memoryCost: 8, timeCost: 1 }),
  active: 1,
  pin_hash: role === 'doctor' || role === 'nurse' ? hashSync(pin, { memoryCost: 8, timeCost: 1 }) : null,
});

/** What the clinic has in it before a test does anything. */
export const clinicRows = (): Partial<{ readonly [T in TableName]: readonly RowOf<T>[] }> => ({
  location: [site, room, otherSite],
  practitioner: [uwase, mugabo],
  staff_account: [
    account(1, 'reception', 'reception', null),
    account(2, 'nurse', 'nurse', null),
    account(3, 'doctor', 'doctor', uwase.id),
    account(4, 'admin', 'admin', null),
    account(5, 'pharmacist', 'pharmacist', null),
    account(6, 'cashier', 'cashier', null),
    account(7, 'patient', 'patient', null),
    { ...account(8, 'elsewhere', 'doctor', null), location_id: otherSite.id },
    account(9, 'expired', 'nurse', null),
  ],
  patient: [habimana, mutesi],
  schedule: [1, 2, 3, 4, 5].flatMap((day) => [
    schedule(day, uwase.id, day),
    schedule(day + 10, mugabo.id, day),
  ]),
});

/** A first copy with these rows, as the centre's pages bring it. */
export const load = (
  { local }: TemporaryLocal,
  tables: Partial<{ readonly [T in TableName]: readonly RowOf<T>[] }>,
): void => {
  const { replica } = local;
  replica.greeted(helloReply({ device_no: 7, location_id: site.id }));
  replica.bootstrap.begin('e1', ledgerStart, 'clinic/whole');
  for (const table of tableNames) {
    const page = (tables[table] ?? []).map((row) =>
      JSON.stringify([
        1,
        ...columnsOf(table).map(([name]) => (row as unknown as Record<string, unknown>)[name]),
      ]),
    );
    if (page.length > 0) replica.bootstrap.add(table, page);
    replica.bootstrap.add(table, []);
  }
  while (replica.bootstrap.index());
  replica.bootstrap.finish();
};

const offline: SyncStatus = {
  connection: 'offline',
  waiting: 0,
  parked: 0,
  tasks: 0,
  files: 0,
  offlineSince: null,
  lastContact: null,
  cursor: 0,
  head: 0,
  problem: 'unreachable',
  leaseDaysLeft: 14,
  signInDaysLeft: null,
  rebuilt: null,
  mirrorBehind: false,
  bootstrap: null,
  check: { until: null, running: null, repaired: null },
};

/** A synchronisation whose centre is the test: it says when it is live and what each verdict is. */
export const testEngine = () => {
  const listeners = new Set<(status: SyncStatus) => void>();
  const engine = {
    wakes: 0,
    checks: 0,
    asked: [] as { readonly n: number; readonly milliseconds: number }[],
    live: false,
    answer: (_n: number): Verdict | null => null,
    status: (): SyncStatus => ({ ...offline, connection: engine.live ? 'live' : 'offline' }),
    onStatus: (listener: (status: SyncStatus) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    verdict: async (n: number, milliseconds: number) => {
      engine.asked.push({ n, milliseconds });
      return engine.answer(n);
    },
    /** What the centre does when a patient of another site is opened; true when the chart has come. */
    openPatient: async (_id: string, _milliseconds: number): Promise<boolean> => false,
    /** What comes of a file that is opened and not here. */
    fetchFile: async (_hash: string, _milliseconds: number): Promise<FetchedFile> => 'out-of-reach',
    /** What the centre knows of patients anywhere; null: out of reach. */
    everywhere: null as readonly FoundPatient[] | null,
    findPatients: async (_question: PatientQuestion): Promise<readonly FoundPatient[]> => {
      if (engine.everywhere === null) throw new CentreError('unreachable', null, true);
      return engine.everywhere;
    },
    /** The workstations the centre knows; null: out of reach. */
    desks: null as readonly KnownWorkstation[] | null,
    workstations: async (_user: string): Promise<readonly KnownWorkstation[]> => {
      if (engine.desks === null) throw new CentreError('unreachable', null, true);
      return engine.desks;
    },
    setWorkstation: async (_order: WorkstationOrder): Promise<readonly KnownWorkstation[]> =>
      engine.workstations(''),
    enrolWorkstation: async (_order: EnrolOrder): Promise<IssuedEnrolment> => {
      throw new CentreError('unreachable', null, true);
    },
    /** What the centre answers about the audit trail; it throws where it is out of reach. */
    audit: async (_question: AuditQuestion): Promise<AuditPage> => {
      throw new CentreError('unreachable', null, true);
    },
    auditRecord: async (_question: AuditRecordQuestion): Promise<AuditVersions> => {
      throw new CentreError('unreachable', null, true);
    },
    wake: () => {
      engine.wakes += 1;
    },
    check: () => {
      engine.checks += 1;
    },
    stop: async () => undefined,
    tell: (status: SyncStatus) => {
      for (const listener of listeners) listener(status);
    },
  };
  return engine satisfies SyncEngine;
};

/** A clinic on a real encrypted database, with a clock and a synchronisation the test moves. */
export interface Clinic {
  readonly core: Core;
  readonly temporary: TemporaryLocal;
  readonly engine: ReturnType<typeof testEngine>;
  readonly clock: { now(): number; at: number };
  readonly logged: string[];
  /** A connection where an account of that role is signed in. */
  signedIn(role: Role): Promise<Connection>;
  accountId(username: string): string;
  ask<N extends CallName>(name: N, input: Input<N>, connection: Connection): Promise<Reply<Output<N>>>;
  /** The value, or the test fails. */
  get<N extends CallName>(name: N, input: Input<N>, connection: Connection): Promise<Output<N>>;
  close(): Promise<void>;
}

interface ClinicOptions extends Partial<CoreDeps> {
  readonly empty?: boolean;
  /** The database follows the test's clock too: its lease runs out with it. */
  readonly lease?: boolean;
}

const openWithRows = openFilled((temporary) => load(temporary, clinicRows()));

const openDatabase = ({ empty = false, lease = false }: ClinicOptions, clock: Clock): TemporaryLocal => {
  if (!lease) return empty ? openTemporary() : openWithRows();
  const temporary = openTemporary(clock);
  if (!empty) load(temporary, clinicRows());
  return temporary;
};

export const openClinic = (more: ClinicOptions = {}): Clinic => {
  const clock = { at: now, now: () => clock.at };
  const temporary = openDatabase(more, clock);
  const engine = testEngine();
  const logged: string[] = [];
  const core = createCore({
    store: temporary.local.store,
    blobs: temporary.local.blobs,
    onChanged: temporary.local.onChanged,
    engine,
    clock,
    log: {
      info: (event) => logged.push(event),
      error: (event, error) => logged.push(`${event}: ${String(error)}`),
    },
    host: { version: '0', host: 'headless', workstation: 'Desk A', demoAccounts: [] },
    printing: null,
    windows: null,
    updates: null,
    // Tests move the clock by hours and days.
    limits: { idleMinutes: () => Number.POSITIVE_INFINITY, offlineDays: () => 14 },
    protection: stillProtection(temporary.local, temporary.folder, temporary.key),
    diagnostics: { facts: temporary.local.facts, logTail: () => [], settings: {} },
    route: createRouter,
    ...more,
  });
  const ask = async <N extends CallName>(name: N, input: Input<N>, connection: Connection) =>
    (await core.dispatch(name, input, connection)) as Reply<Output<N>>;
  const get = async <N extends CallName>(name: N, input: Input<N>, connection: Connection) => {
    const reply = await ask(name, input, connection);
    if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`);
    return reply.value;
  };
  return {
    accountId: (username) =>
      (clinicRows().staff_account ?? []).find((one) => one.username === username)?.id ?? username,
    core,
    temporary,
    engine,
    clock,
    logged,
    ask,
    get,
    signedIn: async (role) => {
      const connection = core.connect();
      await get('session.signIn', { username: role, password }, connection);
      return connection;
    },
    close: async () => {
      await core.stop();
      temporary.remove();
    },
  };
};
