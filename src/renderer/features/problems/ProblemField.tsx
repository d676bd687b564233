import { useTranslation } from 'react-i18next';
import { SuggestField } from '#renderer/ui/SuggestField.tsx';
import type { ProblemDraft } from './draft.ts';
import { systemName } from './system-name.ts';

interface ProblemFieldProps {
  readonly draft: ProblemDraft;
  readonly error: string | undefined;
  readonly onChange: (part: Partial<ProblemDraft>) => void;
}

/** What the problem is: free text, which says that it is uncoded. */
export function ProblemField({ draft, error, onChange }: ProblemFieldProps) {
  const { t } = useTranslation();
  const { display, code, codeSystem } = draft;
  const note =
    code !== null
      ? { text: t('problems.codedHint', { system: systemName(codeSystem), code }), warn: false }
      : display.trim() !== '' && { text: t('problems.uncodedHint'), warn: true };
  return (
    <SuggestField
      label={t('problems.field.display')}
      listLabel={t('problems.suggestions')}
      text={display}
      maxLength={200}
      autoFocus
      error={error}
      chosen={code !== null}
      ready
      suggestions={[]}
      onText={(text) => onChange({ display: text, code: null, codeSystem: null })}
      onChoose={() => undefined}
      note={note || null}
    />
  );
}
