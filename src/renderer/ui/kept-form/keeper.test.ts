import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TypedForm } from '#shared/contract/drafts.ts';
import type { PatientId, StaffAccountId } from '#shared/kernel/ids.ts';
import { createFormKeeper, endFormKeeper, type FormPlace, formKeeperOf } from './keeper.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const place: FormPlace = {
  writer: 'a' as StaffAccountId,
  patientId: 'p' as PatientId,
  form: 'allergy',
  subject: null,
};
const typed = (substance: string): TypedForm => ({ form: 'allergy', fields: { substance } });

/** A workstation that keeps one form; `slow`: it answers only when it is told to. */
const workstation = () => {
  const host = {
    form: null as TypedForm | null,
    saves: 0,
    fails: null as 'unavailable' | 'not-signed-in' | 'locked' | null,
    slow: null as Promise<void> | null,
    ask: vi.fn(async (name: string, input: { typed: TypedForm }) => {
      await host.slow;
      if (host.fails) return { ok: false, error: { code: host.fails } };
      host.form = name === 'drafts.save' ? input.typed : null;
      host.saves += 1;
      return { ok: true, value: null };
    }),
  };
  return host;
};
const keeping = (host: ReturnType<typeof workstation>, found: TypedForm | null = null) =>
  createFormKeeper({ ask: host.ask as never }, place, found);

describe('a form while it is typed', () => {
  it('is kept with every pause, and every two seconds of somebody who makes none', async () => {
    const host = workstation();
    const keeper = keeping(host);
    await vi.advanceTimersByTimeAsync(5000);
    expect(host.saves).toBe(0);
    for (const text of ['P', 'Pe', 'Pen']) {
      keeper.write(typed(text));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect([host.saves, keeper.get().state]).toEqual([0, 'typing']);
    await vi.advanceTimersByTimeAsync(400);
    expect([host.saves, host.form, keeper.get().state]).toEqual([1, typed('Pen'), 'kept']);
    for (let n = 1; n <= 50; n += 1) {
      keeper.write(typed('x'.repeat(n)));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(host.saves).toBe(3);
  });

  it('is kept at once when it is left, and what was typed meanwhile after it', async () => {
    const host = workstation();
    const keeper = keeping(host);
    keeper.write(typed('Pen'));
    const flushed = keeper.flush();
    keeper.write(typed('Penicillin'));
    await flushed;
    expect([host.saves, host.form]).toEqual([2, typed('Penicillin')]);
  });

  it('is forgotten once nothing is typed in it any more', async () => {
    const host = workstation();
    const keeper = keeping(host, typed('Pen'));
    keeper.write(null);
    await keeper.flush();
    expect([host.form, keeper.get()]).toEqual([null, { typed: null, state: 'kept', problem: null }]);
  });

  it('is forgotten when it was saved, also while it is being kept; nothing is kept after that', async () => {
    const host = workstation();
    const keeper = keeping(host);
    let answer = () => {};
    host.slow = new Promise((resolve) => {
      answer = resolve;
    });
    keeper.write(typed('Pen'));
    void keeper.flush();
    const ended = keeper.end();
    answer();
    await ended;
    expect(host.ask.mock.calls.map(([name]) => name)).toEqual(['drafts.save', 'drafts.discard']);
    keeper.write(typed('Penicillin'));
    await vi.advanceTimersByTimeAsync(5000);
    expect(host.form).toBeNull();
  });

  it('that was never kept needs no forgetting', async () => {
    const host = workstation();
    await keeping(host).end();
    expect(host.ask).not.toHaveBeenCalled();
  });

  it('is told of as the file has it, so that it can be opened again without asking', async () => {
    const host = workstation();
    const told: (TypedForm | null)[] = [];
    const keeper = createFormKeeper({ ask: host.ask as never }, place, null, (typed) => told.push(typed));
    keeper.write(typed('Pen'));
    expect(told).toEqual([]);
    await keeper.flush();
    host.fails = 'unavailable';
    keeper.write(typed('Penicillin'));
    await keeper.flush();
    expect(told).toEqual([typed('Pen')]);
    host.fails = null;
    await keeper.end();
    expect(told).toEqual([typed('Pen'), null]);
  });

  it('is tried again when the file did not take it, not under somebody else’s name', async () => {
    const host = workstation();
    const keeper = keeping(host);
    host.fails = 'unavailable';
    keeper.write(typed('Pen'));
    await vi.advanceTimersByTimeAsync(400);
    expect(keeper.get()).toMatchObject({ state: 'failed', problem: { code: 'unavailable' } });
    host.fails = null;
    await vi.advanceTimersByTimeAsync(2000);
    expect([host.form, keeper.get().state]).toEqual([typed('Pen'), 'kept']);
    host.fails = 'not-signed-in';
    keeper.write(typed('Penicillin'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(host.ask).toHaveBeenCalledTimes(3);
    host.fails = 'locked';
    keeper.write(typed('Penicillin G'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(host.ask).toHaveBeenCalledTimes(4);
  });

  it('that could not be kept when its user went is there when the user is back, for nobody else', async () => {
    const host = workstation();
    const client = { ask: host.ask as never };
    const keeper = formKeeperOf(client, place, null);
    host.fails = 'not-signed-in';
    keeper.write(typed('Pen'));
    await keeper.flush();
    const other = formKeeperOf(client, { ...place, writer: 'b' as StaffAccountId }, null);
    expect(other.get().typed).toBeNull();
    host.fails = null;
    const again = formKeeperOf(client, place, null);
    await again.flush();
    expect([again.get().typed, host.form]).toEqual([typed('Pen'), typed('Pen')]);
    await endFormKeeper(again);
    expect(formKeeperOf(client, place, null).get().typed).toBeNull();
  });
});
