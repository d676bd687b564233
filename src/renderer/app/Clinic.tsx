import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import classes from './Clinic.module.css';
import { type Section, sectionAt, sectionGroups } from './sections.ts';

interface ClinicProps {
  readonly sections: readonly Section[];
  readonly location: string;
  readonly children: ReactNode;
}

/** The work, and beside it the list of the sections when it is one of them. */
export function Clinic({ sections, location, children }: ClinicProps) {
  const { t } = useTranslation();
  const current = sectionAt(sections, location);
  if (current === undefined) return children;
  return (
    <div className={classes.clinic}>
      <nav className={classes.list} aria-label={t('app.clinic.label')}>
        {sectionGroups.map((group) => (
          <Group
            key={group}
            title={t(`app.clinic.group.${group}`)}
            sections={sections.filter((section) => section.group === group)}
            current={current}
          />
        ))}
      </nav>
      <div className={classes.section}>{children}</div>
    </div>
  );
}

interface GroupProps {
  readonly title: string;
  readonly sections: readonly Section[];
  readonly current: Section;
}

function Group({ title, sections, current }: GroupProps) {
  const { t } = useTranslation();
  if (sections.length === 0) return null;
  return (
    <div className={classes.group}>
      <h2 className={classes.title}>{title}</h2>
      <ul className={classes.sections}>
        {sections.map(({ name, path, keys, icon: Icon }) => (
          <li key={name}>
            <Link
              href={path}
              className={classes.link}
              aria-current={name === current.name ? 'page' : undefined}
            >
              <Icon size={16} stroke={1.6} aria-hidden />
              <span className={classes.word}>{t(`app.nav.${name}`)}</span>
              {keys !== undefined && (
                <span className={classes.keys} aria-hidden>
                  <KeyHint keys={keys} quiet />
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
