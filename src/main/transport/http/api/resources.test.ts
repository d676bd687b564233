import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '#shared/contract/permissions.ts';
import { instant } from '#shared/kernel/clock.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { examples, monday, nobodys, seeded } from '#tests/support/api-examples.ts';
import { type ApiWorld, openApiWorld, patientToken } from '#tests/support/api-world.ts';
import { habimana, mutesi, now, pin, site, uwase } from '#tests/support/core-clinic.ts';
import { strangerEmail } from '#tests/support/core-panel.ts';
import { release } from '#tests/support/panel-chart.ts';
import { operations } from './operations.ts';

let world: ApiWorld;
beforeAll(async () => {
  world = await openApiWorld();
});
afterAll(() => world.api.close());

const ask = (as: Role, method: string, path: string, body?: unknown, etag?: string) =>
  world.api.ask(method, path, {
    token: world.token(as),
    ...(body === undefined ? {} : { body }),
    headers: { ...(etag === undefined ? {} : { 'if-match': etag }) },
  });
const etagOf = async (as: Role, path: string) => (await ask(as, 'GET', path)).headers.etag ?? '';

const booking = (startLocal: string, more: object = {}) => ({
  patientId: habimana.id,
  practitionerId: uwase.id,
  locationId: site.id,
  startLocal,
  minutes: 30,
  ...more,
});
const book = async (startLocal: string, more: object = {}) => {
  const made = await ask('reception', 'POST', '/appointments', booking(startLocal, more));
  expect(made.status, made.text).toBe(201);
  return made.body.appointment.id as string;
};

/** Every item of a list, as its own links lead on. */
const follow = async (as: Role, path: string): Promise<{ readonly id: string }[]> => {
  const items: { readonly id: string }[] = [];
  for (let next: string | null = path; next !== null; ) {
    const page = await ask(as, 'GET', next);
    expect(page.status, page.text).toBe(200);
    items.push(...page.body.items);
    expect(page.headers.link ?? null).toBe(
      page.body.next === null ? null : `<${page.body.next}>; rel="next"`,
    );
    next = page.body.next?.replace('/api/v1', '') ?? null;
  }
  return items;
};

