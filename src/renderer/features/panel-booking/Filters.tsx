import { Button, Chip, NativeSelect, TextInput } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import parts from '#renderer/ui/panel/Parts.module.css';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { weekdayName, weekdays } from '#renderer/ui/weekdays.ts';
import type { Output } from '#shared/contract/contract.ts';
import { type DayPart, dayParts } from '#shared/domain/panel-booking/day-part.ts';
import type { LocationId, PractitionerId } from '#shared/kernel/ids.ts';
import classes from './PanelBooking.module.css';
import { anything, useBooking } from './store.ts';

/** What can be chosen of doctor, place and time. What is chosen of one leaves what fits of the others. */
export function Filters({ bookable }: { bookable: Output<'panel.bookable'> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { search, look } = useBooking();
  const { doctors, sites } = bookable;
  const specialities = [...new Set(doctors.flatMap((doctor) => doctor.specialities))].toSorted((a, b) =>
    a.localeCompare(b, format.locale),
  );
  const fitting = doctors.filter(
    (doctor) =>
      (search.speciality === null || doctor.specialities.includes(search.speciality)) &&
      (search.locationId === null || doctor.locationIds.includes(search.locationId)),
  );
  const [isWhenOpen, setWhenOpen] = useState(
    search.part !== null || search.from !== '' || search.weekdays.length > 0,
  );
  const { visitTypeId: _kind, ...filters } = search;
  const isAny = JSON.stringify(filters) === JSON.stringify(anything);
  return (
    <fieldset className={classes.fields}>
      <legend>{t('panelBooking.filter.title')}</legend>
      <NativeSelect
        size="md"
        label={t('panelBooking.filter.speciality')}
        value={search.speciality ?? ''}
        onChange={(event) => look({ speciality: event.currentTarget.value || null, practitionerId: null })}
        data={[{ value: '', label: t('panelBooking.filter.anySpeciality') }, ...specialities]}
      />
      <NativeSelect
        size="md"
        label={t('panelBooking.filter.site')}
        value={search.locationId ?? ''}
        onChange={(event) =>
          look({ locationId: (event.currentTarget.value || null) as LocationId | null, practitionerId: null })
        }
        data={[
          { value: '', label: t('panelBooking.filter.anySite') },
          ...sites.map(({ id, name }) => ({ value: id as string, label: name })),
        ]}
      />
      <NativeSelect
        size="md"
        label={t('panelBooking.filter.doctor')}
        value={search.practitionerId ?? ''}
        onChange={(event) =>
          look({ practitionerId: (event.currentTarget.value || null) as PractitionerId | null })
        }
        data={[
          { value: '', label: t('panelBooking.filter.anyDoctor') },
          ...fitting.map(({ id, name }) => ({ value: id as string, label: name })),
        ]}
      />
      <div className={classes.more}>
        <button
          type="button"
          aria-expanded={isWhenOpen}
          aria-controls={isWhenOpen ? 'when-choice' : undefined}
          onClick={() => setWhenOpen(!isWhenOpen)}
        >
          {t('panelBooking.filter.when')}
          <IconChevronDown size={20} aria-hidden />
        </button>
        {isWhenOpen && (
          <div id="when-choice" className={classes.fields}>
            <NativeSelect
              size="md"
              label={t('panelBooking.filter.part')}
              value={search.part ?? ''}
              onChange={(event) => look({ part: (event.currentTarget.value || null) as DayPart | null })}
              data={[
                { value: '', label: t('panelBooking.filter.anyPart') },
                ...dayParts.map((part) => ({ value: part as string, label: t(`panelBooking.part.${part}`) })),
              ]}
            />
            <TextInput
              size="md"
              type="date"
              label={t('panelBooking.filter.from')}
              min={format.today()}
              value={search.from}
              onChange={(event) => look({ from: event.currentTarget.value })}
            />
            <div className={classes.wide}>
              <div className={parts.quiet} id="weekdays-choice">
                {t('panelBooking.filter.weekdays')}
              </div>
              <Chip.Group
                multiple
                value={search.weekdays.map(String)}
                onChange={(chosen) => look({ weekdays: chosen.map(Number).toSorted() })}
              >
                {/* biome-ignore lint/a11y/useSemanticElements: a fieldset within one has a legend of its own size */}
                <div className={classes.chips} role="group" aria-labelledby="weekdays-choice">
                  {weekdays.map((weekday) => (
                    <Chip key={weekday} value={String(weekday)} size="lg" variant="outline">
                      {weekdayName(weekday, format.locale, 'short')}
                    </Chip>
                  ))}
                </div>
              </Chip.Group>
            </div>
          </div>
        )}
      </div>
      {!isAny && (
        <div className={classes.wide}>
          <Button variant="default" size="md" onClick={() => look(anything)}>
            {t('panelBooking.filter.clear')}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
