import { IconChevronRight } from '@tabler/icons-react';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import type { PatientParticulars } from '#shared/contract/patients.ts';
import { ConsentFields } from './ConsentFields.tsx';
import { CoverageFields } from './CoverageFields.tsx';
import { IdentifierFields } from './IdentifierFields.tsx';
import { LanguageAndRelation } from './LanguageAndRelation.tsx';
import classes from './MoreFields.module.css';
import { PhotoField } from './PhotoField.tsx';
import { isTyped, type ParticularsValues, shownParticulars } from './particulars-form.ts';
import { TelecomFields } from './TelecomFields.tsx';
import type { PatientForm } from './usePatientForm.ts';

interface MoreProps {
  readonly form: PatientForm;
  /** What the patient has already. */
  readonly known?: PatientParticulars;
}

/** The folded part opens by itself for what must not be hidden: a draft, or something wrong in it. */
function useUnfolded(form: PatientForm, shown: ParticularsValues) {
  const { errors, submitCount } = form.formState;
  const [open, setOpen] = useState(() => isTyped(form.getValues('particulars'), shown));
  const wrong = Boolean(errors.particulars ?? errors.language ?? errors.contactRelation);
  useEffect(() => {
    if (wrong && submitCount > 0) setOpen(true);
  }, [wrong, submitCount]);
  return [open, setOpen] as const;
}

/**
 * What is not asked of everybody. Folded it is no stop for Tab, so that the way through the form stays as short as it
 * is; a key opens it.
 */
export function MoreFields({ form, known }: MoreProps) {
  const { t } = useTranslation();
  const shown = useMemo(() => shownParticulars(known), [known]);
  const [open, setOpen] = useUnfolded(form, shown);
  const typed = isTyped(useWatch({ control: form.control, name: 'particulars' }), shown);
  const [asked, setAsked] = useState(0);
  const part = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const toggle = () => {
    if (part.current?.contains(document.activeElement)) button.current?.focus();
    if (!open) setAsked(asked + 1);
    setOpen(!open);
  };
  useEffect(() => {
    if (asked > 0) part.current?.querySelector<HTMLElement>('select, input, button')?.focus();
  }, [asked]);
  useKeys(t('particulars.more'), [
    { keys: 'F4', label: t('particulars.keys.more'), run: toggle, inFields: true },
  ]);
  return (
    <div className={classes.more}>
      <button
        ref={button}
        type="button"
        className={classes.toggle}
        aria-expanded={open}
        aria-controls={id}
        tabIndex={open ? 0 : -1}
        onClick={toggle}
      >
        <IconChevronRight size={16} stroke={1.6} aria-hidden className={classes.chevron} />
        <span>{t('particulars.more')}</span>
        <span className={classes.hint}>
          {t(typed && !open ? 'particulars.notSaved' : 'particulars.moreHint')}
        </span>
        <KeyHint keys="F4" quiet />
      </button>
      <div id={id} ref={part} className={classes.part} hidden={!open}>
        {open && (
          <>
            <LanguageAndRelation form={form} />
            <TelecomFields form={form} known={known?.telecoms ?? []} />
            <IdentifierFields form={form} known={known?.identifiers ?? []} />
            <CoverageFields form={form} known={known?.coverages ?? []} />
            <PhotoField form={form} known={known?.photo ?? null} />
            <ConsentFields form={form} known={known?.consents ?? []} />
          </>
        )}
      </div>
    </div>
  );
}
