import { ActionIcon, Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPencil, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { LineFields } from './LineFields.tsx';
import { isTouched, type LineDraft, withPicked } from './line-draft.ts';
import { MedicineField } from './MedicineField.tsx';
import classes from './Prescribing.module.css';
import { sigSoFar } from './sig-so-far.ts';
import { useRxWords } from './useRxWords.ts';

interface TemplateLineProps {
  readonly line: LineDraft;
  readonly isOpen: boolean;
  readonly errorAt: (field: string) => string | undefined;
  readonly place: { readonly first: boolean; readonly last: boolean };
  readonly onChange: (line: LineDraft) => void;
  readonly onOpen: () => void;
  readonly onMove: (by: 1 | -1) => void;
  readonly onRemove: () => void;
}

/** One medicine of a set, with its place among the others. */
export function TemplateLine(props: TemplateLineProps) {
  const { line, isOpen, errorAt, onChange } = props;
  const { language } = useRxWords();
  const box = useRef<HTMLLIElement>(null);
  const named = isTouched(line);
  const opened = useRef(false);
  useEffect(() => {
    // Not on opening the sheet: there the cursor is in the name.
    if (isOpen && opened.current)
      box.current?.querySelector<HTMLElement>(named ? '[data-line-focus]' : 'input')?.focus();
    opened.current = true;
  }, [isOpen, named]);
  return (
    <li ref={box} className={classes.line} data-open={isOpen || undefined}>
      {named ? (
        <Named {...props} />
      ) : (
        <MedicineField
          error={errorAt('medication')}
          onPick={(typed, medicine) => onChange(withPicked(line, typed, medicine, language))}
        />
      )}
      {named && isOpen && <LineFields patientId={null} line={line} errorAt={errorAt} onChange={onChange} />}
    </li>
  );
}

function Named({ line, isOpen, place, onChange, onOpen, onMove, onRemove }: TemplateLineProps) {
  const { t } = useTranslation();
  const { language } = useRxWords();
  const name = line.medication;
  const move = (by: 1 | -1) => {
    const nowhere = by < 0 ? place.first : place.last;
    const Icon = by < 0 ? IconArrowUp : IconArrowDown;
    // One that cannot go further keeps the cursor.
    return (
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t(by < 0 ? 'prescribing.template.up' : 'prescribing.template.down', { name })}
        aria-disabled={nowhere}
        {...(nowhere ? { 'data-disabled': true } : {})}
        data-move={`${line.key} ${by}`}
        onClick={() => !nowhere && onMove(by)}
      >
        <Icon size={16} stroke={1.6} />
      </ActionIcon>
    );
  };
  return (
    <div className={classes.head}>
      <span className={classes.what}>
        <span className={classes.name}>{name}</span>
        <span className={classes.quiet}>{sigSoFar(line, language)}</span>
      </span>
      {isOpen ? (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => onChange({ ...line, medicine: null, medication: '' })}
        >
          {t('prescribing.change')}
        </Button>
      ) : (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('prescribing.editLine', { name })}
          onClick={onOpen}
        >
          <IconPencil size={16} stroke={1.6} />
        </ActionIcon>
      )}
      {!(place.first && place.last) && (
        <>
          {move(-1)}
          {move(1)}
        </>
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('prescribing.removeLine', { name })}
        onClick={onRemove}
      >
        <IconTrash size={16} stroke={1.6} />
      </ActionIcon>
    </div>
  );
}
