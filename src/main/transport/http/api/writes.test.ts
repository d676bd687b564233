import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createKeptAnswers } from '#main/core/kept-answers.ts';
import { LocalError } from '#main/data/local/error.ts';
import { localDb } from '#main/data/local/query.ts';
import { createRouter } from '#main/transport/router.ts';
import { findingKey, isGrave } from '#shared/domain/prescribing/override.ts';
import { prescribed } from '#tests/support/api-examples.ts';
import { type ApiHost, openApiHost } from '#tests/support/api-host.ts';
import { amoxicillin, someAllergy } from '#tests/support/clinical-samples.ts';
import { type Clinic, habimana, mutesi, openClinic, pin, site, uwase } from '#tests/support/core-clinic.ts';

/** Called once after the call of that name was answered. */
let after: { readonly name: string; readonly act: () => unknown } | null = null;
/** What a call waits for. */
let before: { readonly name: string; readonly ready: Promise<unknown> } | null = null;
let calls: string[] = [];

let clinic: Clinic;
let api: ApiHost;
let token: string;
beforeAll(async () => {
  clinic = openClinic({
    route: (deps) => {
      const dispatch = createRouter(deps);
      return async (name, input, connection) => {
        calls.push(name);
        if (before?.name === name) await before.ready;
        const reply = await dispatch(name, input, connection);
        if (after?.name === name) {
          const { act } = after;
          after = null;
          await act();
        }
        return reply;
      };
    },
  });
  api = await openApiHost({ clinic });
  token = (await api.signIn('reception')).accessToken;
});
afterAll(async () => {
  await api.close();
  await clinic.close();
});
beforeEach(() => {
  [after, before, calls] = [null, null, []];
});

const { store } = { store: () => clinic.temporary.local.store };
const patients = () => store().all(localDb.selectFrom('patient').selectAll());
const path = `/patients/${mutesi.id}`;
const etag = async () => (await api.ask('GET', path, { token })).headers.etag ?? '';
const change = (ifMatch: string, city: string) =>
  api.ask('PUT', path, {
    token,
    headers: { 'if-match': ifMatch },
    body: { family: 'Mutesi', given: 'Chantal', gender: 'female', city },
  });
const cityNow = () => patients().find(({ id }) => id === mutesi.id)?.city;
const write = (values: { readonly city?: string; readonly phone?: string }, id: string = mutesi.id) =>
  store().mutate({ kind: 'test', user: null }, (writer) => writer.update('patient', id, values));

describe('an update', () => {
  it('between whose look and write somebody else writes is looked at again, and refused', async () => {
    const seen = await etag();
    after = { name: 'patients.get', act: () => write({ city: 'Theirs' }) };
    const answer = await change(seen, 'Mine');
    expect([answer.status, answer.body.code]).toEqual([412, 'precondition-failed']);
    expect(cityNow()).toBe('Theirs');
    expect(calls.filter((name) => name === 'patients.get')).toHaveLength(3);
  });

  it('goes through when what was written meanwhile was something else', async () => {
    const seen = await etag();
    after = { name: 'patients.get', act: () => write({ phone: '+250788999999' }, habimana.id) };
    expect((await change(seen, 'Mine')).status).toBe(200);
    expect(cityNow()).toBe('Mine');
  });

  it('of a screen of the same host in between counts too', async () => {
    const seen = await etag();
    const desk = await clinic.signedIn('reception');
    const details = { family: 'Mutesi', given: 'Chantal', gender: 'female' as const, city: 'Desk' };
    after = {
      name: 'patients.get',
      act: () => clinic.get('patients.update', { id: mutesi.id as never, details }, desk),
    };
    expect((await change(seen, 'Mine')).status).toBe(412);
    expect(cityNow()).toBe('Desk');
  });

  it('is made by one of many who send it at once', async () => {
    const seen = await etag();
    const answers = await Promise.all(['A', 'B', 'C', 'D', 'E'].map((city) => change(seen, city)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412, 412, 412, 412]);
    expect(cityNow()).toBe(answers.find(({ status }) => status === 200)?.body.city);
  });

  it('takes a strong ETag of what is there, or a star; nothing else', async () => {
    const seen = await etag();
    expect((await change(`W/${seen}`, 'X')).status).toBe(412);
    expect((await change(seen.replaceAll('"', ''), 'X')).status).toBe(412);
    expect((await change(`"other", ${seen}`, 'Listed')).status).toBe(200);
    expect((await change('*', 'Star')).status).toBe(200);
  });

  it('of a patient there is none of is not found, whatever ETag is named', async () => {
    const unknown = '/patients/01900000-0000-7000-8000-c00000009999';
    const body = { family: 'A', given: 'B', gender: 'female' };
    for (const ifMatch of ['*', '"x"'])
      expect(
        (await api.ask('PUT', unknown, { token, headers: { 'if-match': ifMatch }, body })).body.code,
      ).toBe('not-found');
  });
});

