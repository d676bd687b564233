import { ActionIcon, Button, Textarea, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { noteLimits, type Section } from '#shared/domain/notes/sections.ts';
import { templateLimits } from '#shared/domain/notes/template.ts';
import classes from './Templates.module.css';

interface TemplateSectionsProps {
  readonly sections: readonly Section[];
  readonly problem: string | undefined;
  readonly onChange: (sections: readonly Section[]) => void;
}

const isProblem = (text: string | undefined): text is 'required' | 'duplicate' | 'too-long' =>
  text === 'required' || text === 'duplicate' || text === 'too-long';

/** The headings of a template in their order, each with what a note begins with under it. */
export function TemplateSections({ sections, problem, onChange }: TemplateSectionsProps) {
  const { t } = useTranslation();
  const added = useRef(sections.length);
  const last = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (sections.length > added.current) last.current?.focus();
    added.current = sections.length;
  }, [sections.length]);
  const put = (at: number, part: Partial<Section>) =>
    onChange(sections.map((section, i) => (i === at ? { ...section, ...part } : section)));
  const move = (at: number, by: number) => {
    const next = [...sections];
    const [section] = next.splice(at, 1);
    if (section) next.splice(at + by, 0, section);
    onChange(next);
  };
  return (
    <fieldset className={classes.sections}>
      <legend className={classes.legend}>{t('notes.templates.sections')}</legend>
      {isProblem(problem) && (
        <p className={classes.problem} role="alert">
          {t(`notes.templates.problem.${problem}`)}
        </p>
      )}
      {sections.map(({ title, text }, i) => (
        <div key={`${i} of ${sections.length}`} className={classes.section}>
          <div className={classes.head}>
            <TextInput
              ref={i === sections.length - 1 ? last : null}
              aria-label={t('notes.templates.section', { n: i + 1 })}
              placeholder={t('notes.templates.section', { n: i + 1 })}
              maxLength={noteLimits.title}
              value={title}
              onChange={(event) => put(i, { title: event.currentTarget.value })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              disabled={i === 0}
              aria-label={t('notes.templates.up', { n: i + 1 })}
              onClick={() => move(i, -1)}
            >
              <IconArrowUp size={16} stroke={1.6} aria-hidden />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              disabled={i === sections.length - 1}
              aria-label={t('notes.templates.down', { n: i + 1 })}
              onClick={() => move(i, 1)}
            >
              <IconArrowDown size={16} stroke={1.6} aria-hidden />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('notes.templates.remove', { n: i + 1 })}
              onClick={() => onChange(sections.filter((_, at) => at !== i))}
            >
              <IconTrash size={16} stroke={1.6} aria-hidden />
            </ActionIcon>
          </div>
          <Textarea
            aria-label={`${t('notes.templates.text')} ${i + 1}`}
            placeholder={t('notes.templates.text')}
            maxLength={templateLimits.text}
            classNames={{ input: classes.text ?? '' }}
            value={text}
            onChange={(event) => put(i, { text: event.currentTarget.value })}
          />
        </div>
      ))}
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconPlus size={14} stroke={1.6} aria-hidden />}
        disabled={sections.length >= noteLimits.sections}
        onClick={() => onChange([...sections, { title: '', text: '' }])}
      >
        {t('notes.templates.addSection')}
      </Button>
    </fieldset>
  );
}
