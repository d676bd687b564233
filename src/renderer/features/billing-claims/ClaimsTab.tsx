import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import classes from './Claims.module.css';
import { ClaimsList } from './ClaimsList.tsx';
import { NewClaim } from './NewClaim.tsx';

const paths = { list: '/billing/claims', new: '/billing/claims/new' } as const;
const keys = { list: 'l', new: 'n' } as const;

/** What is asked of payers: the claims there are, and a new one. */
export function ClaimsTab() {
  const { t } = useTranslation();
  const [location, navigate] = useLocation();
  const mayAdd = mayCall(useCurrentUser(), 'claims.submit');
  const shown = mayAdd && location === paths.new ? 'new' : 'list';
  const views = mayAdd ? (['list', 'new'] as const) : (['list'] as const);
  useKeys(
    t('claims.views'),
    views.map((view) => ({
      keys: keys[view],
      label: t(`claims.view.${view}`),
      run: () => navigate(paths[view]),
    })),
  );
  return (
    <div className={classes.claims}>
      <h1 className="visually-hidden">{t(`claims.view.${shown}`)}</h1>
      <nav className={classes.views} aria-label={t('claims.views')}>
        {views.map((view) => (
          <Button
            key={view}
            size="compact-md"
            variant={view === shown ? 'light' : 'subtle'}
            {...(view === shown ? {} : { color: 'gray' })}
            aria-current={view === shown ? 'page' : undefined}
            rightSection={<KeyHint keys={keys[view]} quiet />}
            onClick={() => navigate(paths[view])}
          >
            {t(`claims.view.${view}`)}
          </Button>
        ))}
      </nav>
      {shown === 'new' ? <NewClaim onDone={() => navigate(paths.list)} /> : <ClaimsList />}
    </div>
  );
}
