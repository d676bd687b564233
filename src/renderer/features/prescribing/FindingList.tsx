import { Select, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconQuestionMark } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFindingText } from '#renderer/ui/useFindingText.ts';
import {
  findingKey,
  isGrave,
  type OverrideReason,
  overrideReasons,
} from '#shared/domain/prescribing/override.ts';
import type { Finding } from '#shared/domain/safety/finding.ts';
import classes from './Prescribing.module.css';
import { answerKey, type Writing } from './writing.ts';

interface FindingListProps {
  readonly lineKey: string;
  readonly findings: readonly Finding[] | undefined;
  /** The checks are running on what was typed. */
  readonly behind: boolean;
  readonly answers: Writing['answers'];
  readonly onAnswer: (key: string, answer: Writing['answers'][string]) => void;
  /** Answers that are missing are said. */
  readonly missing: readonly string[];
}

const rank = ({ status, severity }: Finding): number =>
  status === 'warning'
    ? ['high', 'moderate', 'low'].indexOf(severity ?? 'low')
    : status === 'not-checked'
      ? 3
      : 4;

/** What the checks say, the gravest first; what did not run is said as well, and why. */
export function FindingList({ lineKey, findings, behind, answers, onAnswer, missing }: FindingListProps) {
  const { t } = useTranslation();
  const text = useFindingText();
  if (findings === undefined)
    return (
      <p className={classes.quiet} role="status">
        {t(behind ? 'prescribing.check.running' : 'prescribing.check.notYet')}
      </p>
    );
  const warnings = findings
    .filter(({ status }) => status === 'warning')
    .toSorted((a, b) => rank(a) - rank(b));
  const unchecked = findings.filter(({ status }) => status === 'not-checked');
  const reasons = [...new Set(unchecked.map(text))];
  const fine = [...new Set(findings.filter(({ status }) => status === 'ok').map(({ check }) => check))];
  return (
    <ul className={classes.findings} aria-label={t('prescribing.check.title')} aria-busy={behind}>
      {warnings.map((finding) => {
        const key = answerKey(lineKey, findingKey(finding));
        return (
          <li key={key} className={classes.finding} data-tone={isGrave(finding) ? 'red' : 'amber'}>
            <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
            <span>
              <strong>{t(`findings.severity.${finding.severity ?? 'low'}`)}</strong> {text(finding)}
            </span>
            {isGrave(finding) && (
              <Answering
                answer={answers[key]}
                isMissing={missing.includes(key)}
                onAnswer={(answer) => onAnswer(key, answer)}
              />
            )}
          </li>
        );
      })}
      {reasons.length > 0 && (
        <li className={classes.finding}>
          <IconQuestionMark size={16} stroke={1.8} aria-hidden />
          <span>
            <strong>{t('prescribing.check.notChecked')}</strong> {reasons.join(' ')}
          </span>
        </li>
      )}
      {fine.length > 0 && (
        <li className={classes.finding} data-tone="green">
          <IconCircleCheck size={16} stroke={1.8} aria-hidden />
          <span>
            {t('prescribing.check.fine', {
              checks: fine.map((check) => t(`findings.check.${check}`)).join(', '),
            })}
          </span>
        </li>
      )}
    </ul>
  );
}

interface AnsweringProps {
  readonly answer: Writing['answers'][string] | undefined;
  readonly isMissing: boolean;
  readonly onAnswer: (answer: Writing['answers'][string]) => void;
}

function Answering({ answer, isMissing, onAnswer }: AnsweringProps) {
  const { t } = useTranslation();
  const { reasonCode = null, reason = '' } = answer ?? {};
  const problem = isMissing ? t('prescribing.override.missing') : undefined;
  const words = useRef<HTMLInputElement>(null);
  // A list of choices opens on Ctrl+Enter: once a reason is chosen, the cursor goes where that signs.
  const choose = (value: string | null) => {
    onAnswer({ reasonCode: value as OverrideReason | null, reason });
    words.current?.focus();
  };
  return (
    <div className={classes.answer}>
      <Select
        label={t('prescribing.override.label')}
        placeholder={t('prescribing.override.choose')}
        data={overrideReasons.map((value) => ({ value, label: t(`prescribing.override.reason.${value}`) }))}
        value={reasonCode}
        error={reasonCode === null && problem}
        onChange={choose}
      />
      <TextInput
        ref={words}
        label={t('prescribing.override.words')}
        value={reason}
        maxLength={1000}
        error={reasonCode === 'other' && problem}
        onChange={(event) => onAnswer({ reasonCode, reason: event.currentTarget.value })}
      />
    </div>
  );
}
