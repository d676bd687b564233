import { Button, Loader } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type KeyboardEvent, type RefObject, useImperativeHandle, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { formatDay, formatWallTime, patientName } from '#renderer/ui/format.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { MergePreview } from '#shared/contract/patient-merge.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { LikenessLine } from './LikenessLine.tsx';
import { FieldChoice, GoesOnChoice, SameFields } from './MergeFields.tsx';
import classes from './MergePanel.module.css';
import { fieldSide, goingOnSide, type MergeChoices, mergeWish, noChoices } from './merge-choices.ts';
import { useMergeDecisions } from './useMergeDecisions.ts';

export interface MergePanelProps {
  readonly leftId: PatientId;
  readonly rightId: PatientId;
  /** After the decision; `goesOn` is the record that goes on, null when they stay two. */
  readonly onDone: (goesOn: PatientId | null) => void;
  /** Set to what puts the cursor on the first choice. */
  readonly openRef?: RefObject<(() => void) | undefined>;
}

/** Both records side by side, what differs marked, and the decision. */
export function MergePanel(props: MergePanelProps) {
  const { leftId, rightId } = props;
  const { t } = useTranslation();
  const preview = useCall('patients.mergePreview', { leftId, rightId });
  if (preview.error) return <Failure failure={preview.error} onRetry={() => void preview.refetch()} />;
  if (!preview.data)
    return (
      <div className={classes.loading} aria-busy="true">
        <Loader size="sm" aria-label={t('duplicates.loading')} />
      </div>
    );
  return <Decision {...props} preview={preview.data} />;
}

/** Arrow keys up and down go from one choice to the next; left and right choose, as in any group of radio buttons. */
const stepBetweenFields = (event: KeyboardEvent<HTMLElement>): void => {
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (by === undefined || !(event.target instanceof HTMLInputElement)) return;
  event.preventDefault();
  const chosen = [...event.currentTarget.querySelectorAll<HTMLInputElement>('input[type="radio"]:checked')];
  const at = chosen.findIndex(({ name }) => name === (event.target as HTMLInputElement).name);
  chosen[at + by]?.focus();
};

function Decision({ preview, onDone, openRef }: MergePanelProps & { preview: MergePreview }) {
  const { t } = useTranslation();
  const [choices, setChoices] = useState<MergeChoices>(noChoices);
  const panel = useRef<HTMLElement>(null);
  const { merge, keepApart, busy } = useMergeDecisions();
  const { left, right, fields } = preview;
  const toFirstChoice = () =>
    panel.current?.querySelector<HTMLInputElement>('input[type="radio"]:checked')?.focus();
  useImperativeHandle(openRef, () => toFirstChoice);
  const wish = mergeWish(preview, choices);
  const doMerge = async () => {
    if (!busy && (await merge(wish))) onDone(wish.id);
  };
  const doKeepApart = async () => {
    if (!busy && (await keepApart(preview))) onDone(null);
  };
  useKeys(t('duplicates.compare'), [
    {
      keys: 'Enter',
      label: t('duplicates.keys.merge'),
      // An Enter too many, from the list or the search, must not merge what nobody has looked at.
      run: () => (panel.current?.contains(document.activeElement) ? void doMerge() : toFirstChoice()),
      inFields: true,
    },
    // In the choices themselves the arrow keys are theirs.
    { keys: 'ArrowRight', label: t('duplicates.keys.choose'), run: toFirstChoice },
    { keys: 'd', label: t('duplicates.keys.apart'), run: () => void doKeepApart(), inFields: true },
  ]);
  const title = t('duplicates.pair', { left: patientName(left.patient), right: patientName(right.patient) });
  return (
    <section ref={panel} className={classes.panel} aria-label={title} onKeyDown={stepBetweenFields}>
      <h2 className={classes.title}>{title}</h2>
      <LikenessLine likeness={preview} />
      <p className={classes.explain}>{t('duplicates.explain')}</p>
      <Overlapping preview={preview} />
      <div className={classes.choices}>
        <GoesOnChoice
          preview={preview}
          side={goingOnSide(preview, choices)}
          onChoose={(goesOn) => setChoices({ ...choices, goesOn })}
        />
        {fields
          .filter(({ differs }) => differs)
          .map((field) => (
            <FieldChoice
              key={field.column}
              preview={preview}
              field={field}
              side={fieldSide(preview, choices, field)}
              onChoose={(side) =>
                setChoices({ ...choices, fields: { ...choices.fields, [field.column]: side } })
              }
            />
          ))}
      </div>
      <SameFields preview={preview} />
      <div className={classes.actions}>
        <Button loading={busy} onClick={() => void doMerge()} rightSection={<KeyHint keys="Enter" quiet />}>
          {t('duplicates.merge')}
        </Button>
        <Button
          variant="default"
          disabled={busy}
          onClick={() => void doKeepApart()}
          rightSection={<KeyHint keys="d" quiet />}
        >
          {t('duplicates.apart')}
        </Button>
      </div>
    </section>
  );
}

function Overlapping({ preview: { overlapping, complete } }: { preview: MergePreview }) {
  const { t, i18n } = useTranslation();
  const { locale } = useFormat();
  const at = (local: string) => `${formatDay(local, locale, 'weekday')} ${formatWallTime(local)}`;
  const times = overlapping.slice(0, 3).map(({ left, right }) => `${at(left)} / ${formatWallTime(right)}`);
  return (
    <>
      {overlapping.length > 0 && (
        <p className={classes.warning}>
          <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
          {t('duplicates.overlapping', {
            count: overlapping.length,
            times: new Intl.ListFormat(i18n.language, { type: 'unit' }).format(times),
          })}
        </p>
      )}
      {!complete && <p className={classes.explain}>{t('duplicates.counts.arriving')}</p>}
    </>
  );
}
