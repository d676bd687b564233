import { z } from 'zod';
import { languages } from '#shared/i18n/languages.ts';
import { LocationId, StaffAccountId, TillId, TillSessionId } from '#shared/kernel/ids.ts';
import { certainty } from './appointments.ts';
import { defineCalls } from './call.ts';
import { PanelFile } from './panel-records.ts';

const amount = z.number().int();
const language = z.enum(Object.keys(languages) as [keyof typeof languages]);
const typed = z.string().max(40);
const pin = z.string().max(8);
const day = z.iso.date();
const reason = z.string().trim().max(1000, 'too-long');
const given = reason.min(1, 'required');

/** What a session came to. In minor units of its currency. */
export const TillFiguresView = z.object({
  float: amount,
  takings: z.array(z.object({ method: z.string(), taken: amount, refunded: amount })),
  cashIn: amount,
  cashOut: amount,
  expected: amount,
  counted: amount,
  /** Below zero: money is missing. */
  variance: amount,
});
export type TillFiguresView = z.infer<typeof TillFiguresView>;

export const TillCountView = z.object({
  turn: z.number().int(),
  amount,
  byName: z.string(),
  at: z.string(),
  said: z.enum(['approved', 'rejected']).nullable(),
  saidByName: z.string().nullable(),
  reason: z.string().nullable(),
});

export const TillSessionView = z.object({
  id: TillSessionId,
  tillName: z.string(),
  siteId: LocationId,
  siteName: z.string(),
  cashierId: StaffAccountId,
  cashierName: z.string(),
  /** ISO 4217 */
  currency: z.string(),
  openedAt: z.string(),
  closedAt: z.string().nullable(),
  float: amount,
  state: z.enum(['open', 'counted', 'closed']),
  /** Cash put in and taken out besides payments, by the cashier's own word. */
  moves: z.array(
    z.object({
      id: z.guid(),
      kind: z.enum(['cash-in', 'cash-out']),
      amount,
      reason: z.string(),
      byName: z.string(),
      at: z.string(),
    }),
  ),
  /** What was counted, the first count first. */
  counts: z.array(TillCountView),
  turn: z.number().int(),
  /** Null until the session is counted: the count is blind. */
  figures: TillFiguresView.nullable(),
  /** Whether there is no variance, or somebody else accepted it. */
  isSettled: z.boolean(),
  handedToName: z.string().nullable(),
  /** The first and last receipt; null until it is counted, and where there was none. */
  receipts: z.object({ first: z.string(), last: z.string() }).nullable(),
  /** `changed`: the figures are no longer those that were signed, which `expected` and `counted` tell. */
  signed: z
    .object({
      byName: z.string(),
      at: z.string(),
      digest: z.string(),
      changed: z.boolean(),
      expected: amount.nullable(),
    })
    .nullable(),
  /** Whether another session of this till, or of this cashier, is open too: two desks opened it apart. */
  alsoOpen: z.boolean(),
  /** Rows of it that the centre has not confirmed. */
  unsent: z.number().int(),
  certainty,
});
export type TillSessionView = z.infer<typeof TillSessionView>;

export const TillView = z.object({
  id: TillId,
  name: z.string(),
  siteId: LocationId,
  siteName: z.string(),
  active: z.boolean(),
  certainty,
});
export type TillView = z.infer<typeof TillView>;

export const TillReport = z.object({
  day: z.string(),
  siteName: z.string(),
  /** Who had a session at the site that day. */
  cashiers: z.array(z.object({ id: StaffAccountId, name: z.string() })),
  /** The latest first; at most 200. */
  sessions: z.array(TillSessionView),
  /** Of what is counted, one for each currency. */
  totals: z.array(z.object({ currency: z.string(), figures: TillFiguresView })),
  /** Sessions not counted yet, which are in no total. */
  uncounted: z.number().int(),
  /** Rows that have not reached the centre. */
  unsent: z.number().int(),
  /** Whether whoever asks may sign it now. */
  maySign: z.boolean(),
});
export type TillReport = z.infer<typeof TillReport>;

const asked = { day, siteId: LocationId, cashierId: StaffAccountId.nullable() };
const session = { sessionId: TillSessionId };

