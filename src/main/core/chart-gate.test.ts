import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type CallName, contract } from '#shared/contract/contract.ts';
import { defaultRoles, type Role } from '#shared/contract/permissions.ts';
import { blank } from '#shared/sync/catalogue.ts';
import { type Clinic, habimana, now, openClinic } from '#tests/support/core-clinic.ts';
import type { Connection } from './dispatch.ts';

let clinic: Clinic;
let doctor: Connection;
let nurse: Connection;
beforeAll(async () => {
  clinic = openClinic();
  doctor = await clinic.signedIn('doctor');
  nurse = await clinic.signedIn('nurse');
  clinic.temporary.local.store.mutate({ kind: 'test', user: null }, (writer) =>
    writer.insert('flag', {
      ...blank('flag'),
      id: '01900000-0000-7000-8000-f10000000001',
      patient_id: habimana.id,
      category: 'restricted',
      text: 'x',
      created_at: new Date(now).toISOString(),
    }),
  );
});
afterAll(() => clinic.close());

/** As much of JSON Schema as the contract's inputs need. */
interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly format?: string;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

const formats: Readonly<Record<string, string>> = {
  uuid: '01900000-0000-7000-8000-f10000000009',
  date: '2026-11-23',
  'date-time': '2026-11-23T08:00:00.000Z',
};

/** The least input a schema takes: the gate has to be asked before anything else is looked at. */
const leastOf = (schema: Schema): unknown => {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) {
    const choice = choices.find(({ type }) => type === 'null') ?? choices[0];
    return choice === undefined ? null : leastOf(choice);
  }
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, leastOf(schema.properties?.[name] ?? {})]),
      );
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => leastOf(schema.items ?? {}));
    case 'string':
      return formats[schema.format ?? ''] ?? 'x'.repeat(schema.minLength ?? 0);
    case 'integer':
    case 'number':
      return Math.max(0, schema.minimum ?? 0);
    case 'boolean':
      return false;
    default:
      return null;
  }
};

/** Where a schema says more than JSON Schema can. */
const more: Partial<Record<CallName, object>> = {
  'results.enter': { display: 'Potassium', effectiveLocal: '2026-11-23T09:00' },
  'documents.attach': { title: 'Scan', contentType: 'image/png' },
  'documents.make': { title: 'Sick note' },
};

const inputOf = (name: CallName): object =>
  leastOf(z.toJSONSchema(contract[name].input, { io: 'input', unrepresentable: 'any' }) as Schema) as object;

const shapeOf = (name: CallName): readonly string[] =>
  Object.keys((contract[name].input as unknown as { readonly shape?: object }).shape ?? {});

/** The roles a call is for; none of those that need no permission. */
const whoMay = (name: CallName): readonly Role[] => {
  const { needs } = contract[name];
  return needs === 'public' || needs === 'signed-in' ? [] : defaultRoles[needs];
};

/** Calls for those who treat, and nobody else, that name a patient. */
const aboutPatients = (Object.keys(contract) as CallName[]).filter((name) => {
  const allowed = whoMay(name);
  return (
    allowed.length > 0 &&
    allowed.every((role) => role === 'doctor' || role === 'nurse') &&
    shapeOf(name).includes('patientId')
  );
});

it.each(aboutPatients)('%s is closed with a restricted chart', async (name) => {
  for (const [role, who] of [
    ['doctor', doctor],
    ['nurse', nurse],
  ] as const) {
    if (!whoMay(name).includes(role)) continue;
    const own = name === 'notes.saveDraft' ? { writer: who.user?.id } : {};
    const reply = await clinic.core.dispatch(
      name,
      { ...inputOf(name), ...more[name], patientId: habimana.id, ...own },
      who,
    );
    expect(reply).toMatchObject({ ok: false, error: { code: 'restricted' } });
  }
});
