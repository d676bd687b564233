/** One property of iCalendar (RFC 5545): its name, its parameters, and its value as it stands in the file. */
export interface Property {
  readonly name: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly value: string;
}

/** Octets a line of the file has at most, without its end (RFC 5545, 3.1). */
const mostOctets = 75;

const octetsOf = (character: string): number => {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
};

/**
 * A text as the value of a property (RFC 5545, 3.3.11): signs with a meaning are escaped, line ends of any kind become `\n`, and
 * other control characters, which no value may hold, go.
 */
export const escapedText = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\;')
    .replaceAll(',', '\\,')
    .replaceAll(/\r\n|[\r\n\u0085\u2028\u2029]/g, '\\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');

/** A text as the value of a parameter: it has no quotes and no control characters, and stands in quotes where it must. */
const escapedParameter = (text: string): string => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
  const clean = text.toWellFormed().replaceAll(/["\u0000-\u001f\u007f]/g, ' ');
  return /[:;,]/.test(clean) ? `"${clean}"` : clean;
};

/** Lines of at most 75 octets, never broken within a character; the second begins with a space. */
const folded = (line: string): string => {
  const lines: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const more = octetsOf(character);
    if (octets + more > mostOctets) {
      lines.push(part);
      part = ' ';
      octets = 1;
    }
    part += character;
    octets += more;
  }
  return [...lines, part].join('\r\n');
};

const lineOf = ({ name, parameters = {}, value }: Property): string => {
  const given = Object.entries(parameters).map(([key, text]) => `;${key}=${escapedParameter(text)}`);
  return folded(`${name}${given.join('')}:${value}`);
};

/** A component: what is between its BEGIN and its END. */
export interface Component {
  readonly name: string;
  readonly properties: readonly Property[];
  readonly components?: readonly Component[];
}

const linesOf = ({ name, properties, components = [] }: Component): readonly string[] => [
  `BEGIN:${name}`,
  ...properties.map(lineOf),
  ...components.flatMap(linesOf),
  `END:${name}`,
];

/** A component as a file: lines that end with CR LF. */
export const fileOf = (component: Component): string => `${linesOf(component).join('\r\n')}\r\n`;
