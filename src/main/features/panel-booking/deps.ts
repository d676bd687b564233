import type { FeatureDeps } from '#main/core/deps.ts';
import type { PatientBooking } from '#main/core/patient-booking.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';

/** What is needed of other features. */
export interface PanelBookingDeps extends FeatureDeps {
  /** What each kind of visit costs at a site on a day. */
  readonly fees: (input: Parsed<'prices.fees'>) => Output<'prices.fees'>;
  readonly practitioners: () => Output<'practitioners.list'>;
  readonly appointments: PatientBooking;
}

/** Whether the centre is in reach, so that what is shown is how it is there. */
export const isLive = ({ engine }: Pick<FeatureDeps, 'engine'>): boolean =>
  engine.status().connection === 'live';
