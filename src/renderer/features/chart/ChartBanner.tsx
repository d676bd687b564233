import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBabyCarriage,
  IconCircleCheck,
  IconLock,
  IconQuestionMark,
  IconWeight,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { PatientBanner } from '#renderer/ui/PatientBanner.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Certainty } from '#shared/contract/appointments.ts';
import type { OpenChart } from '#shared/contract/chart.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { restricted } from '#shared/domain/chart/flag.ts';
import { mayBePregnant } from '#shared/domain/chart/pregnancy.ts';
import { ageOn } from '#shared/domain/patients/age.ts';
import classes from './ChartBanner.module.css';
import { useAllergyText } from './chart-words.ts';

/** More than these are folded: the gravest come first. */
const shownAllergies = 8;

type Tone = 'red' | 'amber' | 'green' | 'quiet';

interface ChipProps {
  readonly tone: Tone;
  readonly icon: typeof IconWeight;
  readonly certainty?: Certainty;
  readonly children: ReactNode;
}

function Chip({ tone, icon: Icon, certainty, children }: ChipProps) {
  return (
    <li className={classes.chip} data-tone={tone}>
      <Icon size={14} stroke={1.8} aria-hidden />
      <span>{children}</span>
      {certainty && certainty !== 'confirmed' && <CertaintyMark certainty={certainty} quiet />}
    </li>
  );
}

/** Who it is and what must not be overlooked; what nobody has recorded is said, never left out. */
export function ChartBanner({ chart, actions }: { chart: OpenChart; actions: ReactNode }) {
  const { t } = useTranslation();
  return (
    <PatientBanner
      patient={chart.patient}
      actions={actions}
      below={
        <ul className={classes.chips} aria-label={t('chart.banner.label')}>
          <Allergies chart={chart} />
          <Alerts chart={chart} />
          <Pregnancy chart={chart} />
          <Weight chart={chart} />
        </ul>
      }
    />
  );
}

function Allergies({ chart: { allergies, allergyState } }: { chart: OpenChart }) {
  const { t } = useTranslation();
  const text = useAllergyText();
  const [all, setAll] = useState(false);
  if (allergyState === 'not-recorded')
    return (
      <Chip tone="amber" icon={IconQuestionMark}>
        <strong>{t('chart.banner.not-recorded')}</strong>
      </Chip>
    );
  if (allergyState === 'none-known')
    return (
      <Chip tone="green" icon={IconCircleCheck}>
        {t('chart.banner.none-known')}
      </Chip>
    );
  const folded = allergies.length - shownAllergies;
  return (
    <>
      {(all ? allergies : allergies.slice(0, shownAllergies)).map((allergy) => (
        <Chip key={allergy.id} tone="red" icon={IconAlertTriangle} certainty={allergy.certainty}>
          <span className="visually-hidden">{t('chart.banner.allergies')}: </span>
          <strong>{allergy.substance}</strong> {text(allergy)}
        </Chip>
      ))}
      {!all && folded > 0 && (
        <li>
          <Button size="compact-xs" variant="default" onClick={() => setAll(true)}>
            {t('chart.banner.more', { count: folded })}
          </Button>
        </li>
      )}
    </>
  );
}

function Alerts({ chart: { flags, restriction } }: { chart: OpenChart }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      {restriction && (
        <Chip tone={restriction.until === null ? 'quiet' : 'red'} icon={IconLock}>
          {restriction.until === null
            ? t('chart.banner.restricted')
            : t('chart.banner.openUntil', { time: format.time(restriction.until) })}
        </Chip>
      )}
      {flags
        .filter(({ category }) => category !== restricted)
        .map((flag) => (
          <Chip key={flag.id} tone="amber" icon={IconAlertTriangle} certainty={flag.certainty}>
            {t(`chart.category.${flag.category}`)}: <strong>{flag.text}</strong>
          </Chip>
        ))}
    </>
  );
}

function Pregnancy({ chart: { patient, pregnancy } }: { chart: OpenChart }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (pregnancy === null) {
    const age = patient.birthDate === null ? null : ageOn(patient.birthDate, format.today());
    const years = age === null ? null : age.unit === 'year' ? age.count : 0;
    if (patient.deceasedDate !== null || !mayBePregnant(patient.gender, years)) return null;
    return (
      <Chip tone="quiet" icon={IconQuestionMark}>
        {t('chart.banner.pregnancyUnknown')}
      </Chip>
    );
  }
  const day = format.day(pregnancy.day);
  if (!pregnancy.pregnant)
    return (
      <Chip tone="quiet" icon={IconBabyCarriage}>
        {t('chart.banner.notPregnant', { day })}
      </Chip>
    );
  return (
    <Chip tone="amber" icon={IconBabyCarriage}>
      {pregnancy.due === null
        ? t('chart.banner.pregnant', { day })
        : t('chart.banner.pregnantDue', { day, due: format.day(pregnancy.due) })}
    </Chip>
  );
}

/** UCUM codes as people write them. */
const unitWords: Readonly<Record<string, string>> = { '[lb_av]': 'lb', '[oz_av]': 'oz' };

/** To two places: more was computed, not weighed. */
const kilos = (value: string, locale: string): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(Number(value));

function Weight({ chart: { weight } }: { chart: OpenChart }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (weight === null)
    return (
      <Chip tone="quiet" icon={IconQuestionMark}>
        {t('chart.banner.weightUnknown')}
      </Chip>
    );
  const unit = weight.unit ?? '';
  return (
    <Chip tone="quiet" icon={IconWeight} certainty={weight.certainty}>
      {t('chart.banner.weight', {
        value: kilos(weight.value, format.locale),
        unit: unitWords[unit] ?? unit,
        day: format.day(dayAt(Date.parse(weight.at), format.timeZone)),
      })}
    </Chip>
  );
}
