import { z } from 'zod';
import { LocationId, PractitionerId } from '#shared/kernel/ids.ts';
import { defineCalls } from './call.ts';

const many = z.number().int().min(0);

export const OutcomesView = z.object({
  booked: many,
  here: many,
  waiting: many,
  done: many,
  noshow: many,
  cancelled: many,
});

/** What of a visit is measured: waiting for a nurse, for the doctor, past the time that was given, and all of it. */
export const waitStages = ['until-nurse', 'until-called', 'past-time', 'whole-visit'] as const;

/** How long it took; null where it is known of nobody. */
export const WaitView = z.object({
  stage: z.enum(waitStages),
  visits: many,
  median: many.nullable(),
  ninetieth: many.nullable(),
});
export type WaitView = z.infer<typeof WaitView>;

const at = z.object({ locationId: LocationId.nullable().default(null) });

export const overviewCalls = defineCalls({
  /** Today as this workstation knows it: of each doctor, of each site, and in all; of one site or of all. */
  'overview.today': {
    kind: 'query',
    needs: 'overview.read',
    input: at,
    output: z.object({
      asOf: z.string(),
      date: z.iso.date(),
      all: OutcomesView,
      doctors: z.array(
        OutcomesView.extend({
          practitionerId: PractitionerId,
          name: z.string(),
          /** Of the hours of the day after what exceptions take; free is what no appointment has. */
          workMinutes: many,
          freeMinutes: many,
        }),
      ),
      sites: z.array(OutcomesView.extend({ locationId: LocationId, name: z.string() })),
      waits: z.array(WaitView),
      /** Requests for a time from today on, in the days a list can span, that nobody has answered. */
      requests: many,
    }),
  },
  /** The 30 days before today against the 30 before those. */
  'overview.trend': {
    kind: 'query',
    needs: 'overview.read',
    input: at,
    output: z.object({
      /** Older appointments are still arriving: the figures are too small. */
      complete: z.boolean(),
      recent: OutcomesView,
      before: OutcomesView,
      waits: z.array(WaitView),
    }),
  },
});
