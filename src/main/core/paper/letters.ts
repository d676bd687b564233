import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Not called `require`: the build of the desktop has one of that name. */
const packages = createRequire(import.meta.url);
/** Inter as fontsource packs it: one file for each range of letters, so a name may need several of them. */
const weights = { plain: 400, strong: 600 } as const;
export type Weight = keyof typeof weights;

const subsets = [
  'latin',
  'latin-ext',
  'vietnamese',
  'cyrillic',
  'cyrillic-ext',
  'greek',
  'greek-ext',
] as const;
type Subset = (typeof subsets)[number];

/** What stands for a letter that no file has. */
const missing = '□';

const rangesOf = (text: string): readonly (readonly [number, number])[] =>
  text.split(',').map((range) => {
    const [from = '0', to = from] = range.replace('U+', '').split('-');
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const;
  });

let known: ReadonlyMap<Subset, readonly (readonly [number, number])[]> | null = null;
const ranges = () => {
  if (known !== null) return known;
  const file = readFileSync(packages.resolve('@fontsource/inter/unicode.json'), 'utf8');
  const texts = JSON.parse(file) as Readonly<Record<string, string>>;
  known = new Map(subsets.map((subset) => [subset, rangesOf(texts[subset] ?? '')]));
  return known;
};

const subsetOf = (letter: string): Subset | null => {
  const code = letter.codePointAt(0) ?? 0;
  const holds = (all: readonly (readonly [number, number])[]) =>
    all.some(([from, to]) => from <= code && code <= to);
  return subsets.find((subset) => holds(ranges().get(subset) ?? [])) ?? null;
};

/** A piece of a text that one font file can write. */
export interface Run {
  readonly font: string;
  readonly text: string;
}

const fontName = (subset: Subset, weight: Weight): string => `${subset} ${weights[weight]}`;

/** A text as pieces of one font each. Letters that came as a base and a mark are put together first. */
export const runsOf = (text: string, weight: Weight): readonly Run[] => {
  const runs: { font: string; text: string }[] = [];
  for (const letter of text.normalize('NFC')) {
    const subset = subsetOf(letter);
    const font = fontName(subset ?? 'latin-ext', weight);
    const last = runs.at(-1);
    const shown = subset === null ? missing : letter;
    if (last !== undefined && (last.font === font || shown === ' ')) last.text += shown;
    else runs.push({ font, text: shown });
  }
  return runs;
};

/** The file of a font that {@link runsOf} names. */
export const fontFile = (font: string): Buffer => {
  const [subset, weight] = font.split(' ');
  return readFileSync(packages.resolve(`@fontsource/inter/files/inter-${subset}-${weight}-normal.woff`));
};
