import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  aboutConsent,
  aboutCoverage,
  aboutIdentifier,
  aboutTelecom,
  consentText,
  coverageText,
  telecomText,
} from '#renderer/ui/particulars-text.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { PatientParticulars } from '#shared/contract/patients.ts';
import { holdingConsents } from '#shared/domain/patients/particulars.ts';
import classes from './Particulars.module.css';

interface Line {
  readonly id: string;
  readonly text: string;
  readonly about: string;
}

/** What more is known, under the details; a kind of which nothing is known is left out. */
export function Particulars({ particulars }: { particulars: PatientParticulars }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { telecoms, identifiers, coverages, consents } = particulars;
  const holding = [...holdingConsents(consents).values()];
  const lineOf = (consent: (typeof consents)[number]) => ({
    id: consent.id,
    text: consentText(t, consent),
    about: aboutConsent(format, consent),
  });
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
      <Lines
        title={t('particulars.coverages')}
        lines={coverages.map((row) => ({
          id: row.id,
          text: coverageText(row),
          about: aboutCoverage(t, format, row),
        }))}
      />
      <Lines title={t('particulars.consents')} lines={holding.map(lineOf)}>
        <Earlier lines={consents.filter((consent) => !holding.includes(consent)).map(lineOf)} />
      </Lines>
    </div>
  );
}

/** What was said before. */
function Earlier({ lines }: { lines: readonly Line[] }) {
  const { t } = useTranslation();
  if (lines.length === 0) return null;
  return (
    <details className={classes.earlier}>
      <summary>{t('particulars.earlier', { count: lines.length })}</summary>
      <List lines={lines} />
    </details>
  );
}

interface LinesProps {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly children?: ReactNode;
}

function Lines({ title, lines, children }: LinesProps) {
  if (lines.length === 0) return null;
  return (
    <section className={classes.kind} aria-label={title}>
      <h3 className={classes.title}>{title}</h3>
      <List lines={lines} />
      {children}
    </section>
  );
}

function List({ lines }: { lines: readonly Line[] }) {
  return (
    <ul className={classes.lines}>
      {lines.map(({ id, text, about }) => (
        <li key={id}>
          <span className={classes.text}>{text}</span> <span className={classes.about}>{about}</span>
        </li>
      ))}
    </ul>
  );
}
