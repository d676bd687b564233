import { createHash } from 'node:crypto';
import type { SentMutation } from '#main/data/central/centre.ts';
import { practitionerLocationId } from '#shared/domain/clinic/practice.ts';
import { schemaVersion, type TableName } from '#shared/sync/catalogue.ts';
import type { Cell, Cells, MutationChange } from '#shared/sync/wire.ts';
import { someAppointment, someLocation, somePatient, somePractitioner } from '#tests/support/sync-local.ts';
import { newUuid, type Random } from '../random.ts';
import type { ModelState } from './state.ts';

/** Random mutations, sound and unsound, over the rows a centre has: what the model and PostgreSQL must agree about. */

const at = '2026-11-23T08:00:00.000Z';

/** The rows every script begins with, parents first. */
export const firstRows = (random: Random): readonly (readonly [TableName, Cells])[] => {
  const id = () => newUuid(random);
  const site = someLocation({ id: id() });
  const other = someLocation({ id: id(), name: 'Harbour' });
  const room = someLocation({ id: id(), kind: 'room', part_of: site.id, name: 'Room 1' });
  const practitioners = [somePractitioner({ id: id() }), somePractitioner({ id: id() })];
  const account = {
    id: id(),
    username: 'anna',
    display_name: 'Anna',
    role: 'reception',
    password_hash: 'x',
    active: 1,
  };
  const patients = Array.from({ length: 6 }, (_, index) => {
    const location_id = [null, site.id, other.id][index % 3] ?? null;
    return somePatient({ id: id(), mrn: `M-${index}`, location_id });
  });
  return [
    ['location', site],
    ['location', other],
    ['location', room],
    ...practitioners.map((row) => ['practitioner', row] as const),
    ['staff_account', account],
    ...patients.map((row) => ['patient', row] as const),
  ];
};

const slot = (index: number): Cells => {
  const start = Date.parse('2026-12-01T08:00:00.000Z') + index * 900_000;
  const iso = (instant: number) => new Date(instant).toISOString();
  return {
    start_at: iso(start),
    end_at: iso(start + 900_000),
    start_local: iso(start + 3_600_000).slice(0, 16),
  };
};

export interface ScriptContext {
  readonly random: Random;
  readonly state: ModelState;
}

type Make = (context: ScriptContext) => MutationChange | null;

const idsOf = ({ state }: ScriptContext, tbl: TableName): readonly string[] =>
  [...(state.rows.get(tbl)?.keys() ?? [])].sort();

const anId = (context: ScriptContext, tbl: TableName): string | null => {
  const ids = idsOf(context, tbl);
  return ids.length === 0 ? null : context.random.pick(ids);
};

const insert = (tbl: TableName, values: Cells): MutationChange => ({
  tbl,
  op: 'insert',
  pk: String(values.id),
  base: 0,
  values,
});

/** An update made on the present version or on an earlier one. */
const update = (context: ScriptContext, tbl: TableName, values: Cells): MutationChange | null => {
  const pk = anId(context, tbl);
  if (pk === null) return null;
  const version = context.state.rows.get(tbl)?.get(pk)?.version ?? 1;
  const base = context.random.chance(0.5) ? version : context.random.between(0, version);
  return { tbl, op: 'update', pk, base, values };
};

const word = (random: Random): string => `w${random.between(1, 99)}`;

const voided = (context: ScriptContext): Cells => ({
  voided_at: at,
  voided_by: anId(context, 'staff_account'),
  void_reason: context.random.chance(0.3) ? 'fork-settled' : word(context.random),
});

