import type { Handlers } from '#main/core/dispatch.ts';
import type { panelRecordsCalls } from '#shared/contract/panel-records.ts';
import { accessLogHandlers } from './access-log.ts';
import type { RecordsDeps } from './deps.ts';
import { documentHandlers } from './documents.ts';
import { readingHandlers } from './reading.ts';
import { requestHandlers } from './requests.ts';
import { summaryHandlers } from './summary.ts';

/** A patient's own chart, as far as the clinic shows it, and what they ask for beyond that. */
export const panelRecordsHandlers = (deps: RecordsDeps): Handlers<keyof typeof panelRecordsCalls> => ({
  ...readingHandlers(deps),
  ...documentHandlers(deps),
  ...summaryHandlers(deps),
  ...requestHandlers(deps),
  ...accessLogHandlers(deps),
});
