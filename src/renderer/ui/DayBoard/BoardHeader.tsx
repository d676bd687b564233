import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { practitionerColours, readColour } from '#shared/domain/clinic/colours.ts';
import { columnLeft } from './AppointmentBlock.tsx';
import type { RowColumn } from './BoardRow.tsx';
import classes from './DayBoard.module.css';
import { axisWidth, headerHeight } from './geometry.ts';
import type { ColumnModel } from './model.ts';
import { awayText, type NameOf, placesOf } from './text.ts';
import { clockTime } from './time.ts';

/** Names above the columns; they stay in view whatever scrolls. */
export const BoardHeader = memo(function BoardHeader({
  columns,
  width,
  ...heading
}: {
  readonly columns: readonly RowColumn[];
  readonly width: number;
  readonly nameOf: NameOf;
  readonly named: 'practitioner' | 'day';
  readonly onName: ((column: ColumnModel['column']) => void) | undefined;
}) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/useSemanticElements: the cells below are placed on a canvas of time
    <div role="rowgroup" className={classes.head} style={{ height: headerHeight }}>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the heading row is read, not entered */}
      <div role="row" aria-rowindex={1} className={classes.headRow}>
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
        <div role="columnheader" aria-colindex={1} className={classes.corner} style={{ width: axisWidth }}>
          <span className="visually-hidden">{t('appointments.board.time')}</span>
        </div>
        {columns.map(({ model, index }) => (
          // biome-ignore lint/a11y/useSemanticElements: as above
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <div
            key={index}
            role="columnheader"
            aria-colindex={index + 2}
            className={classes.heading}
            style={{ left: columnLeft(index, width), width }}
          >
            <Heading model={model} {...heading} />
          </div>
        ))}
      </div>
    </div>
  );
});

interface HeadingProps {
  readonly model: ColumnModel;
  readonly nameOf: NameOf;
  readonly named: 'practitioner' | 'day';
  readonly onName: ((column: ColumnModel['column']) => void) | undefined;
}

function Heading({ model, nameOf, named, onName }: HeadingProps) {
  const { t } = useTranslation();
  const name = nameOf(model.column);
  const speciality = named === 'practitioner' ? model.column.speciality : '';
  const places = placesOf(model);
  const colour = readColour(model.column.colour);
  const hue = colour === null || named === 'day' ? -1 : practitionerColours.indexOf(colour);
  // Who is away all day is so for a reason that says more than `no hours`.
  const away = model.away[0] && awayText(t, model.away[0]);
  const about = [speciality, places || away || t('appointments.board.noHours')].filter(Boolean).join(' · ');
  const share = model.openMinutes === 0 ? 0 : Math.round((model.bookedMinutes / model.openMinutes) * 100);
  const full = t('appointments.board.loadFull', {
    booked: clockTime(model.bookedMinutes),
    open: clockTime(model.openMinutes),
  });
  return (
    <>
      <div className={classes.headLine}>
        {hue >= 0 && <span className={`hue ${classes.headHue}`} data-hue={hue} aria-hidden />}
        {onName ? (
          <button
            type="button"
            tabIndex={-1}
            className={classes.headName}
            title={name}
            onClick={() => onName(model.column)}
          >
            {name}
          </button>
        ) : (
          <span className={classes.headName} title={name}>
            {name}
          </span>
        )}
        {model.openMinutes > 0 && (
          <span className={classes.headLoad} title={full}>
            {t('appointments.board.load', { share })}
          </span>
        )}
      </div>
      <div className={classes.headAbout} title={about}>
        {about}
      </div>
      <div className={classes.meter} aria-hidden data-full={share >= 90 || undefined}>
        <div style={{ width: `${Math.min(share, 100)}%` }} />
      </div>
    </>
  );
}