const makers: readonly Make[] = [
  ({ random }) => insert('patient', somePatient({ id: newUuid(random), mrn: `M-${random.between(0, 60)}` })),
  (context) => {
    const columns = ['phone', 'city', 'email', 'given'] as const;
    const picked = columns.filter(() => context.random.chance(0.5));
    return update(
      context,
      'patient',
      Object.fromEntries(picked.map((column) => [column, word(context.random)])),
    );
  },
  (context) =>
    update(context, 'patient', { merged_into: context.random.chance(0.4) ? null : anId(context, 'patient') }),
  (context) => {
    const { random } = context;
    const needed = {
      patient_id: String(anId(context, 'patient')),
      practitioner_id: String(anId(context, 'practitioner')),
      location_id: String(anId(context, 'location')),
    };
    const room_id = random.chance(0.3) ? anId(context, 'location') : null;
    const more = {
      id: newUuid(random),
      room_id,
      overbooked: random.chance(0.1) ? (1 as const) : (0 as const),
    };
    return insert('appointment', {
      ...someAppointment({ ...needed, ...more }),
      ...slot(random.between(0, 4)),
    });
  },
  (context) => update(context, 'appointment', slot(context.random.between(0, 4))),
  (context) =>
    update(context, 'appointment', {
      ...slot(context.random.between(0, 4)),
      needs_rebooking: 0,
      status: 'booked',
    }),
  (context) => {
    const status = context.random.pick(['cancelled', 'arrived', 'booked', 'noshow']);
    return update(context, 'appointment', { status, description: word(context.random) });
  },
  (context) =>
    update(context, 'patient', {
      location_id: context.random.chance(0.2) ? null : anId(context, 'location'),
    }),
  (context) => update(context, 'appointment', { location_id: anId(context, 'location') }),
  (context) => {
    const { random } = context;
    const location_id = random.chance(0.3) ? null : anId(context, 'location');
    const merged_into = random.chance(0.1) ? anId(context, 'patient') : null;
    return insert(
      'patient',
      somePatient({ id: newUuid(random), mrn: newUuid(random), location_id, merged_into }),
    );
  },
  // Somebody leaves or a place closes, seldom enough for the rest to be booked.
  (context) => {
    const table = context.random.pick(['practitioner', 'location'] as const);
    return update(context, table, { active: context.random.chance(0.2) ? 0 : 1 });
  },
  (context) => {
    const practitioner_id = anId(context, 'practitioner');
    const location_id = anId(context, 'location');
    const id = practitionerLocationId(String(practitioner_id), String(location_id));
    const active = context.random.chance(0.2) ? 0 : 1;
    return insert('practitioner_location', { id, practitioner_id, location_id, active });
  },
  (context) => update(context, 'task', { status: 'completed', completed_at: at }),
  (context) => {
    const resolution = context.random.pick(['kept', 'attempted', 'edited']);
    return update(context, 'conflict', { status: 'settled', resolution, resolved_at: at });
  },
  (context) => {
    const patient_id = anId(context, 'patient');
    const id = newUuid(context.random);
    const substance = word(context.random);
    const codes = { clinical_status: 'active', verification_status: 'confirmed' };
    return insert('allergy_intolerance', { id, patient_id, substance, ...codes, recorded_at: at });
  },
  (context) => update(context, 'allergy_intolerance', { note: word(context.random), criticality: 'high' }),
  (context) => update(context, 'allergy_intolerance', voided(context)),
  (context) => {
    const id = newUuid(context.random);
    const parent = context.random.chance(0.7) ? anId(context, 'composition') : null;
    const held = context.state.rows.get('composition')?.get(parent ?? '');
    const patient_id =
      held !== undefined && context.random.chance(0.8) ? held.cells.patient_id : anId(context, 'patient');
    const body = word(context.random);
    return insert('composition', {
      id,
      patient_id: patient_id ?? null,
      parent_id: parent,
      title: 'Note',
      body,
      status: 'final',
      created_at: at,
    });
  },
  (context) => update(context, 'composition', voided(context)),
  (context) => update(context, 'composition', { body: 'rewritten' }),
  (context) => {
    const id = newUuid(context.random);
    const patient_id = anId(context, 'patient');
    return insert('observation', {
      id,
      patient_id,
      code: '8867-4',
      value: context.random.pick(['72', '72.50', 'none']),
      corrects: context.random.chance(0.3) ? anId(context, 'observation') : null,
      status: 'final',
      effective_at: at,
      recorded_at: at,
    });
  },
  (context) => update(context, 'observation', { value: '1' }),
  ({ random, state }) => {
    // One of two rows, inserted again and again.
    const account = [...(state.rows.get('staff_account')?.keys() ?? [])][0] ?? null;
    const key = random.pick(['theme', 'language']);
    const id = `00000000-0000-7000-8000-00000000000${key === 'theme' ? 1 : 2}`;
    return insert('preference', { id, account_id: account, key, value: word(random) });
  },
  (context) => update(context, 'preference', { value: word(context.random) }),
  (context) => {
    const id = newUuid(context.random);
    const status = context.random.pick(['draft', 'issued']);
    const fixed = { series: 'A', provisional_number: word(context.random), currency: 'EUR', total: 2500 };
    return insert('invoice', { id, patient_id: anId(context, 'patient'), status, ...fixed, created_at: at });
  },
  (context) =>
    update(context, 'invoice', { status: context.random.pick(['issued', 'balanced', 'cancelled']) }),
  (context) => update(context, 'invoice', { total: context.random.between(1, 3) }),
  ({ random }) =>
    insert('audit_event', {
      id: newUuid(random),
      recorded_at: at,
      action: 'E',
      event: 'x',
      outcome: 'success',
    }),
];

