import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { toast } from '#renderer/ui/toasts.ts';
import { keptProblems } from '#shared/domain/prescribing/template.ts';
import { type LineDraft, problemsOf, templateItem } from './line-draft.ts';
import classes from './Prescribing.module.css';

interface KeepTemplateProps {
  readonly kind: 'favourite' | 'order-set';
  readonly lines: readonly LineDraft[];
  readonly onDone: () => void;
}

/** Asks for a name and keeps lines for the next time. */
export function KeepTemplate({ kind, lines, onDone }: KeepTemplateProps) {
  const { t } = useTranslation();
  const keep = useCommand('prescriptions.keepTemplate');
  const [name, setName] = useState(lines.length === 1 ? (lines[0]?.medication ?? '') : '');
  const [shared, setShared] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async () => {
    if (name.trim() === '') return setProblem(t('errors.field.required'));
    const wrong = lines.find((line) => Object.keys(keptProblems(problemsOf(line))).length > 0);
    if (wrong) return setProblem(t('prescribing.template.unreadable', { name: wrong.medication }));
    try {
      await keep.mutateAsync({ id: null, kind, name, items: lines.map(templateItem), shared });
      toast(t('prescribing.template.kept', { name }));
      onDone();
    } catch (failure) {
      setProblem(errorText(t, failure));
    }
  };
  return (
    <div className={classes.fields}>
      <TextInput
        label={t('prescribing.template.name')}
        value={name}
        maxLength={200}
        error={problem}
        autoFocus
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          void submit();
        }}
      />
      {kind === 'order-set' && (
        <Checkbox
          label={t('prescribing.template.share')}
          checked={shared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
      )}
      <div className={classes.tools}>
        <Button size="compact-sm" loading={keep.isPending} onClick={() => void submit()}>
          {t(kind === 'favourite' ? 'prescribing.template.keepFavourite' : 'prescribing.template.keepSet')}
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={onDone}>
          {t('common.cancel')}
        </Button>
      </div>
    </div>
  );
}
