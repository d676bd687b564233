import { Alert, Button, TextInput } from '@mantine/core';
import { IconSignature } from '@tabler/icons-react';
import { type ReactNode, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { isTyping } from '#renderer/ui/keys/fields.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { isBlank, noteLimits } from '#shared/domain/notes/sections.ts';
import type { Keeper, NoteContent } from './keeper.ts';
import classes from './Notes.module.css';
import { SavedMark } from './SavedMark.tsx';
import { SectionFields } from './SectionFields.tsx';
import { SignNote } from './SignNote.tsx';
import { useDiscard } from './useDiscard.ts';
import { useFlushing } from './useFlushing.ts';

export interface DraftEditorProps {
  readonly keeper: Keeper;
  readonly patientName: string;
  /** Puts the cursor into the text, unless somebody types elsewhere already. */
  readonly autoFocus?: boolean;
  /** Beside the title. */
  readonly tools?: (content: NoteContent, write: (content: NoteContent) => void) => ReactNode;
  /** Signed or given up. */
  readonly onDone: () => void;
}

/** Why what is written cannot be signed yet. */
const obstacleOf = ({ title, sections, reason }: NoteContent, isAmendment: boolean) =>
  isBlank(sections)
    ? 'empty'
    : title.trim() === ''
      ? 'titleMissing'
      : isAmendment && reason.trim() === ''
        ? 'reasonMissing'
        : null;

/** Writes one note: every pause in typing keeps it, Ctrl Enter signs it. */
export function DraftEditor({ keeper, patientName, autoFocus = false, tools, onDone }: DraftEditorProps) {
  const { t } = useTranslation();
  const kept = useSyncExternalStore(keeper.subscribe, keeper.get);
  const [signing, setSigning] = useState(false);
  const [problem, setProblem] = useState<ReturnType<typeof obstacleOf>>(null);
  const first = useRef<HTMLTextAreaElement>(null);
  const discard = useDiscard(keeper, onDone);
  useFlushing(keeper);
  useLayoutEffect(() => {
    if (autoFocus && !isTyping()) first.current?.focus();
  }, [autoFocus]);
  const { content } = kept;
  const isAmendment = keeper.subject.kind === 'amendment';
  const change = (part: Partial<NoteContent>) => {
    setProblem(null);
    keeper.write({ ...content, ...part });
  };
  const leave = () => void keeper.flush();
  const sign = () => {
    const found = obstacleOf(content, isAmendment);
    setProblem(found);
    leave();
    if (found === null) setSigning(true);
    else if (found === 'empty') first.current?.focus();
  };
  useKeys(t('notes.card'), [
    { keys: 'mod+Enter', label: t('notes.write.sign'), run: sign, inFields: true, enabled: !signing },
  ]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the key of its button, from any of its fields
    <div
      className={classes.editor}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || signing) return;
        event.preventDefault();
        sign();
      }}
    >
      <div className={classes.tools}>
        <TextInput
          aria-label={t('notes.write.heading')}
          value={content.title}
          maxLength={noteLimits.title}
          readOnly={signing}
          onChange={(event) => change({ title: event.currentTarget.value })}
          onBlur={leave}
        />
        {tools?.(content, (next) => change(next))}
      </div>
      {kept.merged > 0 && (
        <Alert color="yellow" variant="light" role="alert">
          {t('notes.write.merged')}
        </Alert>
      )}
      <SectionFields
        sections={content.sections}
        readOnly={signing}
        first={first}
        onChange={(sections) => change({ sections })}
        onLeave={leave}
      />
      {isAmendment && (
        <TextInput
          label={t('notes.write.reason')}
          value={content.reason}
          maxLength={noteLimits.reason}
          readOnly={signing}
          error={problem === 'reasonMissing' ? t('notes.write.reasonMissing') : undefined}
          onChange={(event) => change({ reason: event.currentTarget.value })}
          onBlur={leave}
        />
      )}
      <div className={classes.foot}>
        <SavedMark kept={kept} />
        {problem !== null && problem !== 'reasonMissing' && (
          <span className={classes.problem} role="alert">
            {t(`notes.write.${problem}`)}
          </span>
        )}
        <span className={classes.space} />
        {(kept.saved !== null || keeper.subject.kind !== 'note') && (
          <Button variant="subtle" color="gray" size="compact-md" onClick={() => void discard()}>
            {t('notes.write.discard')}
          </Button>
        )}
        <Button
          leftSection={<IconSignature size={16} stroke={1.6} aria-hidden />}
          rightSection={<KeyHint keys="mod+Enter" quiet />}
          onClick={sign}
        >
          {t('notes.write.sign')}
        </Button>
      </div>
      {signing && (
        <SignNote
          keeper={keeper}
          patientName={patientName}
          onClose={() => {
            setSigning(false);
            first.current?.focus();
          }}
          onSigned={onDone}
        />
      )}
    </div>
  );
}
