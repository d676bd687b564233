import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { english } from '#shared/i18n/english.ts';
import { panelEnglish } from '#shared/i18n/panel-english.ts';

const renderer = resolve(import.meta.dirname, '../src/renderer');

/**
 * The files of `src/renderer`, with their texts, that a page fetches sooner or later, from its `first` one on; what is fetched for `but`
 * alone is left out.
 */
const pageFiles = (first: string, but: readonly string[] = []): ReadonlyMap<string, string> => {
  const left = new Set(but.map((name) => join(renderer, name)));
  const found = new Map<string, string>();
  const look = (path: string) => {
    if (found.has(path) || left.has(path) || !/\.tsx?$/.test(path) || !existsSync(path)) return;
    const text = readFileSync(path, 'utf8');
    found.set(path, text);
    for (const [, from, later] of text.matchAll(
      /^import (?!type)(?:[^'"]*? from )?'([^']+)'|import\('([^']+)'\)/gm,
    )) {
      const name = from ?? later ?? '';
      if (name.startsWith('#renderer/')) look(join(renderer, name.slice('#renderer/'.length)));
      else if (name.startsWith('.')) look(resolve(dirname(path), name));
    }
  };
  look(join(renderer, first));
  return found;
};

/** What stands under `key` among all texts: a text, or several. */
const textsAt = (key: string): unknown =>
  key
    .split('.')
    .reduce<unknown>((tree, name) => (tree as Record<string, unknown> | undefined)?.[name], english);

it('the patients’ page fetches every text that it says', () => {
  // A kiosk fetches all there are; what changes of tables concern names calls, not texts.
  const page = pageFiles('panel.tsx', ['panel/KioskApp.tsx', 'client/reads.ts']);
  expect(page.size).toBeGreaterThan(80);
  const others = Object.keys(english).filter((part) => !(part in panelEnglish));
  const named = new RegExp(`['"\`]((?:${others.join('|')})\\.[\\w.-]+)(['"\`]|\\$\\{)`, 'g');
  const said = [...page].flatMap(([path, text]) =>
    [...text.matchAll(named)]
      .filter(([, key = '', end]) =>
        end === '${'
          ? textsAt(key.replace(/\.$/, '')) !== undefined
          : [key, `${key}_other`].some((one) => typeof textsAt(one) === 'string'),
      )
      .map(([, key]) => `${path.slice(renderer.length)}: ${key}`),
  );
  expect(said).toEqual([]);
});

const core = dirname(createRequire(import.meta.url).resolve('@mantine/core/styles.css'));

/** The styles of `file`, a component of Mantine, and of what it consists of. */
const stylesOf = (file: string, known = new Set<string>()): readonly string[] => {
  const path = join(core, 'esm/components', file);
  if (known.has(file) || !existsSync(path)) return [];
  known.add(file);
  const name = file.replace(/^.*\/|\.mjs$/g, '');
  const own = existsSync(join(core, 'styles', `${name}.css`)) ? [name] : [];
  const parts = [...readFileSync(path, 'utf8').matchAll(/from "\.\.?\/([\w/.-]+\.mjs)"/g)].map(
    ([, part = '']) => (part.includes('/') ? part : join(dirname(file), part)),
  );
  return [...own, ...parts.flatMap((part) => stylesOf(part, known))];
};

it('the patients’ page has the styles of every component of Mantine that is on it, and no others', () => {
  const page = pageFiles('panel.tsx');
  const shown = [...page.values()].flatMap((text) =>
    [...text.matchAll(/^import \{([^}]*)\} from '@mantine\/core';/gm)].flatMap(([, names = '']) =>
      names.split(',').map((name) => name.trim()),
    ),
  );
  const needed = new Set(shown.flatMap((name) => stylesOf(`${name}/${name}.mjs`)));
  const list = readFileSync(join(renderer, 'panel/mantine.ts'), 'utf8');
  const fetched = [...list.matchAll(/styles\/([A-Z]\w+)\.css/g)].map(([, name]) => name);
  expect(needed).toContain('Button');
  expect(fetched.toSorted()).toEqual([...needed].toSorted());
});
