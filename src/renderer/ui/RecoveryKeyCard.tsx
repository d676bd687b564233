import { Button, TextInput } from '@mantine/core';
import { IconCopy, IconPrinter } from '@tabler/icons-react';
import { type FormEvent, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { copyShown } from './copy-text.ts';
import classes from './RecoveryKeyCard.module.css';

export interface RecoveryKeyCardProps {
  readonly recoveryKey: string;
  /** What the workstation is called. */
  readonly name: string;
  /** Whether this is the key's last group; the key counts from then on. */
  readonly onKeep: (lastGroup: string) => Promise<boolean>;
  readonly onLater: () => void;
}

function Groups({ recoveryKey }: Pick<RecoveryKeyCardProps, 'recoveryKey'>) {
  return recoveryKey.split('-').map((group, index, all) => (
    <span key={group}>
      {group}
      {index < all.length - 1 && <span className="visually-hidden">-</span>}
    </span>
  ));
}

/** A recovery key, shown once, with what shows that it was kept: its last group, typed from the paper. */
export function RecoveryKeyCard({ recoveryKey, name, onKeep, onLater }: RecoveryKeyCardProps) {
  const { t, i18n } = useTranslation();
  const shown = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [copied, setCopied] = useState<boolean | null>(null);
  const [isKeeping, setKeeping] = useState(false);
  const [when] = useState(() => new Date().toLocaleDateString(i18n.language, { dateStyle: 'long' }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setKeeping(true);
    try {
      if (await onKeep(typed)) return;
      setProblem(t('protection.card.wrong'));
      field.current?.select();
    } finally {
      setKeeping(false);
    }
  };
  return (
    <form className={classes.card} noValidate onSubmit={(event) => void submit(event)}>
      <p>{t('protection.card.once')}</p>
      <div ref={shown} className={classes.key}>
        <Groups recoveryKey={recoveryKey} />
      </div>
      <div className={classes.buttons}>
        <Button
          variant="default"
          autoFocus
          leftSection={<IconPrinter size={16} stroke={1.6} aria-hidden />}
          onClick={() => window.print()}
        >
          {t('protection.card.print')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconCopy size={16} stroke={1.6} aria-hidden />}
          onClick={() => setCopied(shown.current !== null && copyShown(shown.current))}
        >
          {t('protection.card.copy')}
        </Button>
      </div>
      <p className={classes.quiet} role="status">
        {copied !== null && t(copied ? 'protection.card.copied' : 'protection.card.notCopied')}
      </p>
      <p className={classes.quiet}>{t('protection.card.what')}</p>
      <TextInput
        ref={field}
        label={t('protection.card.last')}
        description={t('protection.card.lastHint')}
        value={typed}
        error={problem}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={50}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setProblem(null);
        }}
      />
      <div className={`${classes.buttons} ${classes.end}`}>
        <Button variant="default" onClick={onLater}>
          {t('protection.card.later')}
        </Button>
        <Button type="submit" loading={isKeeping}>
          {t('protection.card.keep')}
        </Button>
      </div>
      {createPortal(
        <div className={classes.printed} aria-hidden>
          <h1>{t('protection.card.heading', { name })}</h1>
          <p>{t('protection.card.made', { when })}</p>
          <div className={classes.key}>
            <Groups recoveryKey={recoveryKey} />
          </div>
          <p>{t('protection.card.what')}</p>
        </div>,
        document.body,
      )}
    </form>
  );
}
