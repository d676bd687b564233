import { expect, test } from 'vitest';
import { openReady, somePatient } from '#tests/support/sync-local.ts';
import { initialState } from './planner.ts';
import { createStatus } from './status.ts';

test('whoever asks for the status does not keep the listeners from hearing of a change', () => {
  const desk = openReady();
  try {
    const { replica, store } = desk.local;
    const status = createStatus(replica, { now: () => 0 }, () => ({ ...initialState, copy: 'complete' }));
    const heard: number[] = [];
    status.onStatus(({ waiting }) => heard.push(waiting));
    status.refresh();
    store.mutate({ kind: 'test', user: null }, (writer) => writer.insert('patient', somePatient()));
    expect(status.current().waiting).toBe(1);
    status.refresh();
    expect(heard).toEqual([0, 1]);
  } finally {
    desk.remove();
  }
});
