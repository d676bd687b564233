import { Button } from '@mantine/core';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './CalmPage.module.css';

/** Catches a bug in a screen and offers a way back to work instead of an empty window. */
export class SafeScreen extends Component<
  { readonly children: ReactNode },
  { readonly failure: Error | null }
> {
  override state: { readonly failure: Error | null } = { failure: null };

  static getDerivedStateFromError(failure: Error) {
    return { failure };
  }

  override componentDidCatch(failure: Error, info: ErrorInfo): void {
    console.error(failure, info.componentStack);
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (!failure) return this.props.children;
    return <Stopped failure={failure} onAgain={() => this.setState({ failure: null })} />;
  }
}

function Stopped({ failure, onAgain }: { failure: Error; onAgain: () => void }) {
  const { t } = useTranslation();
  return (
    <main className={classes.page}>
      <div className={classes.card} role="alert">
        <h1>{t('app.safe.title')}</h1>
        <p>{t('app.safe.text')}</p>
        <div className={classes.actions}>
          <Button onClick={onAgain}>{t('app.safe.reload')}</Button>
          <Button
            variant="default"
            onClick={() => {
              window.location.hash = '/';
              onAgain();
            }}
          >
            {t('app.safe.home')}
          </Button>
        </div>
        <details className={classes.details}>
          <summary>{t('app.safe.details')}</summary>
          <pre>{`${failure.name}: ${failure.message}`}</pre>
        </details>
      </div>
    </main>
  );
}
