import { z } from 'zod';
import { AuditFilter, AuditLine } from '#shared/contract/audit.ts';
import { contract } from '#shared/contract/contract.ts';
import { PatientId, StaffAccountId } from '#shared/kernel/ids.ts';
import { ok } from '#shared/kernel/result.ts';
import { defineOperation, type Operation } from '../operation.ts';
import { named } from '../schemas.ts';

const tag = 'Audit';
const { source } = contract['audit.list'].output.shape;
const { kinds, from, until } = AuditFilter.shape;

const listAudit = defineOperation({
  method: 'GET',
  path: '/audit-events',
  id: 'listAuditEvents',
  tag,
  summary: 'The audit trail, the newest first',
  description:
    'As the centre has it, a page of its size at a time: `next` goes into `before`. `source` tells when the centre is out of reach and this is what the workstation holds of it. A page may be empty with more to come.',
  query: z.object({
    personId: StaffAccountId.optional(),
    patientId: PatientId.optional(),
    kinds: kinds.unwrap().unwrap().optional(),
    workstation: z.number().int().optional(),
    from: from.unwrap().unwrap().optional(),
    until: until.unwrap().unwrap().optional(),
    before: z.string().min(1).max(200).optional(),
  }),
  answer: {
    status: 200,
    schema: z.object({
      items: z.array(named('AuditEvent', AuditLine)),
      next: z.string().nullable(),
      source,
    }),
  },
  calls: ['audit.list'],
  run: async ({ query }, call) => {
    const page = await call('audit.list', query);
    if (!page.ok) return page;
    const { lines, next, source } = page.value;
    return ok({ items: lines, next, source });
  },
});

export const auditOperations: readonly Operation[] = [listAudit];
