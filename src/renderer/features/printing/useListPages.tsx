import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Paper } from '#shared/domain/printing/paper.ts';
import { ListPage, type ListSection } from './ListPage.tsx';
import classes from './Paper.module.css';
import type { Imprint } from './PaperPage.tsx';
import { paginate } from './paginate.ts';

/** Which lines stand on which page, for each section. */
type Layout = readonly (readonly (readonly number[])[])[];

/** Where the lines of measured sections break: as high as they are with this paper and this type. */
function layoutOf(container: HTMLElement, sections: readonly ListSection[]): Layout {
  return sections.map(({ lines }, index) => {
    const section = container.children[index];
    const body = section?.querySelector('[data-body]');
    const rows = [...(section?.querySelectorAll('tbody tr') ?? [])];
    const top = rows[0]?.getBoundingClientRect().top ?? 0;
    const space = (body?.getBoundingClientRect().bottom ?? 0) - top;
    return paginate(
      lines.map((line, at) => ({
        height: rows[at]?.getBoundingClientRect().height ?? 0,
        heading: 'heading' in line,
      })),
      space,
    );
  });
}

function useFontsReady(): boolean {
  const [ready, setReady] = useState(false);
  useEffect(() => {
    void document.fonts.ready.then(() => setReady(true));
  }, []);
  return ready;
}

/**
 * A list as pages. All of it is laid out once out of sight, where its lines break is measured, and then the pages are made;
 * each section begins a page of its own and counts its own pages. `pages` is null until then.
 */
export function useListPages(
  sections: readonly ListSection[] | null,
  paper: Paper,
  imprint: Imprint,
): { readonly pages: readonly ReactNode[] | null; readonly measured: ReactNode } {
  const container = useRef<HTMLDivElement>(null);
  const fonts = useFontsReady();
  const [layout, setLayout] = useState<{
    readonly of: readonly ListSection[];
    readonly parts: Layout;
  } | null>(null);
  useLayoutEffect(() => {
    if (!fonts || !sections || !container.current) return;
    setLayout({ of: sections, parts: layoutOf(container.current, sections) });
  }, [fonts, sections, paper]);
  const measured =
    sections &&
    createPortal(
      <div ref={container} className={classes.measured} aria-hidden>
        {sections.map((section) => (
          <ListPage
            key={section.key}
            {...{ section, paper, imprint }}
            shown={section.lines.map((_, at) => at)}
            page={1}
            pages={1}
          />
        ))}
      </div>,
      document.body,
    );
  const parts = layout !== null && layout.of === sections ? layout.parts : null;
  const pages =
    sections &&
    parts &&
    sections.flatMap((section, index) =>
      (parts[index] ?? []).map((shown, at, all) => (
        <ListPage
          key={`${section.key} ${at}`}
          {...{ section, paper, imprint, shown }}
          page={at + 1}
          pages={all.length}
        />
      )),
    );
  return { pages, measured };
}
