import { v5 } from 'uuid';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { Span } from '#shared/domain/appointments/spans.ts';
import { resolveWallTime } from '#shared/domain/appointments/wall-time.ts';
import { instant } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { zoneOf } from './repository.ts';

/** What claims to be held for longer than may be set, and two minutes, was written by a clock that is wrong. */
const longestMilliseconds = 720_000;

type Holding = Pick<FeatureDeps, 'store' | 'clock'>;

/** A slot somebody is about to book. */
export interface Hold extends Span {
  readonly practitionerId: string;
  /** Whose it is: the person and the workstation. */
  readonly by: string;
  /** Milliseconds. */
  readonly until: number;
}

/** The id of what an account holds at this workstation; null: nobody is signed in, or the workstation is not enrolled yet. */
export const ownHold = ({ store }: Holding, { user }: Connection): string | null => {
  const deviceId = store.workstation()?.deviceId;
  return user === null || deviceId === undefined ? null : v5(user.id, deviceId);
};

/** What others than `own` hold at some time between two instants, as far as this workstation has heard. A courtesy, nothing more. */
export const heldByOthers = (
  { store, clock }: Holding,
  { from, to }: Span,
  own: string | null,
): readonly Hold[] => {
  const now = clock.now();
  const rows = store.all(
    localDb
      .selectFrom('slot_hold as h')
      .leftJoin('staff_account as u', 'u.id', 'h.account_id')
      .select([
        'h.practitioner_id',
        'h.device_name',
        'u.display_name',
        'h.start_at',
        'h.end_at',
        'h.expires_at',
      ])
      .where('h.expires_at', '>', instant(now))
      .where('h.expires_at', '<=', instant(now + longestMilliseconds))
      .where('h.start_at', '<', instant(to))
      .where('h.end_at', '>', instant(from))
      .where('h.id', '!=', own ?? '')
      .limit(1000),
  );
  return rows.flatMap((row) =>
    row.practitioner_id === null || row.start_at === null || row.end_at === null
      ? []
      : [
          {
            practitionerId: row.practitioner_id,
            by: [row.display_name, row.device_name].filter(Boolean).join(', '),
            from: Date.parse(row.start_at),
            to: Date.parse(row.end_at),
            until: Date.parse(row.expires_at),
          },
        ],
  );
};

const own = (deps: FeatureDeps, id: string) =>
  deps.store.get(localDb.selectFrom('slot_hold').selectAll().where('id', '=', id));

/** Nobody can hear of it while the centre is out of reach, and afterwards it is too late. */
const isHeard = ({ engine }: FeatureDeps): boolean => engine.status().connection === 'live';

/** Holds a slot; until when, null where nobody would hear of it. */
export const hold = (
  deps: FeatureDeps,
  input: Parsed<'appointments.hold'>,
  connection: Connection,
): Result<string | null> => {
  const id = ownHold(deps, connection);
  const workstation = deps.store.workstation();
  if (id === null || workstation === null || !isHeard(deps)) return ok(null);
  const timeZone = zoneOf(deps.store, input.locationId);
  if (timeZone === undefined) return fail('not-found');
  const start = resolveWallTime(input.startLocal, timeZone);
  if (!start.ok) return fail('invalid-input', { fields: { startLocal: start.error } });
  const user = connection.user?.id ?? null;
  const row = {
    device: workstation.deviceId,
    device_name: workstation.deviceName,
    account_id: user,
    practitioner_id: input.practitionerId,
    location_id: input.locationId,
    start_at: instant(start.value),
    end_at: instant(start.value + input.minutes * 60_000),
    expires_at: instant(
      deps.clock.now() + deps.settings.of('booking.hold-minutes', input.locationId) * 60_000,
    ),
  };
  const known = own(deps, id);
  deps.store.mutate({ kind: 'slot.hold', user }, (writer) =>
    known === undefined ? writer.insert('slot_hold', { id, ...row }) : writer.update('slot_hold', id, row),
  );
  deps.engine.wake();
  return ok(row.expires_at);
};

const nothing = { practitioner_id: null, location_id: null, start_at: null, end_at: null } as const;

export const release = (deps: FeatureDeps, connection: Connection): Result<null> => {
  const id = ownHold(deps, connection);
  const known = id === null ? undefined : own(deps, id);
  const isOver = known === undefined || Date.parse(known.expires_at) <= deps.clock.now();
  if (id === null || isOver || known.start_at === null || !isHeard(deps)) return ok(null);
  deps.store.mutate({ kind: 'slot.release', user: connection.user?.id ?? null }, (writer) =>
    writer.update('slot_hold', id, nothing),
  );
  deps.engine.wake();
  return ok(null);
};

/** A slot on hold while a desk fills a booking in, so that two desks see each other before they collide. */
export const holdCommands = (deps: FeatureDeps): Handlers<'appointments.hold' | 'appointments.release'> => ({
  'appointments.hold': (input, connection) => {
    const held = hold(deps, input, connection);
    return held.ok ? ok(null) : held;
  },
  'appointments.release': (_input, connection) => release(deps, connection),
});
