import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PatientId } from '#shared/kernel/ids.ts';
import { type Clinic, habimana, openClinic } from '#tests/support/core-clinic.ts';
import { jsonLog } from './log.ts';

const lines: string[] = [];
const log = jsonLog(
  (line) => lines.push(line),
  () => 0,
);

it('writes one JSON object per line, of an error its class, code and place only', () => {
  const error = Object.assign(new RangeError('Habimana\n    at the desk'), { code: 'X1' });
  log.error('failed', error, { n: 1 });
  log.error('failed', 'Habimana');
  expect(lines.join('')).not.toMatch(/Habimana|the desk/);
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      at: '1970-01-01T00:00:00.000Z',
      level: 'error',
      event: 'failed',
      n: 1,
      error: 'RangeError',
      code: 'X1',
      place: expect.stringContaining('log.test.ts'),
    },
    { at: '1970-01-01T00:00:00.000Z', level: 'error', event: 'failed', thrown: 'string' },
  ]);
});

/** Every string a test types is a canary; none may sing in the log. */
const canary = 'Zyxwvut';
let clinic: Clinic;
beforeAll(() => {
  clinic = openClinic({ log });
});
afterAll(() => clinic.close());

it('carries nothing a person typed, even when the database breaks under a call', async () => {
  const desk = await clinic.signedIn('reception');
  const details = { family: canary, given: canary, gender: 'other' as const, city: canary };
  await clinic.ask('patients.register', details, desk);
  const { db } = clinic.temporary.local;
  db.exec(`CREATE TRIGGER broken BEFORE INSERT ON patient BEGIN SELECT raise(ABORT, '${canary}'); END`);
  const refused = await clinic.ask('patients.register', { ...details, notADuplicate: true }, desk);
  expect(refused).toMatchObject({ ok: false, error: { code: 'internal' } });
  db.exec('DROP TRIGGER broken');
  await clinic.ask('patients.search', { text: canary }, desk);
  await clinic.ask('session.signIn', { username: canary, password: canary }, clinic.core.connect());
  await clinic.ask('patients.get', { id: habimana.id as PatientId }, desk);
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.join('')).not.toContain(canary);
});
