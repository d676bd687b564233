import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import type { ChartView } from '#shared/domain/chart/views.ts';

/** Where a patient's chart is, or one part of it. */
export const chartPath = (id: string, view: ChartView = 'summary'): string =>
  view === 'summary' ? `/patients/${id}/chart` : `/patients/${id}/chart/${view}`;

/** Where a patient is opened by who works here: who treats goes on with the chart, a desk with the record. */
export function usePatientPath(): (id: string) => string {
  const user = useCurrentUser();
  return (id) => (mayCall(user, 'chart.open') ? chartPath(id) : `/patients/${id}`);
}
