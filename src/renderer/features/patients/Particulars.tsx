import { useTranslation } from 'react-i18next';
import type { PatientParticulars } from '#shared/contract/patients.ts';
import classes from './Particulars.module.css';
import { aboutIdentifier, aboutTelecom, telecomText } from './particulars-text.ts';

interface Line {
  readonly id: string;
  readonly text: string;
  readonly about: string;
}

/** What more is known, under the details; a kind of which nothing is known is left out. */
export function Particulars({ particulars }: { particulars: PatientParticulars }) {
  const { t } = useTranslation();
  const { telecoms, identifiers } = particulars;
  return (
    <div className={classes.particulars}>
      <Lines
        title={t('particulars.telecoms')}
        lines={telecoms.map((row) => ({ id: row.id, text: telecomText(row), about: aboutTelecom(t, row) }))}
      />
      <Lines
        title={t('particulars.identifiers')}
        lines={identifiers.map((row) => ({ id: row.id, text: row.value, about: aboutIdentifier(t, row) }))}
      />
    </div>
  );
}

function Lines({ title, lines }: { title: string; lines: readonly Line[] }) {
  if (lines.length === 0) return null;
  return (
    <section className={classes.kind} aria-label={title}>
      <h3 className={classes.title}>{title}</h3>
      <ul className={classes.lines}>
        {lines.map(({ id, text, about }) => (
          <li key={id}>
            <span className={classes.text}>{text}</span> <span className={classes.about}>{about}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
