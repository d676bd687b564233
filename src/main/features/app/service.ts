import type { FeatureDeps } from '#main/core/deps.ts';
import type { Handlers } from '#main/core/dispatch.ts';
import type { AppInfo } from '#shared/contract/app.ts';
import { ok } from '#shared/kernel/result.ts';

/** What a host knows of itself before anything is open. */
export type HostInfo = Pick<AppInfo, 'version' | 'host' | 'workstation' | 'demoAccounts' | 'mail'>;

const info = ({ store, home }: FeatureDeps, host: HostInfo): AppInfo => {
  const site = home();
  return {
    ...host,
    workstation: store.workstation()?.deviceName || host.workstation,
    clinic: site.name ?? 'ClinicHub',
    timeZone: site.timeZone,
    country: site.country,
    wholeClinic: store.workstation()?.wholeClinic ?? true,
    demoAccounts: [...host.demoAccounts],
  };
};

/** What the sign-in screen shows. */
export const appHandlers = (deps: FeatureDeps, host: HostInfo): Handlers<'app.info'> => ({
  'app.info': () => ok(info(deps, host)),
});
