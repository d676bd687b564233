import { describe, expect, it } from 'vitest';
import { catalogues } from '#shared/i18n/catalogues.ts';
import { errorCodes } from '#shared/kernel/result.ts';

const sources = Object.entries(
  import.meta.glob<string>(['../**/*.{ts,tsx}', '../../main/**/*.ts'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
)
  .filter(([path]) => !path.includes('.test.'))
  .map(([, text]) => text)
  .join('\n');

type Tree = { readonly [key: string]: string | Tree };

const texts = (tree: Tree, before = ''): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[`${before}${key}`, value] as const]
        : [...texts(value, `${before}${key}.`)],
    ),
  );

const english = texts(catalogues.en);
const french = texts(catalogues.fr);
/** Keys as code names them: i18next finds the plural form itself. */
const named = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '');
const placeholders = (text: string) =>
  [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name).sort();

/** Beginnings of keys that code completes, such as `common.gender.` in a template. */
const beginnings = new Set(
  [...sources.matchAll(/`([a-zA-Z]+(?:\.[a-zA-Z-]+)*\.)\$\{/g)].map(([, beginning]) => beginning ?? ''),
);
/** All that stands alone between quotes. */
const quoted = new Set([...sources.matchAll(/(?<=['"`])[\w.-]+(?=['"`])/g)].map(([text]) => text));
const isUsed = (key: string) =>
  quoted.has(named(key)) ||
  [...beginnings].some(
    (beginning) => key.startsWith(beginning) && !key.slice(beginning.length).includes('.'),
  );

describe('texts', () => {
  it('are the same keys in every language', () => {
    expect([...french.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('fill in the same values in every language', () => {
    for (const [key, text] of english) {
      expect([key, placeholders(french.get(key) ?? '')]).toEqual([key, placeholders(text)]);
    }
  });

  it('are never empty', () => {
    for (const [key, text] of [...english, ...french]) expect([key, text.trim()]).not.toEqual([key, '']);
  });

  it('are all used by a screen or the desktop', () => {
    const byErrorCode = new Set<string>(errorCodes.map((code) => `errors.${code}`));
    const unused = [...english.keys()].filter(
      (key) =>
        !key.startsWith('shell.') &&
        !key.startsWith('documents.paper.') &&
        !key.startsWith('billing.paper.') &&
        // Read as a whole, by kind: the compiler knows which are used.
        !/^(mail\.(?!note)|billingReports\.|calendarEntry\.|panelPaper\.|till\.paper\.)/.test(key) &&
        !byErrorCode.has(key) &&
        !isUsed(key),
    );
    expect(unused).toEqual([]);
  });

  it('exist for every error code', () => {
    for (const code of errorCodes) expect(english.has(`errors.${code}`)).toBe(true);
  });
});
