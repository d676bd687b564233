import { Button, SegmentedControl } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import type { ExceptionView } from '#shared/contract/scheduling.ts';
import { ExceptionSheet } from './ExceptionSheet.tsx';
import { ExceptionsView } from './ExceptionsView.tsx';
import { HoursSheet } from './HoursSheet.tsx';
import { HoursTable } from './HoursTable.tsx';
import classes from './ScheduleScreen.module.css';
import { VisitTypeSheet } from './VisitTypeSheet.tsx';
import { VisitTypesTable } from './VisitTypesTable.tsx';

const views = ['exceptions', 'hours', 'visit-types'] as const;
type ScheduleView = (typeof views)[number];

/** Whether the last part of an address names a view of this screen. */
export const isScheduleView = (name: string): name is ScheduleView =>
  (views as readonly string[]).includes(name);

const pathOf = (view: string): string => (view === 'exceptions' ? '/schedule' : `/schedule/${view}`);

interface ScheduleScreenProps {
  readonly view: ScheduleView;
  /** The appointments an exception makes impossible; they are another feature's, which the app puts in here. */
  readonly renderAffected: (exception: ExceptionView) => ReactNode;
}

/** What is different on some days, everybody's weekly hours, and the kinds of visits. */
export function ScheduleScreen({ view, renderAffected }: ScheduleScreenProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const step = (by: number) => () => {
    const next = views[(views.indexOf(view) + by + views.length) % views.length];
    if (next) navigate(pathOf(next));
  };
  const user = useCurrentUser();
  const mayAdd = {
    exceptions: mayCall(user, 'scheduling.addException'),
    hours: mayCall(user, 'scheduling.addHours'),
    'visit-types': mayCall(user, 'scheduling.createVisitType'),
  };
  // `null` is a new one; undefined: the sheet is closed.
  const [sheet, openSheet] = useState<string | null>();
  const closeSheet = () => openSheet(undefined);
  useEffect(closeSheet, [view]);
  useKeys(t('scheduling.title'), [
    {
      keys: 'n',
      label: t(`scheduling.add.${view}`),
      run: () => openSheet(null),
      enabled: mayAdd[view] && sheet === undefined,
    },
    { keys: ']', label: t('scheduling.keys.next'), run: step(1) },
    { keys: '[', label: t('scheduling.keys.previous'), run: step(-1) },
  ]);
  return (
    <div className={classes.screen}>
      <h1 className="visually-hidden">{t('scheduling.title')}</h1>
      <div className={classes.bar}>
        <SegmentedControl
          aria-label={t('scheduling.title')}
          value={view}
          onChange={(next) => navigate(pathOf(next))}
          data={views.map((value) => ({ value, label: t(`scheduling.view.${value}`) }))}
        />
        {mayAdd[view] && (
          <Button
            leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
            rightSection={<KeyHint keys="n" quiet />}
            onClick={() => openSheet(null)}
          >
            {t(`scheduling.add.${view}`)}
          </Button>
        )}
      </div>
      {view === 'exceptions' && (
        <ExceptionsView renderAffected={renderAffected} alone={sheet !== undefined} />
      )}
      {view === 'hours' && <HoursTable onOpen={mayAdd.hours ? openSheet : undefined} />}
      {view === 'visit-types' && <VisitTypesTable onOpen={mayAdd['visit-types'] ? openSheet : undefined} />}
      {sheet !== undefined && view === 'exceptions' && <ExceptionSheet onClose={closeSheet} />}
      {sheet !== undefined && view === 'hours' && <HoursSheet key={sheet} id={sheet} onClose={closeSheet} />}
      {sheet !== undefined && view === 'visit-types' && (
        <VisitTypeSheet key={sheet} id={sheet} onClose={closeSheet} />
      )}
    </div>
  );
}
