import { Button } from '@mantine/core';
import { useId, useRef } from 'react';
import { useController } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { fieldText } from '#renderer/ui/error-text.ts';
import type { PatientParticulars } from '#shared/contract/patients.ts';
import classes from './MoreFields.module.css';
import { KnownRows } from './ParticularRows.tsx';
import { photoTypes, photoUrl, readPhoto } from './photo-file.ts';
import type { PatientForm } from './usePatientForm.ts';

interface PhotoProps {
  readonly form: PatientForm;
  readonly known: PatientParticulars['photo'];
}

/** The patient's face, small. A file that cannot be read leaves the photo there was. */
export function PhotoField({ form, known }: PhotoProps) {
  const { t } = useTranslation();
  const { field, fieldState } = useController({ control: form.control, name: 'particulars.photo' });
  const input = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const problem = useId();
  const choose = async (file: File | undefined) => {
    if (file === undefined) return;
    const read = await readPhoto(file);
    if (read.ok) field.onChange(read.data);
    else form.setError('particulars.photo', { type: read.problem, message: fieldText(t, read.problem) });
    if (read.ok) form.clearErrors('particulars.photo');
  };
  const shown = field.value === '' ? known : { contentType: 'image/jpeg', data: field.value };
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{t('particulars.photo')}</legend>
      {known !== null && field.value === '' && (
        <KnownRows
          form={form}
          kind="photo"
          rows={[{ id: known.id, text: t('particulars.photoThere'), about: '' }]}
        />
      )}
      <div className={classes.photo}>
        {shown !== null && (
          <img
            className={classes.face}
            src={photoUrl(shown.data, shown.contentType)}
            alt={t('particulars.photo')}
          />
        )}
        <input
          ref={input}
          type="file"
          hidden
          accept={photoTypes.join(',')}
          onChange={(event) => {
            const { currentTarget } = event;
            // The same file may be chosen again.
            void choose(currentTarget.files?.[0]).finally(() => {
              currentTarget.value = '';
            });
          }}
        />
        <Button
          ref={button}
          size="compact-sm"
          variant="default"
          aria-describedby={fieldState.error ? problem : undefined}
          onClick={() => input.current?.click()}
        >
          {t(shown === null ? 'particulars.choosePhoto' : 'particulars.otherPhoto')}
        </Button>
        {field.value !== '' && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            onClick={() => {
              field.onChange('');
              button.current?.focus();
            }}
          >
            {t('particulars.remove')}
            <span className="visually-hidden"> {t('particulars.photo')}</span>
          </Button>
        )}
      </div>
      {fieldState.error && (
        <p id={problem} role="alert" className={classes.problem}>
          {fieldState.error.message}
        </p>
      )}
    </fieldset>
  );
}
