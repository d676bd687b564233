import type { FeatureDeps } from '#main/core/deps.ts';
import { type DiagnosticSources, diagnostics } from '#main/core/diagnostics.ts';
import type { Handlers } from '#main/core/dispatch.ts';
import type { AppInfo } from '#shared/contract/app.ts';
import { ok } from '#shared/kernel/result.ts';

/** A workstation's diagnostics for whoever helps. */
export const diagnosticsHandlers = (
  { engine, clock, log }: FeatureDeps,
  { version, host }: Pick<AppInfo, 'version' | 'host'>,
  sources: DiagnosticSources,
): Handlers<'diagnostics.export'> => ({
  'diagnostics.export': () => {
    log.info('diagnostics-exported');
    return ok(diagnostics({ ...sources, version, host, sync: engine.status(), now: clock.now() }));
  },
});
