import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { accountNames, idsIn } from '#main/data/local/names.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { BulkChange, BulkLine, bulkProblems, KnownBulk } from '#shared/contract/oversight.ts';
import { isGranted, type Permission } from '#shared/contract/permissions.ts';
import { kindOfStep, readStep } from '#shared/domain/appointments/change-step.ts';
import { bulkCode } from '#shared/domain/appointments/task-codes.ts';
import { instant } from '#shared/kernel/clock.ts';
import { type AppError, type ErrorCode, errorCodes, fail, ok, type Result } from '#shared/kernel/result.ts';
import { type Doing, Impossible, writeChange } from '../changes/carry-out.ts';
import { stepsSince } from '../changes/repository.ts';
import { restoreAll, stepsOfCause, viewOfRestored } from '../changes/restore.ts';
import { wordOfCentre } from '../outcome.ts';
import { type AppointmentRow, appointmentsByIds, findAppointment } from '../repository.ts';
import { appointmentViews } from '../view.ts';
import { changeOf } from './change.ts';

/** What may be done with one may be done with many by whoever may both. */
const needed = {
  move: 'appointment.update',
  'visit-type': 'appointment.update',
  cancel: 'appointment.void',
  'no-show': 'visit.update',
  confirm: 'appointment.approve',
} as const satisfies Record<BulkChange['kind'], Permission>;

const mayDo = (change: BulkChange, { user }: Connection): boolean => isGranted(needed[change.kind], user);

type Problem = AppError | { readonly code: (typeof bulkProblems)[number] };

/** What may be in the way only as long as another of them is there. */
const passing: readonly string[] = ['slot-taken', 'patient-busy', 'visit-type-full'];

interface Written {
  readonly problems: ReadonlyMap<string, Problem>;
  readonly toTell: number;
}

/**
 * Changes all that can be, again and again: where one goes, another of them may be until it has gone itself. So they are written in
 * an order in which at the centre none comes to where another still is. `rows` are those that are there.
 */
const writeAll = (
  doing: Doing,
  rows: readonly AppointmentRow[],
  change: BulkChange,
  connection: Connection,
): Written => {
  const problems = new Map<string, Problem>();
  let toTell = 0;
  // The last go first where all go later.
  let waiting = change.kind === 'move' && change.days > 0 ? rows.toReversed() : rows;
  for (let before = -1; before !== waiting.length; ) {
    before = waiting.length;
    waiting = waiting.filter((row) => {
      const found = changeOf(doing, row, change, connection);
      problems.delete(row.id);
      if (!found.ok) {
        problems.set(row.id, found.error);
        return passing.includes(found.error.code);
      }
      writeChange(doing, row, found.value);
      if (found.value.tell !== null) toTell += 1;
      return false;
    });
  }
  return { problems, toTell };
};

/** Ends a mutation that was only tried. */
class Tried extends Error {
  readonly lines: BulkLine[];
  constructor(lines: BulkLine[]) {
    super('nothing was to be written');
    this.lines = lines;
  }
}

const isTimeProblem = (problem: string | undefined): problem is 'in-the-past' | 'clock-change' =>
  problem === 'in-the-past' || problem === 'clock-change';

/** A problem as a code a person can be told about. */
const told = (problem: Problem): NonNullable<BulkLine['problem']> => {
  const { params = {}, fields = {} } = problem as AppError;
  return {
    code: isTimeProblem(fields.startLocal) ? fields.startLocal : problem.code,
    params: { ...params },
  };
};

const doingOf = (deps: FeatureDeps, writer: LocalWriter, { user }: Connection): Doing => ({
  deps,
  writer,
  causeId: deps.newId(),
  code: bulkCode,
  at: instant(deps.clock.now()),
  by: user?.id ?? null,
});

/** See the contract. It does what `apply` does, and then nothing of it is kept: so what it says is what will happen. */
export const preview = (
  deps: FeatureDeps,
  { change, ids }: Parsed<'oversight.preview'>,
  connection: Connection,
): Result<BulkLine[]> => {
  if (!mayDo(change, connection)) return fail('not-permitted');
  const rows = appointmentsByIds(deps.store, [...new Set(ids)]);
  const before = appointmentViews(deps.store, rows);
  try {
    deps.store.mutate({ kind: 'oversight.apply', user: connection.user?.id ?? null }, (writer) => {
      const { problems } = writeAll(doingOf(deps, writer, connection), rows, change, connection);
      const after = new Map(
        appointmentViews(writer, appointmentsByIds(writer, ids)).map((view) => [view.id, view]),
      );
      throw new Tried(
        before.map((appointment) => {
          const problem = problems.get(appointment.id);
          const becomes = problem === undefined ? (after.get(appointment.id) ?? null) : null;
          return { appointment, becomes, problem: problem === undefined ? null : told(problem) };
        }),
      );
    });
  } catch (error) {
    if (error instanceof Tried) return ok(error.lines);
    throw error;
  }
  throw new Error('what is tried is not kept');
};

