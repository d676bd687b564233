import { type Centre, CentreError } from '#main/data/central/centre.ts';
import type { Replica } from '#main/data/local/replica.ts';
import { centreErrors } from '#shared/sync/wire.ts';

/** What makes the synchronisation greet the centre anew, and find out what it has forgotten. */
export const otherHistory = (): CentreError =>
  new CentreError('the centre has another history', centreErrors.belowLowWater, false);

/** Whether the centre has the newest place beyond the cursor that rows here are of; true when there is none. */
export const sharesAhead = async (replica: Replica, centre: Centre): Promise<boolean> => {
  const ahead = replica.ahead();
  return ahead === null || (await centre.common([ahead])) === ahead.seq;
};

/**
 * Rows that were just read from the centre's tables may be of a later moment than the cursor: before they are put, a place of
 * the ledger that is not before that moment is noted. Should the centre be restored to one in between, only this place
 * tells that they are rows it has lost.
 */
export const noteMoment = async (replica: Replica, centre: Centre): Promise<void> => {
  const place = await centre.place();
  const { cursor, chain } = replica.state();
  const past = place.seq < cursor || (place.seq === cursor && chain !== null && place.chain !== chain);
  if (past || !(await sharesAhead(replica, centre))) throw otherHistory();
  if (place.seq > cursor) replica.notePlace(place);
};
