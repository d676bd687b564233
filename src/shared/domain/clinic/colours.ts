/** Colours a practitioner is told by on the board, by name; each is one in light and one in dark (`[data-hue]` in `base.css`, in this order). */
export const practitionerColours = [
  'violet',
  'magenta',
  'brown',
  'teal',
  'olive',
  'indigo',
  'plum',
  'slate',
] as const;
export type PractitionerColour = (typeof practitionerColours)[number];

/** What is written in a row as one of the colours; null for none and for what this version does not know. */
export const readColour = (colour: string | null): PractitionerColour | null =>
  practitionerColours.find((known) => known === colour) ?? null;
