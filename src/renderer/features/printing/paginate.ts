/** A line of a list, as high as it is on paper. */
export interface Measured {
  readonly height: number;
  /** A heading of the lines after it: it never stands alone at the end of a page, and is said again on the next. */
  readonly heading: boolean;
}

/**
 * Which lines stand on which page, as their numbers; a heading that is said again comes again. Every page has at least one
 * line that is no heading, however high it is, so that this comes to an end.
 */
export function paginate(lines: readonly Measured[], space: number): readonly (readonly number[])[] {
  const pages: number[][] = [];
  let page: number[] = [];
  let used = 0;
  let filled = false;
  let heading: number | null = null;
  const put = (index: number) => {
    page.push(index);
    used += lines[index]?.height ?? 0;
  };
  const turn = () => {
    pages.push(page);
    page = [];
    used = 0;
    filled = false;
  };
  for (const [index, line] of lines.entries()) {
    if (line.heading) {
      const next = lines[index + 1];
      const needed = line.height + (next && !next.heading ? next.height : 0);
      if (filled && used + needed > space) turn();
      heading = index;
      put(index);
      continue;
    }
    if (filled && used + line.height > space) {
      turn();
      if (heading !== null) put(heading);
    }
    put(index);
    filled = true;
  }
  if (page.length > 0 || pages.length === 0) pages.push(page);
  return pages;
}
