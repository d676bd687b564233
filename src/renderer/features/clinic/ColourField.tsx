import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type PractitionerColour, practitionerColours } from '#shared/domain/clinic/colours.ts';
import classes from './ClinicScreens.module.css';

interface ColourFieldProps {
  readonly value: PractitionerColour | null;
  readonly onChange: (colour: PractitionerColour | null) => void;
}

/** One of the colours a doctor is told by, chosen with the arrow keys; its name stands beside the heading. */
export function ColourField({ value, onChange }: ColourFieldProps) {
  const { t } = useTranslation();
  const name = useId();
  const word = (colour: PractitionerColour | null) => t(`clinic.colour.${colour ?? 'none'}`);
  return (
    <fieldset className={classes.swatches}>
      <legend className={classes.legend}>{t('clinic.practitioner.colour', { colour: word(value) })}</legend>
      <div className={classes.swatchRow}>
        {[null, ...practitionerColours].map((colour, index) => (
          <label
            key={colour}
            className={classes.swatch}
            data-hue={colour === null ? undefined : index - 1}
            title={word(colour)}
          >
            <input
              type="radio"
              name={name}
              aria-label={word(colour)}
              checked={colour === value}
              onChange={() => onChange(colour)}
            />
            <span aria-hidden />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
