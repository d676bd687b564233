const beginning = 'panel ';

/**
 * The `source` of a row that a patient's account made in the panel. At the centre a source is of one row alone, as that of an import is,
 * so the row's own id is in it.
 */
export const panelSource = (id: string): string => `${beginning}${id}`;

/** Whether a row was made in the panel. */
export const isFromPanel = (source: string | null): boolean => source?.startsWith(beginning) ?? false;

/** From, and up to but not including: the sources of the panel, as an index has them in order. */
export const panelSources = [beginning, 'panel!'] as const;
