import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { columnWord } from '#renderer/ui/record-words.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useValueText } from '#renderer/ui/useValueText.ts';
import type { ConflictView, ContestedField, Trace } from '#shared/contract/conflicts.ts';
import { differingParts, type Part } from '#shared/domain/conflicts/differing.ts';
import classes from './Versions.module.css';

type Side = 'kept' | 'attempted';

export interface VersionsProps {
  readonly conflict: ConflictView;
  /** What each side is called. */
  readonly titles: Readonly<Record<Side, string>>;
  /** The side somebody has chosen already. */
  readonly chosen?: Side | null;
  /** Decides for a side; without it nothing can be chosen. */
  readonly onChoose?: (side: Side) => void;
  /** Whether the other version can be taken, too. */
  readonly byValue?: boolean;
  readonly busy?: boolean;
}

/** Two versions side by side, what differs marked, with who wrote each, when and where. */
export function Versions({ conflict, titles, chosen = null, onChoose, byValue = true, busy }: VersionsProps) {
  const { t } = useTranslation();
  const choices = {
    kept: { keys: '1', word: t('conflicts.keep'), able: true },
    attempted: { keys: '2', word: t('conflicts.take'), able: byValue },
  } as const;
  return (
    <div className={classes.versions}>
      {(['kept', 'attempted'] as const).map((side) => {
        const { keys, word, able } = choices[side];
        return (
          <section
            key={side}
            className={classes.version}
            aria-label={titles[side]}
            data-chosen={chosen === side || undefined}
          >
            <header className={classes.head}>
              <h3 className={classes.title}>
                {titles[side]}
                {chosen === side && (
                  <span className={classes.chosen}>
                    <IconCheck size={14} stroke={2} aria-hidden />
                    {t('conflicts.chosen')}
                  </span>
                )}
              </h3>
              <TraceLine trace={conflict[side]} />
            </header>
            <dl className={classes.fields}>
              {conflict.fields.map((field) => (
                <Value key={field.column} field={field} side={side} />
              ))}
            </dl>
            {onChoose && able && (
              <Button
                variant="default"
                className={classes.choose ?? ''}
                disabled={busy ?? false}
                onClick={() => onChoose(side)}
                rightSection={<KeyHint keys={keys} quiet />}
              >
                {word}
              </Button>
            )}
          </section>
        );
      })}
    </div>
  );
}

/** Who, where, when; what is not known is not guessed. */
export function TraceLine({ trace }: { trace: Trace }) {
  const { t } = useTranslation();
  const format = useFormat();
  const parts = [
    trace.by ?? (trace.device === null ? null : t('conflicts.trace.unknown')),
    trace.device ?? t('conflicts.trace.centre'),
    trace.at === null ? null : format.dateTime(trace.at),
  ];
  return <p className={classes.trace}>{parts.filter(Boolean).join(' · ')}</p>;
}

function Value({ field, side }: { field: ContestedField; side: Side }) {
  const { t } = useTranslation();
  const textOf = useValueText();
  const texts = { kept: textOf(field.format, field.kept), attempted: textOf(field.format, field.attempted) };
  const { left, right } = differingParts(texts.kept, texts.attempted);
  const changedSince = side === 'kept' && field.current !== field.kept;
  return (
    <div className={classes.field}>
      <dt>{columnWord(t, field.column)}</dt>
      <dd>
        <Marked parts={side === 'kept' ? left : right} />
        {changedSince && (
          <span className={classes.since}>
            {t('conflicts.sinceThen', { value: textOf(field.format, field.current) })}
          </span>
        )}
      </dd>
    </div>
  );
}

/** Underlined and bold as well as coloured: the difference must not hang on a colour. */
function Marked({ parts }: { parts: readonly Part[] }) {
  return (
    <span className={classes.value}>
      {parts.map(({ text, differs }, index) =>
        differs ? (
          <mark key={index} className={classes.differs}>
            {text}
          </mark>
        ) : (
          <span key={index}>{text}</span>
        ),
      )}
    </span>
  );
}
