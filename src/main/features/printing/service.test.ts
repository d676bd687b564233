import { afterEach, expect, it } from 'vitest';
import type { PrintHost } from '#main/core/printing.ts';
import type { PrintSettings } from '#shared/contract/printing.ts';
import { type Clinic, openClinic } from '#tests/support/core-clinic.ts';

let clinic: Clinic;
afterEach(() => clinic.close());

const settings: PrintSettings = { printer: 'Label_printer', copies: 2, paper: 'label-62x29' };

/** A host with one printer that answers as told, and remembers in memory. */
const hostAnswering = (outcome: 'printed' | 'cancelled' | 'failed') => {
  const kept = new Map<string, PrintSettings>();
  const asked: unknown[] = [];
  const host: PrintHost = {
    printers: async () => [{ name: 'Label_printer', displayName: 'Label printer' }],
    print: async (connection, what) => {
      asked.push([connection.user?.username, what]);
      return outcome;
    },
    last: (document) => kept.get(document) ?? null,
    remember: (document, what) => void kept.set(document, what),
  };
  return { host, asked };
};

it('prints as asked and remembers it for that document alone', async () => {
  const { host, asked } = hostAnswering('printed');
  clinic = openClinic({ printing: host });
  const nurse = await clinic.signedIn('nurse');
  expect(await clinic.get('printing.print', { document: 'label', settings }, nurse)).toEqual({
    outcome: 'printed',
  });
  expect(asked).toEqual([['nurse', settings]]);
  expect((await clinic.get('printing.setup', { document: 'label' }, nurse)).last).toEqual(settings);
  expect((await clinic.get('printing.setup', { document: 'card' }, nurse)).last).toBeNull();
});

it.each(['cancelled', 'failed'] as const)('remembers nothing of what was %s', async (outcome) => {
  clinic = openClinic({ printing: hostAnswering(outcome).host });
  const desk = await clinic.signedIn('reception');
  expect(await clinic.get('printing.print', { document: 'label', settings }, desk)).toEqual({ outcome });
  expect((await clinic.get('printing.setup', { document: 'label' }, desk)).last).toBeNull();
});

it('leaves printing to the browser where there is no host for it', async () => {
  clinic = openClinic();
  const desk = await clinic.signedIn('reception');
  expect(await clinic.get('printing.setup', { document: 'label' }, desk)).toEqual({
    printers: null,
    last: null,
  });
  const reply = await clinic.ask('printing.print', { document: 'label', settings }, desk);
  expect(reply).toMatchObject({ ok: false, error: { code: 'unavailable' } });
});

it('prints for nobody who is not signed in', async () => {
  const { host, asked } = hostAnswering('printed');
  clinic = openClinic({ printing: host });
  const reply = await clinic.ask('printing.print', { document: 'label', settings }, clinic.core.connect());
  expect(reply).toMatchObject({ ok: false, error: { code: 'not-signed-in' } });
  expect(asked).toEqual([]);
});
