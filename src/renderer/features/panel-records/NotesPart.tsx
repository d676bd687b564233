import { useTranslation } from 'react-i18next';
import { Notice } from '#renderer/ui/panel/Page.tsx';
import classes from '#renderer/ui/panel/Parts.module.css';
import { usePages } from '#renderer/ui/panel/usePages.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { PanelNote } from '#shared/contract/panel-records.ts';
import type { PartProps } from './part.ts';
import { Released } from './Released.tsx';

export function NotesPart({ patientId }: PartProps) {
  const pages = usePages('panel.notes', { patientId, limit: 10 });
  return (
    <Released kind="notes" pages={pages}>
      {pages.items.map((note) => (
        <Note key={note.id} note={note} />
      ))}
    </Released>
  );
}

function Note({ note }: { note: PanelNote }) {
  const { t } = useTranslation();
  const format = useFormat();
  const title = note.title || t('panelRecords.note');
  return (
    <article className={classes.card} aria-label={`${title}, ${format.day(note.signedAt)}`}>
      <div className={classes.line}>
        <h2>{title}</h2>
        <span className={classes.about}>
          {[
            t('panelRecords.signedBy', { date: format.dateTime(note.signedAt), name: note.author ?? '' }),
            note.amended ? t('panelRecords.amended') : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      {note.checking && <Notice>{t('panelRecords.noteChecking')}</Notice>}
      <Sections sections={note.sections} />
      {note.addenda.map((addendum) => (
        <section key={addendum.id} className={classes.line}>
          <span className={classes.about}>
            {t('panelRecords.addendum', {
              date: format.dateTime(addendum.signedAt),
              name: addendum.author ?? '',
            })}
          </span>
          <Sections sections={addendum.sections} />
        </section>
      ))}
    </article>
  );
}

function Sections({ sections }: Pick<PanelNote, 'sections'>) {
  return sections.map(({ title, text }) => (
    <div key={`${title} ${text}`} className={classes.line}>
      {title !== '' && <h3>{title}</h3>}
      <p className={classes.text}>{text}</p>
    </div>
  ));
}