describe('appointments', () => {
  it('are listed a page at a time, by what is asked', async () => {
    const ids: string[] = [];
    for (const time of ['08:00', '08:30', '09:00', '09:30', '10:00'])
      ids.push(await book(`2026-11-24T${time}`, { patientId: time < '09:00' ? mutesi.id : habimana.id }));
    const days = 'from=2026-11-24&until=2026-11-24&limit=2';
    const listed = async (more: string) =>
      (await follow('nurse', `/appointments?${days}${more}`)).map(({ id }) => id);
    expect(await listed('')).toEqual(ids);
    expect(await listed('&order=desc')).toEqual(ids.toReversed());
    expect(await listed(`&patientId=${mutesi.id}`)).toEqual(ids.slice(0, 2));
    expect(await listed('&status=cancelled,noshow')).toEqual([]);
  });

  it('do not take a time twice, unless somebody says why', async () => {
    await book('2026-11-25T08:00');
    const again = booking('2026-11-25T08:00', { patientId: mutesi.id });
    const refused = await ask('reception', 'POST', '/appointments', again);
    expect([refused.status, refused.body.code]).toEqual([409, 'slot-taken']);
    const over = { ...again, overbook: { reason: 'Fever' } };
    expect((await ask('nurse', 'POST', '/appointments', over)).body.code).toBe('not-permitted');
    expect((await ask('reception', 'POST', '/appointments', over)).body.appointment.overbooked).toBe(true);
  });

  it('are moved by one of two who saw the same', async () => {
    const path = `/appointments/${await book('2026-11-25T09:00')}`;
    const etag = await etagOf('reception', path);
    const moves = await Promise.all(
      ['2026-11-25T10:00', '2026-11-25T11:00'].map((startLocal) =>
        ask('reception', 'PATCH', path, { startLocal }, etag),
      ),
    );
    expect(moves.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    const moved = moves.find(({ status }) => status === 200);
    const there = await ask('reception', 'GET', path);
    expect(there.body.startLocal).toBe(moved?.body.appointment.startLocal);
    expect(there.body.minutes).toBe(30);
  });

  it('asked for are accepted, rejected, or given another time that the desk then books', async () => {
    const wanted = await book('2026-11-25T12:00', { request: true });
    const proposed = await ask('doctor', 'POST', `/appointments/${wanted}/reschedule`, {
      startLocal: '2026-11-25T13:00',
    });
    expect(proposed.body.appointment).toMatchObject({ participantStatus: 'tentative' });
    expect(proposed.body.appointment.proposedStartAt).toBe('2026-11-25T11:00:00.000Z');
    const path = `/appointments/${wanted}`;
    const moved = await ask(
      'reception',
      'PATCH',
      path,
      { startLocal: '2026-11-25T13:00' },
      await etagOf('reception', path),
    );
    expect(moved.body.appointment).toMatchObject({ status: 'booked', startLocal: '2026-11-25T13:00' });
    const other = await book('2026-11-25T14:00', { request: true });
    const accepted = await ask('doctor', 'POST', `/appointments/${other}/accept`);
    expect(accepted.body.appointment).toMatchObject({ status: 'booked', participantStatus: 'accepted' });
    expect((await ask('doctor', 'POST', `/appointments/${other}/reject`, { reason: 'x' })).body.code).toBe(
      'changed-meanwhile',
    );
  });

  it('are cancelled and stay on record', async () => {
    const path = `/appointments/${await book('2026-11-25T15:00')}`;
    const etag = await etagOf('reception', path);
    const gone = await ask('reception', 'DELETE', path, { reason: 'Feels well' }, etag);
    expect(gone.body.appointment).toMatchObject({ status: 'cancelled', cancelReason: 'Feels well' });
    const again = await ask('reception', 'POST', `${path}/cancel`, { reason: 'Once more' });
    expect([again.status, again.body.code]).toEqual([409, 'changed-meanwhile']);
  });

  it('are no part of an availability, only their times', async () => {
    await book('2026-11-26T08:00', { description: 'A secret' });
    const week = await ask('cashier', 'GET', `/practitioners/${uwase.id}/availability?from=2026-11-26`);
    expect(week.body.days[0]).toMatchObject({
      date: '2026-11-26',
      hours: [{ startTime: '08:00', endTime: '16:00' }],
      busy: [{ startLocal: '2026-11-26T08:00', minutes: 30 }],
    });
    for (const word of ['Habimana', habimana.id, 'secret']) expect(week.text).not.toContain(word);
    const slots = await ask(
      'cashier',
      'GET',
      `/slots?practitionerId=${uwase.id}&from=2026-11-26T05:00:00.000Z&limit=1`,
    );
    expect(slots.body.items).toMatchObject([{ startLocal: '2026-11-26T08:30' }]);
  });
});

describe('prescriptions', () => {
  it('are changed by another version, and ended by one', async () => {
    const body = (await examples.createPrescription?.request(world))?.body as {
      readonly prescription: object;
    };
    const { prescription } = body;
    const made = await ask('doctor', 'POST', '/prescriptions', body);
    const path = `/prescriptions/${made.body.id}`;
    const changed = await ask(
      'doctor',
      'PUT',
      path,
      { kind: 'change', prescription: { ...prescription, doseValue: '1000' }, pin },
      await etagOf('doctor', path),
    );
    expect(changed.status, changed.text).toBe(200);
    expect((await ask('pharmacist', 'GET', path)).body).toMatchObject({
      id: changed.body.id,
      doseValue: '1000',
    });
    const ended = await ask('doctor', 'DELETE', path, { reason: 'Better' }, await etagOf('doctor', path));
    expect(ended.body, ended.text).toMatchObject({ state: 'stopped', stateReason: 'Better' });
    const { versions } = (await ask('pharmacist', 'GET', `${path}/versions`)).body;
    expect(versions.map(({ doseValue }: { readonly doseValue: string }) => doseValue)).toEqual([
      '1000',
      '1000',
      '500',
    ]);
    const after = await ask(
      'doctor',
      'PUT',
      path,
      { kind: 'change', prescription, pin },
      await etagOf('doctor', path),
    );
    expect([after.status, after.body.code]).toEqual([409, 'changed-meanwhile']);
    const ofPatient = `/prescriptions?patientId=${made.body.patientId}`;
    expect(await follow('doctor', ofPatient)).toEqual([]);
    expect((await follow('doctor', `${ofPatient}&state=past`)).length).toBe(1);
  });
});

describe('a chart that is restricted', () => {
  const charted = operations.filter(({ tag }) => tag === 'Health records' || tag === 'Prescriptions');
  const named = charted.filter(
    ({ params, query, id }) =>
      'patientId' in params.shape ||
      'patientId' in query.shape ||
      ['createPrescription', 'createResult'].includes(id),
  );

  it('is closed to whoever has nothing to do with the patient', async () => {
    world.api.clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
      writer.insert('flag', {
        ...blank('flag'),
        id: '01900000-0000-7000-8000-f40000000001',
        patient_id: mutesi.id,
        category: 'restricted',
        text: 'Known here',
        created_at: instant(now),
      }),
    );
    expect(named.length).toBeGreaterThan(12);
    const { accessToken: token } = await world.api.signIn('elsewhere');
    for (const operation of named) {
      const { params, query, body } = (await examples[operation.id]?.request(world)) ?? {};
      const of = { patientId: mutesi.id };
      const answer = await world.send(
        operation,
        {
          ...(params === undefined ? {} : { params: { ...params, ...('patientId' in params ? of : {}) } }),
          ...(query === undefined ? {} : { query: { ...query, ...of } }),
          ...(body === undefined ? {} : { body: { ...body, ...('patientId' in body ? of : {}) } }),
        },
        { token, headers: { 'if-match': '*' } },
      );
      // Who prescribes nothing is told that first.
      const codes = operation.id === 'createPrescription' ? ['restricted', 'not-permitted'] : ['restricted'];
      expect(codes, `${operation.id}: ${answer.text}`).toContain(answer.body?.code);
    }
  });
});