const asError = ({ code }: Problem): ErrorCode =>
  errorCodes.find((known) => known === code) ?? 'changed-meanwhile';

/** See the contract. */
export const apply = async (
  deps: FeatureDeps,
  { change, chosen }: Parsed<'oversight.apply'>,
  connection: Connection,
): Promise<Result<Output<'oversight.apply'>>> => {
  if (!mayDo(change, connection)) return fail('not-permitted');
  const seen = new Map<string, (typeof chosen)[number]['was']>(chosen.map(({ id, was }) => [id, was]));
  const rows = appointmentsByIds(deps.store, [...seen.keys()]);
  const asSeen = new Set(
    rows
      .filter(({ id, practitioner_id, start_at, status }) => {
        const was = seen.get(id);
        return was?.practitionerId === practitioner_id && was.startAt === start_at && was.status === status;
      })
      .map(({ id }) => id),
  );
  const changed = [...seen.keys()].filter((id) => !asSeen.has(id));
  if (changed.length > 0)
    return fail('changed-meanwhile', {
      fields: Object.fromEntries(changed.map((id) => [id, 'changed-meanwhile'])),
    });
  try {
    const { n, value } = deps.store.mutate(
      { kind: 'oversight.apply', user: connection.user?.id ?? null },
      (writer) => {
        const doing = doingOf(deps, writer, connection);
        const { problems, toTell } = writeAll(doing, rows, change, connection);
        if (problems.size > 0)
          throw new Impossible(
            Object.fromEntries([...problems].map(([id, problem]) => [id, asError(problem)])),
          );
        return { id: doing.causeId, at: doing.at, toTell };
      },
    );
    return ok({ ...value, changed: rows.length, outcome: await wordOfCentre(deps, n) });
  } catch (error) {
    if (error instanceof Impossible) return fail('changed-meanwhile', { fields: error.fields });
    throw error;
  }
};

/** How long a change of many is offered to be taken back, milliseconds. */
const keptFor = 14 * 86_400_000;
const mostKnown = 50;

/** See the contract. */
export const known = ({ store, clock }: FeatureDeps): KnownBulk[] => {
  const steps = stepsSince(store, instant(clock.now() - keptFor), bulkCode).flatMap((row) => {
    const step = readStep(row.reason);
    return step === null ? [] : [{ ...row, step }];
  });
  const names = accountNames(store, idsIn(steps.map((row) => row.completed_by)));
  return [...Map.groupBy(steps, ({ step }) => step.causeId)]
    .slice(0, mostKnown)
    .flatMap(([id, [first, ...rest]]) =>
      first === undefined
        ? []
        : [
            {
              id,
              at: first.created_at,
              kind: kindOfStep(first.step),
              by: names.get(first.completed_by ?? '') ?? null,
              changed: 1 + rest.length,
            },
          ],
    );
};

/** See the contract. */
export const takeBack = (
  deps: FeatureDeps,
  { id, at }: Parsed<'oversight.takeBack'>,
  { user }: Connection,
): Result<Output<'oversight.takeBack'>> => {
  const steps = stepsOfCause(deps.store, { causeId: id, at, code: bulkCode });
  const isOwn = steps.every(({ appointmentId }) => {
    const row = findAppointment(deps.store, appointmentId);
    return row === undefined || user?.role !== 'doctor' || row.practitioner_id === user.practitionerId;
  });
  if (steps.length === 0) return fail('not-found');
  if (!isOwn) return fail('not-permitted');
  const by = user?.id ?? null;
  const { value } = deps.store.mutate({ kind: 'oversight.take-back', user: by }, (writer) =>
    restoreAll({ deps, writer, at: instant(deps.clock.now()), by }, steps),
  );
  deps.engine.wake();
  return ok(viewOfRestored(deps, value));
};
