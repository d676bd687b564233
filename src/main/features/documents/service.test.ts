import { createHash, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { partBytes } from '#shared/domain/documents/limits.ts';
import { encodeBody } from '#shared/domain/notes/sections.ts';
import { PatientId } from '#shared/kernel/ids.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { type Clinic, habimana, now, openClinic, uwase } from '#tests/support/core-clinic.ts';
import { textOfPdf } from '#tests/support/pdf-text.ts';

let clinic: Clinic;
let doctor: Connection;
let nurse: Connection;
beforeEach(async () => {
  clinic = openClinic();
  doctor = await clinic.signedIn('doctor');
  nurse = await clinic.signedIn('nurse');
});
afterEach(() => clinic.close());

const patientId = PatientId.parse(habimana.id);
const pdf = (filling = '') => Buffer.from(`%PDF-1.7\n${filling}\nstartxref\n9\n%%EOF\n`, 'latin1');
const png = (size: number) =>
  Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), randomBytes(size)]);

/** Hands over a file as a window does; the reply to its attaching. */
const handOver = async (
  bytes: Buffer,
  contentType: 'application/pdf' | 'image/png' = 'application/pdf',
  who = nurse,
) => {
  const { uploadId } = await clinic.get(
    'documents.begin',
    { patientId, size: bytes.length, contentType },
    who,
  );
  for (let n = 0; n * partBytes < bytes.length; n += 1) {
    const data = bytes.subarray(n * partBytes, (n + 1) * partBytes).toString('base64');
    await clinic.get('documents.part', { uploadId, n, data }, who);
  }
  return clinic.ask(
    'documents.attach',
    { uploadId, patientId, title: 'Letter', category: 'letter', contentType },
    who,
  );
};
const attached = async (bytes: Buffer, contentType: 'application/pdf' | 'image/png' = 'application/pdf') => {
  const reply = await handOver(bytes, contentType);
  if (!reply.ok) throw new Error(reply.error.code);
  return reply.value;
};
const bytesOf = async (id: string, size: number) => {
  const parts: Buffer[] = [];
  for (let n = 0; n * partBytes < size; n += 1) {
    const { data } = await clinic.get('documents.bytes', { id, n } as never, doctor);
    parts.push(Buffer.from(data, 'base64'));
  }
  return Buffer.concat(parts);
};
const kept = () =>
  clinic.temporary.local.db.prepare('SELECT count(*) FROM blob_part').pluck().get() as number;

