import { IconArrowRight, IconCircleMinus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatWallTime } from '#renderer/ui/format.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { BulkLine } from '#shared/contract/oversight.ts';
import { kindOfChange } from './kind-of-change.ts';
import classes from './Oversight.module.css';

interface BulkPreviewProps {
  readonly lines: readonly BulkLine[];
  /** Said in place of lines, while there are none. */
  readonly text: 'choose' | 'looking' | null;
}

/** What a change would make of each, those that stay first: they are what somebody has to know. */
export function BulkPreview({ lines, text }: BulkPreviewProps) {
  const { t } = useTranslation();
  if (text !== null)
    return (
      <p className={classes.quiet} role="status">
        {t(`oversight.bulk.${text}`)}
      </p>
    );
  const stay = lines.filter(({ becomes }) => becomes === null);
  const will = lines.filter(({ becomes }) => becomes !== null);
  const isToTell = will.some((line) => ['move', 'cancel'].includes(kindOfChange(line) ?? ''));
  return (
    <>
      <p className={classes.summary} role="status">
        {will.length > 0 ? t('oversight.bulk.will', { count: will.length }) : t('oversight.bulk.none')}
        {will.length > 0 && stay.length > 0 && ` ${t('oversight.bulk.stay', { count: stay.length })}`}
      </p>
      {isToTell && <p className={classes.quiet}>{t('oversight.bulk.tell')}</p>}
      <ul className={classes.lines}>
        {[...stay, ...will].map((line) => (
          <Line key={line.appointment.id} line={line} />
        ))}
      </ul>
    </>
  );
}

function Line({ line }: { line: BulkLine }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { appointment, becomes, problem } = line;
  const when = (startLocal: string) => `${format.day(startLocal, 'weekday')} ${formatWallTime(startLocal)}`;
  const goes = () => {
    const kind = kindOfChange(line);
    if (kind === 'visit-type') return becomes?.visitTypeName ?? '';
    if (kind === 'cancel' || kind === 'no-show' || kind === 'confirm')
      return t(`oversight.bulk.becomes.${kind}`);
    if (becomes === null) return '';
    return [
      becomes.startLocal === appointment.startLocal ? '' : when(becomes.startLocal),
      becomes.practitionerId === appointment.practitionerId ? '' : becomes.practitionerName,
    ]
      .filter(Boolean)
      .join(' · ');
  };
  return (
    <li className={classes.line} data-stays={problem !== null || undefined}>
      <span className={classes.who}>
        <span className={classes.name} title={appointment.patientName}>
          {appointment.patientName}
        </span>
        <span className={classes.time}>
          {when(appointment.startLocal)} · {appointment.practitionerName}
        </span>
      </span>
      <span className={classes.goes}>
        {problem === null ? (
          <IconArrowRight size={14} stroke={1.8} aria-hidden />
        ) : (
          <IconCircleMinus size={14} stroke={1.8} aria-hidden />
        )}
        <span>{problem === null ? goes() : <Why problem={problem} />}</span>
      </span>
    </li>
  );
}

const own = [
  'as-wanted',
  'lost-its-time',
  'not-open',
  'not-begun',
  'no-request',
  'slot-taken',
  'slot-held',
  'not-permitted',
] as const;
type Own = (typeof own)[number];
type Code = NonNullable<BulkLine['problem']>['code'];
const isOwn = (code: Code): code is Own => (own as readonly Code[]).includes(code);

function Why({ problem: { code, params } }: { problem: NonNullable<BulkLine['problem']> }) {
  const { t } = useTranslation();
  return isOwn(code) ? t(`oversight.problem.${code}`, params) : t(`errors.${code}`, params);
}
