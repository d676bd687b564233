import type { FeatureDeps } from '#main/core/deps.ts';
import { placeRecords } from './places.ts';
import { practitionerRecords } from './practitioners.ts';

/** What the clinic consists of: who works in it, and where. */
export const clinicHandlers = (deps: FeatureDeps) => ({
  ...practitionerRecords(deps),
  ...placeRecords(deps),
});