describe('attaching', () => {
  test('a nurse attaches a file in parts, and what is read again is what was attached', async () => {
    const bytes = png(2 * partBytes + 77);
    const document = await attached(bytes, 'image/png');
    expect(document).toMatchObject({
      title: 'Letter',
      category: 'letter',
      contentType: 'image/png',
      size: bytes.length,
      createdBy: 'nurse',
      place: 'sending',
      certainty: 'provisional',
    });
    expect(await bytesOf(document.id, bytes.length)).toEqual(bytes);
    const [row] = clinic.temporary.local.db.prepare('SELECT * FROM document_reference').all() as {
      hash: string;
    }[];
    expect(row?.hash).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(await clinic.get('documents.open', { id: document.id }, doctor)).toMatchObject({ file: 'here' });
  });

  test('50 MB and a type that is not taken are refused before a byte is sent', async () => {
    const begin = (size: number, contentType: string) =>
      clinic.ask('documents.begin', { patientId, size, contentType }, nurse);
    expect(await begin(50_000_000, 'application/pdf')).toMatchObject({ error: { code: 'file-too-large' } });
    expect(await begin(10, 'application/zip')).toMatchObject({ error: { code: 'file-type' } });
    expect(await begin(20 * 1024 * 1024, 'image/png')).toMatchObject({ ok: true });
    const smaller = { key: 'desk.most-megabytes', siteId: null, seen: null, value: 5 } as const;
    await clinic.get('settings.set', smaller, await clinic.signedIn('admin'));
    expect(await begin(5 * 1024 * 1024 + 1, 'image/png')).toMatchObject({
      error: { code: 'file-too-large', params: { mb: 5 } },
    });
    expect(await begin(5 * 1024 * 1024, 'image/png')).toMatchObject({ ok: true });
  });

  test.each([
    ['a cut PDF', pdf('x'.repeat(500)).subarray(0, 300), 'file-damaged'],
    ['a program that is called PDF', Buffer.from('MZ this is no PDF'), 'file-type'],
    ['a picture that is called PDF', png(100), 'file-type'],
  ])('%s is refused by what is in it, and nothing of it is kept', async (_, bytes, code) => {
    expect(await handOver(bytes)).toMatchObject({ ok: false, error: { code } });
    expect(kept()).toBe(0);
    expect(await clinic.get('documents.list', { patientId }, nurse)).toEqual({ documents: [], next: null });
  });

  test('a file of which a part is missing, of another size, or of somebody else is not attached', async () => {
    const bytes = pdf('x'.repeat(partBytes));
    const input = { patientId, size: bytes.length, contentType: 'application/pdf' };
    const { uploadId } = await clinic.get('documents.begin', input, nurse);
    const data = bytes.subarray(0, partBytes).toString('base64');
    const lost = { ok: false, error: { code: 'upload-lost' } };
    expect(await clinic.ask('documents.part', { uploadId, n: 1, data }, nurse)).toMatchObject(lost);
    expect(await clinic.ask('documents.part', { uploadId, n: 0, data }, doctor)).toMatchObject(lost);
    await clinic.get('documents.part', { uploadId, n: 0, data }, nurse);
    const attach = {
      uploadId,
      patientId,
      title: 'x',
      category: 'letter',
      contentType: 'application/pdf',
    } as const;
    expect(await clinic.ask('documents.attach', attach, nurse)).toMatchObject(lost);
    await clinic.get('documents.cancel', { uploadId }, doctor);
    expect(kept(), 'another cannot give it up').toBe(1);
    await clinic.get('documents.cancel', { uploadId }, nurse);
    expect(kept()).toBe(0);
  });

  test('the front desk sees nothing of it and a nurse makes nothing', async () => {
    const reception = await clinic.signedIn('reception');
    const refused = { ok: false, error: { code: 'not-permitted' } };
    expect(await clinic.ask('documents.list', { patientId }, reception)).toMatchObject(refused);
    const make = {
      patientId,
      template: 'referral' as const,
      language: 'en' as const,
      title: 'x',
      sections: [],
    };
    expect(await clinic.ask('documents.make', make, nurse)).toMatchObject(refused);
  });

  test('the same bytes twice are two documents of one file; crossed out, both stay', async () => {
    const one = await attached(pdf('same'));
    const two = await attached(pdf('same'));
    expect(kept()).toBe(1);
    const voided = await clinic.get('documents.void', { id: one.id, reason: 'Twice' }, nurse);
    expect(voided.voided).toMatchObject({ by: 'nurse', reason: 'Twice' });
    const again = await clinic.ask('documents.void', { id: one.id, reason: 'Twice' }, nurse);
    expect(again).toMatchObject({ error: { code: 'changed-meanwhile' } });
    expect(await bytesOf(two.id, two.size)).toEqual(pdf('same'));
    const { documents } = await clinic.get('documents.list', { patientId }, doctor);
    expect(documents.map(({ id, voided }) => [id, voided !== null])).toEqual([
      [two.id, false],
      [one.id, true],
    ]);
  });

  test('the list goes on page by page', async () => {
    for (const text of ['a', 'b', 'c']) await attached(pdf(text));
    const first = await clinic.get('documents.list', { patientId, limit: 2 }, doctor);
    const rest = await clinic.get('documents.list', { patientId, limit: 2, after: first.next }, doctor);
    expect([first.documents.length, rest.documents.length, rest.next]).toEqual([2, 1, null]);
    expect(new Set([...first.documents, ...rest.documents].map(({ id }) => id)).size).toBe(3);
  });

  test('a restricted chart gives out no document, not even by its id', async () => {
    const document = await attached(pdf('secret'));
    await clinic.get('chart.restrict', { id: patientId, reason: 'Wish' }, doctor);
    const other = await clinic.signedIn('nurse');
    const restricted = { ok: false, error: { code: 'restricted' } };
    for (const name of ['documents.open', 'documents.bytes', 'documents.void'] as const)
      expect(
        await clinic.ask(name, { id: document.id, n: 0, reason: 'x' } as never, other),
        name,
      ).toMatchObject(restricted);
    expect(await clinic.ask('documents.list', { patientId }, other)).toMatchObject(restricted);
    expect(await handOverRefused(other)).toMatchObject(restricted);
  });
  const handOverRefused = (who: Connection) =>
    clinic.ask('documents.begin', { patientId, size: 10, contentType: 'image/png' }, who);

  test('a file that is not here says why', async () => {
    const document = await attached(pdf('elsewhere'));
    clinic.temporary.local.db.exec('DELETE FROM blob; DELETE FROM blob_part');
    const open = () => clinic.get('documents.open', { id: document.id }, doctor);
    expect(await open()).toMatchObject({ file: 'out-of-reach', document: { place: 'away' } });
    clinic.engine.fetchFile = async () => 'absent';
    expect(await open()).toMatchObject({ file: 'absent' });
    const bytes = await clinic.ask('documents.bytes', { id: document.id, n: 0 }, doctor);
    expect(bytes).toMatchObject({ error: { code: 'not-found' } });
  });
});

