/**
 * The Classification Markup Language (EN 14463) as WHO publishes ICD-10 in it. Only what a code list needs is read: the
 * categories with their preferred titles, and the subdivisions that modifiers add to them.
 */
export interface ClamlCode {
  readonly line: number;
  readonly code: string;
  readonly title: string;
}

const attribute = (tag: string, name: string): string | null =>
  new RegExp(`\\s${name}\\s*=\\s*"([^"]*)"`).exec(tag)?.[1] ?? null;

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decode = (text: string): string =>
  text.replace(/&(#x[0-9a-f]+|#\d+|[a-z]+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole;
    const point = name[1]?.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });

/** The text of the preferred rubric; references to other codes in it are left out, as in print. */
const preferred = (body: string): string => {
  const rubric = /<Rubric\b[^>]*\skind\s*=\s*"preferred"[^>]*>([\s\S]*?)<\/Rubric>/.exec(body)?.[1] ?? '';
  const label = /<Label\b[^>]*>([\s\S]*?)<\/Label>/.exec(rubric)?.[1] ?? '';
  return decode(label.replace(/<Reference\b[^>]*>[\s\S]*?<\/Reference>/g, '').replace(/<[^>]+>/g, ''))
    .replace(/\s+/g, ' ')
    .trim();
};

interface Element {
  readonly line: number;
  readonly tag: string;
  readonly body: string;
}

function* elements(text: string, name: string): Generator<Element> {
  const pattern = new RegExp(`<${name}\\b([^>]*)>([\\s\\S]*?)</${name}>`, 'g');
  let line = 1;
  let at = 0;
  for (const found of text.matchAll(pattern)) {
    for (; at < found.index; at += 1) if (text.charCodeAt(at) === 10) line += 1;
    yield { line, tag: ` ${found[1] ?? ''}`, body: found[2] ?? '' };
  }
}

/** What a modifier adds: `.0` With coma. Only those that are the fourth sign of a code. */
const subdivisions = (text: string): ReadonlyMap<string, readonly { code: string; title: string }[]> => {
  const found = new Map<string, { code: string; title: string }[]>();
  for (const { tag, body } of elements(text, 'ModifierClass')) {
    const [modifier, code] = [attribute(tag, 'modifier'), attribute(tag, 'code')];
    if (modifier === null || code === null || !code.startsWith('.')) continue;
    found.set(modifier, [...(found.get(modifier) ?? []), { code, title: preferred(body) }]);
  }
  return found;
};

/** The codes of a ClaML document in their order. */
export function* readClaml(text: string): Generator<ClamlCode> {
  const added = subdivisions(text);
  for (const { line, tag, body } of elements(text, 'Class')) {
    const code = attribute(tag, 'code');
    if (code === null || attribute(tag, 'kind') !== 'category') continue;
    const title = preferred(body);
    yield { line, code, title };
    if (/<SubClass\b/.test(body) || code.includes('.')) continue;
    for (const [modifiedBy] of body.matchAll(/<ModifiedBy\b[^>]*>/g))
      for (const part of added.get(attribute(modifiedBy, 'code') ?? '') ?? [])
        yield { line, code: `${code}${part.code}`, title: `${title}: ${part.title}` };
  }
}