describe('a patient', () => {
  it('gets those it looks after, and of appointments none but theirs', async () => {
    const people = await ask('patient', 'GET', '/patients');
    expect(people.body.items).toMatchObject([
      { patientId: habimana.id, approved: true },
      { patientId: mutesi.id, approved: false },
    ]);
    const mine = await book('2026-11-27T08:00');
    const childs = await book('2026-11-27T08:30', { patientId: mutesi.id });
    const listed = await follow('patient', '/appointments');
    expect(listed.map(({ id }) => id)).toContain(mine);
    expect(new Set(listed.map((one) => (one as unknown as { patientId: string }).patientId))).toEqual(
      new Set([habimana.id]),
    );
    expect((await ask('patient', 'GET', `/appointments/${childs}`)).body.patientId).toBe(mutesi.id);
    const other = await patientToken(world.api, strangerEmail);
    const answers = [mine, '01900000-0000-7000-8000-ffffffffffff'].map((id) =>
      world.api.ask('GET', `/appointments/${id}`, { token: other }),
    );
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([404, 404]);
  });

  it('reads no chart before the clinic has said whose it is', async () => {
    for (const kind of ['encounters', 'notes', 'observations', 'conditions', 'allergies', 'results'])
      expect((await ask('patient', 'GET', `/patients/${mutesi.id}/${kind}`)).body, kind).toMatchObject({
        status: 403,
        code: 'not-approved',
      });
  });

  it('is told of a kind that the clinic does not show, and not of what there is of it', async () => {
    release(world.api.clinic, 'notes', 'never');
    const paths = [`/patients/${habimana.id}/notes`, `/notes/${seeded.note}`, `/notes/${nobodys}`];
    for (const path of paths) {
      const { code, status, detail } = (await ask('patient', 'GET', path)).body;
      expect([status, code], path).toEqual([403, 'not-released']);
      expect(detail).not.toMatch(/role/);
    }
    release(world.api.clinic, 'notes', 'signed');
    expect((await ask('patient', 'GET', `/notes/${seeded.note}`)).body.title).toBe('Visit');
    // The child's notes are not to be seen either, and are not what is asked for.
    expect((await ask('patient', 'GET', `/notes/${nobodys}`)).body.code).toBe('not-found');
  });

  it('gets the free times of a practitioner, not what fills the others', async () => {
    const days = await ask(
      'patient',
      'GET',
      `/practitioners/${uwase.id}/availability?from=2026-12-02&locationId=${site.id}`,
    );
    expect(days.status, days.text).toBe(200);
    expect(days.body.days.map(({ date }: { date: string }) => date)).toEqual([
      '2026-12-02',
      '2026-12-03',
      '2026-12-04',
      '2026-12-05',
      '2026-12-06',
      '2026-12-07',
      '2026-12-08',
    ]);
    const starts = () => days.body.days[0].free.map((one: { startLocal: string }) => one.startLocal);
    expect(starts()).toContain('2026-12-02T09:00');
    await book('2026-12-02T09:00');
    const after = await ask(
      'patient',
      'GET',
      `/practitioners/${uwase.id}/availability?from=2026-12-02&locationId=${site.id}`,
    );
    expect(after.text).not.toContain('"startLocal":"2026-12-02T09:00"');
    expect(after.text).not.toMatch(/away|busy|hours/);
  });

  it('books without being told that it stands before the centre said so, and no more than the desk allows', async () => {
    const { minutes: _, ...wish } = booking('2026-12-01T09:00', { description: 'Cough' });
    const made = await ask('patient', 'POST', '/appointments', wish);
    expect(made.status, made.text).toBe(201);
    expect(made.body.appointment).toMatchObject({
      state: 'to-be-confirmed',
      reason: 'Cough',
      startLocal: wish.startLocal,
    });
    for (const more of [{ overbook: { reason: 'x' } }, { request: true }, { minutes: 60 }])
      expect((await ask('patient', 'POST', '/appointments', { ...wish, ...more })).body.code).toBe(
        'not-permitted',
      );
    const atDesk = await ask('reception', 'GET', `/appointments/${made.body.appointment.id}`);
    expect(atDesk.body).toMatchObject({ status: 'proposed', certainty: 'provisional' });
    expect((await ask('reception', 'POST', '/appointments', wish)).body).toMatchObject({
      code: 'invalid-input',
      errors: [{ in: 'body', pointer: '#/minutes', code: 'required' }],
    });
  });
});

it('a request that names itself books once, also twice at one moment', async () => {
  const body = booking('2026-11-26T09:00');
  const named = { token: world.token('reception'), body, headers: { 'idempotency-key': 'once' } };
  const both = await Promise.all([1, 2].map(() => world.api.ask('POST', '/appointments', named)));
  expect(both.map(({ status, body: told }) => told?.code ?? status)).toContain(201);
  const day = await follow('reception', '/appointments?from=2026-11-26&until=2026-11-26&limit=50');
  expect(new Set(day.map(({ id }) => id)).size).toBe(day.length);
  expect(day.length).toBe(2);
});

it('the dashboards tell of the same day', async () => {
  const reception = await ask('reception', 'GET', `/dashboards/reception?date=2026-11-24`);
  expect(reception.body).toMatchObject({ date: '2026-11-24', practitioners: 2, counts: { booked: 5 } });
  const day = await ask('doctor', 'GET', '/dashboards/practitioner?date=2026-11-24');
  expect(day.body.appointments.length).toBe(5);
  const overview = await ask('admin', 'GET', '/dashboards/administration');
  expect(overview.body).toMatchObject({ date: monday, all: { booked: 0 } });
});
