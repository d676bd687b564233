import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import { bundledDataset } from '#shared/domain/safety/data/bundled.ts';
import { testFacts } from '#shared/domain/safety/test-facts.ts';
import type { PractitionerId } from '#shared/kernel/ids.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { somePrescription } from '#tests/support/clinical-samples.ts';
import { type Clinic, habimana, mugabo, openClinic, uwase } from '#tests/support/core-clinic.ts';

let clinic: Clinic;
let admin: Connection;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'clinichub-safety-'));
  clinic = openClinic();
  admin = await clinic.signedIn('admin');
});
afterEach(async () => {
  await clinic.close();
  rmSync(folder, { recursive: true });
});

const header = {
  format: 'clinichub-safety-1',
  name: 'Test set',
  version: '1',
  releasedOn: '2026-11-01',
  publisher: 'Tests',
};
const file = (data: unknown): string => {
  const path = join(folder, 'set.json');
  writeFileSync(path, typeof data === 'string' ? data : JSON.stringify(data));
  return path;
};
const bring = (data: unknown) => clinic.get('safety.importDataset', { path: file(data) }, admin);
const inUse = async () => (await clinic.get('safety.datasets', {}, admin))[0];
const store = () => clinic.temporary.local.store;
const rowsOf = (table: 'safety_dataset' | 'safety_fact') =>
  store().all(localDb.selectFrom(table).selectAll()).length;

describe('a data set', () => {
  it('is the one of the product until another is imported, and that one again when it is chosen', async () => {
    expect(await inUse()).toMatchObject({ id: null, bundled: true, inUse: true, whole: true });
    const { dataset } = await bring({ ...header, facts: testFacts });
    expect(dataset).toMatchObject({
      name: 'Test set',
      version: '1',
      inUse: true,
      whole: true,
      importedBy: 'admin',
    });
    expect(await inUse()).toEqual(dataset);
    const doctor = await clinic.signedIn('doctor');
    expect(await clinic.get('safety.substances', { text: 'penv' }, doctor)).toMatchObject([{ key: 'penva' }]);
    const back = await clinic.get('safety.useDataset', { id: null }, admin);
    expect(back[0]).toMatchObject({ bundled: true, inUse: true });
    expect(await clinic.get('safety.substances', { text: 'penv' }, doctor)).toEqual([]);
    expect((await clinic.get('safety.useDataset', { id: dataset?.id ?? null }, admin))[0]?.id).toBe(
      dataset?.id,
    );
  });

  it('takes the place of the one before', async () => {
    await bring({ ...header, facts: testFacts });
    const { dataset } = await bring({ ...header, version: '2', facts: testFacts });
    const all = await clinic.get('safety.datasets', {}, admin);
    expect(all.map(({ version, status, inUse: used }) => [version, status, used])).toEqual([
      ['2', 'active', true],
      ['1', 'superseded', false],
      [all[2]?.version, 'superseded', false],
    ]);
    expect(dataset?.facts.interaction).toBe(3);
  });

  it('says how many of its facts were compared with a source', async () => {
    expect((await inUse())?.checked).toBe(
      bundledDataset.facts.filter(({ checked }) => checked !== undefined).length,
    );
    const [first, ...rest] = testFacts;
    const facts = [{ ...first, checked: { on: '2026-11-02', against: 'A label' } }, ...rest];
    const { dataset } = await bring({ ...header, facts });
    expect(dataset?.checked).toBe(1);
    const wrong = { ...first, checked: { on: 'lately', against: 'A label' } };
    expect((await bring({ ...header, facts: [wrong, ...rest] })).problems).toMatchObject([
      { fact: 1, code: 'shape', subject: 'checked.on' },
    ]);
  });

  it('takes no route that is none, which would be one no medicine has', async () => {
    const facts = testFacts.map((fact) =>
      fact.kind === 'interaction' ? { ...fact, b: { ...fact.b, routes: ['opthalmic'] } } : fact,
    );
    const { dataset, problems } = await bring({ ...header, facts });
    expect(dataset).toBeNull();
    expect(problems).toHaveLength(facts.filter(({ kind }) => kind === 'interaction').length);
  });

  it.each<[string, unknown, readonly unknown[]]>([
    ['no JSON', '{', [{ fact: null, code: 'no-json', subject: '' }]],
    [
      'another format',
      { ...header, format: 'x', facts: testFacts },
      [{ fact: null, code: 'shape', subject: 'format' }],
    ],
    [
      'a fact of another shape',
      { ...header, facts: [testFacts[0], { kind: 'dose', ingredient: 'amoxa' }] },
      [expect.objectContaining({ fact: 2, code: 'shape' })],
    ],
    [
      'a fact about what it does not know',
      {
        ...header,
        facts: [
          testFacts[0],
          { kind: 'renal', of: { ingredient: 'zyx' }, below: 30, advice: 'avoid', source: 'x' },
        ],
      },
      [{ fact: 2, code: 'unknown-ingredient', subject: 'zyx' }],
    ],
  ])('that has %s comes in not at all, and it is said where', async (_, data, problems) => {
    const result = await bring(data);
    expect(result.dataset).toBeNull();
    expect(result.problems).toEqual(expect.arrayContaining([...problems]));
    expect([rowsOf('safety_dataset'), rowsOf('safety_fact')]).toEqual([0, 0]);
    expect(await inUse()).toMatchObject({ bundled: true });
  });

  it('that is not all here cannot be chosen', async () => {
    const id = '01900000-0000-7000-8000-0000000f0000';
    store().mutate({ kind: 'test', user: null }, (writer) =>
      writer.insert('safety_dataset', {
        ...blank('safety_dataset'),
        id,
        name: 'Half',
        version: '1',
        released_on: '2026-11-01',
        publisher: 'x',
        status: 'importing',
        imported_at: '2026-11-02T08:00:00.000Z',
      }),
    );
    expect(await clinic.ask('safety.useDataset', { id }, admin)).toMatchObject({
      error: { code: 'not-ready' },
    });
    expect(await inUse()).toMatchObject({ bundled: true });
  });

  it('is nobody’s to change but the administrator’s', async () => {
    const doctor = await clinic.signedIn('doctor');
    const path = file({ ...header, facts: testFacts });
    expect(await clinic.ask('safety.importDataset', { path }, doctor)).toMatchObject({
      error: { code: 'not-permitted' },
    });
    expect(await clinic.ask('safety.importDataset', { path: join(folder, 'none') }, admin)).toMatchObject({
      error: { code: 'not-found' },
    });
  });
});

