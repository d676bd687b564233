import { describe, expect, it } from 'vitest';
import { permissionsOf } from '#shared/contract/permissions.ts';
import type { Cells } from '#shared/sync/wire.ts';
import {
  type Conflict,
  canBeTakenBack,
  concerns,
  contestedColumns,
  decidedTwice,
  guardedColumns,
  isAboutSlot,
  mayDecide,
  needsDecision,
} from './conflict.ts';
import { type Decision, settlementOf } from './settle.ts';

const conflict = (more: Partial<Conflict> = {}): Conflict => ({
  kind: 'field',
  tbl: 'patient',
  status: 'open',
  attempted: { phone: '+250788000002' },
  kept: { phone: '+250788000001' },
  attemptedDevice: 'desk b',
  keptDevice: 'desk a',
  decidedTwice: false,
  ...more,
});
const row: Cells = {
  phone: '+250788000001',
  city: 'Huye',
  birth_date: '1985-02-03',
  birth_date_estimated: 0,
};
const context = { today: '2026-11-24', country: 'RW', row };
const settled = (decision: Decision, of = conflict(), seen: Cells = { phone: row.phone ?? null }) =>
  settlementOf(of, decision, seen, context);

describe('what a settlement writes', () => {
  it('is nothing when the version that stands is kept', () => {
    expect(settled({ resolution: 'kept' })).toEqual({ ok: true, row: {} });
  });

  it('is the other version\u2019s contested values, and not what merely came along', () => {
    const of = conflict({
      attempted: { phone: '+250788000002', city: 'Huye', source: 'x' },
      kept: { phone: '+250788000001', city: 'Huye', source: 'y' },
    });
    expect(settled({ resolution: 'attempted' }, of)).toEqual({ ok: true, row: { phone: '+250788000002' } });
  });

  it('is a third value as the patient\u2019s own rules read it', () => {
    expect(settled({ resolution: 'edited', typed: { phone: '0788 123 456' } })).toEqual({
      ok: true,
      row: { phone: '+250788123456' },
    });
  });

  it('takes along what says how a birth date is meant', () => {
    const of = conflict({
      attempted: { birth_date: '1985-01-01', birth_date_estimated: 1 },
      kept: { birth_date: '1985-02-03', birth_date_estimated: 1 },
    });
    expect(guardedColumns(of)).toEqual(['birth_date', 'birth_date_estimated']);
    const seen = { birth_date: '1985-02-03', birth_date_estimated: 0 };
    expect(settled({ resolution: 'attempted' }, of, seen)).toEqual({
      ok: true,
      row: { birth_date: '1985-01-01', birth_date_estimated: 1 },
    });
    expect(settled({ resolution: 'edited', typed: { birth_date: '1984' } }, of, seen)).toEqual({
      ok: true,
      row: { birth_date: '1984-01-01', birth_date_estimated: 1 },
    });
  });

  it.each([
    [{ phone: 'none' }, { phone: 'phone' }],
    [{ city: 'Kigali' }, { city: 'invalid' }],
    [{ mrn: 'X' }, { mrn: 'invalid' }],
  ])('refuses %o', (typed, fields) => {
    expect(settled({ resolution: 'edited', typed })).toEqual({ ok: false, error: 'invalid', fields });
  });

  it('is nothing when somebody changed the value since it was seen, whatever was decided', () => {
    for (const resolution of ['kept', 'attempted'] as const)
      expect(settled({ resolution }, conflict(), { phone: '+250788000009' })).toEqual({
        ok: false,
        error: 'changed-meanwhile',
      });
  });

  it('is nothing of a conflict that is settled already', () => {
    expect(settled({ resolution: 'kept' }, conflict({ status: 'settled' }))).toMatchObject({
      error: 'settled',
    });
  });
});

