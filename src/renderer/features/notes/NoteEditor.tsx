import { Button, Loader, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { useClient } from '#renderer/client/provider.tsx';
import { useCurrentUser } from '#renderer/client/session.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { NoteDraftView } from '#shared/contract/notes.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { withTemplate } from '#shared/domain/notes/template.ts';
import { fullName } from '#shared/domain/patients/name.ts';
import type { NoteDraftId, PatientId } from '#shared/kernel/ids.ts';
import { DraftEditor } from './DraftEditor.tsx';
import type { NoteContent } from './keeper.ts';
import { keeperOf } from './keepers.ts';
import classes from './Notes.module.css';
import { emptyNote, newNote, soapSections } from './note-words.ts';
import { useWriting } from './useWriting.ts';

interface NoteEditorProps {
  readonly patient: { readonly id: PatientId; readonly family: string; readonly given: string };
}

/** The note of the encounter that goes on, with the cursor in it, and what else was left unsigned. */
export function NoteEditor({ patient }: NoteEditorProps) {
  const { t } = useTranslation();
  const user = useCurrentUser();
  const { writing, times, failure, retry } = useWriting(patient.id);
  const [chosen, choose] = useState<NoteDraftId | null>(null);
  if (failure) return <Failure failure={failure} onRetry={retry} />;
  if (writing === null || user === null)
    return <Loader size="sm" aria-label={t('common.loading')} className={classes.loading ?? ''} />;
  const other = writing.others.find(({ id }) => id === chosen) ?? null;
  return (
    <>
      {writing.others.length > 0 && <Others drafts={writing.others} chosen={other} onChoose={choose} />}
      <OneDraft
        key={`${times} ${other?.id ?? 'now'}`}
        draft={other ?? writing.now}
        isNow={other === null}
        user={user}
        patient={patient}
        onDone={() => choose(null)}
      />
    </>
  );
}

interface OthersProps {
  readonly drafts: readonly NoteDraftView[];
  readonly chosen: NoteDraftView | null;
  readonly onChoose: (id: NoteDraftId | null) => void;
}

/** Notes that were left: of an earlier encounter, or an answer to a signed one. */
function Others({ drafts, chosen, onChoose }: OthersProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={classes.others}>
      {chosen === null ? (
        <>
          <span className={classes.quiet}>{t('notes.write.others')}</span>
          {drafts.map(({ id, kind, startedAt }) => (
            <Button key={id} size="compact-sm" variant="default" onClick={() => onChoose(id)}>
              {t(`notes.write.open.${kind}`, { at: format.dateTime(startedAt) })}
            </Button>
          ))}
        </>
      ) : (
        <>
          <strong>{t(`notes.write.open.${chosen.kind}`, { at: format.dateTime(chosen.startedAt) })}</strong>
          <Button size="compact-sm" variant="default" onClick={() => onChoose(null)}>
            {t('notes.write.now')}
          </Button>
        </>
      )}
    </div>
  );
}

interface OneDraftProps extends NoteEditorProps {
  readonly draft: NoteDraftView | null;
  readonly isNow: boolean;
  readonly user: SignedInUser;
  readonly onDone: () => void;
}

function OneDraft({ draft, isNow, user, patient, onDone }: OneDraftProps) {
  const { t } = useTranslation();
  const client = useClient();
  const keeper = useMemo(() => {
    const { kind, answers, type } = draft ?? newNote(patient.id, user.role);
    const subject = { patientId: draft?.patientId ?? patient.id, kind, answers, type };
    return keeperOf(
      client,
      user.id,
      subject,
      draft ?? emptyNote(t, user.role),
      isNow ? null : (draft?.id ?? null),
    );
    // What the draft was when it was opened; the keeper knows what it is since.
  }, []);
  return (
    <DraftEditor
      keeper={keeper}
      patientName={fullName(patient)}
      autoFocus
      {...(keeper.subject.kind === 'note'
        ? { tools: (content, write) => <TemplateField user={user} content={content} onWrite={write} /> }
        : {})}
      onDone={onDone}
    />
  );
}

interface TemplateFieldProps {
  readonly user: SignedInUser;
  readonly content: NoteContent;
  readonly onWrite: (content: NoteContent) => void;
}

/** Takes a template up; what is written already stays. Those of one's own specialities come first. */
function TemplateField({ user, content, onWrite }: TemplateFieldProps) {
  const { t } = useTranslation();
  const templates = useCall('notes.templates', {}).data ?? [];
  const people = useCall('practitioners.list', {}).data ?? [];
  const own = people.find(({ id }) => id === user.practitionerId)?.specialities ?? [];
  const isOwn = (speciality: string | null) => speciality !== null && own.includes(speciality);
  const offered = templates
    .filter(({ active }) => active)
    .toSorted((a, b) => Number(isOwn(b.speciality)) - Number(isOwn(a.speciality)));
  if (offered.length === 0) return null;
  const soap = { id: 'soap', name: t('notes.soap.name'), sections: soapSections(t) };
  const take = (id: string | null) => {
    const template = [soap, ...offered].find((one) => one.id === id);
    if (template === undefined) return;
    onWrite({
      ...content,
      title: template === soap ? emptyNote(t, user.role).title : template.name,
      sections: withTemplate(content.sections, template.sections),
    });
  };
  return (
    <Select
      aria-label={t('notes.write.template')}
      placeholder={t('notes.write.template')}
      w={180}
      value={null}
      data={[soap, ...offered].map(({ id, name }) => ({ value: id, label: name }))}
      onChange={take}
    />
  );
}
