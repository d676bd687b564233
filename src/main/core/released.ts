import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { holdsOn } from '#shared/domain/chart/flag.ts';
import { type ReleasedKind, type ResultRule, releaseSetting } from '#shared/domain/panel/release.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { auditRow } from './audit-event.ts';
import { restrictionsOf } from './chart-access.ts';
import type { FeatureDeps } from './deps.ts';
import type { Connection } from './dispatch.ts';
import { approvedPatient, type OwnPatient } from './own-patient.ts';

/** What patients read of their charts besides the kinds a clinic sets. */
export type ReadKind = ReleasedKind | 'access-log' | 'summary' | 'invoices' | 'encounters';

type Deps = Pick<FeatureDeps, 'store' | 'clock' | 'home' | 'settings'>;

/** Whether a chart is restricted today: then a patient sees nothing of it here, and asks the clinic. */
export const isRestricted = (deps: Deps, patientId: string): boolean => {
  const today = dayAt(deps.clock.now(), deps.home().timeZone);
  return restrictionsOf(deps.store, patientId).some((flag) => holdsOn(flag, today));
};

const isSet = (kind: ReadKind): kind is ReleasedKind => Object.hasOwn(releaseSetting, kind);

/** Whether the clinic shows a kind of thing of this chart to its patient; what no setting is about, unless the chart is closed. */
export const isReleased = (deps: Deps, patientId: string, kind: ReadKind): boolean =>
  !(isSet(kind) && deps.settings.of(releaseSetting[kind], null) === 'never') &&
  !isRestricted(deps, patientId);

/** When results are shown, where they are. */
export const resultRule = ({ settings }: Pick<Deps, 'settings'>): ResultRule =>
  settings.of('panel.results', null) === 'final' ? 'final' : 'acknowledged';

/** Writes down that a patient read of a chart: once for each kind, person and session, not for every page of it. */
export type NoteRead = (connection: Connection, patientId: string, kind: ReadKind) => void;

/** How long a program, which has no session, may read on before it is written down again. */
const programLook = 60 * 60_000;

export const createNoteRead = (deps: Pick<FeatureDeps, 'store' | 'engine' | 'clock' | 'newId'>): NoteRead => {
  const noted = new WeakMap<Connection, Set<string>>();
  const programs = new Map<string, number>();
  const isNoted = (connection: Connection, key: string): boolean => {
    if (!connection.lasting) return noted.get(connection)?.has(key) === true;
    const now = deps.clock.now();
    for (const [old, at] of programs) if (now - at >= programLook) programs.delete(old);
    return programs.has(key);
  };
  const remember = (connection: Connection, key: string) => {
    if (connection.lasting) programs.set(key, deps.clock.now());
    else noted.set(connection, (noted.get(connection) ?? new Set()).add(key));
  };
  return (connection, patientId, kind) => {
    const accountId = connection.user?.id ?? null;
    const key = `${accountId} ${patientId} ${kind}`;
    if (accountId === null || isNoted(connection, key)) return;
    deps.store.mutate({ kind: 'panel.read', user: accountId }, (writer) =>
      writer.insert(
        'audit_event',
        auditRow(deps, {
          action: 'R',
          event: 'panel-read',
          accountId,
          entity: { table: 'patient', id: patientId },
          detail: { what: kind },
        }),
      ),
    );
    // Not before it stands: what could not be written down is not shown, and the next try is written down.
    remember(connection, key);
    deps.engine.wake();
  };
};

/** What calls of the panel about a chart are built on. */
export interface PanelDeps extends FeatureDeps {
  readonly noteRead: NoteRead;
}

/**
 * The gate before a kind of thing of a chart: whose it is, and whether the clinic shows it. What is shown is written down as
 * read.
 */
export const releasedTo = (
  deps: PanelDeps,
  connection: Connection,
  patientId: string,
  kind: ReadKind,
): Result<{ readonly own: OwnPatient; readonly shown: boolean }> => {
  const own = approvedPatient(deps, connection, patientId);
  if (!own.ok) return own;
  const shown = isReleased(deps, patientId, kind);
  if (shown) deps.noteRead(connection, patientId, kind);
  return ok({ own: own.value, shown });
};

/**
 * The same gate before one row, which `find` looks for among those of this person that are shown. Nothing is written down where it is
 * not among them: it may be somebody else's.
 */
export const releasedRow = <T>(
  deps: PanelDeps,
  connection: Connection,
  patientId: string,
  kind: ReadKind,
  find: () => T | null | undefined,
): Result<T> => {
  const own = approvedPatient(deps, connection, patientId);
  if (!own.ok) return own;
  if (!isReleased(deps, patientId, kind)) return fail('not-released');
  const found = find() ?? null;
  if (found === null) return fail('not-found');
  deps.noteRead(connection, patientId, kind);
  return ok(found);
};
