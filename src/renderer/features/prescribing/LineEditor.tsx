import { ActionIcon, Button } from '@mantine/core';
import { IconPencil, IconStar, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PrescribedMedicineView } from '#shared/contract/prescriptions.ts';
import type { Finding } from '#shared/domain/safety/finding.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { FindingList } from './FindingList.tsx';
import { LineFields } from './LineFields.tsx';
import { isTouched, type LineDraft, withPicked } from './line-draft.ts';
import { MedicineField } from './MedicineField.tsx';
import classes from './Prescribing.module.css';
import { sigSoFar } from './sig-so-far.ts';
import { useRxWords } from './useRxWords.ts';
import type { Writing } from './writing.ts';

interface LineEditorProps {
  readonly patientId: PatientId;
  readonly line: LineDraft;
  readonly isOpen: boolean;
  readonly findings: readonly Finding[] | undefined;
  readonly behind: boolean;
  readonly answers: Writing['answers'];
  readonly missing: readonly string[];
  readonly errorAt: (field: string) => string | undefined;
  readonly onChange: (line: LineDraft) => void;
  readonly onAnswer: (key: string, answer: Writing['answers'][string]) => void;
  readonly onOpen: () => void;
  readonly onRemove: () => void;
  /** Null for who keeps no favourites. */
  readonly onFavourite: (() => void) | null;
}

/** One medicine of what is being prescribed: found first, then its fields, and under them what the checks say. */
export function LineEditor(props: LineEditorProps) {
  const { line, isOpen, errorAt, onChange } = props;
  const { language } = useRxWords();
  const box = useRef<HTMLLIElement>(null);
  const pick = (typed: string, medicine: PrescribedMedicineView | null) =>
    onChange(withPicked(line, typed, medicine, language));
  const named = isTouched(line);
  useEffect(() => {
    // Where typing goes on: in the dose once the medicine is known, before that in its search.
    if (isOpen) box.current?.querySelector<HTMLElement>(named ? '[data-line-focus]' : 'input')?.focus();
  }, [isOpen, named]);
  return (
    <li ref={box} className={classes.line} data-open={isOpen || undefined}>
      {named ? <Named {...props} /> : <MedicineField error={errorAt('medication')} onPick={pick} />}
      {named && isOpen && (
        <LineFields patientId={props.patientId} line={line} errorAt={errorAt} onChange={onChange} />
      )}
      {named && (
        <FindingList
          lineKey={line.key}
          findings={props.findings}
          behind={props.behind}
          answers={props.answers}
          onAnswer={props.onAnswer}
          missing={props.missing}
        />
      )}
    </li>
  );
}

function Named({ line, isOpen, onChange, onOpen, onRemove, onFavourite }: LineEditorProps) {
  const { t } = useTranslation();
  const { language } = useRxWords();
  const name = line.medication;
  return (
    <div className={classes.head}>
      <span className={classes.what}>
        <span className={classes.name}>{name}</span>
        <span className={classes.quiet}>{sigSoFar(line, language)}</span>
        {line.answers && (
          <span className={classes.quiet}>
            {t(line.answers.kind === 'renew' ? 'prescribing.renews' : 'prescribing.changes')}
          </span>
        )}
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
      {onFavourite && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`${t('prescribing.template.keepFavourite')}: ${name}`}
          title={t('prescribing.template.keepFavourite')}
          onClick={onFavourite}
        >
          <IconStar size={16} stroke={1.6} />
        </ActionIcon>
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