describe('overrides', () => {
  const issue = (n: number, more: Partial<RowOf<'detected_issue'>> = {}): RowOf<'detected_issue'> => ({
    ...blank('detected_issue'),
    id: `01900000-0000-7000-8000-0000000e${String(n).padStart(4, '0')}`,
    patient_id: habimana.id,
    code: 'interaction:interacts',
    severity: 'high',
    subject: 'Warfarin',
    detail: JSON.stringify({ other: 'Ibuprofen', effect: 'bleeding', advice: 'avoid' }),
    outcome: 'overridden',
    reason_code: 'will-monitor',
    practitioner_id: uwase.id,
    recorded_at: `2026-11-20T08:00:00.${String(n).padStart(3, '0')}Z`,
    ...more,
  });
  const put = (...issues: readonly RowOf<'detected_issue'>[]) =>
    store().mutate({ kind: 'test', user: null }, (writer) => {
      for (const row of issues) writer.insert('detected_issue', row);
    });
  const list = async (filter: { practitionerId?: string; from?: string; until?: string } = {}) =>
    (
      await clinic.get(
        'safety.overrides',
        { ...filter, practitionerId: (filter.practitionerId ?? null) as PractitionerId | null },
        admin,
      )
    ).overrides;

  it('are listed with who, for whom, what and why, the latest first', async () => {
    const request = somePrescription({ patient_id: habimana.id, medication: 'Warfarin 5 mg tablet' });
    store().mutate({ kind: 'test', user: null }, (writer) => writer.insert('medication_request', request));
    put(
      issue(1, { medication_request_id: request.id, reason: 'INR in three days' }),
      issue(2, { practitioner_id: mugabo.id, code: 'something else' }),
      issue(3, { outcome: 'shown' }),
    );
    expect(await list()).toMatchObject([
      { practitionerName: expect.stringContaining('Mugabo'), finding: null, code: 'something else' },
      {
        patientName: expect.stringContaining('Habimana'),
        patientMrn: 'OLD-1',
        medication: 'Warfarin 5 mg tablet',
        finding: { check: 'interaction', reason: 'interacts', params: { other: 'Ibuprofen' } },
        reasonCode: 'will-monitor',
        reason: 'INR in three days',
        certainty: 'provisional',
      },
    ]);
  });

  it('are found by doctor and by days of the site', async () => {
    // 22:30 in London is the next day in Kigali.
    put(
      issue(1, { recorded_at: '2026-11-20T22:30:00.000Z' }),
      issue(2, { recorded_at: '2026-11-20T21:30:00.000Z', practitioner_id: mugabo.id }),
    );
    const ids = async (filter: Parameters<typeof list>[0]) =>
      (await list(filter)).map(({ id }) => id.slice(-1));
    expect(await ids({ practitionerId: mugabo.id })).toEqual(['2']);
    expect(await ids({ from: '2026-11-21' })).toEqual(['1']);
    expect(await ids({ until: '2026-11-20' })).toEqual(['2']);
  });

  it('come page by page, each once, also where some have one instant', async () => {
    const at = '2026-11-20T08:00:00.000Z';
    put(...Array.from({ length: 120 }, (_, n) => issue(n + 1, { recorded_at: at })));
    const seen: string[] = [];
    for (let before: { at: string; id: string } | null = null; ; ) {
      const { overrides, more }: { overrides: readonly { id: string; at: string }[]; more: boolean } =
        await clinic.get('safety.overrides', { before }, admin);
      seen.push(...overrides.map(({ id }) => id));
      const last = overrides.at(-1);
      if (!more || last === undefined) break;
      before = { at: last.at, id: last.id };
    }
    expect(new Set(seen).size).toBe(120);
    expect(seen).toHaveLength(120);
  });

  it('are the administrator’s to see', async () => {
    const doctor = await clinic.signedIn('doctor');
    expect(await clinic.ask('safety.overrides', {}, doctor)).toMatchObject({
      error: { code: 'not-permitted' },
    });
  });
});