describe('making', () => {
  const make = (more: object) =>
    clinic.ask(
      'documents.make',
      {
        patientId,
        template: 'sick-note',
        language: 'en',
        title: 'Sick note',
        sections: [],
        ...more,
      } as never,
      doctor,
    );
  const textOf = async (more: object) => {
    const reply = await make(more);
    if (!reply.ok) throw new Error(JSON.stringify(reply.error));
    const { id, size, category } = reply.value as { id: string; size: number; category: string };
    const bytes = await bytesOf(id, size);
    return { bytes, category, ...(await textOfPdf(bytes)) };
  };

  test('a sick note says who, for which days, by whom with which licence, and is found in the PDF', async () => {
    clinic.temporary.local.store.mutate({ kind: 'seed', user: null }, (writer) => {
      writer.update('practitioner', uwase.id, { licence_number: 'RMDC-1234' });
      writer.update('patient', habimana.id, { family: 'Nguyễn', given: 'Wanjikũ Éric' });
    });
    await clinic.get(
      'settings.set',
      { key: 'print.address', siteId: null, seen: null, value: 'BP 17, Musanze' },
      await clinic.signedIn('admin'),
    );
    const { text, pages, title, category } = await textOf({
      from: '2026-11-23',
      to: '2026-11-27',
      diagnosis: 'Influenza',
      sections: [{ title: '', text: 'Rest at home.' }],
    });
    expect(category).toBe('sick-note');
    for (const words of [
      'Ruhengeri',
      'BP 17, Musanze',
      'Nguyễn',
      'Wanjikũ Éric',
      'OLD-1',
      '3 February 1985',
      '23 November 2026 to 27 November 2026 (5 days)',
      'Influenza',
      'Rest at home.',
      'Aline Uwase',
      'RMDC-1234',
      'Page 1 of 1',
    ])
      expect(text).toContain(words);
    expect(pages).toBe(1);
    expect(title).toBe('Sick note');
  });

  test('without days, or with the last before the first, it is not made', async () => {
    expect(await make({})).toMatchObject({ error: { fields: { from: 'required', to: 'required' } } });
    expect(await make({ from: '2026-11-27', to: '2026-11-23' })).toMatchObject({
      error: { fields: { to: 'order' } },
    });
    expect(kept()).toBe(0);
  });

  test('a diagnosis that is not to be shown is nowhere in it; French is French', async () => {
    const { text } = await textOf({
      template: 'referral',
      language: 'fr',
      title: 'Lettre',
      addressee: 'Dr Keza\nCardiologie',
      sections: [{ title: 'Motif', text: 'Palpitations' }],
    });
    expect(text).toContain('Cardiologie');
    expect(text).toContain('Numéro de dossier');
    expect(text).not.toContain('Diagnosis');
    expect(text).not.toContain('Diagnostic');
  });

  test('a long text goes on over pages, each with its number, and keeps every word', async () => {
    const words = Array.from({ length: 3000 }, (_, n) => `w${n}`);
    const { text, pages } = await textOf({
      template: 'visit-summary',
      title: 'Visit',
      sections: [{ title: 'Note', text: `${words.join(' ')}\n${'x'.repeat(300)}` }],
    });
    expect(pages).toBeGreaterThan(3);
    expect(text).toContain(`Page ${pages} of ${pages}`);
    for (const word of words) expect(text).toContain(word);
    expect(text.replaceAll(/\s/g, '')).toContain('x'.repeat(300));
  });

  test('the summary of a visit gathers what today’s encounter has', async () => {
    const draftOf = () =>
      clinic.get('documents.draft', { patientId, template: 'visit-summary', language: 'en' }, doctor);
    expect((await draftOf()).sections).toEqual([]);
    await clinic.get(
      'vitals.record',
      {
        patientId,
        values: { systolic: { value: '148', unit: 'mm[Hg]' }, diastolic: { value: '92', unit: 'mm[Hg]' } },
      },
      doctor,
    );
    const { local } = clinic.temporary;
    const encounter = local.db.prepare('SELECT id FROM encounter').pluck().get() as string;
    const at = new Date(now).toISOString();
    const newId = (n: number) => `01900000-0000-7000-8000-00000000f00${n}`;
    local.store.mutate({ kind: 'seed', user: null }, (writer) => {
      writer.insert('condition', {
        ...blank('condition'),
        id: newId(1),
        patient_id: patientId,
        display: 'Hypertension',
        clinical_status: 'active',
        verification_status: 'confirmed',
        recorded_at: at,
      });
      writer.insert('composition', {
        ...blank('composition'),
        id: newId(2),
        patient_id: patientId,
        encounter_id: encounter,
        title: 'Note',
        body: encodeBody([{ title: 'Plan', text: 'Less salt' }]),
        status: 'final',
        signed_at: at,
        created_at: at,
      });
      writer.insert('medication_request', {
        ...blank('medication_request'),
        id: newId(3),
        patient_id: patientId,
        encounter_id: encounter,
        medication: 'Amlodipine 5 mg',
        dosage: '1 tablet in the morning',
        status: 'active',
        signed_at: at,
        created_at: at,
      });
    });
    const { sections, diagnosis } = await draftOf();
    expect(sections).toEqual([
      { title: 'Measured', text: 'Blood pressure: 148/92 mmHg' },
      { title: 'Problems', text: '– Hypertension' },
      { title: 'Note', text: 'Plan\nLess salt' },
      { title: 'Prescribed', text: '– Amlodipine 5 mg: 1 tablet in the morning' },
    ]);
    expect(diagnosis).toBe('Hypertension');
  });
});
