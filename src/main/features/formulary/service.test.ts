import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import type { MedicineImport, MedicineView } from '#shared/contract/formulary.ts';
import { bundledDataset } from '#shared/domain/safety/data/bundled.ts';
import { knowledgeOf } from '#shared/domain/safety/knowledge.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { type Clinic, clinicRows, load, openClinic } from '#tests/support/core-clinic.ts';
import { pullRows } from '#tests/support/core-conflicts.ts';

let clinic: Clinic;
let admin: Connection;
let doctor: Connection;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'clinichub-formulary-'));
  clinic = openClinic();
  admin = await clinic.signedIn('admin');
  doctor = await clinic.signedIn('doctor');
});
afterEach(async () => {
  await clinic.close();
  rmSync(folder, { recursive: true });
});

const file = (name: string, text: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const found = async (text: string, limit = 20) =>
  (await clinic.get('formulary.search', { text, limit }, doctor)).map(({ name }) => name);
const finished = async (): Promise<MedicineImport> => {
  for (;;) {
    const status = await clinic.get('formulary.importStatus', {}, admin);
    if (status.phase !== 'running') return status;
    await new Promise((done) => setTimeout(done, 5));
  }
};
const importing = async (format: 'csv' | 'rxnorm', path: string) => {
  await clinic.get('formulary.import', { format, path }, admin);
  return finished();
};
const counts = ({ read, added, changed, unchanged, refused }: MedicineImport) => ({
  read,
  added,
  changed,
  unchanged,
  refused,
});
const medicine = {
  name: 'Zyxoforte 5 mg tablet',
  ingredients: 'Zyxoforte',
  strength: '5 mg',
  form: 'tablet',
  unitOfDose: '',
  route: 'po',
};

describe('the starter formulary', () => {
  it('is loaded once, whoever presses the button how often', async () => {
    const first = await clinic.get('formulary.loadStarter', {}, admin);
    expect(first.added).toBeGreaterThanOrEqual(100);
    expect(first.unchanged).toBe(0);
    expect(await clinic.get('formulary.loadStarter', {}, admin)).toEqual({
      added: 0,
      unchanged: first.added,
    });
    expect((await clinic.get('formulary.list', {}, admin)).total).toBe(first.added);
  });
});

describe('medicines are found while typing', () => {
  beforeEach(async () => {
    await clinic.get('formulary.loadStarter', {}, admin);
  });

  it('by the beginnings of words, in any order, strengths too, the name that begins so first', async () => {
    expect(await found('amox', 3)).toEqual([
      'Amoxicillin + Clavulanic acid 500 mg + 125 mg tablet',
      'Amoxicillin + Clavulanic acid 875 mg + 125 mg tablet',
      'Amoxicillin 125 mg/5 ml oral suspension',
    ]);
    expect(await found('500 amox caps')).toEqual(['Amoxicillin 500 mg capsule']);
    expect(await found('clav')).toHaveLength(2);
    expect(await found('nothing such')).toEqual([]);
    expect(await found('  ')).toEqual([]);
  });

  it('by other names of their ingredients', async () => {
    expect(await found('aspirin')).toEqual([
      'Acetylsalicylic acid 75 mg tablet',
      'Acetylsalicylic acid 300 mg tablet',
    ]);
    expect(await found('acetaminophen 120')).toEqual(['Paracetamol 120 mg/5 ml oral suspension']);
  });

  it('by what stands between signs, and by a strength with a decimal comma', async () => {
    expect(await found('metformin tab 850')).toHaveLength(1);
    expect(await found('susp 125/5ml amox')).toEqual([]);
    expect(await found('susp amox 125 mg/5')).toEqual(['Amoxicillin 125 mg/5 ml oral suspension']);
    const point = await found('digoxin 0.25');
    expect(point).toHaveLength(1);
    expect(await found('digoxin 0,25')).toEqual(point);
    expect(await found('amox.')).toEqual(await found('amox'));
    expect(await found('AMÓX')).toEqual(await found('amox'));
    for (const odd of ['"', '*', 'amox" OR "', '_amoxicillin', 'NOT amox', '(', '%', '.'])
      expect(Array.isArray(await found(odd)), odd).toBe(true);
  });

  it('as if every name were looked at, the same ones in the same order', async () => {
    const all: MedicineView[] = [];
    for (let page = await clinic.get('formulary.list', {}, admin); ; ) {
      all.push(...page.medicines);
      const last = all.at(-1);
      if (!page.more || last === undefined) break;
      page = await clinic.get('formulary.list', { after: { name: last.name, id: last.id } }, admin);
    }
    const { ingredients } = knowledgeOf(bundledDataset, bundledDataset.facts);
    const wordsOf = (medicine: MedicineView) =>
      [
        medicine.name,
        ...medicine.ingredients.flatMap(({ name, key }) => [
          name,
          ...(ingredients.get(key ?? '')?.synonyms ?? []),
        ]),
      ]
        .join(' ')
        .toLowerCase()
        .split(/[^a-z0-9.%]+/);
    const order = new Intl.Collator('en', { numeric: true });
    const looked = (text: string) => {
      const typed = text.split(' ');
      const rank = (name: string) => (name.startsWith(text) ? 0 : name.startsWith(typed[0] ?? '') ? 1 : 2);
      return all
        .filter((one) => typed.every((word) => wordsOf(one).some((own) => own.startsWith(word))))
        .map(({ name }) => ({ name, rank: rank(name.toLowerCase()) }))
        .toSorted((a, b) => a.rank - b.rank || order.compare(a.name.toLowerCase(), b.name.toLowerCase()))
        .map(({ name }) => name)
        .slice(0, 50);
    };
    const typed = ['a', 'p', 'am', 'amox', 'tab', 'mg', '500', '5', 'acid', 'clav', 'aspirin', 'salbutamol'];
    const two = ['amox 500', 'tab 5', 'mg tab', 'para 500 tab', 'acetaminophen 120', 'sodium', 'inj 1'];
    for (const text of [...typed, ...two]) expect(await found(text, 50), text).toEqual(looked(text));
  });

  it('not when they are no longer offered, but the administrator sees them', async () => {
    const { medicines } = await clinic.get('formulary.list', { text: 'digoxin' }, admin);
    const [digoxin] = medicines;
    if (digoxin === undefined) throw new Error('no digoxin');
    const draft = { ...medicine, name: digoxin.name, ingredients: 'Digoxin', strength: '0.25 mg' };
    await clinic.get('formulary.save', { id: digoxin.id, medicine: draft, active: false }, admin);
    expect(await found('digoxin')).toEqual([]);
    expect((await clinic.get('formulary.list', { text: 'digoxin' }, admin)).medicines).toMatchObject([
      { id: digoxin.id, active: false },
    ]);
    // Loading it again is not offering it again.
    await clinic.get('formulary.loadStarter', {}, admin);
    expect(await found('digoxin')).toEqual([]);
  });

  it('page by page, each once', async () => {
    const first = await clinic.get('formulary.list', {}, admin);
    expect(first.medicines).toHaveLength(100);
    expect(first.more).toBe(true);
    const last = first.medicines.at(-1);
    if (last === undefined) throw new Error('no page');
    const second = await clinic.get('formulary.list', { after: { name: last.name, id: last.id } }, admin);
    const names = [...first.medicines, ...second.medicines].map(({ name }) => name);
    expect(new Set(names).size).toBe(first.total);
    expect(second.more).toBe(false);
  });
});

describe('a first copy', () => {
  it('brings medicines that are found at once, beside what was not sent yet, and those of before are not', async () => {
    await clinic.get('formulary.save', { id: null, medicine }, admin);
    const gone = {
      ...blank('medicine'),
      id: '01900000-0000-7000-8000-0000000f0003',
      name: 'Gone 5 mg',
      ingredients: '[]',
      active: 1 as const,
      created_at: '2026-11-01T08:00:00.000Z',
    };
    pullRows(clinic, [{ tbl: 'medicine', row: gone }]);
    expect(await found('gone')).toEqual(['Gone 5 mg']);
    const text = JSON.stringify([{ key: 'x', name: 'Quinapril', value: null, unit: null }]);
    load(clinic.temporary, {
      ...clinicRows(),
      medicine: [
        {
          ...blank('medicine'),
          id: '01900000-0000-7000-8000-0000000f0002',
          name: 'Accupro 5 mg',
          ingredients: text,
          active: 1,
          created_at: '2026-11-01T08:00:00.000Z',
        },
      ],
    });
    doctor = await clinic.signedIn('doctor');
    expect([await found('quin'), await found('accu'), await found('zyx'), await found('gone')]).toEqual([
      ['Accupro 5 mg'],
      ['Accupro 5 mg'],
      ['Zyxoforte 5 mg tablet'],
      [],
    ]);
  });
});

describe('by hand', () => {
  it('a medicine is added with ingredients as they are checked, and what is wrong is said at its field', async () => {
    const saved = await clinic.get('formulary.save', { id: null, medicine }, admin);
    expect(saved).toMatchObject({
      ingredients: [{ key: 'zyxoforte', name: 'Zyxoforte', value: '5', unit: 'mg' }],
      unitOfDose: 'tablet',
      route: 'oral',
      active: true,
      certainty: 'provisional',
    });
    expect(await found('zyx')).toEqual(['Zyxoforte 5 mg tablet']);
    expect(
      await clinic.ask('formulary.save', { id: null, medicine: { ...medicine, strength: '5' } }, admin),
    ).toMatchObject({ ok: false, error: { code: 'invalid-input', fields: { strength: 'strength' } } });
    expect(await clinic.ask('formulary.save', { id: null, medicine }, doctor)).toMatchObject({
      error: { code: 'not-permitted' },
    });
  });
});

describe('a CSV formulary', () => {
  const csv = [
    'name,ingredients,strength,form,unit_of_dose,route,code_system,code',
    'Amoxil 500,Amoxicillin trihydrate,500 mg,capsule,,po,,',
    'Coplavix,clopidogrel; aspirin,75 mg; 100 mg,tablet,,oral,local,77',
    ',Ibuprofen,400 mg,tablet,,oral,,',
    'Broken,Ibuprofen,400,tablet,,oral,,',
    'Amoxil 500,Amoxicillin,500 mg,capsule,,oral,,',
    '"Long, quoted",Ibuprofen,200 mg,tablet,,oral,,',
  ].join('\n');

  it('comes in, says which lines it refused and why, and changes nothing the second time', async () => {
    const path = file('clinic.csv', `\ufeff${csv}\n`);
    const first = await importing('csv', path);
    expect(counts(first)).toEqual({ read: 6, added: 3, changed: 0, unchanged: 0, refused: 3 });
    expect(first.problems).toEqual([
      { file: 'clinic.csv', line: 4, column: 'name', code: 'required' },
      { file: 'clinic.csv', line: 5, column: 'strength', code: 'strength' },
      { file: 'clinic.csv', line: 6, column: null, code: 'duplicate' },
    ]);
    expect(await found('copla')).toEqual(['Coplavix']);
    expect(counts(await importing('csv', path))).toMatchObject({ added: 0, changed: 0, unchanged: 3 });
    writeFileSync(path, csv.replace('75 mg; 100 mg', '75 mg; 75 mg'));
    expect(counts(await importing('csv', path))).toMatchObject({ added: 0, changed: 1, unchanged: 2 });
  });

  it('asks about what came from there before and is not in it, and about nothing else', async () => {
    await clinic.get('formulary.loadStarter', {}, admin);
    await clinic.get('formulary.save', { id: null, medicine }, admin);
    const header = 'name,ingredients,strength,form,unit_of_dose,route,code_system,code';
    const row = (n: number) => `Local ${n},Ingredient ${n},5 mg,tablet,,oral,local,${n}`;
    const rows = (from: number) => [header, ...Array.from({ length: 20 - from }, (_, n) => row(n + from))];
    await importing('csv', file('a.csv', rows(0).join('\n')));
    // A file of another name, of the same codes: the same source.
    const second = await importing('csv', file('b.csv', rows(2).join('\n')));
    expect(second).toMatchObject({ retired: 0, missing: { count: 2, sample: ['Local 0', 'Local 1'] } });
    expect(await found('local')).toHaveLength(20);
    expect(await clinic.ask('formulary.retire', {}, doctor)).toMatchObject({
      error: { code: 'not-permitted' },
    });
    await clinic.get('formulary.retire', {}, admin);
    expect(await finished()).toMatchObject({ phase: 'done', retired: 2, missing: null });
    expect([await found('local 1', 50), await found('zyx')]).toEqual([
      Array.from({ length: 10 }, (_, n) => `Local ${n + 10}`),
      ['Zyxoforte 5 mg tablet'],
    ]);
    expect((await clinic.get('formulary.list', { text: 'local 0' }, admin)).medicines).toMatchObject([
      { active: false },
    ]);
    expect(await clinic.ask('formulary.retire', {}, admin)).toMatchObject({ error: { code: 'not-found' } });
    // They come back with a file, and are offered again when somebody says so.
    const third = await importing('csv', file('c.csv', rows(0).join('\n')));
    expect(third).toMatchObject({
      missing: null,
      unoffered: { count: 2, sample: expect.arrayContaining(['Local 0', 'Local 1']) },
    });
    expect(await found('local 1', 50)).not.toContain('Local 1');
    await clinic.get('formulary.offer', {}, admin);
    expect(await finished()).toMatchObject({ phase: 'done', unoffered: null });
    expect(await found('local 1', 50)).toContain('Local 1');
    expect(await clinic.ask('formulary.offer', {}, admin)).toMatchObject({ error: { code: 'not-found' } });
    const wrong = await importing('csv', file('b.csv', 'medicine\nx\n'));
    expect(wrong).toMatchObject({ missing: null });
  });

  it('without the columns it needs, or that is no CSV or not there, says so', async () => {
    const wrong = await importing('csv', file('wrong.csv', 'medicine;dose\nx;y\n'));
    expect(wrong.problems).toEqual([{ file: 'wrong.csv', line: 1, column: 'name', code: 'missing-column' }]);
    expect((await importing('csv', file('bad.csv', 'name,ingredients\n"x,y\n'))).phase).toBe('failed');
    expect(
      await clinic.ask('formulary.import', { format: 'csv', path: join(folder, 'none') }, admin),
    ).toMatchObject({
      error: { code: 'not-found' },
    });
  });

  it('can be stopped, and what came in by then is whole', async () => {
    const rows = Array.from({ length: 5000 }, (_, n) => `Medicine ${n},Ingredient ${n},5 mg,tablet,,oral,,`);
    const path = file('large.csv', [csv.split('\n')[0], ...rows].join('\n'));
    await clinic.get('formulary.import', { format: 'csv', path }, admin);
    expect(await clinic.ask('formulary.import', { format: 'csv', path }, admin)).toMatchObject({
      error: { code: 'busy' },
    });
    await clinic.get('formulary.cancelImport', {}, admin);
    const { phase, added } = await finished();
    expect(phase).toBe('cancelled');
    expect((await clinic.get('formulary.list', {}, admin)).total).toBe(added);
    expect(added).toBeLessThan(5000);
  });
});

describe('RxNorm', () => {
  const conso = (rxcui: number, tty: string, name: string, suppress = 'N', sab = 'RXNORM') =>
    `${rxcui}|ENG||||||${rxcui}0|${rxcui}0|${rxcui}||${sab}|${tty}|${rxcui}|${name}||${suppress}|4096|`;
  const rel = (one: number, relation: string, two: number) =>
    `${one}||CUI|RO|${two}||CUI|${relation}|1||RXNORM||||||`;
  const sat = (rxcui: number, name: string, value: string) =>
    `${rxcui}|||1|AUI|${rxcui}|||${name}|RXNORM|${value}|N||`;
  const release = (): string => {
    file(
      'RXNCONSO.RRF',
      [
        conso(1, 'IN', 'amoxicillin'),
        conso(2, 'IN', 'clavulanate'),
        conso(3, 'IN', 'zyxol'),
        conso(10, 'SCDC', 'amoxicillin 250 MG'),
        conso(11, 'SCDC', 'clavulanate 125 MG'),
        conso(12, 'SCDC', 'zyxol 5 MG/ML'),
        conso(20, 'DF', 'Oral Tablet'),
        conso(21, 'DF', 'Oral Solution'),
        conso(30, 'SCD', 'amoxicillin 250 MG / clavulanate 125 MG Oral Tablet'),
        conso(31, 'SCD', 'zyxol 5 MG/ML Oral Solution'),
        conso(32, 'SCD', 'old drug', 'O'),
        conso(33, 'SCD', 'other source', 'N', 'MTHSPL'),
        conso(34, 'SCD', 'nobody knows what is in it'),
        conso(40, 'SBD', 'amoxicillin 250 MG / clavulanate 125 MG Oral Tablet [Augmentin]'),
      ].join('\n'),
    );
    file(
      'RXNREL.RRF',
      [
        rel(1, 'has_ingredient', 10),
        rel(10, 'ingredient_of', 1),
        rel(11, 'ingredient_of', 2),
        rel(3, 'has_ingredient', 12),
        rel(10, 'consists_of', 30),
        rel(30, 'constitutes', 11),
        rel(12, 'consists_of', 31),
        rel(20, 'has_dose_form', 30),
        rel(21, 'has_dose_form', 31),
        rel(30, 'tradename_of', 40),
        rel(99, 'has_ingredient', 10),
      ].join('\n'),
    );
    file(
      'RXNSAT.RRF',
      [sat(10, 'RXN_STRENGTH', '250 MG'), sat(12, 'RXN_STRENGTH', '5 MG/ML'), sat(30, 'NDC', 'x')].join('\n'),
    );
    return folder;
  };

  it('brings drugs and trade names with ingredients, strength, form and route', async () => {
    const report = await importing('rxnorm', release());
    expect(counts(report)).toEqual({ read: 4, added: 3, changed: 0, unchanged: 0, refused: 1 });
    expect(report.problems).toEqual([
      { file: 'RXNCONSO.RRF', line: 13, column: null, code: 'no-ingredient' },
    ]);
    expect(await clinic.get('formulary.search', { text: 'augmentin' }, doctor)).toMatchObject([
      {
        ingredients: [
          { key: 'amoxicillin', value: '250', unit: 'mg' },
          { key: 'clavulanic-acid', value: '125', unit: 'mg' },
        ],
        strength: '250 mg + 125 mg',
        route: 'oral',
        unitOfDose: 'tablet',
        code: '40',
        source: 'RxNorm',
      },
    ]);
    expect(await clinic.get('formulary.search', { text: 'zyxol' }, doctor)).toMatchObject([
      { ingredients: [{ key: 'zyxol', value: '5', unit: 'mg' }], unitOfDose: 'ml', strength: '5 mg/ml' },
    ]);
    expect(counts(await importing('rxnorm', folder))).toMatchObject({ added: 0, changed: 0, unchanged: 3 });
  });

  it('completes a medicine an import of prescriptions knew by name only, and offers it', async () => {
    const id = '01900000-0000-7000-8000-0000000f0001';
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.insert('medicine', {
        ...blank('medicine'),
        id,
        name: 'zyxol',
        ingredients: '[]',
        code_system: 'http://www.nlm.nih.gov/research/umls/rxnorm',
        code: '31',
        active: 0,
        created_at: '2026-11-01T08:00:00.000Z',
      }),
    );
    expect(counts(await importing('rxnorm', release()))).toMatchObject({ added: 2, changed: 1 });
    expect(await clinic.get('formulary.search', { text: 'zyxol' }, doctor)).toMatchObject([
      { id, active: true },
    ]);
  });

  it('no longer offers what a release has no more, unless so much is gone that it is another one', async () => {
    const drugs = (from: number) => {
      release();
      const many = Array.from({ length: 30 - from }, (_, n) => n + from);
      const conso30 = many.map((n) => conso(100 + n, 'SCD', `zyxol ${n} MG/ML Oral Solution`));
      file(
        'RXNCONSO.RRF',
        [conso(3, 'IN', 'zyxol'), conso(12, 'SCDC', 'zyxol 5 MG/ML'), ...conso30].join('\n'),
      );
      const links = many.map((n) => rel(12, 'consists_of', 100 + n));
      file('RXNREL.RRF', [rel(3, 'has_ingredient', 12), ...links].join('\n'));
      return folder;
    };
    expect(await importing('rxnorm', drugs(0))).toMatchObject({ added: 30, retired: 0, missing: null });
    expect(await importing('rxnorm', drugs(2))).toMatchObject({ unchanged: 28, retired: 2, missing: null });
    expect(await found('zyxol 1 MG', 50)).not.toContain('zyxol 1 MG/ML Oral Solution');
    expect(await found('zyxol', 50)).toHaveLength(28);
    expect(await importing('rxnorm', drugs(12))).toMatchObject({ retired: 0, missing: { count: 10 } });
    expect(await found('zyxol', 50)).toHaveLength(28);
  });

  it('with a file missing is refused before anything is read', async () => {
    release();
    rmSync(join(folder, 'RXNSAT.RRF'));
    expect(await clinic.ask('formulary.import', { format: 'rxnorm', path: folder }, admin)).toMatchObject({
      error: { code: 'not-found' },
    });
  });
});