export const tillCalls = defineCalls({
  /** The tills of the sites whose payments are all here, and every session there that is not closed, at most 100. */
  'till.desk': {
    kind: 'query',
    needs: 'till.read',
    input: z.object({}),
    output: z.object({
      tills: z.array(TillView),
      sites: z.array(z.object({ id: LocationId, name: z.string() })),
      /** The site this workstation stands at. */
      siteId: LocationId.nullable(),
      open: z.array(TillSessionView),
      /** Who else may work at a till. */
      cashiers: z.array(z.object({ id: StaffAccountId, name: z.string() })),
      currency: z.string().nullable(),
      today: z.string(),
    }),
  },
  /** A till that is new (`id` null), or another name; one that is not `active` is opened no more. `duplicate` at `name`. */
  'till.save': {
    kind: 'command',
    needs: 'till.update',
    input: z.object({
      id: TillId.nullable(),
      name: z.string().trim().min(1, 'required').max(100, 'too-long'),
      locationId: LocationId,
      active: z.boolean(),
    }),
    output: z.object({ id: TillId }),
  },
  /** One open session for each till (`till-open`) and cashier (`till-yours-open`), as far as this workstation knows. */
  'till.open': {
    kind: 'command',
    needs: 'till.create',
    input: z.object({ tillId: TillId, float: typed }),
    output: z.object({ id: TillSessionId }),
  },
  /** Cash that was put into the drawer or taken out of it besides payments; by its cashier. */
  'till.cash': {
    kind: 'command',
    needs: 'till.create',
    input: z.object({ ...session, kind: z.enum(['cash-in', 'cash-out']), amount: typed, reason: given }),
    output: z.null(),
  },
  /** What is in the drawer, by pieces or as a sum; its cashier counts, or who may accept a variance. What is expected is told after it. */
  'till.count': {
    kind: 'command',
    needs: 'till.create',
    input: z.object({
      ...session,
      turn: z.number().int().min(1).max(1000),
      counted: z.discriminatedUnion('by', [
        z.object({ by: z.literal('sum'), amount: typed }),
        z.object({
          by: z.literal('pieces'),
          pieces: z
            .array(
              z.object({ value: z.number().int().positive(), count: z.number().int().min(0).max(1_000_000) }),
            )
            .max(30),
        }),
      ]),
    }),
    output: TillSessionView,
  },
  /** The variance of a count as it was seen is accepted, by somebody else than who opened or counted. `changed-meanwhile` where it is another now. */
  'till.approve': {
    kind: 'command',
    needs: 'till.approve',
    input: z.object({
      ...session,
      turn: z.number().int().min(1),
      expected: z.number().int(),
      reason: reason.default(''),
      pin,
    }),
    output: z.null(),
  },
  /** It is to be counted anew. */
  'till.reject': {
    kind: 'command',
    needs: 'till.approve',
    input: z.object({ ...session, turn: z.number().int().min(1), reason: given, pin }),
    output: z.null(),
  },
  /** The counted cash goes to another cashier, who says yes with their own PIN and whose session begins with it; this one is closed. */
  'till.handOver': {
    kind: 'command',
    needs: 'till.create',
    input: z.object({ ...session, toId: StaffAccountId, pin }),
    output: z.object({ id: TillSessionId }),
  },
  /** Once, after the count, when its variance is accepted. */
  'till.close': {
    kind: 'command',
    needs: 'till.create',
    input: z.object(session),
    output: z.null(),
  },
  /** The sessions opened on a day at a site, of one cashier or of all. */
  'till.report': {
    kind: 'query',
    needs: 'till.read',
    input: z.object(asked),
    output: TillReport,
  },
  /** Answers for the closed sessions of a report that nobody signed: one's own, and of others with the permission to accept. */
  'till.sign': {
    kind: 'command',
    needs: 'till.create',
    input: z.object({ ...asked, pin }),
    output: z.null(),
  },
  /** The report as a PDF. */
  'till.reportFile': {
    kind: 'command',
    needs: 'till.read',
    input: z.object({ ...asked, language }),
    output: PanelFile,
  },
  /** Sessions of a site, the latest first. */
  'till.history': {
    kind: 'query',
    needs: 'till.read',
    input: z.object({
      siteId: LocationId,
      /** The `next` of the page before. */
      before: z.string().max(100).nullable().default(null),
      limit: z.number().int().min(1).max(50).default(20),
    }),
    output: z.object({ sessions: z.array(TillSessionView), next: z.string().nullable() }),
  },
});