/** Makes a sound change into one the centre must refuse. */
const spoilt = (random: Random, change: MutationChange): MutationChange => {
  const values = change.values;
  return random.pick([
    { ...change, tbl: 'sync_device' },
    { ...change, values: { ...values, nothing: 1 } },
    { ...change, pk: newUuid(random) },
    { ...change, values: { ...values, status: 'impossible' } },
    { ...change, values: { ...values, patient_id: newUuid(random) } },
    { ...change, values: { ...values, family: '' } },
    { ...change, values: { ...values, birth_date: '2026-02-31' } },
    { ...change, values: { ...values, row_version: 7 } },
  ]);
};

const changesOf = (context: ScriptContext): readonly MutationChange[] => {
  const { random } = context;
  const changes: MutationChange[] = [];
  for (let left = random.pick([1, 1, 1, 2, 3]); left > 0; left -= 1) {
    const change = random.pick(makers)(context);
    if (change === null) continue;
    changes.push(random.chance(0.08) ? spoilt(random, change) : change);
  }
  return changes;
};

export const sent = (n: number, payload: string): SentMutation => ({
  n,
  payload,
  hash: createHash('sha256').update(payload).digest('hex'),
});

/** The next mutation of a workstation. */
export const nextMutation = (context: ScriptContext, n: number): SentMutation => {
  const { random } = context;
  const document = {
    id: newUuid(random),
    kind: 'script',
    ...(random.chance(0.5) ? { schema: random.chance(0.05) ? 9 : random.between(2, schemaVersion) } : {}),
    ...(random.chance(0.1) ? { common: random.between(0, context.state.seq) } : {}),
    user: anId(context, 'staff_account'),
    at: new Date(Date.parse(at) + random.between(-9, 9) * 86_400_000).toISOString(),
    changes: changesOf(context),
  };
  return sent(n, JSON.stringify(document));
};

/** Values that are made of the centre's clock, or that it writes as JSON text. */
export const comparable = (
  tbl: string,
  cells: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => {
  const clocks = { task: ['created_at'], conflict: ['created_at', 'kept_at', 'attempted_at'] }[tbl] ?? [];
  return Object.fromEntries(
    Object.entries(cells).map(([column, value]) => {
      if (clocks.includes(column)) return [column, value === null ? null : 'some time'];
      const json = tbl === 'conflict' && (column === 'attempted' || column === 'kept') && value !== null;
      return [column, json ? (JSON.parse(String(value)) as Cell) : value];
    }),
  );
};
