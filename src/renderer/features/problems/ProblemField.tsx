import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { SuggestField } from '#renderer/ui/SuggestField.tsx';
import { systemTitle } from '#shared/domain/concepts/concept.ts';
import type { ProblemDraft } from './draft.ts';

interface ProblemFieldProps {
  readonly draft: ProblemDraft;
  readonly error: string | undefined;
  readonly onChange: (part: Partial<ProblemDraft>) => void;
}

/** As much of a title as a problem takes. */
const longest = 200;

/** What the problem is: a code of an imported code system, or free text, which says that it is uncoded. */
export function ProblemField({ draft, error, onChange }: ProblemFieldProps) {
  const { t } = useTranslation();
  const { display, code, codeSystem } = draft;
  const text = display.trim();
  const found = useCall('concepts.search', { text }, { enabled: text.length > 1 && code === null });
  const note =
    code !== null
      ? { text: t('problems.codedHint', { system: systemTitle(codeSystem), code }), warn: false }
      : text !== '' && { text: t('problems.uncodedHint'), warn: true };
  return (
    <SuggestField
      label={t('problems.field.display')}
      listLabel={t('problems.suggestions')}
      text={display}
      maxLength={longest}
      autoFocus
      error={error}
      chosen={code !== null}
      ready={!found.isFetching}
      suggestions={(found.data ?? []).map((one) => ({
        key: one.id,
        label: one.display,
        detail: `${systemTitle(one.codeSystem)} ${one.code}`,
      }))}
      onText={(typed) => onChange({ display: typed, code: null, codeSystem: null })}
      onChoose={({ key }) => {
        const chosen = found.data?.find(({ id }) => id === key);
        if (chosen === undefined) return;
        const title = Array.from(chosen.display).slice(0, longest).join('');
        onChange({ display: title, code: chosen.code, codeSystem: chosen.codeSystem });
      }}
      note={note || null}
    />
  );
}
