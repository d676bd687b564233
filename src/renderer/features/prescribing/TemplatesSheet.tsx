import { ActionIcon, Button } from '@mantine/core';
import { IconCopy, IconPencil, IconTrash } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { errorText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import type { PrescriptionTemplate } from '#shared/contract/prescriptions.ts';
import type { LineDraft } from './line-draft.ts';
import classes from './Prescribing.module.css';
import { TemplateForm } from './TemplateForm.tsx';
import { groupsOf } from './template-groups.ts';
import { useTemplateLines } from './useTemplateLines.ts';

interface Editing {
  readonly template: PrescriptionTemplate;
  readonly lines: readonly LineDraft[];
}

/** Favourites and sets: to rename and change them, to make one's own of the clinic's, to remove them. */
export function TemplatesSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const linesOf = useTemplateLines();
  const { data, error, refetch } = useCall('prescriptions.templates', {});
  const { copy, remove } = useTemplateActions();
  const [editing, setEditing] = useState<Editing | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const tell = (failure: unknown) => toast(errorText(t, failure), { tone: 'problem' });
  if (editing) return <TemplateForm {...editing} onClose={() => setEditing(null)} />;
  const edit = (template: PrescriptionTemplate) =>
    void linesOf(template).then((lines) => setEditing({ template, lines }), tell);
  return (
    <SideSheet
      title={t('prescribing.template.pick')}
      width={560}
      onClose={onClose}
      footer={<Button onClick={onClose}>{t('prescribing.template.back')}</Button>}
    >
      {error && <Failure failure={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && <EmptyState text={t('prescribing.template.none')} />}
      <div ref={list} tabIndex={-1} className={classes.kept}>
        {groupsOf(data ?? []).map(([group, those]) => (
          <section key={group}>
            <h3 className={classes.group}>{t(`prescribing.template.group.${group}`)}</h3>
            <ul className={classes.lines}>
              {those.map((one) => (
                <Row
                  key={one.id}
                  template={one}
                  onEdit={() => edit(one)}
                  onCopy={() => void copy(one).catch(tell)}
                  onRemove={() => {
                    // The button goes with its row.
                    list.current?.focus();
                    void remove(one).catch(tell);
                  }}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </SideSheet>
  );
}

function useTemplateActions() {
  const { t } = useTranslation();
  const keep = useCommand('prescriptions.keepTemplate');
  const drop = useCommand('prescriptions.dropTemplate');
  return {
    copy: async ({ kind, name, items }: PrescriptionTemplate) => {
      const made = await keep.mutateAsync({ id: null, kind, name, items, shared: false });
      toast(t('prescribing.template.copied', { name }), {
        undo: async () => void (await drop.mutateAsync({ id: made.id })),
      });
    },
    remove: async ({ id, kind, name, items, shared }: PrescriptionTemplate) => {
      await drop.mutateAsync({ id });
      toast(t('prescribing.template.dropped', { name }), {
        undo: async () => void (await keep.mutateAsync({ id, kind, name, items, shared })),
      });
    },
  };
}

interface RowProps {
  readonly template: PrescriptionTemplate;
  readonly onEdit: () => void;
  readonly onCopy: () => void;
  readonly onRemove: () => void;
}

function Row({ template, onEdit, onCopy, onRemove }: RowProps) {
  const { t } = useTranslation();
  const { name, items, shared, by } = template;
  const mayWrite = mayCall(useCurrentUser(), 'prescriptions.keepTemplate');
  const mayEdit = template.mayEdit && mayWrite;
  const action = (label: string, icon: React.ReactNode, run: () => void) => (
    <ActionIcon variant="subtle" color="gray" aria-label={label} title={label} onClick={run}>
      {icon}
    </ActionIcon>
  );
  return (
    <li className={`${classes.line} ${classes.head}`}>
      <span className={classes.what}>
        <span className={classes.name}>{name}</span>
        <span className={classes.quiet}>{items.map(({ medication }) => medication).join(' · ')}</span>
        {shared && by && <span className={classes.quiet}>{t('prescribing.template.by', { name: by })}</span>}
      </span>
      {shared &&
        mayWrite &&
        action(t('prescribing.template.copy', { name }), <IconCopy size={16} stroke={1.6} />, onCopy)}
      {mayEdit &&
        action(t('prescribing.template.edit', { name }), <IconPencil size={16} stroke={1.6} />, onEdit)}
      {mayEdit &&
        action(t('prescribing.template.drop', { name }), <IconTrash size={16} stroke={1.6} />, onRemove)}
    </li>
  );
}
