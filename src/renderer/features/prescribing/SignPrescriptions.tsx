import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { SignSheet } from '#renderer/ui/SignSheet.tsx';
import { useFindingText } from '#renderer/ui/useFindingText.ts';
import { findingKey, isGrave } from '#shared/domain/prescribing/override.ts';
import type { LineDraft } from './line-draft.ts';
import classes from './Prescribing.module.css';
import { sigSoFar } from './sig-so-far.ts';
import { useRxWords } from './useRxWords.ts';
import type { Checked } from './useWriting.ts';
import { answerKey, type Writing } from './writing.ts';

interface SignPrescriptionsProps {
  readonly lines: readonly LineDraft[];
  readonly found: Checked['found'];
  readonly answers: Writing['answers'];
  readonly onSign: (pin: string) => Promise<unknown>;
  readonly onSigned: () => void;
  readonly onClose: () => void;
}

/** The PIN for what a check found something grave about, with what is signed and why all the same. */
export function SignPrescriptions({
  lines,
  found,
  answers,
  onSign,
  onSigned,
  onClose,
}: SignPrescriptionsProps) {
  const { t } = useTranslation();
  const text = useFindingText();
  const { language } = useRxWords();
  return (
    <SignSheet
      title={t('prescribing.signTitle')}
      action={t('prescribing.sign')}
      onSign={onSign}
      onSigned={onSigned}
      onClose={onClose}
    >
      <p className={classes.taken}>{t('prescribing.signHint')}</p>
      <ul className={classes.lines}>
        {lines.map((line) => (
          <li key={line.key} className={classes.line}>
            <strong>{line.medication}</strong>
            <p className={classes.quiet}>{sigSoFar(line, language)}</p>
            <ul className={classes.findings}>
              {(found.get(line.key) ?? []).filter(isGrave).map((finding) => {
                const key = findingKey(finding);
                const answer = answers[answerKey(line.key, key)];
                const code = answer?.reasonCode;
                const words = [code && t(`prescribing.override.reason.${code}`), answer?.reason];
                return (
                  <li key={key} className={classes.finding} data-tone="red">
                    <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
                    <span>
                      {text(finding)}{' '}
                      <strong>
                        {t('prescribing.overridden', { reason: words.filter(Boolean).join(': ') })}
                      </strong>
                    </span>
                  </li>
                );
              })}
            </ul>
          </li>
        ))}
      </ul>
    </SignSheet>
  );
}
