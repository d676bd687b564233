import type { Connection } from '#main/core/dispatch.ts';
import { letterheadOf } from '#main/core/letterhead.ts';
import { filled, type PanelWords, panelWords } from '#main/core/paper/panel-words.ts';
import { drawPaper } from '#main/core/paper/paper.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { TillFiguresView, TillReport, TillSessionView } from '#shared/contract/till.ts';
import { catalogues } from '#shared/i18n/catalogues.ts';
import { instant } from '#shared/kernel/clock.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { TillDeps } from './confirmed.ts';
import { report } from './report.ts';

const wordsOf = (language: Parsed<'till.reportFile'>['language'], timeZone: string) => ({
  ...panelWords(language, timeZone),
  till: catalogues[language].till,
});
type PaperWords = ReturnType<typeof wordsOf>;

const methodName = ({ till }: PaperWords, method: string): string =>
  (till.method as Readonly<Record<string, string>>)[method] ?? till.method.other;

const figureLines = (
  words: PaperWords & Pick<PanelWords, 'money'>,
  figures: TillFiguresView,
  currency: string,
): readonly string[] => {
  const { till, money } = words;
  const line = (label: string, amount: number) =>
    filled(till.paper.line, { label, amount: money(amount, currency) });
  return [
    line(till.figure.float, figures.float),
    ...figures.takings.map(({ method, taken, refunded }) =>
      filled(till.paper.takings, {
        method: methodName(words, method),
        taken: money(taken, currency),
        refunded: money(refunded, currency),
      }),
    ),
    line(till.figure.cashIn, figures.cashIn),
    line(till.figure.cashOut, figures.cashOut),
    line(till.figure.expected, figures.expected),
    line(till.figure.counted, figures.counted),
    line(till.figure.variance, figures.variance),
  ];
};

const signedLines = ({ till, dayAt }: PaperWords, { signed }: TillSessionView): readonly string[] => {
  if (signed === null) return [till.notSigned];
  return [
    filled(till.signedBy, { name: signed.byName, at: dayAt(signed.at) }),
    ...(signed.changed ? [till.changedOnly] : []),
    filled(till.paper.digest, { digest: signed.digest }),
  ];
};

const sessionLines = (words: PaperWords, session: TillSessionView): readonly string[] => {
  const { till, money } = words;
  const { figures, currency, moves, counts, receipts } = session;
  if (figures === null) return [till.paper.open];
  return [
    ...figureLines(words, figures, currency),
    ...(receipts === null ? [] : [filled(till.receipts, receipts)]),
    ...moves.map(
      ({ kind, amount, reason, byName }) =>
        `${money(amount, currency)} (${till.move[kind]}): ${reason}, ${byName}`,
    ),
    ...counts.map(({ turn, amount, byName }) =>
      filled(till.countLine, { turn, amount: money(amount, currency), name: byName }),
    ),
    ...counts.flatMap(({ said, saidByName, reason }) => {
      const name = saidByName ?? '';
      if (said === 'approved') return [filled(till.acceptedBy, { name })];
      return said === 'rejected' ? [filled(till.rejectedBy, { name, reason: reason ?? '' })] : [];
    }),
    ...signedLines(words, session),
  ];
};

const sectionsOf = (words: PaperWords, { totals, sessions, uncounted, unsent }: TillReport) => {
  const { till } = words;
  const left = [
    ...(uncounted > 0 ? [filled(till.paper.uncounted, { count: uncounted })] : []),
    ...(unsent > 0 ? [filled(till.paper.unsent, { count: unsent })] : []),
  ];
  return [
    ...totals.map(({ currency, figures }) => ({
      title: filled(till.paper.together, { currency }),
      text: figureLines(words, figures, currency).join('\n'),
    })),
    ...(left.length > 0 ? [{ title: '', text: left.join('\n') }] : []),
    ...sessions.map((session) => ({
      title: `${session.cashierName}, ${session.tillName}`,
      text: sessionLines(words, session).join('\n'),
    })),
    ...(sessions.length === 0 ? [{ title: '', text: till.noSessions }] : []),
  ];
};

/** The report of a day, to be printed and signed by hand as well. */
export const reportFile = async (
  deps: TillDeps,
  { language, ...asked }: Parsed<'till.reportFile'>,
  connection: Connection,
): Promise<Result<Output<'till.reportFile'>>> => {
  const found = report(deps, asked, connection);
  if (!found.ok) return found;
  const { siteName, cashiers } = found.value;
  const words = wordsOf(language, deps.home().timeZone);
  const { paper } = words.till;
  const head = letterheadOf(deps.store, deps.settings, asked.siteId);
  const now = deps.clock.now();
  const name = connection.user?.displayName ?? '';
  const bytes = await drawPaper({
    language,
    title: filled(paper.title, { day: words.day(asked.day) }),
    keywords: null,
    at: new Date(now),
    clinic: { name: head.name, lines: [head.address, head.phone].filter(Boolean) },
    facts: [
      { label: paper.site, text: siteName },
      {
        label: paper.cashier,
        text: cashiers.find(({ id }) => id === asked.cashierId)?.name ?? words.till.everybody,
      },
      { label: paper.made, text: words.dayAt(instant(now)) },
    ],
    sections: sectionsOf(words, found.value),
    signature: { name, lines: [], label: paper.signature },
    foot: (page, pages) => filled(words.paper.page, { page, pages }),
  });
  return ok({
    name: filled(paper.file, { day: asked.day }),
    contentType: 'application/pdf',
    data: bytes.toString('base64'),
  });
};
