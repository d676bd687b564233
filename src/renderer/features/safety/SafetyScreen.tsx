import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { DatasetsView } from './DatasetsView.tsx';
import { OverridesView } from './OverridesView.tsx';
import classes from './SafetyScreen.module.css';

const views = ['data', 'overrides'] as const;
type SafetyView = (typeof views)[number];

/** Whether the last part of an address names a view of this screen. */
export const isSafetyView = (name: string): name is SafetyView => (views as readonly string[]).includes(name);

const pathOf = (view: string): string => (view === 'data' ? '/safety' : `/safety/${view}`);

/** What prescriptions are checked against, and which serious warnings doctors prescribed against. */
export function SafetyScreen({ view }: { view: SafetyView }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const mayReview = mayCall(useCurrentUser(), 'safety.overrides');
  const shown = views.filter((one) => one === 'data' || mayReview);
  const turn = () => navigate(pathOf(view === 'data' ? 'overrides' : 'data'));
  useKeys(t('safety.title'), [
    { keys: ']', label: t('safety.nextView'), run: turn, enabled: mayReview },
    { keys: '[', label: t('safety.previousView'), run: turn, enabled: mayReview },
  ]);
  return (
    <div className={classes.screen}>
      <h1 className="visually-hidden">{t('safety.title')}</h1>
      <div className={classes.bar}>
        <SegmentedControl
          aria-label={t('safety.title')}
          value={view}
          onChange={(next) => navigate(pathOf(next))}
          data={shown.map((value) => ({ value, label: t(`safety.view.${value}`) }))}
        />
      </div>
      {view === 'data' || !mayReview ? <DatasetsView /> : <OverridesView />}
    </div>
  );
}
