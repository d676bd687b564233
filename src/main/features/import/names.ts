/** Synthea marks its made-up names with digits (`Vela532`); people do not carry them. */
export const withoutDigits = (name: string): string => name.replace(/(?<=[\p{L}\p{M}]{2})\d+(?=\s|$)/gu, '');

/** `Gerardo48 Rentería94` is given and family name: the digits show where the given names end. */
export const splitName = (name: string): { readonly given: string; readonly family: string } => {
  const tokens = name.split(/\s+/).filter((token) => token !== '');
  const marked = tokens.findIndex((token) => /[\p{L}\p{M}]{2}\d+$/u.test(token));
  const cut = marked >= 0 && marked < tokens.length - 1 ? marked + 1 : tokens.length - 1;
  const join = (part: readonly string[]) => withoutDigits(part.join(' '));
  return { given: join(tokens.slice(0, cut)), family: join(tokens.slice(cut)) };
};
