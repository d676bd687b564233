import { Alert, Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { KeptMark, KeptNotice } from '#renderer/ui/kept-form/Kept.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useSheetKeys } from '#renderer/ui/keys/useKeys.ts';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import { findingKey, isGrave, type Override } from '#shared/domain/prescribing/override.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { KeepTemplate } from './KeepTemplate.tsx';
import { LineEditor } from './LineEditor.tsx';
import { emptyLine, isTouched, type LineDraft, lineInput, problemsOf } from './line-draft.ts';
import classes from './Prescribing.module.css';
import { SignPrescriptions } from './SignPrescriptions.tsx';
import { TemplatePicker } from './TemplatePicker.tsx';
import { TemplatesSheet } from './TemplatesSheet.tsx';
import { useRxWords } from './useRxWords.ts';
import { type Checked, nextKey, openFindings, useChecks, useWriting } from './useWriting.ts';
import { answerKey, type Writing } from './writing.ts';

interface PrescribeSheetProps {
  readonly patientId: PatientId;
  /** Lines to begin with: of a renewal or a change. */
  readonly start?: readonly LineDraft[];
  readonly onClose: () => void;
}

/** The answers to what was found, as the workstation takes them. */
const overridesOf = (
  lines: readonly LineDraft[],
  found: Checked['found'],
  answers: Writing['answers'],
): readonly Override[] =>
  lines.flatMap(({ key }, line) =>
    (found.get(key) ?? []).filter(isGrave).flatMap((finding) => {
      const answer = answers[answerKey(key, findingKey(finding))];
      return answer?.reasonCode
        ? [{ line, finding: findingKey(finding), reasonCode: answer.reasonCode, reason: answer.reason }]
        : [];
    }),
  );

type Work = NonNullable<ReturnType<typeof useWriting>>;

/** Prescribes one medicine or several, checked as they are typed, and signs them in one go. */
export function PrescribeSheet(props: PrescribeSheetProps) {
  const work = useWriting(props.patientId, props.start ?? []);
  return work && <Prescribe {...props} work={work} />;
}

function Prescribe({ patientId, work, onClose }: PrescribeSheetProps & { readonly work: Work }) {
  const { t } = useTranslation();
  const { today } = useFormat();
  const { language } = useRxWords();
  const { writing } = work;
  const touched = writing.lines.filter(isTouched);
  const { found, behind, failed } = useChecks(patientId, writing.lines);
  const [asked, setAsked] = useState(false);
  const [signing, setSigning] = useState(false);
  const [managing, setManaging] = useState(false);
  const [keeping, setKeeping] = useState<{
    kind: 'favourite' | 'order-set';
    lines: readonly LineDraft[];
  } | null>(null);
  const write = useCommand('prescriptions.write');
  const mayKeep = mayCall(useCurrentUser(), 'prescriptions.keepTemplate');
  const missing = openFindings(touched, found, writing.answers);
  const overrides = overridesOf(touched, found, writing.answers);
  const done = (text: string) => {
    toast(text);
    onClose();
  };
  const { save, saving, errorAt, problem } = useSave(() => undefined);
  const send = async (sign: boolean, pin: string | null) => {
    await write.mutateAsync({
      patientId,
      lines: touched.map(lineInput),
      sign,
      language,
      overrides: [...overrides],
      pin,
    });
    await work.forget();
  };
  const signed = () =>
    done(t('prescribing.done.signed', { count: touched.length, name: touched[0]?.medication ?? '' }));
  const known = (): Readonly<Record<string, string>> =>
    touched.length === 0
      ? { [`lines.${0}.medication`]: 'required' }
      : Object.fromEntries(
          touched.flatMap((line, index) =>
            Object.entries(problemsOf(line)).map(
              ([field, what]) => [`lines.${index}.${field}`, what] as const,
            ),
          ),
        );
  const submit = () => {
    setAsked(true);
    const problems = known();
    const [first] = Object.keys(problems);
    const wrong = first === undefined ? undefined : touched[Number(first.split('.')[1])];
    if (wrong) work.change({ open: wrong.key });
    void save(problems, async () => {
      // What the checks have not answered yet the workstation checks itself, and refuses what needs a reason.
      if (!behind && missing.length > 0) return;
      if (overrides.length > 0) return setSigning(true);
      await send(true, null);
      signed();
    });
  };
  const draft = () =>
    void save(known(), async () => {
      await send(false, null);
      done(t('prescribing.done.drafted'));
    });
  const title = t('prescribing.prescribe');
  useSheetKeys(title, [
    { keys: 'mod+Enter', label: t('prescribing.sign'), run: submit, inFields: true },
    {
      keys: 'alt+n',
      label: t('prescribing.addLine'),
      run: () => work.addLines([emptyLine(today(), nextKey())]),
      inFields: true,
    },
  ]);
  if (signing)
    return (
      <SignPrescriptions
        lines={touched}
        found={found}
        answers={writing.answers}
        onSign={(pin) => send(true, pin)}
        onSigned={signed}
        onClose={() => setSigning(false)}
      />
    );
  if (managing) return <TemplatesSheet onClose={() => setManaging(false)} />;
  return (
    <SideSheet
      title={title}
      width={560}
      onClose={onClose}
      footer={
        <>
          <Button loading={saving} onClick={submit} rightSection={<KeyHint keys="mod+Enter" quiet />}>
            {t('prescribing.sign')}
          </Button>
          <Button variant="default" disabled={touched.length === 0 || saving} onClick={draft}>
            {t('prescribing.keepDraft')}
          </Button>
          <KeptMark keeping={work.keeping} />
        </>
      }
    >
      <KeptNotice keeping={work.keeping} />
      <div className={classes.fields} style={{ marginTop: 0 }}>
        {problem && (
          <Alert color="red" variant="light" role="alert">
            {problem}
          </Alert>
        )}
        {failed && (
          <Alert color="yellow" variant="light" role="alert">
            {t('prescribing.check.failed')}
          </Alert>
        )}
        <ul className={classes.lines}>
          {writing.lines.map((line) => (
            <LineEditor
              key={line.key}
              patientId={patientId}
              line={line}
              isOpen={line.key === writing.open || writing.lines.length === 1}
              findings={found.get(line.key)}
              behind={behind}
              answers={writing.answers}
              missing={asked ? missing : []}
              errorAt={(field) => errorAt(`lines.${Math.max(0, touched.indexOf(line))}.${field}`)}
              onChange={work.changeLine}
              onAnswer={work.answer}
              onOpen={() => work.change({ open: line.key })}
              onRemove={() => work.removeLine(line.key)}
              onFavourite={mayKeep ? () => setKeeping({ kind: 'favourite', lines: [line] }) : null}
            />
          ))}
        </ul>
        {keeping && <KeepTemplate key={keeping.kind} {...keeping} onDone={() => setKeeping(null)} />}
        <div className={classes.tools}>
          {touched.length === writing.lines.length && (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPlus size={14} stroke={1.8} />}
              rightSection={<KeyHint keys="alt+n" quiet />}
              onClick={() => work.addLines([emptyLine(today(), nextKey())])}
            >
              {t('prescribing.addLine')}
            </Button>
          )}
          <TemplatePicker onPick={work.addLines} onManage={() => setManaging(true)} />
          {mayKeep && touched.length > 1 && (
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => setKeeping({ kind: 'order-set', lines: touched })}
            >
              {t('prescribing.template.keepSet')}
            </Button>
          )}
        </div>
      </div>
    </SideSheet>
  );
}
