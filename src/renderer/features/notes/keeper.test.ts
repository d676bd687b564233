import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { NoteDraftView } from '#shared/contract/notes.ts';
import type { NoteDraftId, PatientId, StaffAccountId } from '#shared/kernel/ids.ts';
import { createKeeper, type NoteContent, type NoteSubject } from './keeper.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const subject: NoteSubject = {
  writer: 'a' as StaffAccountId,
  patientId: 'p' as PatientId,
  kind: 'note',
  answers: null,
  type: '11506-3',
};
const content = (text: string): NoteContent => ({
  title: 'Consultation',
  sections: [{ title: 'Subjective', text }],
  reason: '',
});

/** A workstation with one draft, as the service keeps it: it refuses what another window has not seen. */
const workstation = () => {
  const host = {
    draft: null as NoteDraftView | null,
    saves: 0,
    fails: null as 'unavailable' | 'not-signed-in' | null,
    write: (text: string) => {
      const revision = (host.draft?.revision ?? 0) + 1;
      host.draft = {
        ...subject,
        ...content(text),
        sections: [...content(text).sections],
        id: 'd' as NoteDraftId,
        revision,
        startedAt: '',
        savedAt: '',
      };
    },
    text: () => host.draft?.sections.map(({ text }) => text).join('|'),
    ask: vi.fn(
      async (name: string, input: { revision: number; sections: { text: string }[]; id: string | null }) => {
        if (host.fails) return { ok: false, error: { code: host.fails } };
        if (name === 'notes.writing') return { ok: true, value: { now: host.draft, others: [] } };
        if (input.id !== null && host.draft === null) return { ok: false, error: { code: 'not-found' } };
        if (input.revision !== (host.draft?.revision ?? 0))
          return { ok: false, error: { code: 'draft-elsewhere' } };
        host.saves += 1;
        host.write(input.sections[0]?.text ?? '');
        return { ok: true, value: host.draft };
      },
    ),
  };
  return host;
};
const keeping = (host: ReturnType<typeof workstation>) =>
  createKeeper({ ask: host.ask as never }, subject, content(''));

describe('a note while it is written', () => {
  it('is saved with every pause, not with every key, and not before something is typed', async () => {
    const host = workstation();
    const keeper = keeping(host);
    await vi.advanceTimersByTimeAsync(5000);
    expect(host.saves).toBe(0);
    for (const text of ['F', 'Fe', 'Fever']) {
      keeper.write(content(text));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(host.saves).toBe(0);
    await vi.advanceTimersByTimeAsync(400);
    expect([host.saves, host.text(), keeper.get().state]).toEqual([1, 'Fever', 'kept']);
  });

  it('is saved every two seconds of somebody who makes no pause', async () => {
    const host = workstation();
    const keeper = keeping(host);
    for (let n = 1; n <= 50; n += 1) {
      keeper.write(content('x'.repeat(n)));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(host.saves).toBe(2);
    expect(host.text()?.length).toBeGreaterThan(35);
  });

  it('is saved at once when the window is left, and what was typed meanwhile after it', async () => {
    const host = workstation();
    const keeper = keeping(host);
    keeper.write(content('Fever'));
    const flushed = keeper.flush();
    keeper.write(content('Fever and cough'));
    await vi.advanceTimersByTimeAsync(0);
    await flushed;
    expect(host.text()).toBe('Fever and cough');
  });

  it('is tried again until the workstation answers, and says so in between', async () => {
    const host = workstation();
    const keeper = keeping(host);
    host.fails = 'unavailable';
    keeper.write(content('Fever'));
    await vi.advanceTimersByTimeAsync(500);
    expect(keeper.get()).toMatchObject({ state: 'failed', problem: { code: 'unavailable' } });
    host.fails = null;
    await vi.advanceTimersByTimeAsync(2000);
    expect([host.text(), keeper.get().state]).toEqual(['Fever', 'kept']);
  });

  it('keeps what was written in another window as well', async () => {
    const host = workstation();
    const keeper = keeping(host);
    keeper.write(content('Fever'));
    await vi.advanceTimersByTimeAsync(400);
    host.write('Rash on both arms');
    keeper.write(content('Fever since Monday'));
    await vi.advanceTimersByTimeAsync(400);
    expect(host.text()).toBe('Rash on both arms\n\nFever since Monday');
    expect(keeper.get()).toMatchObject({ state: 'kept', merged: 1 });
  });

  it('becomes a draft of its own when the other window signed the one there was', async () => {
    const host = workstation();
    const keeper = keeping(host);
    keeper.write(content('Fever'));
    await vi.advanceTimersByTimeAsync(400);
    host.draft = null;
    keeper.write(content('Fever since Monday'));
    await vi.advanceTimersByTimeAsync(400);
    expect(host.text()).toBe('Fever since Monday');
  });

  it('saves nothing any more once it is signed', async () => {
    const host = workstation();
    const keeper = keeping(host);
    keeper.write(content('Fever'));
    keeper.end();
    await vi.advanceTimersByTimeAsync(5000);
    expect(host.saves).toBe(0);
  });
});
