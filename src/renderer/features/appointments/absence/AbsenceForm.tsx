import { Button, Checkbox, TextInput } from '@mantine/core';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import { fieldText } from '#renderer/ui/error-text.ts';
import { TimeSpanFields } from '#renderer/ui/TimeSpanFields.tsx';
import { WhoField } from '#renderer/ui/WhoAndWhere.tsx';
import classes from './AbsenceScreen.module.css';
import { type AbsenceDraft, useAbsence } from './store.ts';

const usual = ['ill', 'training', 'family'] as const;

interface AbsenceFormProps {
  readonly draft: AbsenceDraft;
  readonly problems: Readonly<Record<string, string>>;
  /** Nothing is called missing before somebody wanted to apply it. */
  readonly tried: boolean;
  readonly doctorRef: Ref<HTMLInputElement>;
}

/** Who is away, on which days or during which hours of them, and why. */
export function AbsenceForm({ draft, problems, tried, doctorRef }: AbsenceFormProps) {
  const { t } = useTranslation();
  const { edit } = useAbsence.getState();
  const change = (part: Partial<AbsenceDraft>) => edit({ ...draft, ...part });
  const errorAt = (field: string) => {
    const problem = problems[field];
    return problem && (tried || problem !== 'required') ? fieldText(t, problem) : undefined;
  };
  return (
    <div className={classes.fields}>
      <WhoField
        ref={doctorRef}
        value={draft.practitionerId}
        error={errorAt('practitionerId')}
        onChange={(practitionerId) => change({ practitionerId })}
      />
      <div className={classes.pair}>
        <DateField
          label={t('absence.from')}
          value={draft.startDate}
          error={errorAt('startDate')}
          onChange={(startDate) =>
            change({ startDate, ...(draft.endDate < startDate ? { endDate: startDate } : {}) })
          }
        />
        <DateField
          label={t('absence.to')}
          value={draft.endDate}
          error={errorAt('endDate')}
          onChange={(endDate) => change({ endDate })}
        />
      </div>
      <Checkbox
        label={t('absence.wholeDays')}
        checked={draft.wholeDays}
        onChange={(event) => change({ wholeDays: event.currentTarget.checked })}
      />
      {!draft.wholeDays && <TimeSpanFields {...draft} errorAt={errorAt} onChange={change} />}
      <TextInput
        label={t('absence.reason')}
        description={t('absence.reasonHint')}
        maxLength={200}
        value={draft.name}
        error={tried && draft.name.trim() === '' ? fieldText(t, 'required') : undefined}
        onChange={(event) => useAbsence.setState({ draft: { ...draft, name: event.currentTarget.value } })}
      />
      <div className={classes.chips}>
        {usual.map((name) => (
          <Button
            key={name}
            variant="default"
            size="compact-sm"
            onClick={() => useAbsence.setState({ draft: { ...draft, name: t(`absence.usual.${name}`) } })}
          >
            {t(`absence.usual.${name}`)}
          </Button>
        ))}
      </div>
    </div>
  );
}
