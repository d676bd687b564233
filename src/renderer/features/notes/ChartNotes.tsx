import { useTranslation } from 'react-i18next';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { ChartCard } from '#renderer/ui/ChartCard.tsx';
import { fullName } from '#shared/domain/patients/name.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { NoteEditor } from './NoteEditor.tsx';
import classes from './Notes.module.css';
import { NotesList } from './NotesList.tsx';

interface ChartNotesProps {
  readonly patient: { readonly id: PatientId; readonly family: string; readonly given: string };
}

/** Today's note in the summary of a chart: the cursor is in it when the chart opens. */
export function NoteOfToday({ patient }: ChartNotesProps) {
  const { t } = useTranslation();
  return (
    <ChartCard
      title={t('notes.card')}
      to={{ href: `/patients/${patient.id}/chart/notes`, label: t('notes.all') }}
      wide
    >
      <NoteEditor patient={patient} />
    </ChartCard>
  );
}

/** All notes of a chart, and the one that is being written. */
export function ChartNotes({ patient }: ChartNotesProps) {
  const { t } = useTranslation();
  const mayWrite = mayCall(useCurrentUser(), 'notes.saveDraft');
  return (
    <div className={classes.view}>
      {mayWrite && (
        <ChartCard title={t('notes.card')}>
          <NoteEditor patient={patient} />
        </ChartCard>
      )}
      <NotesList patientId={patient.id} patientName={fullName(patient)} />
    </div>
  );
}
