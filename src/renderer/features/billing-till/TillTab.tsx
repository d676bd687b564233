import { Button } from '@mantine/core';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { may, useCurrentUser } from '#renderer/client/session.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import type { Permission } from '#shared/contract/permissions.ts';
import { HistoryView } from './HistoryView.tsx';
import { ReportView } from './ReportView.tsx';
import classes from './Till.module.css';
import { TillDesk } from './TillDesk.tsx';
import { TillsView } from './TillsView.tsx';

interface View {
  readonly view: 'desk' | 'report' | 'history' | 'tills';
  readonly keys: string;
  readonly needs: Permission;
  readonly component: ComponentType;
}

const views: readonly View[] = [
  { view: 'desk', keys: 'l', needs: 'till.read', component: TillDesk },
  { view: 'report', keys: 'd', needs: 'till.read', component: ReportView },
  { view: 'history', keys: 'y', needs: 'till.read', component: HistoryView },
  { view: 'tills', keys: 'k', needs: 'till.update', component: TillsView },
];

const path = (view: View['view']) => `/billing/till/${view}`;

/** Cash: one's own till, the report of a day, what was, and the drawers there are. */
export function TillTab() {
  const { t } = useTranslation();
  const [location, navigate] = useLocation();
  const user = useCurrentUser();
  const own = views.filter(({ needs }) => may(user, needs));
  const shown = own.find(({ view }) => location === path(view)) ?? own[0];
  useKeys(
    t('till.views'),
    own.map(({ view, keys }) => ({ keys, label: t(`till.view.${view}`), run: () => navigate(path(view)) })),
  );
  if (shown === undefined) return null;
  const Part = shown.component;
  return (
    <div className={classes.till}>
      <h1 className="visually-hidden">{t(`till.view.${shown.view}`)}</h1>
      <nav className={classes.views} aria-label={t('till.views')}>
        {own.map(({ view, keys }) => (
          <Button
            key={view}
            size="compact-md"
            variant={view === shown.view ? 'light' : 'subtle'}
            {...(view === shown.view ? {} : { color: 'gray' })}
            aria-current={view === shown.view ? 'page' : undefined}
            rightSection={<KeyHint keys={keys} quiet />}
            onClick={() => navigate(path(view))}
          >
            {t(`till.view.${view}`)}
          </Button>
        ))}
      </nav>
      <Part />
    </div>
  );
}