describe('a representation', () => {
  it('that the caller has is not sent again, until it is another', async () => {
    const seen = await etag();
    const again = () => api.ask('GET', path, { token, headers: { 'if-none-match': `W/${seen}` } });
    const same = await again();
    expect([same.status, same.text, same.headers.etag]).toEqual([304, '', seen]);
    write({ city: 'Elsewhere' });
    expect((await again()).status).toBe(200);
  });

  it('that is changed is told whole, whatever the caller says to have', async () => {
    const seen = await etag();
    const done = await change(seen, 'Whole');
    const again = await api.ask('PUT', path, {
      token,
      headers: { 'if-match': done.headers.etag ?? '', 'if-none-match': '*' },
      body: { family: 'Mutesi', given: 'Chantal', gender: 'female', city: 'Whole' },
    });
    expect([again.status, again.body.city]).toEqual([200, 'Whole']);
  });

  it('has the same headers when only those are asked for', async () => {
    const [whole, head] = [await api.ask('GET', path, { token }), await api.ask('HEAD', path, { token })];
    expect([head.status, head.text, head.headers.etag]).toEqual([200, '', whole.headers.etag]);
  });
});

describe('a request that names itself', () => {
  let n = 0;
  const newKey = () => {
    n += 1;
    return `key-${n}`;
  };
  const register = (key: string, family: string, asked = token) =>
    api.ask('POST', '/patients', {
      token: asked,
      headers: { 'idempotency-key': key },
      body: { family, given: 'Ange', gender: 'female', notADuplicate: true },
    });
  const named = (family: string) => patients().filter((one) => one.family === family);

  it('is done once and answered the same each time', async () => {
    const key = newKey();
    const first = await register(key, 'Once');
    const second = await register(key, 'Once');
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.text).toBe(first.text);
    expect(second.headers.location).toBe(first.headers.location);
    expect(named('Once')).toHaveLength(1);
  });

  it('with something else under the same key is refused', async () => {
    const key = newKey();
    await register(key, 'First');
    expect((await register(key, 'Second')).body).toMatchObject({ status: 422, code: 'key-reused' });
    expect(named('Second')).toEqual([]);
  });

  it('while it is being worked on is told so, and done once', async () => {
    const key = newKey();
    const ready = Promise.withResolvers<void>();
    before = { name: 'patients.register', ready: ready.promise };
    const first = register(key, 'Slow');
    await expect.poll(() => calls).toContain('patients.register');
    expect((await register(key, 'Slow')).body).toMatchObject({ status: 409, code: 'key-running' });
    expect((await register(key, 'Quick')).body).toMatchObject({ status: 422, code: 'key-reused' });
    ready.resolve();
    expect((await first).status).toBe(201);
    expect(named('Slow')).toHaveLength(1);
    expect((await register(key, 'Slow')).text).toBe((await first).text);
  });

  it('of another account is another request, even under the same key', async () => {
    const key = newKey();
    const other = (await api.signIn('nurse')).accessToken;
    const [mine, theirs] = [await register(key, 'Shared'), await register(key, 'Shared', other)];
    expect(mine.body.id).not.toBe(theirs.body.id);
    expect(named('Shared')).toHaveLength(2);
  });

  it('and was refused is heard anew', async () => {
    const key = newKey();
    const send = (notADuplicate: boolean) =>
      api.ask('POST', '/patients', {
        token,
        headers: { 'idempotency-key': key },
        body: { family: 'Habimana', given: 'Jean', gender: 'male', birthDate: '1985-02-03', notADuplicate },
      });
    expect((await send(false)).body).toMatchObject({ status: 409, code: 'duplicate' });
    expect((await send(true)).status).toBe(201);
  });

  it('is kept over a start, and for a day', async () => {
    const key = newKey();
    const first = await register(key, 'Kept');
    const started = openClinic({ store: store(), clock: clinic.clock });
    const again = await openApiHost({ clinic: started });
    const { accessToken } = await again.signIn('reception');
    const asked = {
      token: accessToken,
      headers: { 'idempotency-key': key },
      body: { family: 'Kept', given: 'Ange', gender: 'female', notADuplicate: true },
    };
    expect((await again.ask('POST', '/patients', asked)).text).toBe(first.text);
    clinic.clock.at += 24 * 3_600_000 + 1;
    const later = await again.signIn('reception');
    expect((await again.ask('POST', '/patients', { ...asked, token: later.accessToken })).body.id).not.toBe(
      first.body.id,
    );
    await again.close();
    await started.close();
    token = (await api.signIn('reception')).accessToken;
    await clinic.core.programs(({ answers }) => answers.sweep());
    expect(store().all(localDb.selectFrom('kept_answer').select('written_at'))).toHaveLength(1);
  });

  it('whose answer was lost with the process is not done again', async () => {
    const key = newKey();
    await register(key, 'Lost');
    const [row] = store().all(
      localDb.selectFrom('kept_answer').selectAll().orderBy('written_at', 'desc').limit(1),
    );
    if (row === undefined) throw new Error('nothing kept');
    store().mutate({ kind: 'test', user: null }, (writer) =>
      writer.keep('kept_answer', { ...row, answer: null }),
    );
    expect((await register(key, 'Lost')).body).toMatchObject({ status: 409, code: 'answer-lost' });
    expect(named('Lost')).toHaveLength(1);
  });

  it('is written down in the transaction of what it does', async () => {
    const key = newKey();
    const { commits } = await clinic.core.programs((services) => ({ commits: services.commits() }));
    const rows: unknown[] = [];
    after = {
      name: 'patients.register',
      act: () =>
        rows.push(...store().all(localDb.selectFrom('kept_answer').selectAll().where('answer', 'is', null))),
    };
    await register(key, 'Atomic');
    expect(rows).toHaveLength(2);
    expect(await clinic.core.programs((services) => services.commits())).toBe(commits + 1);
  });

  it('and the state it changes is noted in the transaction of what it does, too', async () => {
    const booked = await api.ask('POST', '/appointments', {
      token,
      body: {
        patientId: mutesi.id,
        practitionerId: uwase.id,
        locationId: site.id,
        startLocal: '2026-12-21T09:00',
        minutes: 15,
        request: true,
      },
    });
    expect(booked.status).toBe(201);
    const doctor = (await api.signIn('doctor')).accessToken;
    const at = `/appointments/${booked.body.appointment.id}`;
    const seen = await api.ask('GET', at, { token: doctor });
    const rows: unknown[] = [];
    after = {
      name: 'appointments.accept',
      act: () =>
        rows.push(...store().all(localDb.selectFrom('kept_answer').selectAll().where('answer', 'is', null))),
    };
    const before =
      rows.length +
      store().all(localDb.selectFrom('kept_answer').selectAll().where('answer', 'is', null)).length;
    const headers = { 'idempotency-key': newKey(), 'if-match': seen.headers.etag ?? '' };
    const accept = () => api.ask('POST', `${at}/accept`, { token: doctor, headers });
    const first = await accept();
    expect(first.status).toBe(200);
    expect(rows).toHaveLength(before + 1);
    // The ETag is no longer true; the request is the same one.
    expect((await accept()).text).toBe(first.text);
    const stale = { 'idempotency-key': newKey(), 'if-match': seen.headers.etag ?? '' };
    expect((await api.ask('POST', `${at}/accept`, { token: doctor, headers: stale })).status).toBe(412);
  });

  it('whose answer finds no room is answered all the same, and said to be lost from then on', () => {
    const full = () => {
      throw new LocalError('disk-full', 'No room.');
    };
    const answers = createKeptAnswers({ store: { ...store(), keepSoon: full }, clock: clinic.clock });
    const request = { accountId: mutesi.id, key: newKey(), request: 'x' };
    expect(answers.begin(request)).toEqual({ is: 'new' });
    store().mutate({ kind: 'test', user: null }, (writer) => answers.note(request, writer));
    answers.finish(request, {}, 'done');
    expect(answers.begin(request)).toEqual({ is: 'lost' });
  });

  it.each(['', 'x'.repeat(201), 'a b', 'é'])('under a key like %j is refused', async (key) => {
    const answer = await register(key, 'Never');
    expect(answer.body.errors).toEqual([{ in: 'header', pointer: '#/Idempotency-Key', code: 'invalid' }]);
    expect(named('Never')).toEqual([]);
  });
});