describe('a slot and a version', () => {
  const lost = conflict({
    tbl: 'appointment',
    attempted: { start_at: 'b', status: 'booked' },
    kept: { start_at: 'a', status: 'cancelled' },
  });

  it('a slot is never settled by values: its task is', () => {
    expect(isAboutSlot(lost)).toBe(true);
    expect(isAboutSlot({ ...lost, attempted: { description: 'Fever' } })).toBe(false);
    expect(isAboutSlot({ ...lost, kind: 'slot', attempted: { description: 'Fever' } })).toBe(true);
    for (const resolution of ['kept', 'attempted'] as const)
      expect(settled({ resolution }, lost, {})).toMatchObject({ error: 'not-by-value' });
    expect(needsDecision(lost)).toBe(false);
  });

  it('of two versions one is chosen, neither is rewritten, and a doctor does it', () => {
    const fork = conflict({
      kind: 'version',
      tbl: 'prescription',
      attempted: { dose: '2' },
      kept: { dose: '1' },
    });
    expect(settled({ resolution: 'attempted' }, fork, {})).toEqual({ ok: true, row: {} });
    expect(settled({ resolution: 'edited', typed: { dose: '3' } }, fork, {})).toMatchObject({ ok: false });
    expect(
      (['reception', 'nurse', 'admin', 'doctor'] as const).map((role) =>
        mayDecide(permissionsOf(role), fork),
      ),
    ).toEqual([false, false, false, true]);
    expect(canBeTakenBack(fork)).toBe(false);
    expect(contestedColumns(fork)).toMatchObject([{ column: 'dose', editable: false }]);
  });
});

describe('who is told and who decides', () => {
  it('the desk whose version did not stand, and both desks of a fork', () => {
    expect(concerns(conflict(), 'desk b')).toBe(true);
    expect(concerns(conflict(), 'desk a')).toBe(false);
    expect(concerns(conflict({ attemptedDevice: null }), 'desk a')).toBe(true);
    expect(concerns(conflict({ kind: 'version' }), 'desk a')).toBe(true);
  });

  it('the clinic\u2019s set-up is an administrator\u2019s', () => {
    expect(mayDecide(permissionsOf('reception'), conflict({ tbl: 'location' }))).toBe(false);
    expect(mayDecide(permissionsOf('admin'), conflict({ tbl: 'location' }))).toBe(true);
    expect(mayDecide(permissionsOf('nurse'), conflict())).toBe(true);
  });

  it('nobody is asked about what only the program keeps', () => {
    const task = { status: 'completed', completed_at: '2026-11-24T08:00:00.000Z' };
    expect(
      needsDecision(
        conflict({ tbl: 'patient', attempted: { voided_at: 'a', voided_by: 'b' }, kept: { voided_at: 'c' } }),
      ),
    ).toBe(false);
    expect(
      needsDecision(conflict({ tbl: 'task', attempted: task, kept: { ...task, completed_at: 'x' } })),
    ).toBe(false);
  });
});

describe('a conflict settled at two desks, each otherwise', () => {
  const outer = conflict({
    tbl: 'conflict',
    attempted: { resolution: 'attempted', resolved_at: 'b', resolved_by: 'eric' },
    kept: { resolution: 'kept', resolved_at: 'a', resolved_by: 'claudine' },
  });

  it('is a choice between what each of them meant', () => {
    const now = { phone: '+250788000002' };
    const twice = decidedTwice(outer, conflict({ status: 'settled' }), now);
    expect(twice).toMatchObject({
      tbl: 'patient',
      status: 'open',
      kept: { phone: '+250788000001' },
      attempted: { phone: '+250788000002' },
    });
    const seen = { phone: '+250788000002' };
    const decide = (resolution: 'kept' | 'attempted') =>
      settlementOf(twice, { resolution }, seen, { ...context, row: now });
    // The second desk's value is in the row: keeping the first decision puts the first one's back.
    expect(decide('kept')).toEqual({ ok: true, row: { phone: '+250788000001' } });
    expect(decide('attempted')).toEqual({ ok: true, row: { phone: '+250788000002' } });
    expect(canBeTakenBack(twice)).toBe(false);
  });

  it('of which one wrote a third value, that is what the row has', () => {
    const edited = { ...outer, attempted: { resolution: 'edited' } };
    const twice = decidedTwice(edited, conflict({ status: 'settled' }), { phone: '+250788000003' });
    expect(twice.attempted).toEqual({ phone: '+250788000003' });
  });
});
