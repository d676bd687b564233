/** What a spreadsheet would take for a formula (OWASP, CSV injection); a tab or a line break may hide one from the eye. */
const isFormula = (text: string): boolean => /^[\t\r\n ]*[=+\-@]|^[\t\r\n]/.test(text);

const cell = (text: string | number): string => {
  if (typeof text === 'number') return String(text);
  const safe = isFormula(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/**
 * Rows as RFC 4180 has them: commas, CRLF, what needs it in quotes. A cell a spreadsheet would compute gets an apostrophe in front,
 * as people type it there to mean text; a number is one.
 */
export const writeCsv = (rows: readonly (readonly (string | number)[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
