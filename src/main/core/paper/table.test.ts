import { expect, it } from 'vitest';
import { textOfPdf } from '#tests/support/pdf-text.ts';
import { drawPaper } from './paper.ts';

const table = (rows: number) => ({
  columns: [
    { name: 'What', share: 0.6 },
    { name: 'How much', share: 0.4, right: true },
  ],
  rows: Array.from({ length: rows }, (_, n) => ({
    cells: [n === 3 ? 'long '.repeat(40).trim() : `Row ${n}`, `${n},000`],
    strong: n === rows - 1,
  })),
});

const drawn = async (rows: number) =>
  textOfPdf(
    await drawPaper({
      language: 'en',
      title: 'A table',
      keywords: null,
      at: new Date(0),
      clinic: { name: 'Clinic', lines: [] },
      facts: [],
      sections: [{ title: 'Figures', text: '', table: table(rows) }],
      signature: null,
      foot: (page, pages) => `${page}/${pages}`,
    }),
  );

it('has every row once, and its head on every page', async () => {
  const { text } = await drawn(120);
  for (const n of [0, 50, 119]) expect(text.split(`Row ${n}\n`).join(' ')).toContain(`${n},000`);
  const pages = Number(/1\/(\d)/.exec(text)?.[1]);
  expect(pages).toBe(3);
  expect(text.split('How much')).toHaveLength(pages + 1);
  expect(text.match(/long/g)).toHaveLength(40);
});
