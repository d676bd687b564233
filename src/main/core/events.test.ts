import { expect, it, vi } from 'vitest';
import type { HostEvent } from '#shared/contract/host-event.ts';
import type { Connection } from './dispatch.ts';
import { createEvents, mayHear } from './events.ts';

const connection = (role: string | null) =>
  ({ id: 'c', user: role === null ? null : { role } }) as unknown as Connection;

it('makes one event of commits close together', () => {
  vi.useFakeTimers();
  const heard: HostEvent[] = [];
  const events = createEvents(() => undefined);
  events.on((event) => heard.push(event));
  events.changed(['patient']);
  events.changed(['appointment', 'patient']);
  events.changed([]);
  vi.advanceTimersByTime(24);
  expect(heard).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(heard).toEqual([{ type: 'changed', tables: ['patient', 'appointment'] }]);
  events.changed([]);
  vi.runAllTimers();
  expect(heard).toHaveLength(1);
  events.changed(['task']);
  events.stop();
  vi.runAllTimers();
  expect(heard).toHaveLength(1);
  vi.useRealTimers();
});

it('reaches every listener when one of them throws', () => {
  const errors: unknown[] = [];
  const heard: HostEvent[] = [];
  const events = createEvents((error) => errors.push(error));
  events.on(() => {
    throw new Error('broken');
  });
  const off = events.on((event) => heard.push(event));
  events.emit({ type: 'session-ended' });
  off();
  events.emit({ type: 'session-ended' });
  expect([errors.length, heard.length]).toEqual([2, 1]);
});

it('lets nobody hear what is not theirs', () => {
  const nobody = connection(null);
  const desk = connection('reception');
  const admin = connection('admin');
  const changed: HostEvent = { type: 'changed', tables: ['patient'] };
  const report = { type: 'import' } as HostEvent;
  const status = { type: 'sync' } as HostEvent;
  const may = (event: HostEvent) => [nobody, desk, admin].map((one) => mayHear(event, null, one));
  expect(may(changed)).toEqual([false, true, true]);
  expect(may(report)).toEqual([false, false, true]);
  expect(may(status)).toEqual([true, true, true]);
  expect(mayHear({ type: 'session-ended' }, desk, desk)).toBe(true);
  expect(mayHear({ type: 'session-ended' }, desk, admin)).toBe(false);
});
