import { Button } from '@mantine/core';
import { type ComponentType, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '#renderer/client/provider.tsx';
import { Waiting } from '#renderer/ui/panel/Waiting.tsx';
import classes from './Panel.module.css';

function NotLoaded({ onAgain }: { readonly onAgain: () => void }) {
  const { t } = useTranslation();
  return (
    <div role="alert" className={classes.unloaded}>
      <p>{t('panel.notLoaded')}</p>
      <Button variant="default" onClick={onAgain}>
        {t('common.retry')}
      </Button>
    </div>
  );
}

/**
 * A screen that comes when somebody goes there: a phone waits for the first one alone. React's `lazy` keeps a failure for good; a
 * phone that was in a tunnel asks again. Where the host answers and the screen is not there, this page is of an earlier release:
 * then it is loaded anew.
 */
export function later(load: () => Promise<ComponentType>): ComponentType {
  let loaded: ComponentType | undefined;
  return function Later() {
    const client = useClient();
    const [Screen, setScreen] = useState(() => loaded);
    const [hasFailed, setFailed] = useState(false);
    const fetch = useCallback(async () => {
      setFailed(false);
      try {
        loaded = await load();
        setScreen(() => loaded);
        return true;
      } catch {
        setFailed(true);
        return false;
      }
    }, []);
    useEffect(() => {
      if (loaded === undefined) void fetch();
    }, [fetch]);
    const again = async () => {
      if (!(await fetch()) && (await client.ask('app.info', {})).ok) window.location.reload();
    };
    if (Screen !== undefined) return <Screen />;
    return hasFailed ? <NotLoaded onAgain={() => void again()} /> : <Waiting />;
  };
}
