import { Button, Checkbox, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { PrescriptionTemplate } from '#shared/contract/prescriptions.ts';
import { keptProblems } from '#shared/domain/prescribing/template.ts';
import { emptyLine, isTouched, type LineDraft, problemsOf, templateItem } from './line-draft.ts';
import classes from './Prescribing.module.css';
import { TemplateLine } from './TemplateLine.tsx';
import { nextKey } from './useWriting.ts';

/** As many as one template keeps. */
const mostLines = 20;

interface TemplateFormProps {
  readonly template: PrescriptionTemplate;
  readonly lines: readonly LineDraft[];
  readonly onClose: () => void;
}

/** Lines that can be opened, moved, removed and added; the cursor goes along with a line that is moved. */
function useLines(templateId: string | null, first: readonly LineDraft[]) {
  const { today } = useFormat();
  const [lines, setLines] = useHeldState(`prescription template lines ${templateId}`, first);
  const [open, setOpen] = useState<string | null>(null);
  const [moved, setMoved] = useState<{ readonly key: string; readonly by: 1 | -1 } | null>(null);
  const list = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => {
    if (moved === null) return;
    list.current?.querySelector<HTMLElement>(`[data-move="${moved.key} ${moved.by}"]`)?.focus();
  }, [moved, lines]);
  return {
    lines,
    open,
    list,
    show: setOpen,
    change: (line: LineDraft) => setLines((all) => all.map((one) => (one.key === line.key ? line : one))),
    add: () => {
      const line = emptyLine(today(), nextKey());
      setLines((all) => [...all.filter(isTouched), line]);
      setOpen(line.key);
    },
    remove: (key: string) => {
      setLines((all) => all.filter((one) => one.key !== key));
      list.current?.focus();
    },
    move: (key: string, by: 1 | -1) => {
      setLines((all) => {
        const at = all.findIndex((one) => one.key === key);
        const [line, other] = [all[at], all[at + by]];
        return line && other
          ? all.toSpliced(Math.min(at, at + by), 2, ...(by > 0 ? [other, line] : [line, other]))
          : all;
      });
      setMoved({ key, by });
    },
  };
}

/** A favourite or a set with all it keeps. */
export function TemplateForm({ template, lines: first, onClose }: TemplateFormProps) {
  const { t } = useTranslation();
  const keep = useCommand('prescriptions.keepTemplate');
  const { id, kind } = template;
  const [name, setName] = useHeldState(`prescription template name ${id}`, template.name);
  const [shared, setShared] = useHeldState(`prescription template shared ${id}`, template.shared);
  const work = useLines(id, first);
  const kept = work.lines.filter(isTouched);
  const { save, saving, errorAt, problem } = useSave(onClose);
  const known = (): Readonly<Record<string, string>> => ({
    ...(name.trim() === '' ? { name: 'required' } : {}),
    ...(kept.length === 0 ? { 'items.0.medication': 'required' } : {}),
    ...Object.fromEntries(
      kept.flatMap((line, index) =>
        Object.entries(keptProblems(problemsOf(line))).map(
          ([field, what]) => [`items.${index}.${field}`, what] as const,
        ),
      ),
    ),
  });
  const submit = () => {
    const problems = known();
    const wrong = Object.keys(problems).find((field) => field.startsWith('items.'));
    if (wrong) work.show((kept[Number(wrong.split('.')[1])] ?? work.lines[0])?.key ?? null);
    void save(problems, async () => {
      await keep.mutateAsync({ id, kind, name, items: kept.map(templateItem), shared });
      const { name: before, items, shared: wasShared } = template;
      toast(t('prescribing.template.kept', { name }), {
        // What is shared stays shared, so that alone cannot be taken back.
        undo: async () =>
          void (await keep.mutateAsync({ id, kind, name: before, items, shared: shared || wasShared })),
      });
    });
  };
  return (
    <SaveSheet
      call="prescriptions.keepTemplate"
      title={t(kind === 'favourite' ? 'prescribing.template.editFavourite' : 'prescribing.template.editSet')}
      width={560}
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('prescribing.template.name')}
        value={name}
        maxLength={200}
        error={errorAt('name')}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {kind === 'order-set' && (
        <Checkbox
          label={t('prescribing.template.share')}
          description={template.shared ? t('prescribing.template.staysShared') : null}
          disabled={template.shared}
          checked={shared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
      )}
      <ul ref={work.list} tabIndex={-1} className={classes.lines} aria-label={t('prescribing.title')}>
        {work.lines.map((line, index) => (
          <TemplateLine
            key={line.key}
            line={line}
            isOpen={work.open === line.key || work.lines.length === 1}
            errorAt={(field) => errorAt(`items.${Math.max(0, kept.indexOf(line))}.${field}`)}
            place={{ first: index === 0, last: index === work.lines.length - 1 }}
            onChange={work.change}
            onOpen={() => work.show(line.key)}
            onMove={(by) => work.move(line.key, by)}
            onRemove={() => work.remove(line.key)}
          />
        ))}
      </ul>
      {(kind === 'order-set' || work.lines.length === 0) && kept.length < mostLines && (
        <div className={classes.tools}>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={14} stroke={1.8} />}
            onClick={work.add}
          >
            {t('prescribing.addLine')}
          </Button>
        </div>
      )}
    </SaveSheet>
  );
}
