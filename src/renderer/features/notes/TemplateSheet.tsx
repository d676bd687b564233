import { Checkbox, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { NoteTemplateView } from '#shared/contract/notes.ts';
import { templateLimits, templateProblems } from '#shared/domain/notes/template.ts';
import { TemplateSections } from './TemplateSections.tsx';

type TemplateDraft = Omit<NoteTemplateView, 'id' | 'certainty'>;

const empty: TemplateDraft = {
  name: '',
  speciality: null,
  sections: [{ title: '', text: '' }],
  active: true,
};

interface TemplateSheetProps {
  readonly template: NoteTemplateView | null;
  readonly onClose: () => void;
}

/** A template of notes, new or to be changed. */
export function TemplateSheet({ template, onClose }: TemplateSheetProps) {
  const { t } = useTranslation();
  const people = useCall('practitioners.list', {}).data ?? [];
  const write = useCommand('notes.saveTemplate');
  const [draft, setDraft] = useHeldState<TemplateDraft>(
    `note template ${template?.id ?? ''}`,
    template ?? empty,
  );
  const [sectionsProblem, setSectionsProblem] = useState<string | undefined>();
  const { save, saving, errorAt, problem } = useSave(onClose);
  const change = (part: Partial<TemplateDraft>) => setDraft((old) => ({ ...old, ...part }));
  const specialities = [...new Set(people.flatMap((one) => one.specialities))].toSorted();
  const submit = () => {
    const found = templateProblems(draft);
    setSectionsProblem(found.sections);
    const { name, speciality, sections, active } = draft;
    void save(found, async () => {
      await write.mutateAsync({ id: template?.id ?? null, name, speciality, sections, active });
      toast(t('notes.templates.saved', { name: name.trim() }));
    });
  };
  return (
    <SaveSheet
      call="notes.saveTemplate"
      title={t(template ? 'notes.templates.change' : 'notes.templates.add')}
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('notes.templates.name')}
        maxLength={templateLimits.name}
        value={draft.name}
        error={errorAt('name')}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <Select
        label={t('notes.templates.speciality')}
        description={t('notes.templates.specialityHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder={t('notes.templates.anySpeciality')}
        clearable
        searchable
        data={specialities}
        value={draft.speciality}
        onChange={(speciality) => change({ speciality })}
      />
      <TemplateSections
        sections={draft.sections}
        problem={sectionsProblem}
        onChange={(sections) => {
          setSectionsProblem(undefined);
          change({ sections: [...sections] });
        }}
      />
      <Checkbox
        label={t('notes.templates.inUse')}
        checked={draft.active}
        onChange={(event) => change({ active: event.currentTarget.checked })}
      />
    </SaveSheet>
  );
}
