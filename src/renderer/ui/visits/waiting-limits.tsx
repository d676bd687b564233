import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useCall } from '#renderer/client/calls.ts';
import { settings } from '#shared/domain/settings/catalogue.ts';
import type { WaitingLimits } from '#shared/domain/visits/waiting.ts';

const usual: WaitingLimits = {
  late: settings['visits.late-minutes'].usual,
  long: settings['visits.long-wait-minutes'].usual,
  tooLong: settings['visits.too-long-wait-minutes'].usual,
};

const Limits = createContext(usual);

/** What counts as late and as a long wait at this desk, for everything below: asked once, not by each of a thousand blocks. */
export function WaitingLimitsProvider({ children }: { children: ReactNode }) {
  const values = useCall('settings.here', {}).data?.values;
  const late = values?.['visits.late-minutes'] ?? usual.late;
  const long = values?.['visits.long-wait-minutes'] ?? usual.long;
  const tooLong = values?.['visits.too-long-wait-minutes'] ?? usual.tooLong;
  const limits = useMemo(() => ({ late, long, tooLong }), [late, long, tooLong]);
  return <Limits.Provider value={limits}>{children}</Limits.Provider>;
}

/** From how many minutes on somebody is late or waits long at this desk. */
export const useWaitingLimits = (): WaitingLimits => useContext(Limits);
