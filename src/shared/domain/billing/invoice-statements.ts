import { isIssued } from './balance.ts';
import { each, type Found, type InvoiceLineRow, type SeriesRows, type Statement, unlike } from './books.ts';
import { remainsOf } from './credit.ts';
import { lineAmounts, sumOfLines } from './line.ts';

const totals: Statement = {
  name: 'an issued invoice comes to the sum of its lines, and so does the part of the payer',
  check: ({ invoices, lines }) => {
    const own = Map.groupBy(lines, ({ invoiceId }) => invoiceId);
    return each('invoice', invoices, (invoice) => {
      if (!isIssued(invoice) || invoice.kind === null) return null;
      const sum = sumOfLines(own.get(invoice.id) ?? []);
      return (
        unlike('total', invoice.total, sum.gross) ??
        unlike("payer's total", invoice.payerTotal ?? 0, sum.payerShare)
      );
    });
  },
};

const gross: Statement = {
  name: 'a line with tax is its net and its tax',
  check: ({ lines }) =>
    each('invoice_line', lines, (line) => unlike('gross', line.gross, line.net + line.tax)),
};

const shares: Statement = {
  name: "the payer's and the patient's share make up the line",
  check: ({ lines }) =>
    each('invoice_line', lines, (line) => unlike('shares', line.payerShare + line.patientShare, line.gross)),
};

const pricedAs = (line: InvoiceLineRow): Found => {
  const computed = lineAmounts({ ...line, coverRate: 0 });
  if (!computed.ok) return `cannot be: ${computed.error}`;
  return unlike('net', line.net, computed.value.net) ?? unlike('tax', line.tax, computed.value.tax);
};

const priced: Statement = {
  name: 'a line is worth its price, quantity, discount and tax rate, rounded once',
  check: ({ lines }) =>
    each('invoice_line', lines, (line) => (line.corrects === null ? pricedAs(line) : null)),
};

const amountsOf = ({ net, tax, gross: all, payerShare, patientShare }: InvoiceLineRow) => ({
  net,
  tax,
  gross: all,
  "payer's share": payerShare,
  "patient's share": patientShare,
});

const leastOf = (line: InvoiceLineRow, credits: readonly InvoiceLineRow[]): Found => {
  const left = { ...line, ...remainsOf(line, credits) };
  const below = Object.entries(amountsOf(left)).find(([, amount]) => amount < 0);
  return below === undefined ? null : `${below[0]} ${below[1]} is left`;
};

const credits: Statement = {
  name: 'credits take no more of net, tax and shares than a line has',
  check: ({ invoices, lines }) => {
    const standing = new Set(invoices.filter(isIssued).map(({ id }) => id));
    const taken = Map.groupBy(
      lines.filter(({ invoiceId }) => standing.has(invoiceId)),
      ({ corrects }) => corrects,
    );
    const corrected = lines.filter(({ corrects }) => corrects === null);
    return each('invoice_line', corrected, (line) => leastOf(line, taken.get(line.id) ?? []));
  },
};

const signs: Statement = {
  name: 'a credit takes back, and only credit notes do',
  check: ({ invoices, lines }) => {
    const kinds = new Map(invoices.map(({ id, kind }) => [id, kind]));
    return each('invoice_line', lines, (line) => {
      const isCredit = kinds.get(line.invoiceId) === 'credit-note';
      if (isCredit !== (line.corrects !== null))
        return isCredit ? 'corrects no line' : 'corrects a line on no credit note';
      const above = Object.entries(amountsOf(line)).find(([, amount]) =>
        isCredit ? amount > 0 : amount < 0,
      );
      return above === undefined ? null : `${above[0]} is ${above[1]}`;
    });
  },
};

const corrections: Statement = {
  name: 'a credit note corrects an invoice of the same patient and currency',
  check: ({ invoices }) => {
    const byId = new Map(invoices.map((invoice) => [invoice.id, invoice]));
    return each('invoice', invoices, ({ kind, corrects, patientId, currency }) => {
      if (corrects === null) return kind === 'credit-note' ? 'corrects no invoice' : null;
      const corrected = byId.get(corrects);
      if (corrected === undefined) return `corrects ${corrects}, which is not there`;
      if (corrected.kind === 'credit-note' || kind !== 'credit-note')
        return `corrects ${corrects} and may not`;
      if (corrected.patientId !== patientId) return 'is of another patient than what it corrects';
      return corrected.currency === currency ? null : `is in ${currency}, not in ${corrected.currency}`;
    });
  },
};

const lineReferences: Statement = {
  name: 'a line is of an invoice, and corrects a line of the invoice its credit note corrects',
  check: ({ invoices, lines }) => {
    const invoiceOf = new Map(invoices.map((invoice) => [invoice.id, invoice]));
    const byId = new Map(lines.map((line) => [line.id, line]));
    return each('invoice_line', lines, (line) => {
      const invoice = invoiceOf.get(line.invoiceId);
      if (invoice === undefined) return `is of invoice ${line.invoiceId}, which is not there`;
      if (line.corrects === null) return null;
      const corrected = byId.get(line.corrects);
      if (corrected === undefined) return `corrects ${line.corrects}, which is not there`;
      return corrected.invoiceId === invoice.corrects ? null : 'corrects a line of another invoice';
    });
  },
};

const gaps = ({ after, numbers: given, last }: SeriesRows): readonly string[] => {
  const found = given
    .map((number, index) => ({ number, before: given[index - 1] ?? after }))
    .filter(({ number, before }) => number !== before + 1)
    .map(({ number, before }) => `${number} comes after ${before}`);
  const end = given.at(-1) ?? after;
  return last === null || last === end
    ? found
    : [...found, `${last} were given, ${end} is the last there is`];
};

const numbers: Statement = {
  name: 'the fiscal numbers of a series have no gap and no repeat',
  check: ({ series }) =>
    series.flatMap((one) => gaps(one).map((found) => ({ table: 'invoice_series', id: one.series, found }))),
};

export const invoiceStatements: readonly Statement[] = [
  totals,
  gross,
  shares,
  priced,
  credits,
  signs,
  corrections,
  lineReferences,
  numbers,
];
