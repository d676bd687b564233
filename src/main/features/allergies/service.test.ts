import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import { localDb } from '#main/data/local/query.ts';
import type { AllergyWords } from '#shared/contract/allergies.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { type Clinic, habimana, mutesi, now, openClinic } from '#tests/support/core-clinic.ts';

let clinic: Clinic;
let nurse: Connection;
beforeEach(async () => {
  clinic = openClinic();
  nurse = await clinic.signedIn('nurse');
});
afterEach(() => clinic.close());

const patientId = habimana.id as PatientId;
const penicillin: AllergyWords = {
  substance: 'Penicillin',
  codeKind: 'class',
  code: 'penicillins',
  type: 'allergy',
  category: 'medication',
  reaction: 'Rash',
  severity: 'severe',
  criticality: 'high',
  verificationStatus: 'confirmed',
  clinicalStatus: 'active',
  onset: '2010',
  note: '',
};
const bees: AllergyWords = {
  ...penicillin,
  substance: 'Bee stings',
  codeKind: 'other',
  code: null,
  category: 'environment',
  severity: 'mild',
  criticality: null,
};
const add = (allergy: AllergyWords, id: PatientId = patientId) =>
  clinic.get('allergies.add', { patientId: id, allergy }, nurse);
const list = () => clinic.get('allergies.list', { patientId }, nurse);
const voided = () =>
  clinic.temporary.local.store.all(
    localDb
      .selectFrom('allergy_intolerance')
      .select(['substance', 'void_reason'])
      .where('voided_at', 'is not', null),
  );

describe('allergies', () => {
  it('are listed with the grave one first; free text says that checks cannot use it', async () => {
    expect(await list()).toMatchObject({ state: 'not-asked', allergies: [] });
    await add(bees);
    await add(penicillin);
    expect(await list()).toMatchObject({
      state: 'some',
      allergies: [
        { substance: 'Penicillin', coded: true, recordedBy: 'nurse', certainty: 'provisional' },
        { substance: 'Bee stings', coded: false },
      ],
    });
  });

  it('are there once each, by code or by name', async () => {
    await add(penicillin);
    const again = { ...penicillin, substance: 'Penicillins' };
    expect(await clinic.ask('allergies.add', { patientId, allergy: again }, nurse)).toMatchObject({
      error: { fields: { substance: 'already' } },
    });
    await add(bees);
    const other = { ...bees, substance: 'BEE STINGS' };
    expect((await clinic.ask('allergies.add', { patientId, allergy: other }, nurse)).ok).toBe(false);
    expect(
      await clinic.ask(
        'allergies.add',
        { patientId, allergy: { ...bees, substance: 'x', onset: '2030' } },
        nurse,
      ),
    ).toMatchObject({ error: { fields: { onset: 'future' } } });
  });

  it('are changed, refuted with a reason that stays, or withdrawn', async () => {
    const { id } = await add(penicillin);
    await clinic.get('allergies.change', { id, allergy: { ...penicillin, reaction: 'Anaphylaxis' } }, nurse);
    expect(
      await clinic.get('allergies.refute', { id, reason: 'Tolerated amoxicillin' }, nurse),
    ).toMatchObject({
      verificationStatus: 'refuted',
      reaction: 'Anaphylaxis',
      note: 'Tolerated amoxicillin',
    });
    expect((await list()).state).toBe('not-asked');
    await clinic.get('allergies.withdraw', { id, reason: 'Other patient' }, nurse);
    expect((await list()).allergies).toEqual([]);
    expect(voided()).toEqual([{ substance: 'Penicillin', void_reason: 'Other patient' }]);
    expect(await clinic.ask('allergies.refute', { id, reason: 'x' }, nurse)).toMatchObject({
      error: { code: 'not-found' },
    });
  });

  it('of a merged record are read and counted with those of the one that goes on', async () => {
    await add(penicillin, mutesi.id as PatientId);
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.update('patient', mutesi.id, { merged_into: habimana.id }),
    );
    expect((await list()).allergies).toHaveLength(1);
    expect(await clinic.ask('allergies.noneKnown', { patientId }, nurse)).toMatchObject({
      error: { code: 'allergies-recorded' },
    });
  });
});

describe('no known allergies', () => {
  it('is said once, and withdrawn by the first allergy in the same mutation', async () => {
    const first = await clinic.get('allergies.noneKnown', { patientId }, nurse);
    expect((await clinic.get('allergies.noneKnown', { patientId }, nurse)).id).toBe(first.id);
    expect(await list()).toMatchObject({ state: 'none-known', allergies: [], noneKnown: [{ id: first.id }] });
    await add(penicillin);
    expect(await list()).toMatchObject({ state: 'some', noneKnown: [] });
    expect(voided()).toEqual([{ substance: 'No known allergies', void_reason: 'Penicillin' }]);
    expect(await clinic.ask('allergies.noneKnown', { patientId }, nurse)).toMatchObject({
      error: { code: 'allergies-recorded' },
    });
  });

  it('said at another workstation meanwhile is a contradiction that is seen', async () => {
    await add(penicillin);
    clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.insert('allergy_intolerance', {
        ...blank('allergy_intolerance'),
        id: '01900000-0000-7000-8000-f00000000001',
        patient_id: patientId,
        substance: 'No known allergies',
        code_kind: 'none-known',
        clinical_status: 'active',
        verification_status: 'confirmed',
        recorded_at: new Date(now).toISOString(),
      }),
    );
    const { state, noneKnown } = await list();
    expect([state, noneKnown.length]).toEqual(['contradiction', 1]);
    await clinic.get('allergies.withdraw', { id: noneKnown[0]?.id ?? '', reason: 'There are some' }, nurse);
    expect((await list()).state).toBe('some');
  });
});
