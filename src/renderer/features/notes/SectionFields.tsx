import { Textarea } from '@mantine/core';
import { type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { cleanText, lengthOf, noteLimits, type Section } from '#shared/domain/notes/sections.ts';
import classes from './Notes.module.css';

interface SectionFieldsProps {
  readonly sections: readonly Section[];
  readonly readOnly: boolean;
  readonly first: Ref<HTMLTextAreaElement>;
  readonly onChange: (sections: readonly Section[]) => void;
  readonly onLeave: () => void;
}

/** What is written under each heading. What would be too long is refused before anything is lost, and says so. */
export function SectionFields({ sections, readOnly, first, onChange, onLeave }: SectionFieldsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [refused, setRefused] = useState<{ readonly at: number; readonly count: number } | null>(null);
  const write = (at: number, typed: string) => {
    const text = cleanText(typed);
    const next = sections.map((section, i) => (i === at ? { ...section, text } : section));
    const count = lengthOf(next);
    if (count > noteLimits.characters && count > lengthOf(sections)) return setRefused({ at, count });
    setRefused(null);
    onChange(next);
  };
  const left = noteLimits.characters - lengthOf(sections);
  return (
    <div className={classes.fields}>
      {sections.map(({ title, text }, i) => (
        <Textarea
          key={`${i} ${title}`}
          ref={i === 0 ? first : null}
          label={title || t('notes.write.text')}
          value={text}
          readOnly={readOnly}
          spellCheck
          classNames={{ input: classes.area ?? '', label: classes.label ?? '' }}
          error={
            refused?.at === i
              ? t('notes.write.tooLong', {
                  most: format.number(noteLimits.characters),
                  size: format.number(refused.count),
                })
              : undefined
          }
          errorProps={{ role: 'alert' }}
          onChange={(event) => write(i, event.currentTarget.value)}
          onBlur={onLeave}
        />
      ))}
      {left < noteLimits.characters / 10 && (
        <p className={classes.quiet}>{t('notes.write.room', { left: format.number(left) })}</p>
      )}
    </div>
  );
}
