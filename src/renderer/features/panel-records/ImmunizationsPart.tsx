import classes from '#renderer/ui/panel/Parts.module.css';
import { usePages } from '#renderer/ui/panel/usePages.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { PartProps } from './part.ts';
import { Released } from './Released.tsx';

export function ImmunizationsPart({ patientId }: PartProps) {
  const format = useFormat();
  const pages = usePages('panel.immunizations', { patientId });
  return (
    <Released kind="immunizations" pages={pages}>
      <ul className={classes.list}>
        {pages.items.map(({ id, display, givenAt }) => (
          <li key={id} className={`${classes.card} ${classes.line}`}>
            <span className={classes.name}>{display}</span>
            <span className={classes.about}>{format.day(givenAt)}</span>
          </li>
        ))}
      </ul>
    </Released>
  );
}
