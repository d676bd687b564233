import type { Section } from '#shared/domain/notes/sections.ts';
import classes from './Notes.module.css';

/** What a note says, as it was written. */
export function NoteBody({ sections }: { readonly sections: readonly Section[] }) {
  return (
    <div className={classes.body}>
      {sections.map(({ title, text }, i) => (
        <div key={i} className={classes.section}>
          {title !== '' && <h4 className={classes.heading}>{title}</h4>}
          <p className={classes.text}>{text}</p>
        </div>
      ))}
    </div>
  );
}