describe('what is signed with the PIN, which takes a moment to look at', () => {
  let doctor: string;
  let wish: { readonly patientId: string; readonly prescription: object };
  let signing: object;
  beforeAll(async () => {
    doctor = (await api.signIn('doctor')).accessToken;
    store().mutate({ kind: 'test', user: null }, (writer) => {
      writer.insert('medicine', amoxicillin);
      writer.insert('allergy_intolerance', someAllergy({ patient_id: mutesi.id, substance: 'Penicillin V' }));
    });
    const prescription = {
      ...prescribed,
      medicineId: amoxicillin.id,
      medication: 'Amoxicillin',
      frequency: 'TDS',
      quantity: '15',
    };
    wish = { patientId: mutesi.id, prescription };
    const draft = {
      name: 'Amoxicillin',
      ingredients: [{ key: 'amoxicillin', name: 'Amoxicillin', value: '500', unit: 'mg' }],
      unitOfDose: 'capsule',
      doseValue: '500',
      doseUnit: 'mg',
      route: 'oral',
      frequency: 'TDS',
      asNeeded: false,
      maxPerDay: null,
    };
    const { findings } = await clinic.get(
      'safety.check',
      { patientId: mutesi.id as never, draft },
      await clinic.signedIn('doctor'),
    );
    const grave = findings.filter(isGrave);
    expect(grave.length).toBeGreaterThan(0);
    const overrides = grave.map((finding) => ({
      line: 0,
      finding: findingKey(finding),
      reasonCode: 'no-alternative',
      reason: '',
    }));
    signing = { overrides, pin };
  });

  const prescribe = (more: object = {}, key = '') =>
    api.ask('POST', '/prescriptions', {
      token: doctor,
      body: { ...wish, ...signing, ...more },
      ...(key === '' ? {} : { headers: { 'idempotency-key': key } }),
    });
  /** Does something while the PIN is being looked at. */
  const meanwhile = (act: () => unknown) => {
    const local = store();
    const { mutate } = local;
    const spy = vi.spyOn(local, 'mutate').mockImplementation((header, work) => {
      const done = mutate(header, work);
      if (header.kind === 'session.pin') {
        spy.mockRestore();
        act();
      }
      return done as never;
    });
  };

  it('is refused when somebody else changed it in that moment', async () => {
    const made = await prescribe();
    expect(made.status, made.text).toBe(201);
    const at = `/prescriptions/${made.body.id}`;
    const seen = await api.ask('GET', at, { token: doctor });
    const other = 'b0000000-0000-4000-8000-000000000001';
    meanwhile(() =>
      store().mutate({ kind: 'test', user: null }, (writer) => {
        const row = writer.get(
          localDb.selectFrom('medication_request').selectAll().where('id', '=', made.body.id),
        );
        if (row === undefined) throw new Error('no prescription');
        writer.insert('medication_request', {
          ...row,
          id: other,
          parent_id: row.id,
          note: 'Theirs',
        } as never);
      }),
    );
    const changed = await api.ask('PUT', at, {
      token: doctor,
      headers: { 'if-match': seen.headers.etag ?? '' },
      body: { kind: 'change', prescription: { ...wish.prescription, note: 'Mine' }, ...signing },
    });
    expect([changed.status, changed.body.code], changed.text).toEqual([409, 'changed-meanwhile']);
    expect((await api.ask('GET', at, { token: doctor })).body.note).toBe('Theirs');
  });

  it('is looked at again when anything else of what was seen is another by then', async () => {
    const made = await prescribe();
    const at = `/prescriptions/${made.body.id}`;
    const seen = await api.ask('GET', at, { token: doctor });
    meanwhile(() =>
      store().mutate({ kind: 'test', user: null }, (writer) =>
        writer.update('practitioner', uwase.id, { family: 'Renamed' }),
      ),
    );
    const changed = await api.ask('PUT', at, {
      token: doctor,
      headers: { 'if-match': seen.headers.etag ?? '' },
      body: { kind: 'change', prescription: wish.prescription, ...signing },
    });
    expect([changed.status, changed.body.code], changed.text).toEqual([412, 'precondition-failed']);
  });

  it('is not noted as done before it is', async () => {
    const rows: unknown[] = [];
    meanwhile(() =>
      rows.push(...store().all(localDb.selectFrom('kept_answer').selectAll().where('answer', 'is', null))),
    );
    const before = store().all(
      localDb.selectFrom('kept_answer').selectAll().where('answer', 'is', null),
    ).length;
    expect((await prescribe({}, 'pin-first')).status).toBe(201);
    expect(rows).toHaveLength(before);
  });

  it('with a wrong PIN is heard anew under the same key', async () => {
    const refused = await prescribe({ pin: '1357' }, 'pin-wrong');
    expect(refused.body).toMatchObject({ code: 'wrong-pin' });
    expect((await prescribe({}, 'pin-wrong')).status).toBe(201);
  });
});

