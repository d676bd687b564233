import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection } from '#main/core/dispatch.ts';
import { pageOf } from '#main/core/paged.ts';
import { write } from '#main/core/write.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { dayRange } from '#shared/domain/appointments/wall-time.ts';
import { tillEventId } from '#shared/domain/billing/till-id.ts';
import { figuresOf, totalFigures } from '#shared/domain/billing/till-report.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { StaffAccountId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { TillDeps } from './confirmed.ts';
import { type SiteRow, sessionsBetween, sessionsOfSite } from './repository.ts';
import { eventRow, mayAccept } from './session.ts';
import { sitesHere } from './tills.ts';
import { type Session, sessionsFrom, sessionViews, sha256, signedText } from './view.ts';

type Asked = Pick<Parsed<'till.report'>, 'day' | 'siteId' | 'cashierId'>;

const siteOf = (deps: FeatureDeps, id: string): SiteRow | undefined =>
  sitesHere(deps).find((site) => site.id === id);

const sessionsOn = (deps: FeatureDeps, site: SiteRow, day: string): readonly Session[] => {
  const { from, to } = dayRange(day, site.time_zone);
  return sessionsFrom(deps.store, sessionsBetween(deps.store, site.id, instant(from), instant(to)));
};

const of = (sessions: readonly Session[], { cashierId }: Asked): readonly Session[] =>
  sessions.filter(({ row }) => cashierId === null || row.cashier_id === cashierId);

/** What somebody may sign of a report: closed, not signed, and theirs or in their charge. */
const signable = (sessions: readonly Session[], user: SignedInUser): readonly Session[] =>
  sessions.filter(
    ({ row, summary }) =>
      summary.state === 'closed' && !summary.isSigned && (row.cashier_id === user.id || mayAccept(user)),
  );

export const report = (
  deps: FeatureDeps,
  asked: Asked,
  { user }: Connection,
): Result<Output<'till.report'>> => {
  const site = siteOf(deps, asked.siteId);
  if (site === undefined || user === null) return fail('not-found');
  const all = sessionsOn(deps, site, asked.day);
  const sessions = of(all, asked);
  const views = sessionViews(deps.store, sessions);
  const counted = views.flatMap(({ currency, figures }) => (figures === null ? [] : [{ currency, figures }]));
  const totals = [...Map.groupBy(counted, ({ currency }) => currency)].map(([currency, rows]) => {
    const figures = totalFigures(rows.map((row) => row.figures));
    return { currency, figures: { ...figures, takings: [...figures.takings] } };
  });
  const names = new Map(all.map(({ row }) => [row.cashier_id, row.cashier_name]));
  return ok({
    day: asked.day,
    siteName: site.name,
    cashiers: [...names].map(([id, name]) => ({ id: id as StaffAccountId, name })),
    sessions: [...views],
    totals,
    uncounted: views.length - counted.length,
    unsent: views.reduce((sum, { unsent }) => sum + unsent, 0),
    maySign: signable(sessions, user).length > 0,
  });
};

export const sign = async (
  deps: TillDeps,
  { pin, ...asked }: Parsed<'till.sign'>,
  connection: Connection,
): Promise<Result<null>> => {
  const { user } = connection;
  const site = siteOf(deps, asked.siteId);
  if (site === undefined || user === null) return fail('not-found');
  const look = () => signable(of(sessionsOn(deps, site, asked.day), asked), user);
  if (look().length === 0) return fail('till-not-signed');
  const right = await deps.checkPin(user, pin);
  if (!right.ok) return right;
  write(deps, 'till.sign', connection, (writer) => {
    for (const session of look()) {
      const figures = figuresOf(session.summary, session.money);
      if (figures === null) continue;
      const details = signedText(session, figures);
      writer.insert(
        'till_event',
        eventRow(deps, {
          id: tillEventId(session.row.id, 'signed'),
          session_id: session.row.id,
          kind: 'signed',
          details,
          digest: sha256(details),
          account_id: user.id,
        }),
      );
    }
  });
  return ok(null);
};

export const history = (
  deps: FeatureDeps,
  { siteId, ...asked }: Parsed<'till.history'>,
): Result<Output<'till.history'>> => {
  if (siteOf(deps, siteId) === undefined) return fail('not-found');
  const { rows, next } = pageOf(sessionsOfSite(deps.store, siteId, asked), asked.limit, (row) => ({
    at: row.opened_at,
    id: row.id,
  }));
  return ok({ sessions: [...sessionViews(deps.store, sessionsFrom(deps.store, rows))], next });
};
