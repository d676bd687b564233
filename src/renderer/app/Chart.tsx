import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { AllergiesCard } from '#renderer/features/allergies/AllergiesCard.tsx';
import { AlertsCard } from '#renderer/features/chart/AlertsCard.tsx';
import { ChartScreen } from '#renderer/features/chart/ChartScreen.tsx';
import type { ChartParts } from '#renderer/features/chart/parts.ts';
import { Timeline } from '#renderer/features/chart/Timeline.tsx';
import { VisitsCard } from '#renderer/features/chart/VisitsCard.tsx';
import { DocumentsCard } from '#renderer/features/documents/DocumentsCard.tsx';
import { DocumentsView } from '#renderer/features/documents/DocumentsView.tsx';
import { ChartNotes, NoteOfToday } from '#renderer/features/notes/ChartNotes.tsx';
import { ResultsCard } from '#renderer/features/orders/ResultsCard.tsx';
import { ResultsView } from '#renderer/features/orders/ResultsView.tsx';
import { MedicationCard } from '#renderer/features/prescribing/MedicationCard.tsx';
import { MedicationView } from '#renderer/features/prescribing/MedicationView.tsx';
import { ProblemsCard } from '#renderer/features/problems/ProblemsCard.tsx';
import { ProblemsView } from '#renderer/features/problems/ProblemsView.tsx';
import { VitalsCard } from '#renderer/features/vitals/VitalsCard.tsx';
import { VitalsView } from '#renderer/features/vitals/VitalsView.tsx';
import type { CallName } from '#shared/contract/contract.ts';
import type { ChartView } from '#shared/domain/chart/views.ts';
import type { PatientId } from '#shared/kernel/ids.ts';

/**
 * What the features show of a chart. A card is a `ChartCard` of the summary; a view has the tab of its name, which is not
 * there without one. Every part reads its own calls, each behind `chartAccess`.
 */
const everything: ChartParts = {
  cards: [
    { name: 'note', render: ({ patient }) => <NoteOfToday patient={patient} /> },
    { name: 'problems', render: (chart, nav) => <ProblemsCard chart={chart} href={nav.path('problems')} /> },
    { name: 'allergies', render: (chart) => <AllergiesCard chart={chart} /> },
    { name: 'medication', render: (chart) => <MedicationCard chart={chart} /> },
    { name: 'vitals', render: (chart) => <VitalsCard chart={chart} /> },
    { name: 'results', render: (chart) => <ResultsCard chart={chart} /> },
    { name: 'visits', render: (chart, nav) => <VisitsCard chart={chart} nav={nav} /> },
    {
      name: 'documents',
      render: (chart, nav) => <DocumentsCard chart={chart} href={nav.path('documents')} />,
    },
    { name: 'alerts', render: (chart) => <AlertsCard chart={chart} /> },
  ],
  views: {
    problems: (chart) => <ProblemsView chart={chart} />,
    notes: ({ patient }) => <ChartNotes patient={patient} />,
    vitals: (chart) => <VitalsView chart={chart} />,
    medication: (chart) => <MedicationView chart={chart} />,
    results: (chart) => <ResultsView chart={chart} />,
    documents: (chart) => <DocumentsView chart={chart} />,
    timeline: (chart, nav) => <Timeline chart={chart} nav={nav} />,
  },
};

/** Who reads which part: a pharmacist has medication and allergies. */
const reading: Readonly<Record<string, CallName>> = {
  note: 'notes.saveDraft',
  notes: 'notes.list',
  problems: 'problems.list',
  allergies: 'allergies.list',
  medication: 'prescriptions.current',
  vitals: 'vitals.latest',
  results: 'results.ofPatient',
  visits: 'chart.timeline',
  timeline: 'chart.timeline',
  documents: 'documents.list',
  alerts: 'chart.open',
};

function usePartsRead(): ChartParts {
  const user = useCurrentUser();
  const reads = (name: string) => mayCall(user, reading[name] ?? 'chart.open');
  return {
    cards: everything.cards.filter(({ name }) => reads(name)),
    views: Object.fromEntries(Object.entries(everything.views).filter(([name]) => reads(name))),
  };
}

/** The chart of one patient, put together from the parts of the features that the user may read. */
export function Chart({ id, view }: { id: PatientId; view: ChartView }) {
  const parts = usePartsRead();
  return <ChartScreen key={id} id={id} view={view} parts={parts} />;
}