describe('a list', () => {
  it('comes a page at a time, each with the way to the next', async () => {
    for (let n = 0; n < 5; n += 1)
      await api.ask('POST', '/patients', {
        token,
        body: { family: 'Pagewise', given: `N${'abcde'[n]}`, gender: 'female', notADuplicate: true },
      });
    const ids: string[] = [];
    let next: string | null = '/api/v1/patients?text=Pagewise&limit=2';
    let pages = 0;
    while (next !== null) {
      const answer = await api.ask('GET', `/${next}`, { token });
      ids.push(...answer.body.items.map(({ id }: { id: string }) => id));
      next = answer.body.next;
      expect(answer.headers.link).toBe(next === null ? undefined : `<${next}>; rel="next"`);
      pages += 1;
    }
    expect(pages).toBe(3);
    expect(new Set(ids).size).toBe(5);
  });

  it('takes no cursor of another list, of other filters, or that somebody made up', async () => {
    const first = await api.ask('GET', '/patients?text=Pagewise&limit=2', { token });
    const cursor = new URL(first.body.next, api.host.url).searchParams.get('cursor') ?? '';
    const invented = Buffer.from(JSON.stringify(['x', 2])).toString('base64url');
    const [list] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const moved = Buffer.from(JSON.stringify([list, -5])).toString('base64url');
    for (const path of [
      `/patients?text=Other&cursor=${cursor}`,
      `/practitioners?cursor=${cursor}`,
      `/patients?text=Pagewise&cursor=${invented}`,
      `/patients?text=Pagewise&cursor=${moved}`,
      `/patients?text=Pagewise&cursor=${cursor}x%20`,
    ])
      expect((await api.ask('GET', path, { token })).status).toBe(422);
    expect((await api.ask('GET', `/patients?text=Pagewise&limit=3&cursor=${cursor}`, { token })).status).toBe(
      200,
    );
  });
});
